"""Look a name up in a table, and suggest the nearest one when it is not there."""

from difflib import get_close_matches


def look_up(table, name, kind):
    """Return `table[name]`, or raise an error that lists the names and suggests the nearest.

    Args:
        table: A dict from names to values.
        name: The name to look up, a string.
        kind: What the names stand for, for the message: `"loss"`, `"network"`.

    Returns:
        The value under `name`.

    Raises:
        ValueError: If there is no such name.

    Example:
        >>> look_up({"hinge": 1}, "hing", "loss")
        Traceback (most recent call last):
        ValueError: Unknown loss 'hing'. Did you mean 'hinge'? The choices are: hinge.
    """
    if name in list(table):  # a list is no key, and no error either
        return table[name]
    choices = [str(choice) for choice in table]
    near = get_close_matches(str(name), choices, n=1, cutoff=0.4)
    suggestion = f" Did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"Unknown {kind} {name!r}.{suggestion} The choices are: {', '.join(choices)}.")
