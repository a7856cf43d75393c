"""One JupyterLab for the browser tests: its own port, folders and settings, and no trace after."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90  # bounds a hang
STOP_SECONDS = 20
# All cells stand in the page, so that a test finds a widget without scrolling to it; nothing is
# saved behind a test's back; nothing asks the network.
SETTINGS = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},  # as tools/set_up.py does
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
}


@dataclass(frozen=True)
class LabServer:
    """A running JupyterLab.

    Attributes:
        url: Its address, without a slash at the end.
        folder: Where its notebooks lie: copies of the course's, and those that tests write.
        log: The file with what it says.
    """

    url: str
    folder: Path
    log: Path

    def ask(self, method, path):
        """Call the server's interface and return what it answers, decoded."""
        request = urllib.request.Request(f"{self.url}/api/{path}", method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            content = answer.read()
        return json.loads(content) if content else None

    def end_kernels(self):
        """Shut down all kernels, with their sessions."""
        for session in self.ask("GET", "sessions"):
            self.ask("DELETE", f"sessions/{session['id']}")


def write_notebook(path, cells):
    """Write a notebook with these code cells, and give it the course's kernel."""
    made = [
        nbformat.v4.new_code_cell(cell, id=f"cell-{number}") for number, cell in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)


@contextmanager
def running_lab(home, log, python=sys.executable):
    """Start JupyterLab with everything it reads and writes below `home`; end all it started.

    Args:
        home: An empty folder.
        log: The file for what the server and its kernels say.
        python: The Python to run it with.

    Yields:
        A `LabServer`.
    """
    folder = home / "course" / "notebooks"
    shutil.copytree(ROOT / "notebooks", folder, ignore=shutil.ignore_patterns(".*"))
    for plugin, values in SETTINGS.items():
        path = home / "settings" / (plugin.replace(":", "/") + ".jupyterlab-settings")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    port = _free_port()
    server = LabServer(f"http://127.0.0.1:{port}", folder, log)
    with open(log, "wb") as said:
        process = subprocess.Popen(
            _command(python, port, home),
            cwd=folder,
            env=_environment(home),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_up(server, process)
        yield server
    finally:
        _end(process)


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _command(python, port, home):
    options = [
        "--no-browser",
        "--allow-root",
        "--expose-app-in-browser",  # tests call JupyterLab's own commands, such as Run All
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=",
        "--ServerApp.password=",
        "--ServerApp.disable_check_xsrf=True",
        "--ServerApp.terminals_enabled=False",
        f"--ServerApp.root_dir={home / 'course'}",
        f"--LabApp.user_settings_dir={home / 'settings'}",
        f"--LabApp.workspaces_dir={home / 'workspaces'}",
        "--LabApp.extension_manager=readonly",
    ]
    return [str(python), "-m", "jupyterlab", *options]


def _environment(home):
    """Return the environment: the tests' own, with nothing of the person who runs them."""
    folders = ("CONFIG", "DATA", "RUNTIME")
    own = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in folders}
    kept = {key: value for key, value in os.environ.items() if not key.startswith("JUPYTER")}
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return kept | own | {"GAN_COURSE_BUDGET": "quick", "PYTHONPATH": paths}


def _wait_until_up(server, process):
    last = time.monotonic() + START_SECONDS
    while True:
        try:
            return server.ask("GET", "status")
        except OSError as error:
            if process.poll() is None and time.monotonic() < last:
                time.sleep(0.1)
                continue
            said = server.log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise RuntimeError(
                f"JupyterLab did not start within {START_SECONDS} s ({error}). Its last words:\n"
                f"{said}"
            ) from error


def _end(process):
    """Ask the server to stop, which ends its kernels; kill whatever outlives that."""
    try:
        started = [psutil.Process(process.pid), *psutil.Process(process.pid).children(True)]
    except psutil.NoSuchProcess:
        started = []
    process.terminate()
    _, alive = psutil.wait_procs(started, STOP_SECONDS)
    for left in alive:  # kernels have process groups of their own
        left.kill()
    process.wait()
