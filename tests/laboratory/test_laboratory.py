"""The laboratory: its settings, what it measures, and every control of it on a real live run."""

import html
import logging
import re

import numpy as np
import pytest

from gan_course import theory
from gan_course.data import toy
from gan_course.laboratory import controls as lab_controls, laboratory
from gan_course.laboratory.captions import describe_numbers
from gan_course.laboratory.manifold import cell_shares, opacities, z_ticks
from gan_course.laboratory.panels import describe_panels
from gan_course.laboratory.settings import (
    DISTRIBUTIONS,
    DRAWN,
    Settings,
    checked_settings,
    differences,
    dimensions_of,
    read_saved,
    read_units,
    write_settings,
)
from gan_course.laboratory.truth import HELD_OUT_SEED, Truth
from gan_course.losses import LOSSES
from gan_course.pretrained.toys import available_toys, load_toy_weights, toy_card, toy_settings
from gan_course.widgets.scene import LAYERS

SMALL = {"generator_units": (8,), "discriminator_units": (8,), "batch_size": 16}
SECONDS = 120  # bounds hangs


@pytest.fixture(autouse=True)
def quiet():
    """Several trainers in one process make TensorFlow speak of tracing."""
    logging.getLogger("tensorflow").setLevel(logging.ERROR)


@pytest.fixture(scope="module")
def plane():
    lab = laboratory("ring", name="test plane", steps=40, **SMALL)
    yield lab
    lab.run.stop()


@pytest.fixture(scope="module")
def line():
    lab = laboratory("mixture_1d", name="test line", steps=40, **SMALL)
    yield lab
    lab.run.stop()


def reset(lab):
    """Press Reset and wait. Building takes a second or more: tests do it no oftener than needed."""
    lab.bar.buttons["reset"].click()
    lab.run.settle(SECONDS)


def step(lab):
    """Take one whole step, and wait; return the number of steps so far."""
    before = lab.run.step
    lab.run.step_both()
    lab.run.settle(SECONDS)
    assert lab.run.error is None and lab.run.step == before + 1
    return lab.run.step


def alt(lab):
    return lab.scene.alt


# The settings ------------------------------------------------------------------------------------


def test_hidden_sizes_are_read_with_commas_spaces_or_brackets():
    assert read_units("generator", "64, 32") == (64, 32)
    assert read_units("generator", "[64 32]") == (64, 32)
    assert read_units("generator", "  ") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("64,abc", "generator are “64,abc”, and “abc” is not a whole.*such as 64, 64"),
        ("0", "“0” is not a whole number from 1 to 512"),
        ("-3", "“-3”"),
        ("1e3", "“1e3”"),
        ("513", "“513”"),
        ("8,8,8,8,8,8,8", "7 hidden layers; at most 6"),
    ],
)
def test_hidden_sizes_that_cannot_be_built_are_told_in_words(text, words):
    with pytest.raises(ValueError, match=words):
        read_units("generator", text)


def test_a_setting_that_does_not_exist_is_named_with_its_neighbour():
    with pytest.raises(ValueError, match="'latent_dims'.*mean 'latent_dim'"):
        laboratory("ring", latent_dims=3)
    with pytest.raises(ValueError, match="distribution 'rings'.*mean 'ring'"):
        laboratory("rings")
    with pytest.raises(ValueError, match="“many” is not a whole"):
        laboratory("ring", generator_units="64, many")
    with pytest.raises(ValueError, match="loss 'hing'.*mean 'hinge'"):
        laboratory("ring", losses="hing")
    with pytest.raises(ValueError, match="optimiser 'adamm'.*mean 'adam'"):
        laboratory("ring", optimizer="adamm")


def test_weights_to_start_from_bring_their_networks_with_them():
    chosen = checked_settings(distribution="ring", start="ring", generator_rate=0.01)
    assert chosen.activation == "tanh" and chosen.generator_rate == 0.01
    with pytest.raises(ValueError, match="activation.*'relu'.*'tanh'.*start='ring'.*Leave out"):
        checked_settings(start="ring", activation="relu")


def test_settings_kept_in_a_file_come_back_with_the_drawing(tmp_path):
    drawn = Settings(distribution="drawn", points=((0.5, 1.0),), generator_units=(8, 4), seed=3)
    write_settings(drawn, tmp_path / "drawn.json")
    assert Settings(**read_saved(tmp_path / "drawn.json")) == drawn
    with pytest.raises(ValueError, match="distribution is .*a name, which a file can hold"):
        write_settings(Settings(distribution=toy.ring()), tmp_path / "own.json")
    assert [file.name for file in tmp_path.iterdir()] == ["drawn.json"]


@pytest.mark.parametrize("text", ["", "[1]", '{"a": 1}', None])
def test_a_file_that_holds_no_settings_is_named(tmp_path, text):
    path = tmp_path / "lab.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"lab\.json (holds no|cannot be read).*lab.save"):
        read_saved(path)


def test_every_distribution_has_the_dimensions_its_name_says():
    for name, (text, make) in DISTRIBUTIONS.items():
        assert make().dimensions == dimensions_of(name) == int(text[-3])
    for name, (text, dimensions) in DRAWN.items():
        assert dimensions == dimensions_of(name) == int(text[-3])


def test_a_drawing_becomes_a_distribution_with_a_density_around_its_points():
    points = ((0.0, 1.0), (2.0, -1.0))
    drawn = Settings(distribution="drawn", points=points).make_distribution()
    sample = drawn.sample(500, seed=0)
    nearest = np.linalg.norm(sample[:, None] - np.array(points), axis=2)
    assert drawn.has_density and nearest.min(axis=1).max() < 0.3
    assert (nearest.argmin(axis=1) == 0).mean() == pytest.approx(0.5, abs=0.1)
    low, high = drawn.limits
    assert low < -1 and high > 2
    line = Settings(distribution="drawn_1d", points=points).make_distribution()
    assert line.dimensions == 1 and set(np.round(line.sample(500, 0)[:, 0] / 2)) == {0.0, 1.0}


def test_the_picture_of_a_drawing_shows_the_whole_paper_and_every_point():
    def limits(*points):
        return Settings(distribution="drawn", points=points).make_distribution().limits

    assert limits((1.0, 1.0)) == limits((3.0, -3.0)) == (-3.25, 3.25)
    assert limits((5.0, 0.0)) == (-5.25, 5.25)  # from a file


def test_an_empty_drawing_is_refused_with_the_remedy_and_has_a_stand_in():
    empty = checked_settings(distribution="drawn_1d")
    with pytest.raises(ValueError, match="holds 0 points.*draw some, then “Train on it”"):
        empty.make_distribution()
    assert empty.or_stand_in().distribution == "mixture_1d"
    assert Settings(distribution="drawn").or_stand_in().distribution == "ring"
    assert Settings(distribution="drawn", points=((0, 0),)).or_stand_in().distribution == "drawn"


def test_what_differs_is_named_in_words():
    assert differences(Settings(), Settings(distribution="grid", batch_size=8)) == [
        "real data",
        "batch size",
    ]


# What theory says ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gaussian", "gaussian_1d"])
def test_an_affine_generator_that_matches_the_data_is_the_equilibrium_exactly(name):
    distribution = DISTRIBUTIONS[name][1]()
    truth, std = Truth(distribution), distribution.stds[0]
    affine = np.eye(distribution.dimensions) * std, distribution.centres[0]
    answer = truth.answer(truth.held_out, affine)
    assert answer.exact and answer.value == pytest.approx(-np.log(4), abs=1e-3)
    assert answer.jsd == pytest.approx(0, abs=1e-4)
    seen = answer.best[np.isfinite(answer.best)]
    np.testing.assert_allclose(seen, 0.5, atol=1e-6)


def test_the_exact_answer_agrees_with_theory_on_the_same_grid():
    truth = Truth(DISTRIBUTIONS["mixture_1d"][1]())
    answer = truth.answer(truth.held_out, (np.array([[0.8]]), np.array([0.5])))
    ticks = truth.ticks(True)
    p_g = theory.gaussian_density(ticks, 0.5, 0.8)
    p_data = truth.distribution.density(ticks)
    assert answer.value == pytest.approx(theory.game_value(p_data, p_g, ticks[1] - ticks[0]))
    assert answer.jsd == pytest.approx(theory.jsd(p_data, p_g, ticks[1] - ticks[0]), abs=1e-3)


@pytest.mark.parametrize("name", ["ring", "grid", "moons", "three_1d"])
def test_the_estimate_is_near_zero_for_the_data_itself_and_log_2_far_away(name):
    truth = Truth(DISTRIBUTIONS[name][1]())
    answer = truth.answer(truth.distribution.sample(2500, seed=5))
    assert not answer.exact and 0 <= answer.jsd < 0.01
    far = np.full((100, truth.distribution.dimensions), truth.distribution.limits[0] - 50.0)
    assert truth.answer(far).jsd == pytest.approx(np.log(2), abs=0.01)


@pytest.mark.parametrize(
    "affine", [(np.eye(2) * 1e-4, np.zeros(2)), (np.array([[1.0, 1.0]]), np.zeros(2)), None]
)
def test_a_generator_too_narrow_for_the_grid_is_estimated_and_labelled_so(affine):
    truth = Truth(DISTRIBUTIONS["ring"][1]())
    assert truth.answer(np.zeros((100, 2)), affine).exact is False


def test_data_without_a_density_are_smoothed():
    truth = Truth(toy.line(std=0.0))
    answer = truth.answer(truth.held_out, (np.eye(2), np.zeros(2)))
    assert not answer.exact and truth.density().shape == answer.p_data.shape


@pytest.mark.parametrize("losses", LOSSES)
def test_every_loss_has_its_scale_from_fake_to_real(losses):
    d = LOSSES[losses].verdict([-50.0, 0.0, 0.25, 50.0])
    assert ((d >= 0) & (d <= 1)).all() and (np.diff(d) > -1e-12).all() and d[0] < d[-1]
    assert d[2] == pytest.approx({"least_squares": 0.25, "hinge": 0.625}.get(losses, 0.56218), 1e-4)


# The widget ---------------------------------------------------------------------------------------


def test_a_run_counts_its_steps_and_draws_them(plane):
    before = plane.scene.fakes
    history = plane.wait(SECONDS)
    assert history["step"] == list(range(1, 41)) and plane.run.state == "finished"
    assert plane.scene.fakes != before
    assert len(plane.scene.fakes) == 400 * 2 * 4 == len(plane.scene.latent)
    assert plane.view.numbers.step == 40 == plane.view.measured.steps[-1]
    assert re.search(r"Step 40: D\(real\) 0\.\d\d, .*modes covered \d of 8, JSD", alt(plane))
    assert "Step 40" in plane.numbers.value and "step 40 of 40" in plane.bar.step_count.value
    assert plane.run.error is None
    reset(plane)
    assert plane.run.step == 0 and "Step 0:" in plane.numbers.value


def test_the_run_so_far_is_recorded_with_the_settings_that_are_built(plane, monkeypatch):
    with pytest.raises(ValueError, match="number of steps taken is 0; .*Press Start first"):
        plane.record("a.gan")
    step(plane)
    told = []
    monkeypatch.setattr("gan_course.laboratory.app.write_run", lambda *parts: told.extend(parts))
    plane.record("a.gan")
    assert told == [plane.view.settings, plane.run.step, "a.gan"]
    reset(plane)


def test_a_line_is_drawn_with_its_own_words(line):
    assert step(line) == line.view.numbers.step == 1
    assert alt(line).startswith("The line with the layers real, fakes, D, D*, pushes, G of a grid")


@pytest.mark.parametrize("lab", ["plane", "line"])
def test_each_layer_changes_the_picture_without_training(lab, request):
    lab = request.getfixturevalue(lab)
    before, scene = lab.run.step, lab.scene
    sent = {"heat": "heat", "arrows": "arrows", "warp": "warp"}  # the others cost nothing
    for name, words in LAYERS.items():
        for _ in range(2):
            scene.layers = sorted({name} ^ set(scene.layers))
            lab.run.settle(SECONDS)
            named = alt(lab).split(" the layers ")[1].split(". Step")[0].split(", ")
            assert (words[2] in named) == (name in scene.layers)
            assert name not in sent or bool(getattr(scene, sent[name])) == (name in scene.layers)
    assert lab.run.step == before


MOVES = {
    "distribution": "grid",
    "seed": 3,
    "generator_units": "4, 4",
    "noise": "uniform",
    "latent_dim": 1,
    "generator_rate": 0.01,
    "discriminator_units": "",
    "discriminator_steps": 2,
    "discriminator_rate": 0.02,
    "losses": "hinge",
    "optimizer": "sgd",
    "activation": "tanh",
    "batch_size": 32,
}


def test_other_data_are_built_at_once_while_nothing_is_lost_by_it_and_wait_afterwards(line):
    reset(line)
    for name in ("gaussian_1d", "mixture_1d"):
        line.controls["distribution"].value = name
        line.run.settle(SECONDS)
        assert line.view.settings.distribution == name and "Reset" not in line.notice.value
    old = line.run.trainer
    line.run.step_discriminator()
    line.run.settle(SECONDS)
    line.controls["distribution"].value = "gaussian_1d"
    line.run.settle(SECONDS)
    assert line.run.trainer is old and "Changed: real data. Press Reset" in line.notice.value
    line.controls["distribution"].value = "mixture_1d"


def test_each_setting_waits_for_reset_and_is_then_built(plane):
    step(plane)
    controls, old = plane.controls, plane.run.trainer
    before = {name: control.value for name, control in controls.items()}
    for name, value in MOVES.items():
        controls[name].value = value
        at_once = name.endswith("_rate")
        words = {"distribution": "real data"}.get(name, name.replace("_", " "))
        assert (words in plane.notice.value) is not at_once, name
    assert "Press Reset" in plane.notice.value and plane.run.trainer is old
    reset(plane)
    assert plane.notice.value.count("Reset") == 0 and plane.run.trainer is not old
    step(plane)
    built, trainer = plane.view.settings, plane.run.trainer
    for name, value in MOVES.items():
        expected = {"generator_units": (4, 4), "discriminator_units": ()}.get(name, value)
        assert getattr(built, name) == pytest.approx(expected) if expected else True, name
    assert len(trainer.generator.layers) == 4 and len(trainer.discriminator.layers) == 2
    assert trainer.generator.input_shape == (None, 1) and trainer.noise == "uniform"
    assert trainer.engine.batch_size == 32 and trainer.engine.discriminator_steps == 2
    assert trainer.engine.losses.name == "hinge"
    assert type(trainer.engine.generator_optimizer).__name__ == "SGD"
    for name, value in before.items():
        controls[name].value = value
    reset(plane)


def test_every_setting_is_moved_by_a_test(plane):
    assert set(MOVES) | {"start", "stage_seconds"} == set(plane.controls)


def test_a_learning_rate_applies_at_once_and_keeps_the_networks(plane):
    trainer = plane.run.trainer
    plane.controls["discriminator_rate"].value = 0.05
    engine = plane.run.trainer.engine
    assert float(engine.discriminator_optimizer.learning_rate) == pytest.approx(0.05)
    assert float(engine.generator_optimizer.learning_rate) == pytest.approx(2e-4)
    plane.controls["discriminator_rate"].value = 1e-3
    assert plane.run.trainer is trainer and "Reset" not in plane.notice.value


def test_a_setting_that_cannot_be_read_is_told_and_nothing_is_lost(plane):
    count, old, picture = step(plane), plane.run.trainer, plane.scene.fakes
    plane.controls["generator_units"].value = "64, <b>"
    problems = [
        plane.problems[f"{player}_units"].value for player in ("generator", "discriminator")
    ]
    assert "“&lt;b&gt;” is not a whole number" in problems[0] and problems[1] == ""
    assert "“Hidden sizes of G” cannot be read: see the settings" in plane.notice.value
    assert plane.drawer.selected_index == 0
    plane.drawer.selected_index = None
    reset(plane)
    assert "Nothing was rebuilt. Mend “Hidden sizes of G”" in plane.notice.value
    assert plane.drawer.selected_index == 0
    assert plane.run.trainer is old and plane.run.step == count and plane.scene.fakes == picture
    plane.controls["generator_units"].value = "8"
    assert plane.problems["generator_units"].value == "" and "⚠" not in plane.notice.value


def test_drawing_becomes_what_is_learned(plane):
    scene, old = plane.scene, plane.run.trainer
    assert scene.drawing == 0
    plane.controls["distribution"].value = "drawn"
    assert scene.drawing == 2 and "Draw in the picture" in plane.notice.value
    reset(plane)
    assert "Nothing is drawn yet" in plane.notice.value and plane.run.trainer is old
    scene.drawn = [[0.5, 0.5], [-1, 2]]
    reset(plane)
    assert step(plane) == 1 and plane.view.distribution.name == "points" and scene.drawing == 0
    scene.drawn = []
    assert "Changed: drawing" in plane.notice.value
    plane.controls["distribution"].value = "ring"
    assert scene.drawing == 0


def test_train_on_it_builds_networks_for_the_drawing_and_starts(line):
    scene = line.scene
    scene.drawing = 1  # as "Draw your own" does
    assert line.controls["distribution"].value == "mixture_1d"
    scene.drawn = [[0.5, 0.5], [-1, 2]]
    scene._handle_custom_msg({"kind": "something else"}, [])
    assert line.controls["distribution"].value == "mixture_1d"
    scene._handle_custom_msg({"kind": "train"}, [])
    line.run.settle(SECONDS)
    assert line.controls["distribution"].value == "drawn_1d" and scene.drawing == 0
    assert line.run.state == "finished" and line.view.distribution.name == "points"
    assert alt(line).startswith("The line")
    line.controls["distribution"].value = "mixture_1d"
    reset(line)


def test_putting_the_paper_away_keeps_the_run_and_the_drawing(plane):
    trainer, data = plane.run.trainer, plane.controls["distribution"].value
    plane.scene.drawing = 2
    plane.scene.drawn = [[1, 1]]
    plane.scene.drawing = 0
    assert plane.run.trainer is trainer and plane.controls["distribution"].value == data
    assert plane.scene.drawn == [[1.0, 1.0]]
    plane.scene.drawn = []


def array(data):
    return np.frombuffer(data, "<f4")


def ask(lab, **message):
    """Send a message as the browser does, and wait."""
    lab.scene._handle_custom_msg(message, [])
    lab.run.settle(SECONDS)


def test_a_dragged_gaussian_is_trained_on_at_once_without_new_networks(plane):
    plane.controls["distribution"].value = "ring"
    reset(plane)
    count, trainer, scene = step(plane), plane.run.trainer, plane.scene
    first, homes, p_data = plane.view.distribution, array(scene.homes), scene.p_data
    before = trainer.generator.get_weights()
    np.testing.assert_allclose(homes.reshape(8, 2), first.centres, atol=1e-6)
    ask(plane, kind="move", part=2, to=[0.5, 1.0])
    moved = first.moved(2, [0.5, 1.0])
    assert plane.run.trainer is trainer and plane.run.step == count
    assert all(map(np.array_equal, before, trainer.generator.get_weights()))
    np.testing.assert_array_equal(trainer.engine._data.numpy(), moved.sample(20_000, 0))
    np.testing.assert_allclose(array(scene.handles).reshape(8, 2)[2], [0.5, 1.0])
    np.testing.assert_array_equal(array(scene.homes), homes)
    np.testing.assert_array_equal(plane.view.truth.held_out, Truth(moved).held_out)
    shift = array(scene.real).reshape(-1, 2) - first.sample(400, HELD_OUT_SEED + 2)
    goes = np.abs(shift).max(axis=1) > 0
    way = np.broadcast_to([0.5, -1.0], shift[goes].shape)
    np.testing.assert_allclose(shift[goes], way, atol=1e-5)
    assert 20 < goes.sum() < 80 and scene.p_data != p_data
    assert plane.view.numbers.modes.total == 8 and scene.limits == list(first.limits)
    assert "Moved by hand: mode 3 from (0.00, 2.00) to (0.50, 1.00)." in plane.numbers.value
    assert step(plane) == count + 1
    ask(plane, kind="put back")
    np.testing.assert_array_equal(array(scene.handles), homes)
    assert scene.p_data == p_data and "Moved by hand" not in plane.numbers.value
    np.testing.assert_array_equal(trainer.engine._data.numpy(), first.sample(20_000, 0))


def test_reset_has_the_data_as_they_were_and_a_late_move_does_nothing(plane):
    for part in (0, 1, 2):
        plane.move(part, [0.0, 0.0])
    home = np.float32(plane.view.first.centres[3])  # as the browser puts one back
    plane.move(3, home.tolist())
    plane.run.settle(SECONDS)
    assert "Moved by hand: 3 of 8 modes." in plane.numbers.value
    late = plane.view
    reset(plane)
    np.testing.assert_array_equal(array(plane.scene.handles), array(plane.scene.homes))
    assert plane.view is not late and "Moved by hand" not in plane.numbers.value
    with pytest.raises(ValueError, match="part is 8.*'ring' has 8"):
        plane.move(8, [0.0, 0.0])
    assert plane.run.error is None


def test_a_laboratory_to_draw_in_starts_with_the_paper():
    lab = laboratory("drawn_1d", name="test drawing", **SMALL)
    assert lab.view.distribution.name == "mixture_1d" and "Draw in the picture" in lab.notice.value
    assert lab.scene.drawing == 1 and lab.points_box.layout.display == ""


def test_updates_of_one_player_alone_move_the_curves_although_the_counter_stays(line):
    step(line)
    steps, values = line.curves.steps, line.curves.values
    line.bar.times.value = 10
    line.bar.buttons["step_d"].click()
    line.run.settle(SECONDS)
    assert line.curves.steps == steps and "10 of D alone" in line.bar.status.value
    values = values, line.curves.values
    before, after = (np.frombuffer(part, "<f4").reshape(5, -1) for part in values)
    np.testing.assert_array_equal(after[:, :-1], before[:, :-1])
    assert after[0, -1] > before[0, -1], "V(D, G) rises while D alone learns"


def test_slow_motion_shows_ten_stages_with_one_marked(plane):
    count, seen = plane.run.step, []
    plane.stages.observe(lambda change: seen.append(change["new"]), "value")
    plane.controls["stage_seconds"].value = 0.25
    assert plane.run.stage_seconds == 0.25
    plane.run.stage_seconds = 0.01
    plane.bar.slow.value = True
    plane.run.step_both()
    plane.run.settle(SECONDS)
    plane.bar.slow.value = False
    marked = [re.search(r"(\w+)'s update, (\d) of 5", text).groups() for text in seen if text]
    players = ("Discriminator", "Generator")
    assert marked == [(player, str(number)) for player in players for number in range(1, 6)]
    assert plane.stages.value == "" and plane.run.step == count + 1 and plane.run.error is None


def test_an_affine_generator_of_normal_noise_is_answered_exactly():
    lab = laboratory("gaussian", name="test affine", **SMALL | {"generator_units": ()})
    assert lab.view.numbers.answer.exact and " true." in alt(lab)
    assert "closed form" in lab.numbers.value and "Estimates" not in lab.numbers.value
    lab.view.picture_html(("best",), "")
    texts = lab.view._picture.live.axes[0].get_legend().get_texts()
    assert "D* = ½" in [text.get_text() for text in texts] and lab.scene.exact
    density = np.frombuffer(lab.scene.p_data, "<f4").reshape(81, 81)
    np.testing.assert_allclose(density, lab.view.numbers.answer.p_data[::2, ::2], rtol=1e-6)
    lab.move(0, [-0.5, 0.0])
    lab.run.settle(SECONDS)
    answer, ticks = lab.view.numbers.answer, lab.view.truth.ticks(True)
    moved = lab.view.first.moved(0, [-0.5, 0.0])
    places = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    p_data = moved.density(places).reshape(answer.p_data.shape)
    cell = (ticks[1] - ticks[0]) ** 2
    np.testing.assert_allclose(answer.p_data, p_data)
    value = theory.game_value(p_data, answer.p_g, cell)
    assert answer.exact and answer.value == pytest.approx(value)


@pytest.mark.parametrize("losses", ["minimax", "wasserstein"])
def test_v_and_the_jsd_from_d_are_shown_only_where_d_is_a_probability(losses):
    lab = laboratory("gaussian_1d", name="test losses", losses=losses, **SMALL)
    numbers = lab.view.numbers
    if LOSSES[losses].probability:
        assert numbers.value == pytest.approx(2 * numbers.estimate - np.log(4))
        assert "from D" in alt(lab)
    else:
        assert numbers.value is None and "not defined" in lab.numbers.value
        assert "from D" not in alt(lab)


def test_a_distribution_of_your_own_is_offered_beside_the_others():
    own = toy.ring(num_modes=3)
    lab = laboratory(own, name="test own", **SMALL)
    assert lab.view.distribution is own and lab.view.numbers.modes.total == 3
    assert lab.controls["distribution"].value is own


def test_networks_that_diverged_are_told_and_still_drawn(line):
    line.run.trainer.generator.layers[-1].kernel.assign([[np.nan]] * 8)
    line.refresh()
    assert line.view.numbers.answer is None and "diverged" in line.numbers.value
    sentences = describe_numbers(line.view.numbers, LOSSES["minimax"], 0.1)
    assert len(sentences) == 1 and "press Reset" in sentences[0]
    reset(line)
    assert line.view.numbers.answer is not None


# The weights that ship ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in lab_controls.STARTS if name != "scratch"])
def test_shipped_weights_are_taken_up_and_score_as_their_card_says(plane, name):
    lab = plane
    lab.controls["start"].value = name
    assert lab.controls["start"].value == name and "Press Reset" in lab.notice.value
    reset(lab)
    card, numbers = toy_card(name), lab.view.numbers
    assert lab.run.error is None and lab.view.settings.start == name
    assert numbers.answer.jsd == pytest.approx(card["jsd_of_smoothed_densities"], abs=0.01)
    assert numbers.estimate == pytest.approx(card["jsd_from_discriminator"], abs=0.01)
    if "modes_covered" in card:
        assert numbers.modes.covered == card["modes_covered"]


def test_other_networks_let_go_of_shipped_weights(plane):
    plane.controls["start"].value = "ring"
    plane.controls["losses"].value = "hinge"
    assert plane.controls["start"].value == "ring"
    plane.controls["distribution"].value = "grid"
    assert plane.controls["start"].value == "ring"  # other data of as many dimensions
    plane.controls["latent_dim"].value = 5
    assert plane.controls["start"].value == "scratch"
    plane.controls["start"].value = "ring"
    plane.controls["distribution"].value = "mixture_1d"
    assert plane.controls["start"].value == "scratch"


def test_the_pairs_that_ship_are_those_that_can_be_chosen():
    assert set(available_toys()) == set(lab_controls.STARTS) - {"scratch"}
    assert all(Settings(**toy_settings(name)) for name in available_toys())
    with pytest.raises(ValueError, match="trained pair 'rings'.*mean 'ring'"):
        load_toy_weights("rings", None, None)


def test_every_control_has_a_label_a_tooltip_and_a_class_of_its_own(plane):
    for name, control in plane.controls.items():
        assert control.description and control.tooltip, name
        assert f"gan-lab-{name.replace('_', '-')}" in control._dom_classes
        assert getattr(control, "continuous_update", False) is False, name


# What is sent -------------------------------------------------------------------------------------


def test_the_scene_holds_the_numbers_that_the_networks_give(plane):
    plane.controls["distribution"].value = "ring"
    reset(plane)
    scene, trainer = plane.scene, plane.run.trainer
    z = np.frombuffer(scene.latent, "<f4").reshape(-1, 2)
    fakes = np.frombuffer(scene.fakes, "<f4").reshape(-1, 2)
    np.testing.assert_allclose(fakes, trainer.generate(z), atol=1e-5)
    ticks = np.linspace(*scene.limits, 40, dtype=np.float32)
    places = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    heat = np.frombuffer(scene.heat, "<f4")
    np.testing.assert_allclose(heat, trainer.judge(places).ravel(), atol=1e-5)


def test_the_grid_that_g_takes_is_sent_with_how_opaque_its_cells_are(plane):
    ticks = z_ticks(2.0)
    z = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2).astype(np.float32)
    warp = plane.run.trainer.generate(z).reshape(25, 25, 2)
    sent = plane.view.frame(["warp"])
    np.testing.assert_allclose(sent["warp"], warp, atol=1e-5)
    low, high = plane.scene.limits
    fill = opacities(warp, cell_shares(ticks, "normal"), high - low)
    np.testing.assert_allclose(sent["warp_fill"], fill, atol=1e-3)
    assert sent["warp_shape"] == [25, 25]


def test_a_redraw_sends_at_most_60_kilobytes(plane):
    scene, sent = plane.scene, []
    scene.layers = list(LAYERS)
    for part in (plane.scene, plane.curves):
        part.send_state = lambda key=None, part=part: sent.extend((part, name) for name in key)
    step(plane)
    for part in (plane.scene, plane.curves):
        del part.send_state
    values = [getattr(part, name) for part, name in set(sent)]
    assert sum(len(value) for value in values if isinstance(value, bytes)) <= 60_000
    assert (scene, "real") not in sent and (scene, "fakes") in sent


def test_what_cannot_be_seen_is_not_sent(plane):
    plane.scene.seen = plane.curves.seen = False
    plane.run.settle(SECONDS)
    plane.run.state = "running"  # as while it trains
    plane._draw(plane.run)
    assert plane.bar.buttons["start"].description == "Pause"
    frames = plane.scene.frame, plane.curves.frame
    plane._draw(plane.run)
    plane.run.state = "paused"
    assert (plane.scene.frame, plane.curves.frame) == frames
    plane.scene.seen = plane.curves.seen = True
    plane.run.settle(SECONDS)
    assert plane.scene.frame > frames[0] and plane.curves.frame > frames[1]


def test_a_loss_without_a_probability_has_no_panel_of_v(line):
    titles = [panel["title"] for panel in line.curves.panels]
    assert titles == ["value V", "JSD", "modes"]
    lines = describe_panels(2, probability=False, exact=True)
    assert [panel["title"] for panel in lines] == ["JSD", "modes"]
    assert [line["name"] for line in lines[0]["lines"]] == ["true"]


def test_without_scripts_the_same_pictures_stand_there(plane):
    page = plane._repr_mimebundle_()["text/html"]
    assert page.count("<img") == 2 and html.escape(plane.scene.alt) in page
