"""The control bar of a live run, as a person uses it: press a button, read the step counter."""

import re
import time

from playwright.sync_api import expect

HEARD_MS = 60_000  # bounds a hang; how fast a button is heard, benchmarks/button_latency.py says
STANDS_STILL = 0.8  # seconds in which a run that goes on would have taken many steps
FIRST_STEPS_MS = 120_000  # the first step is compiled


class LiveBar:
    """The control bar inside a widget.

    Attributes:
        widget: The locator of the widget around it.
    """

    def __init__(self, widget):
        self.widget = widget
        self._counter = widget.locator(".gan-step-count")
        self.status = widget.locator(".gan-status")

    def button(self, name):
        """Return a button by its class without `gan-`: start, step-d, step-g, stop, …

        Start and Pause are one button, which says the one or the other.
        """
        return self.widget.locator(f"button.gan-{'start' if name == 'pause' else name}")

    def press(self, name):
        """Click a button. "start" and "pause" wait until it says so, and fail if it does not."""
        self._expect_word(name)
        self.button(name).click()

    def press_by_key(self, name, key="Space"):
        """Give a button the focus and press a key; "start" and "pause" as `press` does."""
        self._expect_word(name)
        self.button(name).focus()
        self.widget.page.keyboard.press(key)

    def _expect_word(self, name):
        if name in ("start", "pause"):
            expect(self.button(name)).to_have_text(name.capitalize(), timeout=HEARD_MS)

    def begin_again(self):
        """Stop, set every switch of the bar to its usual place, and go back to step 0."""
        self.press("stop")
        slow = self.button("slow")
        if "mod-active" in slow.get_attribute("class"):
            slow.click()
        self.widget.get_by_label("Speed").select_option("as fast as it can")
        self.choose_times("×1")
        self.press("reset")
        self.expect_step(0)

    def choose_times(self, times):
        """Choose how many updates a step button makes: "×1", "×10" or "×100"."""
        self.widget.get_by_label("steps", exact=True).select_option(times)

    def step(self):
        """Return the number in the step counter."""
        return read_step(self._counter.inner_text())

    def expect_step(self, number):
        """Fail unless the step counter says this number soon."""
        pattern = re.compile(rf"step {number:,} of")
        expect(self._counter).to_have_text(pattern, timeout=HEARD_MS)

    def expect_state(self, state):
        """Fail unless the status line names this state soon."""
        expect(self.status).to_contain_text(state, timeout=HEARD_MS)

    def expect_running(self, more=20):
        """Fail unless the counter gains so many steps soon; return where it stands then."""
        self.widget.scroll_into_view_if_needed()  # what is off the screen is told nothing
        before, last = self.step(), time.monotonic() + FIRST_STEPS_MS / 1000
        while self.step() < before + more:
            words = f"the counter stands at {self.step()}: {self.status.inner_text()}"
            assert time.monotonic() < last, words
            time.sleep(0.05)
        return self.step()

    def expect_standing(self):
        """Fail if the counter moves; return where it stands."""
        before = self.step()
        time.sleep(STANDS_STILL)
        assert self.step() == before, f"the counter went on from {before} to {self.step()}"
        return before


def read_step(text):
    """Return 1234 for "step 1,234 of 5,000"."""
    found = re.search(r"step ([\d,]+) of [\d,]+", text)
    assert found, f"the step counter says {text!r}"
    return int(found[1].replace(",", ""))
