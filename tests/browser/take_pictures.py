"""Take the pictures of the README: `python tests/browser/take_pictures.py`, Chromium needed.

They are taken of the sample, so that anyone can take them again.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
VIEWS = {
    "map-en": ("lang=en&from=2017-03-01&to=2017-08-31&place=sy-mayadin", 1440, 1000),
    "map-ar": ("lang=ar&from=2017-03-01&to=2017-08-31&place=sy-mayadin", 1440, 1000),
}
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


def main() -> None:
    """Load the sample, serve it, and take every view."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        store = f"{folder}/sample.db"
        load = (
            "from dashboard.extraction import extract_events, read_articles\n"
            "from dashboard.sample import sample_folder\n"
            "from dashboard.store import open_store\n"
            f"store = open_store({store!r})\n"
            "for article in read_articles(sample_folder()):\n"
            "    store.save(article, extract_events(article))\n"
            "from dashboard import server\n"
            f"server.run({store!r}, port={port}, browser=False)\n"
        )
        process = subprocess.Popen([sys.executable, "-c", load])  # noqa: S603 - our own words
        try:
            address = f"http://127.0.0.1:{port}/"
            wait_for(address + "_stcore/health")
            take(address)
        finally:
            process.terminate()
            process.wait(10)


def wait_for(address: str) -> None:
    """Wait until the server answers; TimeoutError after a minute."""
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1)  # noqa: S310 - an address of this machine
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(address)


def take(address: str) -> None:
    """Take every view into the folder of pictures."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        path = shutil.which("chromium")
        browser = driver.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        for name, (query, width, height) in VIEWS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"{address}?{query}")
            page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
            page.wait_for_selector("article.evidence")
            page.wait_for_timeout(4000)  # the map's frame draws in its own time
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
