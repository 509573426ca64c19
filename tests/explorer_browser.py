"""A headless Chromium for the explorer's tests, and one page in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

# Headless, and silent: Chromium's own services would look for updates.
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1280,900",
)  # fmt: skip
WAIT = """
const done = arguments[arguments.length - 1];
const since = performance.now();
(function again() {
  let found = null;
  try { found = (%s); } catch (error) { found = null; }
  if (found) done(found);
  else if (performance.now() - since > 15000) done("waited in vain");
  else setTimeout(again, 15);
})();
"""
FILLED = "[...document.querySelectorAll('.result .tally')].every((one) => one.childNodes.length) && document.querySelector('.result')"


@contextmanager
def started(profile: Path, requests: bool = True) -> Iterator[Chrome]:
    """Give a headless Chromium that logs what goes wrong and, which slows it, what it asks for; skip the test where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium (extra [dev])")
    binary, driver = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip("needs a browser: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"} | ({"performance": "ALL"} if requests else {}))
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    browser.set_script_timeout(30)
    try:
        yield browser
    finally:
        browser.quit()


class Page:
    """One explorer in the browser; at the end, nothing must have been asked of the net and nothing have gone wrong."""

    def __init__(self, chrome: Chrome, site: Path) -> None:
        self.chrome = chrome
        self.address = (site / "index.html").as_uri()
        chrome.get("about:blank")
        self.complaints()  # those of the browser's own first page

    def open(self, fragment: str = "", wait: str = "document.querySelector('#view h1')") -> Any:
        self.chrome.get("about:blank")
        self.chrome.get(self.address + fragment)
        return self.until(wait)

    def until(self, test: str) -> Any:
        found = self.chrome.execute_async_script(WAIT % test)
        assert found != "waited in vain", test
        return found

    def js(self, code: str, *given: Any) -> Any:
        return self.chrome.execute_script(code, *given)

    def texts(self, selector: str) -> list[str]:
        found: list[str] = self.js("return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)", selector)
        return found

    def click(self, selector: str) -> None:
        self.chrome.find_element("css selector", selector).click()

    def filled(self) -> None:
        """Wait until the list of entries is there, numbers and all."""
        self.until(FILLED)

    def press(self, *keys: str) -> None:
        self.chrome.switch_to.active_element.send_keys(*keys)

    def complaints(self) -> list[str]:
        """Return what went to the console since last asked, and every request that was not for a file of this folder."""
        told = [entry["message"] for entry in self.chrome.get_log("browser")]  # type: ignore[no-untyped-call]
        home = self.address.rpartition("/")[0]
        for entry in self.chrome.get_log("performance") if "performance" in self.chrome.log_types else ():  # type: ignore[no-untyped-call]
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                address = message["params"]["request"]["url"]
                told += [] if address.startswith((home, "data:,", "about:")) else [f"asked for {address}"]
        return told
