"""Finds the programs that the tests run for real, or installs them with the system's package manager.

This file must run on any Python 3: see environment.py.
"""

import os
import shutil
import subprocess
import sys

from environment import stop

# What each is called where it runs, and its packages with each package manager.
PROGRAMS = {
    "Chromium": (
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
        {"apt-get": "chromium", "dnf": "chromium", "pacman": "chromium", "brew": "chromium"},
    ),
    "R": (("Rscript",), {"apt-get": "r-base-core", "dnf": "R-core", "pacman": "r", "brew": "r"}),
    "LibreOffice": (
        ("soffice", "libreoffice"),
        {
            "apt-get": "libreoffice-calc-nogui libreoffice-writer-nogui",
            "dnf": "libreoffice-calc libreoffice-writer",
            "pacman": "libreoffice-fresh",
            "brew": "libreoffice",
        },
    ),
    "nginx": (
        ("nginx", "/usr/sbin/nginx"),
        {
            "apt-get": "nginx-light libnginx-mod-http-brotli-static",
            "dnf": "nginx nginx-mod-brotli",
            "pacman": "nginx nginx-mod-brotli",
            "brew": "nginx",
        },
    ),
}
ON_A_MAC = {
    "Chromium": "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "LibreOffice": "/Applications/LibreOffice.app/Contents/MacOS/soffice",
}
INSTALLERS = {
    "apt-get": (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]),
    "dnf": (["dnf", "install", "-y", "-q"],),
    "pacman": (["pacman", "-S", "--noconfirm"],),
    "brew": (["brew", "install"],),
}


def find():
    """Put the path of each program into the environment, such as CHROME_PATH or R_PATH, where the tests look for it.

    A variable that is set already names another than the system's. Installs what is not there; stops with what to do
    if that cannot be done.
    """
    missing = [name for name in PROGRAMS if not _path(name)]
    if missing:
        _install(missing)
    for name in PROGRAMS:
        found = _path(name)
        if not found:
            stop(
                "The tests need {}, and it could not be installed.".format(name),
                "Install it and name it: {}=/path/to/it".format(_variable(name)),
            )
        os.environ[_variable(name)] = found


def _variable(name):
    return "CHROME_PATH" if name == "Chromium" else name.upper() + "_PATH"


def _path(name):
    named = os.environ.get(_variable(name))
    if named:
        return named
    on_a_mac = ON_A_MAC.get(name, "")
    return next((path for path in map(shutil.which, PROGRAMS[name][0]) if path), None) or (
        on_a_mac if os.path.exists(on_a_mac) else None
    )


def _install(missing):
    for program, commands in INSTALLERS.items():
        if shutil.which(program):
            print("Installing {} with {} ...".format(", ".join(missing), program), file=sys.stderr)
            as_root = [] if program == "brew" or os.geteuid() == 0 else ["sudo", "-n"]
            packages = [package for name in missing for package in PROGRAMS[name][1][program].split()]
            quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
            for command in commands[:-1]:
                subprocess.call(as_root + command, stdout=subprocess.DEVNULL, env=quiet)
            subprocess.call(as_root + commands[-1] + packages, stdout=subprocess.DEVNULL, env=quiet)
            return
