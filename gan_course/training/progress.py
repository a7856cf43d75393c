"""The progress bar of a training run: steps or seconds, and the latest losses beside it."""

from tqdm.auto import tqdm


class ProgressBar:
    """A tqdm bar that counts steps, or seconds where a run is limited by the clock.

    Args:
        steps: The steps of the run, or None.
        seconds: The seconds of the run, or None. They count where there are no steps.
        enabled: Whether to show anything.
    """

    def __init__(self, steps, seconds, enabled):
        self._by_clock = steps is None
        total, unit = (round(seconds, 1), "s") if self._by_clock else (steps, "step")
        self._bar = tqdm(
            total=total,
            unit=unit,
            disable=not enabled,
            bar_format="{l_bar}{bar}| {n:.0f}/{total:.0f} {unit} [{elapsed}<{remaining}{postfix}]",
        )

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._bar.close()

    def advance(self, steps, elapsed, history):
        """Move the bar on, and show the last row of the history.

        Args:
            steps: Steps taken since the last call.
            elapsed: Seconds since the run began.
            history: A dict of lists.
        """
        move = min(elapsed, self._bar.total) - self._bar.n if self._by_clock else steps
        latest = {name: f"{values[-1]:.2f}" for name, values in history.items() if name != "step"}
        self._bar.set_postfix({"step": history["step"][-1], **latest}, refresh=False)
        self._bar.update(move)
