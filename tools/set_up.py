# ruff: noqa: UP010, UP030, UP032
"""Make `.venv` beside this folder and install the pinned requirements and the course into it.

`python tools/set_up.py` does so, and nothing at all when it is done already. It writes down what
it installed as its very last step, so that an interrupted run is taken up again. With a folder
`wheelhouse/` it asks no network. `python tools/set_up.py wheelhouse` fills that folder.

Like check_python.py it can be read by old Pythons, which are told that they are too old.
"""

from __future__ import print_function

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig

import check_python

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(
    VENV, *(["Scripts", "python.exe"] if os.name == "nt" else ["bin", "python"])
)
RECORD = os.path.join(VENV, "installed.json")
WHEELHOUSE = os.path.join(ROOT, "wheelhouse")
VERSION = "{0}.{1}".format(*sys.version_info[:2])

# nbconvert's own order without its first, "application/vnd.jupyter.widget-view+json".
EXPORT = {
    "NbConvertBase": {
        "display_data_priority": [
            "application/javascript",
            "text/html",
            "text/markdown",
            "image/svg+xml",
            "text/vnd.mermaid",
            "text/latex",
            "image/png",
            "image/jpeg",
            "text/plain",
        ]
    }
}


class Stop(Exception):
    """Set-up cannot go on; the message says why, and what to do."""


def fingerprint():
    """Return a hash of the files that decide what is installed."""
    digest = hashlib.sha256()
    for name in ("requirements.txt", "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            # Line ends differ between systems and decide nothing.
            digest.update(file.read().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def platform_name():
    """Return the kind of wheels that this Python takes, such as `Python 3.12 on linux-x86_64`."""
    return "Python {0} on {1}".format(VERSION, sysconfig.get_platform())


def read_json(path):
    """Return the dictionary in the file, or an empty one where there is no such file."""
    try:
        with open(path) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def write_json(path, content):
    """Write the dictionary to a temporary name first, then rename: never half a file."""
    with open(path + ".part", "w") as file:
        json.dump(content, file, indent=1)
    os.replace(path + ".part", path)


def run(*command):
    """Run the command; a failure ends the set-up with its exit code."""
    code = subprocess.call(command, cwd=ROOT)
    if code:
        raise Stop(
            "Set-up stopped at '{0}' (exit code {1}). The lines above say why; run it again when "
            "that is mended, and it goes on from there.".format(" ".join(command[1:]), code)
        )


def version_of_venv():
    """Return the version of a `.venv` that works, such as `3.12`, or an empty string."""
    code = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.check_output([VENV_PYTHON, "-c", code], stderr=subprocess.PIPE)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return answer.decode().strip()


def make_venv():
    """Make `.venv` anew, unless there is one that works and is of this Python's version."""
    there = version_of_venv()
    if there == VERSION:
        return
    if os.path.exists(VENV):
        print("Making .venv anew for Python {0} (it was: {1}).".format(VERSION, there or "broken"))
    else:
        print("Making .venv with Python {0}.".format(VERSION))
    sys.stdout.flush()
    run(sys.executable, "-m", "venv", "--clear", VENV)


def install():
    """Install the pins and the course into `.venv`, and write that down last of all."""
    wanted = {"files": fingerprint(), "folder": ROOT}
    record = read_json(RECORD)
    if record and record.get("folder") != ROOT:
        raise Stop(
            "This folder was moved or copied from {0} and the programs in .venv still point "
            "there: delete the folder .venv and run this again.".format(record.get("folder"))
        )
    if record == wanted and version_of_venv() == VERSION:
        write_settings()
        return
    source = wheelhouse_options()
    make_venv()
    if os.path.exists(RECORD):
        os.remove(RECORD)
    print(
        "Installing the requirements: 3 GB on disk, some minutes, {0}.".format(
            "from the folder wheelhouse/, no network" if source else "about 800 MB to fetch"
        )
    )
    sys.stdout.flush()
    pip = [VENV_PYTHON, "-m", "pip", "--disable-pip-version-check", "install"]
    run(*(pip + source + ["-r", "requirements.txt"]))
    # The build needs (setuptools) are among the pins, so that this step needs no network either.
    run(*(pip + source + ["--no-deps", "--no-build-isolation", "-e", "."]))
    write_settings()
    write_json(RECORD, wanted)


def write_settings():
    """Set what JupyterLab and nbconvert do where a person has chosen nothing."""
    write_lab_settings()
    write_export_settings()


def write_lab_settings():
    """Set JupyterLab to show no news and to save widgets.

    It then neither asks about news nor looks for updates on the network, and a notebook that is
    opened again shows its widgets as they were left, before any cell has run.
    """
    folder = os.path.join(VENV, "share", "jupyter", "lab", "settings")
    if not os.path.isdir(folder):
        os.makedirs(folder)
    quiet = {"fetchNews": "false", "checkForUpdates": False}
    write_json(
        os.path.join(folder, "overrides.json"),
        {
            "@jupyterlab/apputils-extension:notification": quiet,
            "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
        },
    )


def write_export_settings():
    """Set exported pages to show each widget as the picture and the text that are kept of it.

    Otherwise nbconvert writes what a script from the network would make a widget of, and a page
    that is read without a network has an empty place there. JupyterLab's menu reads the settings
    of its server, the command those of nbconvert.
    """
    folder = os.path.join(VENV, "etc", "jupyter")
    if not os.path.isdir(folder):
        os.makedirs(folder)
    for program in ("nbconvert", "server"):
        write_json(os.path.join(folder, "jupyter_{0}_config.json".format(program)), EXPORT)


def wheelhouse_options():
    """Return pip's options for the folder `wheelhouse/`, if it is there and fits."""
    if not os.path.isdir(WHEELHOUSE):
        return []
    made_for = read_json(os.path.join(WHEELHOUSE, "made_for.json"))
    if made_for.get("files") != fingerprint() or made_for.get("platform") != platform_name():
        raise Stop(
            "The folder wheelhouse/ was filled for {0} and other pins, and this is {1}: delete "
            "it, or fill it again with 'make wheelhouse' on a machine with a network.".format(
                made_for.get("platform", "an unknown Python"), platform_name()
            )
        )
    return ["--no-index", "--find-links", WHEELHOUSE]


def fill_wheelhouse():
    """Fetch every wheel that `install` needs on a machine of this kind into `wheelhouse/`."""
    make_venv()
    part = os.path.join(ROOT, "build", "wheelhouse")
    if os.path.isdir(part):
        shutil.rmtree(part)
    # `wheel`, not `download`: what comes as source only is built now, while there is a network.
    run(VENV_PYTHON, "-m", "pip", "wheel", "--wheel-dir", part, "-r", "requirements.txt")
    made_for = {"files": fingerprint(), "platform": platform_name()}
    write_json(os.path.join(part, "made_for.json"), made_for)
    if os.path.isdir(WHEELHOUSE):
        shutil.rmtree(WHEELHOUSE)
    os.rename(part, WHEELHOUSE)
    print("Filled wheelhouse/ for {0}: 'make lab' uses it from now on.".format(platform_name()))


def main(arguments):
    """Do what the arguments ask and return the exit code."""
    if check_python.main():
        return 1
    if arguments not in ([], ["wheelhouse"]):
        print("usage: python tools/set_up.py [wheelhouse]", file=sys.stderr)
        return 2
    try:
        fill_wheelhouse() if arguments else install()
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted; run it again and it goes on from there.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
