"""A notebook in JupyterLab, in a browser, with the few things that a test does to one."""

import itertools
import json
import re
import time
from contextlib import contextmanager

from playwright.sync_api import expect
from widget_health import SCRIPT as HEALTH_SCRIPT

RELOADS = 4
DESKTOP = {"width": 1280, "height": 900}
OPEN_MS, CELL_MS, CHANGE_MS = 120_000, 400_000, 40_000  # bound hangs, on a busy machine too
# JupyterLab gives this class to what a widget shows, and to the message that there is none.
WIDGET_OUTPUT = ".jp-OutputArea-output:is(.jupyter-widgets, :has(.jupyter-widgets))"
NOTEBOOK = "window.jupyterapp.shell.currentWidget"
# A lesson names its run as it likes. Its class is what it refers to: `gc.get_objects()` would touch
# the tuples that the training's thread is about to fill, which ends that thread.
LIVE_RUNS = (
    "import gc\nfrom gan_course.live import LiveRun\n"
    "runs = [found for found in gc.get_referrers(LiveRun) if type(found) is LiveRun]"
)
_numbers = itertools.count()
IDLE = f"{NOTEBOOK}?.sessionContext?.session?.kernel?.status === 'idle'"
expect.set_options(timeout=CHANGE_MS)


class LabPage:
    """One page of the browser, showing one notebook.

    Attributes:
        page: Playwright's page.
        problems: What the browser's console said as an error, and exceptions of scripts.
        without_picture: The CSS classes of widgets that show no picture.
        strayed: Addresses outside this machine that the page asked for.
    """

    def __init__(self, browser, server, name):
        self.server, self.name = server, name
        self.without_picture = ()
        self.problems, self.strayed = [], []
        self._context = browser.new_context(viewport=DESKTOP, accept_downloads=True)
        self.page = self._context.new_page()
        self.page.set_default_timeout(CHANGE_MS)
        self.page.add_init_script(path=HEALTH_SCRIPT)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.problems.append(f"exception: {error}"))
        self.page.on("request", self._see_request)
        self._open()

    def _open(self):
        # A workspace of its own, or JupyterLab opens the notebooks of earlier tests too.
        space = f"test-{next(_numbers)}"
        address = f"{self.server.url}/lab/workspaces/{space}/tree/notebooks/{self.name}"
        self.page.goto(address, timeout=OPEN_MS)
        self._wait_until_open()

    def _wait_until_open(self):
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=OPEN_MS)
        self.page.wait_for_function(IDLE, timeout=OPEN_MS)

    def _hear(self, message):
        if message.type == "error":
            self.problems.append(f"{message.text} ({message.location.get('url', '')})")

    def _see_request(self, request):
        local = (self.server.url, self.server.url.replace("http", "ws"), "data:", "blob:")
        if not request.url.startswith(local):
            self.strayed.append(request.url)

    def run_all(self):
        """Run all cells as the menu does, and wait until the last has ended."""
        self.command("notebook:run-all-cells")
        self.wait_until_idle()

    def command(self, name):
        """Carry out one of JupyterLab's commands, and wait for its end."""
        self.page.evaluate(
            """name => {
                window.commandEnded = false;
                const ended = () => { window.commandEnded = true; };
                window.jupyterapp.commands.execute(name).then(ended, ended);
            }""",
            name,
        )
        self.page.wait_for_function("window.commandEnded", timeout=CELL_MS)

    def begin(self, code):
        """Let the kernel execute code, beside the notebook's cells; do not wait for its end."""
        self.page.evaluate(
            f"""code => {{
                window.executed = null;
                {NOTEBOOK}.sessionContext.session.kernel
                    .requestExecute({{code, store_history: false}}).done
                    .then(reply => {{ window.executed = reply.content; }});
            }}""",
            code,
        )

    def executed(self):
        """Wait until the code of `begin` has ended; return the kernel's reply."""
        self.page.wait_for_function("window.executed !== null", timeout=CELL_MS)
        return self.page.evaluate("window.executed")

    def lift_step_limits(self):
        """Let every live run of the kernel take as many steps as a test may want to see."""
        self.begin(f"{LIVE_RUNS}\nfor run in runs:\n    run.steps = 1_000_000")
        assert self.executed()["status"] == "ok"

    def wait_until_idle(self):
        """Wait until no cell runs or waits."""
        self.page.wait_for_function(IDLE, timeout=CELL_MS)
        waiting = self.page.locator(".jp-Notebook .jp-InputPrompt", has_text=re.compile(r"\[\*\]"))
        expect(waiting).to_have_count(0, timeout=CELL_MS)

    def reload(self):
        """Load the page anew, as F5 does; the kernel goes on. Wait until its widgets are back.

        At times JupyterLab gives up on a widget ("model not found") or waits for it in vain, when
        the kernel answers late. As a person would, this then loads once more.
        """
        shown = self.page.locator(WIDGET_OUTPUT).count()
        for _ in range(RELOADS):
            known = len(self.problems)
            self.page.reload(timeout=OPEN_MS)
            if self._widgets_are_back(shown):
                return
            del self.problems[known:]
        raise AssertionError(f"after {RELOADS} reloads JupyterLab still misses widgets")

    def _widgets_are_back(self, number):
        """Wait until so many outputs show a widget, or why there is none; tell whether all do."""
        outputs = self.page.locator(WIDGET_OUTPUT)
        try:
            expect(outputs).to_have_count(number, timeout=OPEN_MS)
        except AssertionError:
            return False
        return outputs.filter(has_text="Error displaying widget").count() == 0

    def save(self):
        """Press Ctrl+S and wait until JupyterLab has written the file, all of it.

        A live view changes the notebook again at once: whether it is "dirty" tells nothing. And the
        server empties the file before it fills it: a new time of change is not the end.
        """
        path = self.server.folder / self.name
        before, end = path.stat().st_mtime_ns, time.monotonic() + CHANGE_MS / 1000
        self.page.keyboard.press("Control+s")
        while path.stat().st_mtime_ns == before or not _is_whole(path):
            assert time.monotonic() < end, f"{self.name} was not saved"
            self.page.wait_for_timeout(100)

    def widget(self, css_class, number=0):
        """Return the locator of a widget, by the class that `add_class` gave it."""
        return self.page.locator(f".jp-OutputArea-output .{css_class}").nth(number)

    def output(self, cell):
        """Return the locator of what a cell shows, by the number of the cell from 0 on."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".jp-OutputArea")

    @contextmanager
    def resized(self, width, height, pixel_ratio=1):
        """Give the page another size for a while, without JupyterLab's side bar.

        Args:
            width: In CSS pixels. Zoom of 200 % halves width and height and doubles the ratio.
            height: In CSS pixels.
            pixel_ratio: How many pixels of the screen a CSS pixel is wide.
        """
        devtools = self._context.new_cdp_session(self.page)
        size = {"width": width, "height": height, "deviceScaleFactor": pixel_ratio}
        devtools.send("Emulation.setDeviceMetricsOverride", size | {"mobile": False})
        self.page.wait_for_function("width => window.innerWidth === width", arg=width)
        self.command("application:toggle-left-area")  # a key may belong to what has the focus
        try:
            yield
        finally:
            self.command("application:toggle-left-area")
            devtools.send("Emulation.clearDeviceMetricsOverride")
            devtools.detach()
            self.page.wait_for_function(
                "width => window.innerWidth === width", arg=DESKTOP["width"]
            )

    def keep_evidence(self, folder, name):
        """Write a screenshot and what the console said; for a failed test."""
        with open(folder / f"{name}.console.txt", "w", encoding="utf-8") as file:
            file.write("\n".join([*self.problems, *self.strayed, ""]))
        self.page.screenshot(path=folder / f"{name}.png", timeout=CHANGE_MS)

    def close(self):
        """Close the page; its kernel goes on until the server ends it."""
        self._context.close()


def _is_whole(path):
    """Whether a file holds a whole notebook, not the first part of one."""
    try:
        return bool(json.loads(path.read_text(encoding="utf-8"))["cells"])
    except ValueError:
        return False


def slider(widget, label):
    """Return the handle of the slider with this label."""
    row = widget.locator(".widget-slider").filter(
        has=widget.page.locator(f'.widget-label:text-is("{label}")')
    )
    return row.get_by_role("slider").first


def press(control, *keys):
    """Give a control the focus and press keys."""
    control.focus()
    for key in keys:
        control.page.keyboard.press(key)


def drag(handle, share):
    """Drag a slider's handle with the mouse to this share of its length, from 0 to 1."""
    with held(handle, share):
        pass


@contextmanager
def held(handle, share):
    """As `drag`, and the mouse's button stays down in the block."""
    handle.scroll_into_view_if_needed()
    start = handle.bounding_box()
    track = handle.locator("xpath=ancestor::*[contains(@class, 'noUi-base')]").bounding_box()
    mouse, middle = handle.page.mouse, start["y"] + start["height"] / 2
    mouse.move(start["x"] + start["width"] / 2, middle)
    mouse.down()
    mouse.move(track["x"] + track["width"] * share, middle, steps=4)
    yield
    mouse.up()


def choose(widget, label, option):
    """Choose an option of the drop-down list, or of the radio buttons, with this label."""
    chooser = widget.get_by_label(label, exact=True)
    if chooser.get_attribute("role") == "radiogroup":
        chooser.get_by_role("radio", name=option, exact=True).check()
    else:
        chooser.select_option(option)


def picture_of(widget):
    """Return the address (its data) and the alternative text of the first picture."""
    picture = widget.locator("img").first
    return picture.get_attribute("src"), picture.get_attribute("alt")


def text_of(widget):
    """Return the text that a widget shows."""
    return " ".join(widget.inner_text().split())


@contextmanager
def changing(read, what):
    """Fail unless what `read()` returns is another value soon after the block.

    Args:
        read: A function without arguments.
        what: What should change, for the message.
    """
    before = read()
    yield
    last = time.monotonic() + CHANGE_MS / 1000
    while read() == before:
        assert time.monotonic() < last, f"{what} did not change; it still is {str(before)[:300]}"
        time.sleep(0.05)


def changing_picture(widget):
    """Fail unless the widget's picture is another one soon after the block."""
    return changing(lambda: picture_of(widget)[0], "the picture")


def changing_text(widget):
    """Fail unless the widget's text is another one soon after the block."""
    return changing(lambda: text_of(widget), "the text")
