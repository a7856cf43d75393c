"""Run the twelve cases of the bug clinic, healthy and sick, and measure the sign of each bug.

    python benchmarks/clinic_signs.py               # what is not in the table yet
    python benchmarks/clinic_signs.py maps noise    # these cases anew

Writes `gan_course/results/clinic_signs.csv`: case, program (healthy or sick), seed, steps, value of
the sign, whether it shows, both losses, D(real) and D(fake) as means over the last tenth of the
steps, CPU seconds of the run. The runs of seed 0 are kept as charts, in
`gan_course/clinic/charts.npz`, which the lesson's widget shows.
"""

import argparse
import time

import numpy as np
from common import read_rows, write_results

from gan_course.clinic.cases import CASES
from gan_course.clinic.charts import FILE, chart_of, packed

TABLE = "clinic_signs.csv"
ENDS = {
    "d_loss": ("losses", "discriminator"),
    "g_loss": ("losses", "generator"),
    "d_real": ("what D says", "D(real)"),
    "d_fake": ("what D says", "D(fake)"),
}
COLUMNS = ("case", "program", "seed", "steps", "value", "shows", *ENDS, "cpu_seconds")
SEEDS = (0, 1, 2)


def timed_run(runs, program, steps, seed):
    """Return a run and its CPU seconds; several cases share one of the healthy program."""
    key = program, steps, seed
    if key not in runs:
        start = time.process_time()
        run = program.run(steps, seed=seed)
        runs[key] = run, time.process_time() - start
    return runs[key]


def ends(run):
    """Return the mean of each curve of a game over its last tenth; "" for a critic alone."""
    if ENDS["d_loss"][0] not in run.curves:
        return [""] * len(ENDS)
    curves = [run.curves[panel][name] for panel, name in ENDS.values()]
    return [f"{np.nanmean(curve[-len(curve) // 10 :]):.4g}" for curve in curves]


def keep_chart(name, kind, run):
    """Put a run into the file of charts, in the place of an older one."""
    kept = dict(np.load(FILE)) if FILE.exists() else {}
    np.savez_compressed(FILE, **(kept | packed(name, kind, chart_of(run))))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="*", choices=[[], *CASES], help="cases to run anew")
    anew = parser.parse_args().cases
    rows = [row for row in read_rows(TABLE) if row["case"] not in anew]
    done = {(row["case"], row["program"], int(row["seed"])) for row in rows}
    for seed in SEEDS:
        runs = {}
        for name in anew or CASES:
            for kind in ("healthy", "sick"):
                if (name, kind, seed) in done:
                    continue
                case = CASES[name]
                run, seconds = timed_run(runs, getattr(case, kind), case.steps, seed)
                value = case.measure(run)
                if seed == 0:
                    keep_chart(name, kind, run)
                values = (name, kind, seed, case.steps, f"{value:.4g}", case.shows(value))
                found = (*values, *ends(run), f"{seconds:.1f}")
                rows.append(dict(zip(COLUMNS, found, strict=True)))
                rows.sort(key=lambda row: (list(CASES).index(row["case"]), int(row["seed"])))
                write_results(TABLE, rows)
                print(*values, flush=True)


if __name__ == "__main__":
    main()
