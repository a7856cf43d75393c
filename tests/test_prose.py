"""The rules of the house for words: those we avoid, and no address or path that leads nowhere."""

import re
import subprocess

import nbformat
import pytest
from places import ROOT

# A learner who is stuck reads these as "it is your fault".
BANNED = re.compile(r"\b(just|simply|easy|easily|obviously)\b", re.IGNORECASE)
# Licences, papers, standards, and where the digits come from. Registries are none of them.
ALLOWED_HOSTS = {
    "127.0.0.1",
    "arxiv.org",
    "creativecommons.org",
    "doi.org",
    "example.invalid",
    "localhost",
    "storage.googleapis.com",  # Keras fetches the full MNIST from here
    "www.w3.org",
    "yann.lecun.com",
}
REGISTRIES = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"))]
MACHINE_PATH = re.compile(
    r"(?<![\w.])/(?:root|work|home/(?!you\b)\w+|Users/\w+|tmp/\w+)\b|\b[A-Z]:\\Users\b"
)
HOST = re.compile(r"\bhttps?://([^\s/:\"'`)>\]{}\\]+)")
OUTWARD = re.compile(r"(?<![\w./])(?:\.\./)+[\w./-]*")
MARKDOWN_FILE = re.compile(r"\b[A-Z][A-Z_]+\.md\b")
TEXT = {".py", ".md", ".txt", ".toml", ".yml", ".json", ".ipynb", ".sh", ".csv", ""}


def files_of_the_repository():
    """Return what git tracks or would track; without git, all but hidden and built folders."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True)
        paths = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        built = {"build", "wheelhouse", "runs", "__pycache__", "gan_course.egg-info"}
        top = [p for p in ROOT.iterdir() if p.name not in built and not p.name.startswith(".")]
        paths = [q for p in top for q in ([p] if p.is_file() else p.rglob("*"))]
    kept = [p for p in paths if p.is_file() and p.suffix in TEXT and "__pycache__" not in p.parts]
    return sorted(kept)


def banned_words(text):
    """Return the banned words in a text; words in `code` are quoted, and do not count."""
    return BANNED.findall(re.sub(r"`[^`\n]*`", "", text))


def leads_elsewhere(text, path):
    """Return what in the text names a foreign host, a path of one machine, or a missing file."""
    problems = [f"host {name}" for name in HOST.findall(text) if name not in ALLOWED_HOSTS]
    problems += [f"registry {name}" for name in REGISTRIES if name in text]
    problems += [f"machine path {found}" for found in MACHINE_PATH.findall(text)]
    for found in OUTWARD.findall(text):
        if not (path.parent / found).resolve().is_relative_to(ROOT):
            problems.append(f"path out of the repository {found}")
    for name in MARKDOWN_FILE.findall(text):
        if not (ROOT / name).exists():
            problems.append(f"missing file {name}")
    return problems


def broken_links(text, path):
    """Return the targets of Markdown links to files that do not exist."""
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    local = [target for target in targets if "://" not in target and "mailto:" not in target]
    return [target for target in local if not (path.parent / target).exists()]


FILES = files_of_the_repository()
each_file = pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))


def learner_reads(path):
    inside = path.relative_to(ROOT).parts
    return inside[0] in ("gan_course", "notebooks", "benchmarks") or path.suffix == ".md"


@each_file
def test_no_file_names_a_foreign_host_or_a_path_of_one_machine(path):
    assert leads_elsewhere(path.read_text(encoding="utf-8"), path) == []


@pytest.mark.parametrize(
    "path", list(filter(learner_reads, FILES)), ids=lambda p: str(p.relative_to(ROOT))
)
def test_what_learners_read_avoids_the_banned_words(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n".join(cell.source for cell in nbformat.reads(text, as_version=4).cells)
    assert banned_words(text) == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")), ids=lambda p: p.name)
def test_every_link_of_a_markdown_file_leads_somewhere(path):
    assert broken_links(path.read_text(encoding="utf-8"), path) == []


def test_no_placeholder_is_left():
    left = [p for p in FILES if learner_reads(p) and "# TODO" in p.read_text(encoding="utf-8")]
    assert [p for p in left if p.suffix != ".md"] == []


def test_banned_words_are_found_whole_and_in_any_case():
    assert banned_words("Just adjust it; it is EASY, uneasy.") == ["Just", "EASY"]
    assert banned_words("We never say `simply`.") == []


@pytest.mark.parametrize(
    "text",
    [
        "see https://" + "registry.invalid/simple",
        "fetched from " + REGISTRIES[0],
        "open /" + "root/x",
        "open '/" + "home/ada/x'",
        "C:" + "\\Users\\ada",
        "see ../" + "elsewhere/notes",
        "see NOWHERE" + ".md",
    ],
)
def test_an_address_or_path_that_leads_elsewhere_is_noticed(text):
    assert len(leads_elsewhere(text, ROOT / "README.md")) == 1


def test_what_leads_somewhere_is_allowed():
    text = "https://arxiv.org/abs/1406.2661, ../README.md, http://127.0.0.1:9, /usr/bin/python3"
    assert leads_elsewhere(text, ROOT / "notebooks" / "x.ipynb") == []


def test_a_broken_link_is_noticed():
    text = "[a](README.md) [b](nowhere.txt) [c](https://arxiv.org/abs/1) [d](README.md#top)"
    assert broken_links(text, ROOT / "README.md") == ["nowhere.txt"]
