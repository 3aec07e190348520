"""Sets the project up in .venv, then runs a program there. Every command in this folder starts here.

This file must run on any Python 3, since its first duty is to say, kindly, that an old one will not do. It uses nothing
but the standard library.
"""

import hashlib
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
RUN_LOCK = os.path.join(HERE, "requirements.txt")
TEST_LOCK = os.path.join(HERE, "requirements-test.txt")


def run(program, *arguments):
    """Become a program of the environment, so that what stops this process stops that program."""
    prepare(RUN_LOCK)
    if os.name == "nt":  # has no way to become another program
        sys.exit(call(program, *arguments))
    path = os.path.join(BIN, program)
    os.execv(path, [path] + list(arguments))


def call(program, *arguments):
    """Run a program of the environment. Returns its exit code."""
    try:
        return subprocess.call([os.path.join(BIN, program)] + list(arguments))
    except KeyboardInterrupt:
        return 130


def prepare(lock):
    """Make .venv and install what `lock` lists, unless that is done already."""
    if sys.version_info < OLDEST:
        stop(
            "The hub needs Python {}.{} or newer; this is {}.{}.".format(*(OLDEST + sys.version_info[:2])),
            "Install a newer Python, then run this with it: python3.11 " + " ".join(sys.argv),
        )
    stamp = os.path.join(VENV, "installed-" + os.path.basename(lock))
    wanted = _fingerprint(lock)
    if _read(stamp) == wanted:
        return
    print("Setting up in .venv (the first time takes a minute) ...", file=sys.stderr)
    if not os.path.exists(os.path.join(BIN, "python")) and not os.path.exists(os.path.join(BIN, "python.exe")):
        shutil.rmtree(VENV, ignore_errors=True)
        if subprocess.call([sys.executable, "-m", "venv", VENV]):
            stop("Python could not make .venv.", "On Debian or Ubuntu: sudo apt-get install python3-venv. Then again.")
    install("--require-hashes", "-r", lock)
    # Installed in place, so that a changed file counts at once. The build tool comes from the lock, not from the net.
    install("--no-deps", "--no-build-isolation", "--editable", ROOT)
    with open(stamp, "w") as file:
        file.write(wanted)


def stop(wrong, advice):
    """Say what is wrong and what to do, and end with exit code 1."""
    sys.exit("{}\n{}".format(wrong, advice))


def install(*arguments):
    """Install with pip what `arguments` say, or stop with what to do."""
    command = [os.path.join(BIN, "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call(command + list(arguments)):
        stop(
            "Not everything could be installed; pip says why above.",
            "If this machine has no network, connect it and run the command again: it carries on where it stopped.",
        )


def _fingerprint(lock):
    digest = hashlib.sha256(sys.version.encode())
    for path in (lock, os.path.join(ROOT, "pyproject.toml")):
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def _read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return None
