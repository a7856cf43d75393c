"""Chromium: where it is, how it is started, and what to say where there is none."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",  # it does not run as root in a container; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # offline, and seen if it matters
]
NO_CHROMIUM = (
    "The browser tests need Chromium, and there is none here. On Debian: apt-get install chromium. "
    "Elsewhere install Chromium or Chrome and name its program: make test-browser CHROMIUM=/path."
)


def find_chromium():
    """Return the path of Chromium, or None: what CHROMIUM names, else the usual places."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = (shutil.which(name) for name in ("/usr/bin/chromium", *NAMES))
    return next(filter(None, found), None)
