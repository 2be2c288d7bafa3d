# Sourced by the commands in dev/: makes sure of a supported system and of Python 3,
# then hands over to dev/lib/<command>.py. Everything else is done there.

fail() {
    echo "dev/$(basename "$0"): $1" >&2
    exit 1
}

# bootstrap COMMAND [ARGUMENT...]
bootstrap() {
    local command=$1
    shift
    if [[ ${1:-} == -h || ${1:-} == --help ]]; then
        # The comment at the top of the command is its help.
        sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"
        exit 0
    fi

    local system
    system=$(. /etc/os-release 2>/dev/null && echo "${ID:-} ${VERSION_ID:-}") || true
    case $system in
    "debian 12" | "debian 13") ;;
    *) fail "this system (${system:-unknown}) is not supported: Debian 12 or 13 is needed." ;;
    esac

    if [[ ! -x /usr/bin/python3 ]]; then
        local as_root=()
        if [[ $(id -u) != 0 ]]; then
            command -v sudo >/dev/null || fail "python3 is missing: install it as root (apt-get install python3), then try again."
            as_root=(sudo)
        fi
        echo "Installing Debian's python3 ..."
        "${as_root[@]}" apt-get -qq -o APT::Update::Error-Mode=any update &&
            "${as_root[@]}" apt-get -qq install --no-install-recommends python3 >/dev/null ||
            fail "could not install python3: is the network there?"
    fi
    # Another Python's settings must not reach the ones used here.
    unset PYTHONPATH PYTHONHOME VIRTUAL_ENV
    exec /usr/bin/python3 "$(dirname "$(readlink -f "$0")")/lib/$command.py" "$@"
}
