"""Record the runs of the laboratory that lesson 05b plays.

    python benchmarks/make_recordings.py

Each takes a minute or so, and goes to `gan_course/laboratory/recordings`.
"""

from gan_course.data import toy
from gan_course.laboratory import record
from gan_course.laboratory.recordings.run import SHIPPED
from gan_course.widgets.player import read_recording

# name -> (steps, distribution, settings). Lesson 05b trains these networks too, and counts.
RUNS = {
    "lost_modes": (6_000, toy.ring(), {"latent_dim": 16, "generator_rate": 1e-3}),
}


def main():
    """Record them all, and print how each ended."""
    for name, (steps, distribution, settings) in RUNS.items():
        path = SHIPPED / f"{name}.gan"
        record(path, distribution, steps=steps, **settings)
        _, header = read_recording(path)
        print(f"{path.name}, {path.stat().st_size:,} bytes: {header['moving']['said'][-1]}")


if __name__ == "__main__":
    main()
