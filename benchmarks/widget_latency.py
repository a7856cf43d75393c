"""Measure how long each control of each widget takes to answer.

    python benchmarks/widget_latency.py            # all lessons, writes the results
    python benchmarks/widget_latency.py lesson_01  # one lesson, writes nothing

A widget is found in the table `WIDGETS` (names to functions without arguments) of a lesson's
`widgets.py`: a new lesson's widgets are measured too. Its controls are found by walking through the
box. Each is moved to several values, and the time from the assignment to the end of all its
callbacks is taken: by then the new picture stands in the widget. The way to the browser and its
drawing are not in it.

`median_ms` is wall time. On a machine that does other work too it says little; `cpu_median_ms`
counts only the seconds that this thread was given, and `load` is the load average at the start.
The target is a median below 100 ms for every control.
"""

import argparse
import importlib.util
import os
import pkgutil
import statistics
import time

import ipywidgets as widgets
from common import machine, rounded, write_results

from gan_course import lessons

SHOWN_ONLY = (widgets.HTML, widgets.HTMLMath, widgets.Label, widgets.Image, widgets.Output)
TARGET_MS = 100
ROUNDS = 3


def find_widgets():
    """Return a dict from lessons to dicts: names to functions that make a widget."""
    names = [lesson.name for lesson in pkgutil.iter_modules(lessons.__path__)]
    pages = {name: f"gan_course.lessons.{name}.widgets" for name in names}
    tables = {
        name: getattr(importlib.import_module(page), "WIDGETS", None)
        for name, page in pages.items()
        if importlib.util.find_spec(page)
    }
    return {name: table for name, table in tables.items() if table}


def find_controls(box):
    """Return the controls inside a box, in the order in which they stand there."""
    if isinstance(box, SHOWN_ONLY):
        return []
    inner = [control for child in getattr(box, "children", ()) for control in find_controls(child)]
    return inner or ([box] if hasattr(box, "value") or isinstance(box, widgets.Button) else [])


def values_of(control):
    """Return values to move a control through, each unlike the one before; [] if there are none."""
    if isinstance(control, widgets.Button):
        return [None] * 6  # a click
    if isinstance(control, (widgets.Checkbox, widgets.ToggleButton)):
        return [not control.value, control.value] * ROUNDS
    if getattr(control, "options", None):
        options = [
            option[1] if isinstance(option, tuple) else option for option in choices(control)
        ]
        return (options[1:] + options[:1]) * ROUNDS if len(options) > 1 else []
    if hasattr(control, "min") and hasattr(control, "max"):
        base = getattr(control, "base", None)
        low, high = float(control.min), float(control.max)
        places = [low + share * (high - low) for share in (0.31, 0.5, 0.72, 0.9, 0.13)]
        places = [base**place if base else place for place in places]
        whole = isinstance(control.value, int)
        return [round(place) if whole else place for place in places] * ROUNDS
    return []


def choices(control):
    """Return the options of a control as a list, whatever form they were given in."""
    options = control.options
    return list(options.items()) if isinstance(options, dict) else list(options)


def time_control(control, controls):
    """Return the wall and the processor seconds of each change of a control.

    Before each click of a button another control is moved, so that a button such as “Reset” has
    something to do; that move is not timed.
    """
    before, wall, processor = getattr(control, "value", None), [], []
    for number, value in enumerate(values_of(control)):
        if isinstance(control, widgets.Button):
            unsettle(controls, number)
            if control.disabled:
                continue
        start, start_cpu = time.perf_counter(), time.thread_time()
        if isinstance(control, widgets.Button):
            control.click()
        else:
            control.value = value
        wall.append(time.perf_counter() - start)
        processor.append(time.thread_time() - start_cpu)
    if before is not None:
        control.value = before
    return wall, processor


def unsettle(controls, number):
    """Move the first control with a range to one of two places in its middle."""
    for control in controls:
        places = values_of(control) if hasattr(control, "min") and not control.disabled else []
        if places:
            control.value = places[number % 2]
            return


def enabling(control, controls):
    """Set another control so that this one is enabled; return a function that sets it back."""
    for chooser in controls:
        if not getattr(chooser, "options", None) or chooser is control:
            continue
        before = chooser.value
        for value in values_of(chooser)[: len(chooser.options)]:
            chooser.value = value
            if not control.disabled:
                return lambda chooser=chooser, before=before: setattr(chooser, "value", before)
        chooser.value = before
    return lambda: None


def measure(lesson, table):
    """Return a row for each control of each widget of a lesson."""
    rows = []
    for name, make in table.items():
        controls = find_controls(make())
        for control in controls:
            stuck = control.disabled and not isinstance(control, widgets.Button)
            restore = enabling(control, controls) if stuck else lambda: None
            wall, processor = time_control(control, controls)
            restore()
            if wall:
                rows.append(row(lesson, name, control, wall, processor))
    return rows


def row(lesson, name, control, wall, processor):
    """Return the row of one control."""
    median = statistics.median(wall) * 1e3
    return {
        "lesson": lesson,
        "widget": name,
        "control": control.description or getattr(control, "tooltip", "") or type(control).__name__,
        "changes": len(wall),
        "median_ms": rounded(median, 3),
        "worst_ms": rounded(max(wall) * 1e3, 3),
        "cpu_median_ms": rounded(statistics.median(processor) * 1e3, 3),
        "below_target": median < TARGET_MS,
        "load": rounded(os.getloadavg()[0], 3) if hasattr(os, "getloadavg") else "",
        "machine": machine(),
    }


def main():
    """Measure, print, and write the results if all lessons were measured."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("lessons", nargs="*", help="such as lesson_01; all if none is named")
    chosen = parser.parse_args().lessons
    tables, rows = find_widgets(), []
    for lesson in chosen or tables:
        for found in measure(lesson, tables.get(lesson, {})):
            rows.append(found)
            print(
                f"{found['lesson']}  {found['widget']:24} {found['control']:24}"
                f"{found['median_ms']:8.1f} ms  (processor {found['cpu_median_ms']:.1f} ms)"
            )
    if not rows:
        raise SystemExit(f"No widget found in {', '.join(chosen or tables)}; nothing written.")
    slow = [found for found in rows if not found["below_target"]]
    print(f"{len(rows)} controls; {len(slow)} with a median of {TARGET_MS} ms or more")
    if not chosen:
        write_results("widget_latency.csv", rows)


if __name__ == "__main__":
    main()
