"""No terminal stops a command: not its alphabet, not its being closed."""

import io
import sys
from pathlib import Path

import pytest

from gan_course import doctor
from gan_course.__main__ import main
from gan_course.commands import doctor as command
from gan_course.commands.streams import PatientStream


class Gone(io.StringIO):
    """A pipe whose reader has left."""

    def write(self, text):
        raise BrokenPipeError(32, "Broken pipe")

    def flush(self):
        raise BrokenPipeError(32, "Broken pipe")


def closed():
    stream = io.StringIO()
    stream.close()
    return stream


@pytest.fixture
def a_broken_machine(monkeypatch):
    finding = doctor.Finding("Digits", False, "no copy", "Run `make lab` again.")
    monkeypatch.setattr(doctor, "examine", lambda: [finding])


@pytest.mark.parametrize("code", ["cp1252", "ascii"])
def test_a_terminal_without_arrows_gets_the_rest(monkeypatch, a_broken_machine, code):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=code))
    assert main(["doctor"]) == 1
    assert b"? Run `make lab` again." in written.getvalue()


@pytest.mark.parametrize("stream", [Gone, closed, lambda: None])
def test_a_command_ends_as_it_would_although_nobody_reads(monkeypatch, a_broken_machine, stream):
    monkeypatch.setattr(sys, "stdout", stream())
    monkeypatch.setattr(sys, "stderr", stream())
    assert main(["doctor"]) == 1


def test_an_unreadable_file_is_named_with_its_path(monkeypatch, capsys):
    def run(options):
        Path("no/such/file").read_bytes()

    monkeypatch.setattr(command, "run", run)
    assert main(["doctor"]) == 2
    assert capsys.readouterr().err == "gan-course: no/such/file: No such file or directory\n"


def test_a_patient_stream_is_its_stream_in_all_else():
    stream = io.StringIO()
    assert PatientStream(stream).write("3 → 4") == 5
    assert stream.getvalue() == "3 → 4" and PatientStream(stream).writable()
