"""Measure in a real browser how soon a Pause is heard while training runs, and how fast it runs.

    python benchmarks/button_latency.py

JupyterLab and Chromium are those of the browser tests (`make test-browser` says what it needs).
Two views train in turn: the laboratory on a ring in 2-D with all its layers, and the dashboard
with the dense GAN on digits. Each is started, left to run for a moment and paused, `CLICKS` times,
with the mouse, by the one button that says Start or Pause. The clock is the browser's: from the
click's own event to the moment when the words of the status line have changed to "paused". In
between lie the way to the kernel, the end of the step in hand, the last redraw, and the way back.

Before that, for `SECONDS`, the steps, the pictures that are drawn, and the bytes that come over the
page's WebSocket are counted. The targets of the laboratory: 20 redraws of at most 60 KB and 1,500
steps a second, and a button heard within 150 ms; of the dashboard: heard within 300 ms.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from common import machine, rounded, write_results
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from chromium import FLAGS, NO_CHROMIUM, find_chromium  # noqa: E402
from lab_page import LabPage  # noqa: E402
from lab_server import running_lab, write_notebook  # noqa: E402
from live_bar import LiveBar  # noqa: E402

CLICKS, SECONDS = 40, 15
LABORATORY = """
from gan_course.laboratory import laboratory
lab = laboratory("ring", show=("real", "fakes", "heat", "best", "arrows", "warp"), steps=1_000_000)
lab
"""
DASHBOARD = """
from gan_course import data
from gan_course.live import LiveRun
from gan_course.recipes import get_recipe
from gan_course.dashboard import training_dashboard
recipe = get_recipe("dense")
digits = data.load_mnist(value_range=recipe.value_range, split="gan")
run = LiveRun(lambda: recipe.trainer(digits.images, seed=0), steps=1_000_000, name="latency")
dashboard = training_dashboard(run, value_range=recipe.value_range)
dashboard
"""
# name -> (the cell, the class of the widget, the class of its picture, milliseconds to be heard in)
VIEWS = {
    "laboratory, ring in 2-D": (LABORATORY, "gan-laboratory", "gan-points", 150),
    "dashboard, dense GAN": (DASHBOARD, "gan-dashboard", "gan-grid", 300),
}
WATCH_PAUSE = """root => {
    window.heardAfter = null;
    const status = root.querySelector('.gan-status');
    let clicked = null;
    root.querySelector('button.gan-start').addEventListener(
        'click', () => { clicked = performance.now(); }, {once: true, capture: true});
    const watcher = new MutationObserver(() => {
        if (clicked !== null && status.textContent.includes('paused')) {
            window.heardAfter = performance.now() - clicked;
            watcher.disconnect();
        }
    });
    watcher.observe(status, {subtree: true, childList: true, characterData: true});
}"""
COUNT_PICTURES = """(root, name) => {
    window.pictures = 0;
    const part = root.querySelector('.' + name);
    let last = null;  // a picture that glides is drawn more often than it is sent
    const watcher = new MutationObserver(() => {
        const now = part.dataset.step ?? part.querySelector('img').src;
        window.pictures += now !== last;
        last = now;
    });
    watcher.observe(part, {
        subtree: true, childList: true, attributes: true, attributeFilter: ['src', 'data-step']});
}"""


def measure(browser, server, view):
    """Return the row of one view."""
    cell, css_class, picture, target = VIEWS[view]
    write_notebook(server.folder / "latency.ipynb", [cell])
    load = os.getloadavg()[0]
    notebook = LabPage(browser, server, "latency.ipynb")
    arrived = count_bytes(notebook)
    notebook.run_all()
    bar = LiveBar(notebook.widget(css_class))
    bar.widget.scroll_into_view_if_needed()
    bar.widget.get_by_label("Speed").select_option("as fast as it can")
    bar.press("start")
    bar.expect_running(more=1000)
    rates = count(notebook, bar, picture, arrived)
    bar.press("pause")
    bar.expect_state("paused")
    times = [time_pause(notebook, bar, number) for number in range(CLICKS)]
    notebook.close()
    server.end_kernels()
    worst, late = max(times), float(np.percentile(times, 95))
    return {
        "view": view,
        "clicks": len(times),
        "median_ms": rounded(statistics.median(times), 3),
        "percentile_95_ms": rounded(late, 3),
        "worst_ms": rounded(worst, 3),
        **{name: rounded(rate, 3) for name, rate in rates.items()},
        "below_target": late < target,
        "load": rounded(load, 3),
        "machine": machine(),
    }


def count_bytes(notebook):
    """Return a list that gets the length of every message from the kernel; the page loads anew."""
    arrived = []

    def listen(socket):
        socket.on("framereceived", lambda payload: arrived.append(len(payload)))

    notebook.page.on("websocket", listen)
    notebook.page.reload()
    notebook.page.wait_for_selector(".jp-Notebook .jp-Cell")
    notebook.wait_until_idle()
    return arrived


def count(notebook, bar, picture, arrived):
    """Return the steps, the pictures and the kilobytes that the browser sees."""
    bar.widget.evaluate(COUNT_PICTURES, picture)
    step, start = bar.step(), time.perf_counter()
    arrived.clear()
    notebook.page.wait_for_timeout(1000 * SECONDS)
    pictures = notebook.page.evaluate("window.pictures")
    seconds = time.perf_counter() - start
    return {
        "steps_per_second": (bar.step() - step) / seconds,
        "redraws_per_second": pictures / seconds,
        "kilobytes_per_redraw": sum(arrived) / 1000 / max(pictures, 1),
    }


def time_pause(notebook, bar, number):
    """Start, let it run for a moment, click Pause; return the milliseconds until it is told."""
    bar.press("start")
    bar.expect_running(more=5)
    time.sleep(0.2 + 0.03 * (number % 10))  # at various moments between two redraws
    bar.widget.evaluate(WATCH_PAUSE)
    bar.press("pause")
    notebook.page.wait_for_function("window.heardAfter !== null")
    return notebook.page.evaluate("window.heardAfter")


def main():
    """Measure both views, print, and write the results."""
    if find_chromium() is None:
        raise SystemExit(NO_CHROMIUM)
    rows = []
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        log = Path(home) / "jupyterlab.log"
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        with running_lab(Path(home) / "lab", log) as server:
            for view in VIEWS:
                rows.append(measure(browser, server, view))
                print(", ".join(f"{key} {value}" for key, value in rows[-1].items()))
        browser.close()
    write_results("button_latency.csv", rows)


if __name__ == "__main__":
    main()
