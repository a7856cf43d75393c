"""Where the project's files lie, for tests at any depth of the tree."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "gan_course"
NOTEBOOKS = ROOT / "notebooks"
