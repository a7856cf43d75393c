"""Runs side by side on all cores, and a table that grows: what stands in it is not run again.

`joblib` starts one worker for each core and hands out the runs. scikit-learn, which the course
needs anyway, brings it along. `LOKY_MAX_CPU_COUNT=1` in front of a command keeps it to one core.
"""

from common import read_rows, write_results
from joblib import Parallel, delayed

KEY = "data", "arm", "seed"  # what names a run


def key_of(row):
    """Return what names a run, as texts: a row that was read from a file has nothing else."""
    return tuple(str(row[name]) for name in KEY)


def run_all(jobs, work, table, cores=-1):
    """Run what the table lacks, and write each row when it is there, whole or not at all.

    After a kill the same call goes on: only the runs that were under way begin again. A run that
    fails ends the call with its error; what was finished before it stands in the table.

    Args:
        jobs: A list of dicts with the keys of `KEY`, in the order that the table shall have.
        work: A function of a job that returns its row, a dict with the same keys and others. It
            must stand in a module, so that another process finds it.
        table: The name of the CSV in `gan_course/results`.
        cores: How many workers; −1 for one on each core.

    Returns:
        The rows, those that stood there before first.
    """
    rows = read_rows(table)
    done = {key_of(row) for row in rows}
    left = [job for job in jobs if key_of(job) not in done]
    place = {key_of(job): number for number, job in enumerate(jobs)}
    workers = Parallel(n_jobs=cores, return_as="generator_unordered")
    for row in workers(delayed(work)(job) for job in left):
        rows.append(row)
        rows.sort(key=lambda each: place.get(key_of(each), -1))  # what no job names stays, first
        write_results(table, rows)
    return rows
