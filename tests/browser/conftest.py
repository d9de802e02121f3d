"""Chromium, a server of ours on a free port, and a recorder of what must not happen.

`chromium` is a Playwright browser; `serve(store, script=...)` starts the server in a process of its
own and gives its address; `open_page(address)` opens a page that fails the test at its end for any
request that would leave this machine, any console error and any answer of 400 and above.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
START_SECONDS = 60


@dataclass
class Watched:
    """A page and what it did that it must not."""

    page: object
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    bad_answers: list[str] = field(default_factory=list)

    def problems(self) -> list[str]:
        return [*self.outside, *self.errors, *self.bad_answers]


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing: apt-get install chromium fonts-noto-core")
        pytest.skip("Chromium is not installed: apt-get install chromium fonts-noto-core")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(BROWSER_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[..., str]]:
    """Start servers; each is stopped, by its own process id, when the module's tests are over."""
    started: list[subprocess.Popen[bytes]] = []

    def start(
        store: str | Path = "", *, script: Path | None = None, base_path: str = "", **variables: str
    ) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
        command = [sys.executable, str(Path(__file__).with_name("serve_page.py"))]
        command += [str(store), str(port), str(script or ""), base_path]
        process = subprocess.Popen(  # noqa: S603 - our own script
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        started.append(process)
        address = f"http://127.0.0.1:{port}/{base_path + '/' if base_path else ''}"
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if process.poll() is not None:
                pytest.fail(f"the server stopped: {process.stdout.read().decode()}")
            try:
                urllib.request.urlopen(address + "_stcore/health", timeout=1)  # noqa: S310 - ours
            except OSError:
                time.sleep(0.2)
            else:
                return address
        pytest.fail(f"the server did not answer within {START_SECONDS} s")

    yield start
    for process in started:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
        process.stdout.close()


@pytest.fixture
def open_page(chromium: object) -> Iterator[Callable[..., Watched]]:
    contexts, watched = [], []

    def open_it(
        address: str, *, width: int = 1440, height: int = 900, **options: object
    ) -> Watched:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        seen = Watched(page)
        watched.append(seen)
        origin = "/".join(address.split("/")[:3])
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((origin, "data:", "blob:", "ws://127.0.0.1"))
                else seen.outside.append(f"outside request: {request.url}")
            ),
        )
        page.on("pageerror", lambda error: seen.errors.append(f"page error: {error}"))
        page.on(
            "console",
            lambda message: (
                seen.errors.append(f"console: {message.text}") if message.type == "error" else None
            ),
        )
        page.on(
            "response",
            lambda answer: (
                seen.bad_answers.append(f"{answer.status} {answer.url}")
                if answer.status >= 400
                else None
            ),
        )
        page.goto(address)
        wait_until_run(page)
        return seen

    yield open_it
    problems = [problem for seen in watched for problem in seen.problems()]
    for context in contexts:
        context.close()
    assert not problems, problems


def wait_until_run(page: object, timeout: float = 30_000) -> None:
    """Wait until Streamlit has run the script through."""
    page.wait_for_selector(
        "[data-testid=stApp][data-test-script-state=notRunning]", timeout=timeout
    )
