"""The command line: `gan-course doctor`, `gan-course train`, `gan-course sample`."""

import argparse
import sys

from gan_course import __version__
from gan_course.commands import doctor, sample, train
from gan_course.commands.streams import patient_output
from gan_course.errors import CourseError

COMMANDS = (doctor, train, sample)


def build_parser():
    """Return the parser of the command line, with one subcommand for each module."""
    parser = argparse.ArgumentParser(
        prog="gan-course", description="Train GANs from a terminal, with the course's own loop."
    )
    parser.add_argument("--version", action="version", version=f"gan-course {__version__}")
    subparsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(subparsers).set_defaults(run=command.run)
    return parser


def main(arguments=None):
    """Run one command.

    Args:
        arguments: A list of strings; what was typed unless given.

    Returns:
        The exit code: 0 for success, 1 for a machine that is not ready, 2 for bad input, 130 for
        Ctrl-C.
    """
    with patient_output():
        return _run(build_parser().parse_args(arguments))


def _run(options):
    try:
        return options.run(options)
    except KeyboardInterrupt as stopped:  # TrainingInterrupted says where the state was saved
        print(f"\ngan-course: {stopped or 'stopped'}", file=sys.stderr)
        return 130
    except (CourseError, ValueError, OSError) as error:
        message = error
        if isinstance(error, OSError) and error.strerror:  # a file of the reader's, or our sentence
            message = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
        print(f"gan-course: {message}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
