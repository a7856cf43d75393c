"""The results of the course's experiments: the CSV files that stand here, made in `benchmarks/`."""

import csv
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def read_results(name):
    """Read a table of results that took longer to make than a lesson has.

    Args:
        name: The file's name in `gan_course/results`, such as `"dense_quality.csv"`. The script
            `benchmarks/dense_quality.py` makes it again.

    Returns:
        A list of dicts, one a row, from column names to strings.

    Raises:
        ValueError: If there is no such file; the message lists those that there are.

    Example:
        >>> [float(row["fd"]) for row in read_results("dense_quality.csv")]

    Introduced in lesson 00.
    """
    path = FOLDER / name
    if not path.is_file():
        present = ", ".join(sorted(file.name for file in FOLDER.glob("*.csv"))) or "none"
        raise ValueError(
            f"There are no results {name!r}. There are: {present}. Run "
            f"`python benchmarks/{path.stem}.py` to make them."
        )
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
