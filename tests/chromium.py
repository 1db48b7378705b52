"""Finds a Chromium for the tests, or gets one: by apt where we are root, else by Playwright's own download.

The headless shell is preferred: it is the same engine without windows, and opens a page for a third of the work.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import machine
from playwright.sync_api import sync_playwright

SHELL = "chromium-headless-shell"
"""Debian's name of the shell, as a package and as a program."""
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def find() -> str | None:
    """The path of a Chromium or Chrome: the one that EXPLAINER_CHROMIUM names, one on the PATH, or Playwright's."""
    named = os.environ.get("EXPLAINER_CHROMIUM")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or _playwrights()


def _playwrights() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def main() -> int:
    """Make sure that there is one, and where we may install it, the shell."""
    is_named = "EXPLAINER_CHROMIUM" in os.environ
    if (
        machine.can_install()
        and machine.offers(SHELL)
        and not is_named
        and shutil.which(SHELL) is None
    ):
        print("Getting Chromium's headless shell, in which the tests take less time.", flush=True)
        machine.install(SHELL, "fonts-dejavu-core")
    if find():
        return 0
    print("No Chromium or Chrome was found; getting one.", flush=True)
    if machine.can_install():
        _ = machine.install(SHELL, "fonts-dejavu-core") or machine.install(
            "chromium", "fonts-dejavu-core"
        )
    else:
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=False
        )
    if find():
        return 0
    print(
        "The tests need a Chromium or Chrome: install one, or name one in EXPLAINER_CHROMIUM.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
