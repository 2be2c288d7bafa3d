"""dev/lint: everything that can be said of the sources without running them."""

import subprocess
from pathlib import Path

import downloads
from console import Fail, main, say
from places import ADDONS, MODULE, ROOT, prepare_folders
from system import PYTHON, require


def lint(arguments):
    if arguments not in ([], ["--fix"]):
        raise Fail("the only option is --fix.")
    prepare_folders(gigabytes=1)
    require(PYTHON)
    environment = downloads.python_environment()
    if arguments:
        _run(environment, "ruff", "check", "--fix", "--quiet", ".")
        _run(environment, "ruff", "format", "--quiet", ".")
    return 0 if check(environment) else 1


def check(environment):
    """Run every check and print what each found; return whether all passed.

    :param environment: the folder of the Python environment that has the tools
    """
    checks = {
        "ruff": lambda: _run(environment, "ruff", "check", "."),
        "ruff format": lambda: _run(environment, "ruff", "format", "--check", "."),
        "pylint-odoo": lambda: _run(
            environment,
            "pylint",
            f"--rcfile={ROOT / 'pyproject.toml'}",
            "--score=n",
            MODULE,
            cwd=ADDONS,
        ),
        "layers": lambda: _run(environment, "python", Path(__file__).with_name("layers.py")),
        "package of tests": lambda: _run(
            environment, "python", Path(__file__).with_name("test_package.py")
        ),
        "XML and translations": lambda: _run(
            environment, "python", Path(__file__).with_name("data_files.py")
        ),
    }
    passed = True
    for name, run in checks.items():
        ok = run()
        say(f"{name}: {'clean' if ok else 'FAILED'}")
        passed = passed and ok
    return passed


def _run(environment, program, *arguments, cwd=ROOT):
    return subprocess.run([environment / "bin" / program, *arguments], cwd=cwd).returncode == 0


if __name__ == "__main__":
    main(lint)
