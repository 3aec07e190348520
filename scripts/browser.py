"""Finds a Chromium for the tests, or installs one with the system's package manager."""

import os
import shutil
import subprocess
import sys

from environment import stop

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
INSTALLERS = (
    ("apt-get", (("apt-get", "update", "-qq"), ("apt-get", "install", "-y", "-qq", "chromium"))),
    ("dnf", (("dnf", "install", "-y", "-q", "chromium"),)),
    ("pacman", (("pacman", "-S", "--noconfirm", "chromium"),)),
    ("brew", (("brew", "install", "--cask", "chromium"),)),
)


def chromium():
    """The path of a Chromium. CHROME_PATH names another than the system's.

    Installs one if there is none; stops with what to do if that cannot be done.
    """
    found = _find()
    if not found:
        _install()
        found = _find()
    if not found:
        stop(
            "The tests need Chromium, and it could not be installed.", "Install it and name it: CHROME_PATH=/path/to/it"
        )
    return found


def _find():
    named = os.environ.get("CHROME_PATH")
    if named:
        return named
    return next((path for path in map(shutil.which, NAMES) if path), MAC if os.path.exists(MAC) else None)


def _install():
    for program, commands in INSTALLERS:
        if shutil.which(program):
            print("Installing Chromium with {} ...".format(program), file=sys.stderr)
            as_root = [] if program == "brew" or os.geteuid() == 0 else ["sudo", "-n"]
            for command in commands:
                subprocess.call(as_root + list(command), stdout=subprocess.DEVNULL)
            return
