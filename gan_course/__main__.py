"""The command line: `gan-course doctor`, `train`, `sample` and `export`."""

import argparse
import signal
import sys

from gan_course import __version__
from gan_course.commands import doctor, export, sample, train
from gan_course.commands.streams import patient_output
from gan_course.errors import CourseError
from gan_course.stopping import asked_to_stop

COMMANDS = (doctor, train, sample, export)


def build_parser():
    """Return the parser of the command line, with one subcommand for each module."""
    parser = argparse.ArgumentParser(
        prog="gan-course", description="Train GANs from a terminal, with the course's own loop."
    )
    parser.add_argument("--version", action="version", version=f"gan-course {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(subparsers).set_defaults(run=command.run)
    return parser


class Stopped:
    """The handler of Ctrl-C, SIGTERM and SIGHUP: it notes the signal and interrupts."""

    number = None

    def __call__(self, number, frame):
        """Interrupt what is going on."""
        self.number = number
        raise KeyboardInterrupt


def main(arguments=None):
    """Run one command; without one, print what there is.

    Args:
        arguments: A list of strings; what was typed unless given.

    Returns:
        The exit code: 0 for success, 1 for a machine that is not ready, 2 for bad input; 128 and
        the signal's number after a signal, so 130 for Ctrl-C.
    """
    with patient_output():
        parser = build_parser()
        options = parser.parse_args(arguments)
        if not hasattr(options, "run"):
            parser.print_help()
            return 0
        return _run(options)


def _run(options):
    """Run the command, and tell in a line what ended it early."""
    stopped = Stopped()
    try:
        with asked_to_stop(stopped):
            return options.run(options)
    except KeyboardInterrupt as why:  # TrainingInterrupted says where the state was saved
        print(f"\ngan-course: {str(why) or 'stopped'}", file=sys.stderr)
        return 128 + (getattr(why, "number", None) or stopped.number or signal.SIGINT)
    except Exception as error:
        if stopped.number is not None:  # an interrupted import fails with errors of all kinds
            print("\ngan-course: stopped", file=sys.stderr)
            return 128 + stopped.number
        if not isinstance(error, CourseError | ValueError | OSError):
            raise
        message = error
        if isinstance(error, OSError) and error.strerror:  # a file of the reader's, or our sentence
            message = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
        print(f"gan-course: {message}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
