"""`gan-course doctor`: is this machine ready?"""

from gan_course import doctor


def add_parser(subparsers):
    """Add the command to the command line."""
    return subparsers.add_parser(
        "doctor",
        help="say whether this machine is ready for the course",
        description="Look at Python, TensorFlow, memory, the digits and the folder. "
        "The exit code is 0 where all is ready, else 1.",
    )


def run(options):
    """Print the report; return 0 if all is ready, else 1."""
    findings = doctor.examine()
    print(doctor.report(findings))
    return 0 if all(finding.ready for finding in findings) else 1
