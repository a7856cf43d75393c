"""The rules of the house for words: those we avoid, and no address or path that leads nowhere."""

import re
import subprocess

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


# Each of these looks through a text and yields (position, what is wrong there).


def banned_words(text):
    """Yield the banned words of a text; words in `code` are quoted, and do not count."""
    quoted = re.sub(r"`[^`\n]*`", lambda code: " " * len(code[0]), text)
    yield from ((found.start(), found[0]) for found in BANNED.finditer(quoted))


def leads_elsewhere(text, path):
    """Yield what in the text names a foreign host, a path of one machine, or a missing file."""
    for found in HOST.finditer(text):
        if found[1] not in ALLOWED_HOSTS:
            yield found.start(), f"host {found[1]}"
    for name in REGISTRIES:
        if name in text:
            yield text.index(name), f"registry {name}"
    for found in MACHINE_PATH.finditer(text):
        yield found.start(), f"machine path {found[0]}"
    for found in OUTWARD.finditer(text):
        if not (path.parent / found[0]).resolve().is_relative_to(ROOT):
            yield found.start(), f"path out of the repository {found[0]}"
    for found in MARKDOWN_FILE.finditer(text):
        if not (ROOT / found[0]).exists():
            yield found.start(), f"missing file {found[0]}"


def broken_links(text, path):
    """Yield the targets of Markdown links to files that do not exist."""
    for found in re.finditer(r"\]\(([^)#\s]+)[^)]*\)", text):
        target = found[1]
        here = "://" not in target and "mailto:" not in target
        if here and not (path.parent / target).exists():
            yield found.start(), target


def placeholders(text):
    """Yield what was left to be done."""
    yield from ((found.start(), found[0]) for found in re.finditer("# TODO", text))


def problems(paths, rule):
    """Return a line for each thing that `rule(text, path)` finds: file, line, and what it is."""
    found = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for position, problem in rule(text, path):
            line = text.count("\n", 0, position) + 1
            found.append(f"{path.relative_to(ROOT)}:{line}: {problem}")
    return found


FILES = files_of_the_repository()


def learner_reads(path):
    inside = path.relative_to(ROOT).parts
    return inside[0] in ("gan_course", "notebooks", "benchmarks") or path.suffix == ".md"


def test_no_file_names_a_foreign_host_or_a_path_of_one_machine():
    assert len(FILES) > 100
    assert problems(FILES, leads_elsewhere) == []


def test_what_learners_read_avoids_the_banned_words():
    read = list(filter(learner_reads, FILES))
    assert len(read) > 100
    assert problems(read, lambda text, path: banned_words(text)) == []


def test_every_link_of_a_markdown_file_leads_somewhere():
    assert problems(ROOT.glob("*.md"), broken_links) == []


def test_no_placeholder_is_left():
    code = [path for path in FILES if learner_reads(path) and path.suffix != ".md"]
    assert problems(code, lambda text, path: placeholders(text)) == []


def test_a_problem_is_reported_with_its_file_and_line(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    (tmp_path / "page.md").write_text("One.\nTwo, `just`.\nJust three.\n", encoding="utf-8")
    (tmp_path / "note.py").write_text("# TODO: four\n", encoding="utf-8")
    read = [tmp_path / "note.py", tmp_path / "page.md"]
    assert problems(read, lambda text, path: banned_words(text)) == ["page.md:3: Just"]
    assert problems(read, lambda text, path: placeholders(text)) == ["note.py:1: # TODO"]


def test_banned_words_are_found_whole_and_in_any_case():
    found = banned_words("Just adjust it; it is EASY, uneasy.")
    assert [word for _, word in found] == ["Just", "EASY"]
    assert list(banned_words("We never say `simply`.")) == []


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
    assert len(list(leads_elsewhere(text, ROOT / "README.md"))) == 1


def test_what_leads_somewhere_is_allowed():
    text = "https://arxiv.org/abs/1406.2661, ../README.md, http://127.0.0.1:9, /usr/bin/python3"
    assert list(leads_elsewhere(text, ROOT / "notebooks" / "x.ipynb")) == []


def test_a_broken_link_is_noticed():
    text = "[a](README.md) [b](nowhere.txt) [c](https://arxiv.org/abs/1) [d](README.md#top)"
    assert [target for _, target in broken_links(text, ROOT / "README.md")] == ["nowhere.txt"]
