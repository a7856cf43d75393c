"""Measure how the memory of a page grows while the laboratory and the dashboard train for long.

    python benchmarks/page_memory.py        # ten minutes for each view
    python benchmarks/page_memory.py 3

JupyterLab and Chromium are those of the browser tests, the views those of `button_latency.py`. Each
trains as fast as it can; after every minute the page's scripts are made to clear up, and what they
still hold is noted. A picture that kept what it was sent would grow by megabytes a minute: at 20
redraws of 26 KB a second, by 31.
"""

import sys
import tempfile
from pathlib import Path

from button_latency import VIEWS
from chromium import FLAGS, NO_CHROMIUM, find_chromium
from common import machine, rounded, write_results
from lab_page import LabPage
from lab_server import running_lab, write_notebook
from live_bar import LiveBar
from playwright.sync_api import sync_playwright


def measure(browser, server, view, minutes):
    """Return a row for each minute of one view."""
    cell, css_class, _, _ = VIEWS[view]
    write_notebook(server.folder / "memory.ipynb", [cell])
    notebook = LabPage(browser, server, "memory.ipynb")
    notebook.run_all()
    bar = LiveBar(notebook.widget(css_class))
    bar.widget.scroll_into_view_if_needed()
    bar.widget.get_by_label("Speed").select_option("as fast as it can")
    bar.press("start")
    bar.expect_running(more=50)
    devtools = notebook.page.context.new_cdp_session(notebook.page)
    rows = []
    for minute in range(1, minutes + 1):
        notebook.page.wait_for_timeout(60_000)
        devtools.send("HeapProfiler.collectGarbage")
        used = devtools.send("Runtime.getHeapUsage")["usedSize"] / 1e6
        row = {"view": view, "minute": minute, "step": bar.step(), "heap_mb": rounded(used, 4)}
        rows.append(row | {"machine": machine()})
    notebook.close()
    server.end_kernels()
    return rows


def main(minutes):
    """Measure both views, print, and write the results."""
    if find_chromium() is None:
        raise SystemExit(NO_CHROMIUM)
    rows = []
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        with running_lab(Path(home) / "lab", Path(home) / "jupyterlab.log") as server:
            for view in VIEWS:
                rows += measure(browser, server, view, minutes)
                heaps = [row["heap_mb"] for row in rows if row["view"] == view]
                print(
                    f"{view}: {heaps[0]} MB after a minute, {heaps[-1]} MB at the end", flush=True
                )
        browser.close()
    write_results("page_memory.csv", rows)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10)
