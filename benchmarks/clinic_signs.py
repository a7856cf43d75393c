"""Run the twelve cases of the bug clinic, healthy and sick, and measure the sign of each bug.

    python benchmarks/clinic_signs.py             # seeds 0, 1 and 2
    python benchmarks/clinic_signs.py --charts    # the same; keeps the curves of seed 0 as charts

Writes `gan_course/results/clinic_signs.csv`: case, program (healthy or sick), seed, steps, value of
the sign, whether it shows, seconds of this process. What is in the table already is not run again.
The charts go to `gan_course/clinic/charts.npz`, which the lesson's widget shows.
"""

import argparse
import time

import numpy as np
from common import read_rows, write_results

from gan_course.clinic.cases import CASES
from gan_course.clinic.charts import FILE, chart_of, packed

TABLE = "clinic_signs.csv"
COLUMNS = ("case", "program", "seed", "steps", "value", "shows", "cpu_seconds")
SEEDS = (0, 1, 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--charts", action="store_true", help="run seed 0 anew and keep its curves")
    keep = parser.parse_args().charts
    rows, charts, runs = read_rows(TABLE), {}, {}
    done = {(row["case"], row["program"], int(row["seed"])) for row in rows}
    for seed in SEEDS:
        for name, case in CASES.items():
            for kind in ("healthy", "sick"):
                charted = keep and seed == 0
                if (name, kind, seed) in done and not charted:
                    continue
                key = getattr(case, kind), case.steps, seed
                if key not in runs:
                    start = time.process_time()
                    run = key[0].run(case.steps, seed=seed)
                    runs = {each: kept for each, kept in runs.items() if each[2] == seed}
                    runs[key] = run, time.process_time() - start
                run, seconds = runs[key]
                if charted:
                    charts |= packed(name, kind, chart_of(run))
                    np.savez_compressed(FILE, **charts)
                if (name, kind, seed) in done:
                    continue
                value = case.measure(run)
                shows, took = case.shows(value), f"{seconds:.1f}"
                values = (name, kind, seed, case.steps, f"{value:.4g}", shows, took)
                rows.append(dict(zip(COLUMNS, values, strict=True)))
                write_results(TABLE, rows)
                print(*values, flush=True)


if __name__ == "__main__":
    main()
