"""Pictures that the browser draws: what is sent to it, and the text that draws it."""

import re

import numpy as np
import traitlets

from gan_course.widgets.grid import GridScene
from gan_course.widgets.scene import CurvesScene, PointsScene, Scene, one_module


def nothing():
    return ""


def test_modules_are_joined_into_one_that_exports_what_the_last_exports():
    for scene in (PointsScene, CurvesScene, GridScene):
        text = str(scene._esm)
        assert not re.search("^import ", text, re.MULTILINE)
        assert not re.search(r"https?:|fetch\(|@import|url\(", text + str(scene._css))
        assert text.count("\nexport ") == 1 and "\nexport default { render };" in text
        assert " = module_drawing;" in text and "const module_drawing = (() => {" in text
    assert one_module("drawing.js").count("export function make") == 1  # alone it stays a module


def test_joined_modules_keep_their_own_names_and_take_over_one_anothers(tmp_path, monkeypatch):
    monkeypatch.setattr("gan_course.widgets.scene.STATIC", tmp_path)
    one = "const MOST = 1;\nexport const f = 2;\nexport default { f };\n"
    two = 'import one from "./one.js";\nimport {\n  f as g,\n} from "./one.js";\nconst MOST = g;\n'
    (tmp_path / "one.js").write_text(one)
    (tmp_path / "two.js").write_text(two)
    text = one_module("one.js", "two.js")
    assert "const module_one = (() => {\nconst MOST = 1;\nconst f = 2;\n" in text
    assert "return { f, default: { f } };" in text
    assert "const { default: one } = module_one;\nconst {\n  f: g,\n} = module_one;" in text


def test_arrays_are_sent_as_little_endian_float32_and_none_as_nothing():
    scene = PointsScene(nothing)
    scene.show(fakes=np.array([[1.0, -2.0]]), heat=None, step=3)
    assert np.frombuffer(scene.fakes, "<f4").tolist() == [1.0, -2.0]
    assert scene.heat == b"" and scene.step == 3 and scene.frame == 1


def test_pixels_are_sent_as_bytes_and_pushes_as_signed_ones():
    scene = GridScene(nothing)
    scene.show(images=np.array([[0, 255]]), pushes=np.array([[-127, 5]]), verdicts=np.array([0.5]))
    assert scene.images == b"\x00\xff" and scene.pushes == b"\x81\x05"
    assert np.frombuffer(scene.verdicts, "<f4").tolist() == [0.5]


def test_one_message_is_sent_for_a_frame_with_what_changed_alone():
    scene, sent = PointsScene(nothing), []
    points = np.ones((2, 2))
    scene.show(real=points, fakes=points)
    scene.send_state = lambda key=None: sent.append(set(key))
    scene.show(real=points, fakes=2 * points, step=1)
    assert sent == [{"fakes", "step", "frame"}]


def test_what_a_scene_shows_is_its_state_so_that_a_saved_notebook_has_it():
    synced = PointsScene(nothing).get_state()
    for name, trait in PointsScene.class_traits().items():
        if isinstance(trait, traitlets.Bytes) and not name.startswith("_"):
            assert name in synced
    assert isinstance(CurvesScene(nothing), Scene)
