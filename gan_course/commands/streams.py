"""Standard output and error that never stop a command: all is saved before they are written to."""

import contextlib
import os
import sys
from contextlib import contextmanager


class PatientStream:
    """A text stream whose writing never fails.

    A character that the stream does not know becomes "?"; where it is closed, or nobody reads any
    more (`gan-course train … | head`), nothing is written.

    Args:
        stream: The stream to write to; None where the process has none.

    Example:
        >>> PatientStream(None).write("3 → 4")
        5
    """

    def __init__(self, stream):
        self._stream = stream

    def write(self, text):
        """Write what can be written; return the number of characters in `text`."""
        try:
            self._stream.write(text)
        except UnicodeEncodeError:
            code = self._stream.encoding
            self._stream.write(text.encode(code, "replace").decode(code))
        except (AttributeError, OSError, ValueError):
            pass
        return len(text)

    def flush(self):
        """Write what is held back, or throw it away where nobody reads."""
        try:
            self._stream.flush()
        except BrokenPipeError:  # Python would try again at its end, and change the exit code
            with contextlib.suppress(OSError), open(os.devnull, "wb") as nowhere:
                os.dup2(nowhere.fileno(), self._stream.fileno())
        except (AttributeError, OSError, ValueError):
            pass

    def __getattr__(self, name):
        return getattr(self._stream, name)


@contextmanager
def patient_output():
    """Make standard output and error patient for the lines below."""
    out, error = PatientStream(sys.stdout), PatientStream(sys.stderr)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        try:
            yield
        finally:
            out.flush()
            error.flush()
