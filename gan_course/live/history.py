"""What is kept of a run while it goes on: spread over all of its steps, and never too much."""

import numpy as np


class BoundedHistory:
    """Entries that belong to steps of a run: at most `limit` of them, however long it gets.

    The rule: the first and the newest entry are always there. When there would be more than
    `limit`, the least distance between two entries, in steps, is doubled until half of them are
    enough, and those that are too close to their predecessor go.

    Args:
        limit: The most entries, at least 4.

    Attributes:
        kept: A pair of lists, steps and entries. It is replaced as a whole: another thread may
            read it.
        spacing: The least distance between two entries, in steps.

    Example:
        >>> history = BoundedHistory(limit=100)
        >>> history.add(10, {"loss": 1.3})
        >>> history.steps, history.entries
        ([10], [{'loss': 1.3}])
    """

    def __init__(self, limit):
        self.limit = limit
        self.clear()

    @property
    def steps(self):
        """The step of each entry, a list of ints."""
        return self.kept[0]

    @property
    def entries(self):
        """The entries, a list."""
        return self.kept[1]

    def clear(self):
        """Forget all entries."""
        self.kept, self.spacing = ([], []), 1

    def add(self, step, entry):
        """Add an entry. One at the same step is replaced, later ones go: the run began again.

        Args:
            step: The number of steps taken, a whole number.
            entry: Anything.
        """
        steps, entries = (list(part) for part in self.kept)
        while steps and steps[-1] >= step:
            steps.pop(), entries.pop()
        if not steps:
            self.spacing = 1
        if len(steps) > 1 and steps[-1] - steps[-2] < self.spacing:  # it was there as the newest
            steps.pop(), entries.pop()
        steps.append(step), entries.append(entry)
        chosen = range(len(steps))
        if len(steps) > self.limit:
            while len(chosen) > self.limit // 2:
                self.spacing *= 2
                chosen = self._spaced(steps)
        self.kept = [steps[i] for i in chosen], [entries[i] for i in chosen]

    def spread(self, count):
        """Return a few entries, the first and the newest among them, closer together at the start.

        Early steps change most: of 8 entries until step 2,500 they are those near 0, 51, 204, 459,
        816, 1,276, 1,837 and 2,500.

        Args:
            count: How many, at least 2; fewer where there are not so many.

        Returns:
            A pair of lists: the entries and their steps, as `plot_strip` takes them.
        """
        steps, entries = self.kept
        shares = np.linspace(0, 1, count) ** 2
        wanted = steps[0] + shares * (steps[-1] - steps[0]) if steps else []
        chosen = sorted({int(np.abs(np.array(steps) - step).argmin()) for step in wanted})
        return [entries[index] for index in chosen], [steps[index] for index in chosen]

    def _spaced(self, steps):
        chosen, last = [0], len(steps) - 1
        for index in range(1, len(steps)):
            if steps[index] - steps[chosen[-1]] >= self.spacing:
                chosen.append(index)
        return chosen if chosen[-1] == last else [*chosen, last]
