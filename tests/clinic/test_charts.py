"""The charts that ship are those of all twelve cases, and a packed chart is read as it was."""

import numpy as np

from gan_course.clinic import charts
from gan_course.clinic.charts import Chart, as_bytes, packed, read_charts

NAMES = {
    *("sign", "twice", "batch", "noise", "frozen", "training"),
    *("labels", "pixels", "alpha", "both", "maps", "rates"),
}


def test_a_packed_chart_is_read_as_it_was(tmp_path, monkeypatch):
    pictures = np.arange(16 * 196, dtype=np.uint32).astype(np.uint8).reshape(16, 14, 14)
    chart = Chart({"losses": {"generator": np.array([1.0, np.nan])}}, pictures)
    monkeypatch.setattr(charts, "FILE", tmp_path / "charts.npz")
    np.savez_compressed(charts.FILE, **packed("sign", "sick", chart))
    found = read_charts()["sign"]["sick"]
    assert np.array_equal(found.pictures, pictures)
    read = found.curves["losses"]["generator"]
    assert np.array_equal(read, [1.0, np.nan], equal_nan=True)


def test_the_charts_that_ship_hold_every_case_healthy_and_sick():
    found = read_charts()
    assert set(found) == NAMES
    for kinds in found.values():
        assert set(kinds) == {"healthy", "sick"}
        panels = [{p: set(c) for p, c in chart.curves.items()} for chart in kinds.values()]
        assert panels[0] == panels[1]
        assert all(chart.pictures.shape == (16, 14, 14) for chart in kinds.values())


def test_images_become_bytes_from_black_to_white():
    samples = np.array([-1.0, 0.0, 1.0, 300.0, np.nan])[:, None, None, None]
    assert as_bytes(samples).ravel().tolist() == [0, 128, 255, 255, 128]
