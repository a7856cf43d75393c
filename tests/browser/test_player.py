"""A recorded run on a page of its own, without Jupyter: what is drawn is what the file holds."""

import functools
import http.server
import shutil
import threading

import numpy as np
import pytest
from playwright.sync_api import expect

from gan_course.laboratory.recordings.run import values_of
from gan_course.widgets.player import write_recording
from gan_course.widgets.scene import STATIC, PointsScene

PAGE = """<!doctype html><meta charset="utf-8"><title>A run</title>
<link rel="stylesheet" href="scene.css"><link rel="stylesheet" href="player.css">
<div id="here"></div>
<script type="module">
  import { play } from "./player.js";
  const file = await fetch(new URLSearchParams(location.search).get("file"));
  await play(await file.arrayBuffer(), document.getElementById("here"));
</script>
"""
UNPACKED = """async (moment) => {
    const { unpack } = await import("./recording.js");
    const recording = await unpack(await (await fetch("run.gan")).arrayBuffer());
    const { points, curves } = recording.at(moment);
    return { fakes: [...points.fakes], values: [...curves.values].map(String) };
}"""
FAKES = [np.array([[0.0, 1.0], [1.0, -2.0]]) + 0.5 * step for step in range(4)]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a folder with the page, a recording of four moments, and a broken one."""
    folder = tmp_path_factory.mktemp("site") / "run"
    shutil.copytree(STATIC, folder)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "broken.gan").write_bytes(b"no recording")
    stays = values_of(PointsScene) | {"latent": np.zeros((2, 2)), "real": np.zeros((3, 2))}
    moments = [
        stays | {"step": step, "fakes": fakes, "said": f"Step {step}.", "alt": "A plane."}
        for step, fakes in zip((0, 1, 3, 7), FAKES, strict=True)
    ]
    lines = [{"name": "V", "colour": "#009E73"}]
    panel = {"title": "value", "limits": [0, 4], "ticks": [0, 4], "marks": [], "lines": lines}
    header = {"title": "A recorded run", "settings": {}, "still": ""}
    header |= {"curves": {"panels": [panel], "most_pixels": 440, "alt": ""}}
    write_recording(folder / "run.gan", header, moments, np.array([[0.0, 1.0, np.nan, 3.0]]))
    handler = functools.partial(QuietHandler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser):
    """An empty page of its own."""
    page = browser.new_page()
    yield page
    page.close()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *parts):
        """Say nothing."""


def test_a_recording_plays_on_a_page_without_a_kernel(site, page):
    troubles = []
    page.on("pageerror", lambda error: troubles.append(error))
    page.goto(f"{site}?file=run.gan")
    player, points = page.locator(".gan-player"), page.locator(".gan-points")
    expect(points).to_have_attribute("data-crosses", "2")
    expect(player).to_have_attribute("data-moment", "0")
    page.get_by_label("Speed").select_option("fast")
    page.get_by_role("button", name="Play").press("Enter")
    expect(player).to_have_attribute("data-moment", "3")
    expect(player).to_have_attribute("data-playing", "false")
    expect(points).to_have_attribute("data-step", "7")
    expect(page.locator(".gan-curves")).to_have_attribute("data-points", "4")
    expect(page.locator(".gan-player-said")).to_have_text("Step 7.")
    place = page.get_by_label("Place in the run")
    place.press("ArrowLeft")
    expect(points).to_have_attribute("data-step", "3")
    assert place.get_attribute("aria-valuetext") == "step 3"
    expect(page.locator(".gan-curves")).to_have_attribute("data-points", "3")
    told = page.evaluate(UNPACKED, 2)
    np.testing.assert_allclose(told["fakes"], FAKES[2].ravel(), atol=1e-3)
    assert told["values"] == ["0", "1", "NaN"]
    expect(points).to_have_attribute("data-still", "true")
    click_on(page, FAKES[2][0])
    expect(page.locator(".gan-points-said")).to_contain_text("Fake 1: z = (0.00, 0.00)")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Play again")).to_be_visible()
    page.get_by_role("button", name="Play again").click()
    expect(player).to_have_attribute("data-playing", "true")
    page.get_by_role("button", name="Pause").click()
    expect(player).to_have_attribute("data-playing", "false")
    assert troubles == []


def click_on(page, place):
    """Click the plane at a place from −3 to 3 along both axes."""
    canvas = page.locator(".gan-points-canvas")
    size = canvas.bounding_box()["width"]
    across, up = (place + 3) / 6
    canvas.click(position={"x": 44 + across * (size - 98), "y": 8 + (1 - up) * (size - 52)})


def test_a_file_that_is_no_recording_is_told_on_the_page(site, page):
    page.goto(f"{site}?file=broken.gan")
    expect(page.get_by_role("alert")).to_have_text(
        "This recording cannot be read. Make it anew with record(…)."
    )
