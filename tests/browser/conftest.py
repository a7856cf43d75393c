"""What the browser tests share: Chromium, one JupyterLab, and the evidence kept of a failure."""

import os
import re
import shutil
from pathlib import Path

import pytest
from chromium import FLAGS, NO_CHROMIUM, find_chromium
from lab_page import LabPage
from lab_server import ROOT, running_lab, write_notebook
from live_bar import LiveBar

EVIDENCE = ROOT / "build" / "browser"
_open_pages = []


def pytest_sessionstart(session):
    if hasattr(session.config, "workerinput"):  # of xdist: the main process has been here
        return
    if find_chromium() is None:
        raise pytest.UsageError(NO_CHROMIUM)
    shutil.rmtree(EVIDENCE, ignore_errors=True)  # an old screenshot would mislead
    EVIDENCE.mkdir(parents=True)


def server_log():
    """Return the file for what JupyterLab says: one for each worker of xdist."""
    return EVIDENCE / f"jupyterlab-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.log"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        name = re.sub(r"[^\w.-]+", "-", f"{item.path.stem}.{item.name}").strip("-")
        report.sections.append(("evidence", _keep_evidence(name)))
    return report


def _keep_evidence(name):
    """Keep what can be seen of the open pages and the server's log; return where it lies."""
    if server_log().exists():
        shutil.copy(server_log(), EVIDENCE / f"{name}.jupyterlab.log")
    for number, page in enumerate(_open_pages):
        try:
            page.keep_evidence(EVIDENCE, name if len(_open_pages) == 1 else f"{name}.{number}")
        except Exception as error:  # a page that crashed: the test's own failure matters more
            return f"no screenshot of page {number}: {error}"
    return f"{EVIDENCE / name}.*"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, in place of the browsers that Playwright would download."""
    return browser_type_launch_args | {"executable_path": find_chromium(), "args": FLAGS}


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    with running_lab(tmp_path_factory.mktemp("lab"), server_log()) as server:
        yield server


@pytest.fixture(scope="module")
def open_notebook(browser, lab):
    """A function that opens a notebook by its file's name, until the end of the module."""
    opened = []

    def open_page(name):
        page = LabPage(browser, lab, name)
        opened.append(page)
        _open_pages.append(page)
        return page

    yield open_page
    for page in opened:
        _open_pages.remove(page)
        page.close()
    lab.end_kernels()


@pytest.fixture(scope="module")
def run_cells(open_notebook, lab, request):
    """A function that writes a notebook with these cells, opens it, and runs them all."""

    def run(*cells, name=None):
        name = name or f"{Path(request.path).stem}.ipynb"
        write_notebook(lab.folder / name, cells)
        page = open_notebook(name)
        page.run_all()
        return page

    return run


@pytest.fixture(scope="module")
def notebook(run_cells, request):
    """A notebook with the cells of the module's BEFORE and WIDGETS, all run."""
    cells = [*getattr(request.module, "BEFORE", ()), *request.module.WIDGETS.values()]
    page = run_cells(*cells)
    page.without_picture = getattr(request.module, "WITHOUT_PICTURE", ())
    return page


@pytest.fixture
def live(notebook, request):
    """The buttons of the live view whose class the module calls LIVE; stopped afterwards."""
    bar = LiveBar(notebook.widget(request.module.LIVE))
    bar.begin_again()
    yield bar
    bar.press("stop")


def pytest_generate_tests(metafunc):
    if "css_class" in metafunc.fixturenames:
        metafunc.parametrize("css_class", metafunc.module.WIDGETS)
