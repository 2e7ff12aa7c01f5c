"""Makes the pictures in the README from the running app, with the example that the front page offers.

    .venv/bin/python docs/make_pictures.py

It needs Chromium and pdftoppm, as the tests do.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTH, HEIGHT = 1180, 1640


@contextmanager
def served(data: str) -> Iterator[str]:
    """Serve Overvej with an empty data folder; the value is its address."""
    command = [sys.executable, "-m", "app.cli", "serve", "--port", "0", "--no-browser"]
    environ = {**os.environ, "OVERVEJ_DATA": data, "LC_ALL": "C"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as server:  # noqa: S603
        try:
            yield re.findall(r"http://\S+", server.stdout.readline() if server.stdout else "")[0]
        finally:
            server.terminate()


def take(page: Page, address: str) -> None:
    """Open the example and save its result page and the first sheet of its decision."""
    page.goto(f"{address}/name")
    page.locator("main input[type='text']").fill("Mette Holm")
    page.locator("main form[method='post'] button").first.click()
    page.goto(address)
    page.locator("form[action='/example'] button").first.click()
    assessment = re.findall(r"/assessments/[^/?#]+", page.url)[0]
    page.goto(f"{address}{assessment}/review")
    page.locator("main form.review button[value='result']").click()
    page.wait_for_url("**/result")
    page.screenshot(path=IMAGES / "result.png")
    decision = page.request.get(f"{address}{assessment}/decision.pdf").body()
    sheet = ["pdftoppm", "-png", "-r", "90", "-singlefile", "-", str(IMAGES / "decision")]
    subprocess.run(sheet, input=decision, check=True)  # noqa: S603


def main() -> None:
    """Make both pictures."""
    IMAGES.mkdir(exist_ok=True)
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    with (
        tempfile.TemporaryDirectory() as data,
        served(data) as address,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program, args=["--no-sandbox"]) as browser,
    ):
        take(browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="da-DK"), address)


if __name__ == "__main__":
    main()
