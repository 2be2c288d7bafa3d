"""Opens pages in Chromium and keeps pictures: ``screenshots_browser.py URL FOLDER PAGES``."""

import json
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZE = {"width": 1400, "height": 860}
TIMEOUT = 120_000  # milliseconds
SETTLED = 4000  # milliseconds: graphs move while they are drawn
LOADED = ".o_data_row, .o_kanban_record, .o_customer_sales_overview, .o_pivot table, canvas"


def take(url: str, folder: str, pages: str):
    """Keep a picture of each page.

    :param pages: JSON: name of the picture -> ``action``, ``click`` and ``language``
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport=SIZE)
        page.set_default_timeout(TIMEOUT)
        language = None
        for name, what in json.loads(pages).items():
            if language != what.get("language", "en_US"):
                language = what.get("language", "en_US")
                _log_in(page, url, language)
            action = f"customer_sales_report.action_customer_sales_{what['action']}"
            page.goto(f"{url}/odoo/action-{action}")
            page.wait_for_selector(LOADED)
            if click := what.get("click"):
                page.locator(click).first.click()
                page.wait_for_selector(".o_form_view")
            page.wait_for_timeout(SETTLED)
            page.screenshot(path=Path(folder) / f"{name}.png")
            sys.stdout.write(f"{name}.png\n")
        browser.close()


def _log_in(page, url, language: str):
    """Log in, with the pages in a language: a session keeps the one that it began with."""
    _submit(page, url)
    page.evaluate(
        """async (language) => {
            const call = (model, method, args) => fetch("/web/dataset/call_kw", {
                method: "POST",
                headers: {"Content-Type": "application/json"},
                body: JSON.stringify({params: {model, method, args, kwargs: {}}}),
            }).then((answer) => answer.json());
            const {result: user} = await call("res.users", "context_get", []);
            await call("res.users", "write", [[user.uid], {lang: language}]);
        }""",
        language,
    )
    _submit(page, url)


def _submit(page, url):
    page.context.clear_cookies()
    page.goto(f"{url}/web/login")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click("button[type=submit]")
    page.wait_for_selector(".o_main_navbar")


if __name__ == "__main__":
    take(*sys.argv[1:])
