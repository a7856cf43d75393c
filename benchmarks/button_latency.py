"""Measure in a real browser how soon a Pause is heard while training runs, and how fast it runs.

    python benchmarks/button_latency.py

JupyterLab and Chromium are those of the browser tests (`make test-browser` says what it needs).
Two views train in turn: the laboratory on a ring in 2-D with all its layers, and the dashboard
with the dense GAN on digits. Each is started, left to run for a moment and paused, `CLICKS` times,
with the mouse. The clock is the browser's: from the click's own event to the moment when the words
of the status line have changed to "paused". In between lie the way to the kernel, the end of the
step in hand, the last redraw, and the way back.

Before that, for `SECONDS`, the steps and the pictures that arrive in the browser are counted. The
targets of the laboratory: 20 steps and 4 redraws a second; of both: heard within 300 ms.
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

CLICKS, SECONDS, TARGET_MS = 40, 15, 300
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
# name -> (the cell, the class of the widget, the class of its picture)
VIEWS = {
    "laboratory, ring in 2-D": (LABORATORY, "gan-laboratory", "gan-lab-picture"),
    "dashboard, dense GAN": (DASHBOARD, "gan-dashboard", "gan-grid"),
}
WATCH_PAUSE = """root => {
    window.heardAfter = null;
    const status = root.querySelector('.gan-status');
    let clicked = null;
    root.querySelector('button.gan-pause').addEventListener(
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
    const watcher = new MutationObserver(() => { window.pictures += 1; });
    watcher.observe(root.querySelector('.' + name), {
        subtree: true, childList: true, attributes: true, attributeFilter: ['src']});
}"""


def measure(browser, server, view):
    """Return the row of one view."""
    cell, css_class, picture = VIEWS[view]
    write_notebook(server.folder / "latency.ipynb", [cell])
    load = os.getloadavg()[0]
    notebook = LabPage(browser, server, "latency.ipynb")
    notebook.run_all()
    bar = LiveBar(notebook.widget(css_class))
    bar.press("start")
    bar.expect_running(more=100)
    steps_per_second, redraws_per_second = count(notebook, bar, picture)
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
        "steps_per_second": rounded(steps_per_second, 3),
        "redraws_per_second": rounded(redraws_per_second, 3),
        "below_target": late < TARGET_MS,
        "load": rounded(load, 3),
        "machine": machine(),
    }


def count(notebook, bar, picture):
    """Return the steps and the pictures a second that the browser sees."""
    bar.widget.evaluate(COUNT_PICTURES, picture)
    step, start = bar.step(), time.perf_counter()
    time.sleep(SECONDS)
    pictures = notebook.page.evaluate("window.pictures")
    seconds = time.perf_counter() - start
    return (bar.step() - step) / seconds, pictures / seconds


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
