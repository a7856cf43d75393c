"""A live run obeys its buttons, takes the steps of `Trainer.run`, and loses no error."""

import gc
import threading
import time
import weakref

import numpy as np
import pytest
from trainers import Shared

from gan_course import live
from gan_course.data import toy
from gan_course.live import LiveRun, ReplacedRun
from gan_course.recipes import toy_trainer
from gan_course.training import TrainingInterrupted

HANG = 60  # seconds after which a test gives up: a bound on hangs, not on speed


@Shared
def make_trainer(**settings):
    options = {"generator_units": [8], "discriminator_units": [8], "batch_size": 16, **settings}
    return toy_trainer(toy.ring(), **options)


@pytest.fixture(autouse=True)
def _give_back():
    yield
    make_trainer.give_back()


@pytest.fixture
def run(request):
    run = LiveRun(make_trainer, steps=300, name=request.node.name)
    yield run
    run.stop()
    run.join(HANG)


def until(condition):
    """Wait until `condition()` holds."""
    end = time.monotonic() + HANG
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.005)


def weights(trainer):
    return [v.numpy() for v in trainer.generator.variables + trainer.discriminator.variables]


def assert_same(one, other):
    for here, there in zip(weights(one), weights(other), strict=True):
        np.testing.assert_array_equal(here, there)
    assert one.history == other.history


def test_a_run_takes_the_same_steps_as_the_trainer_however_often_it_is_paused(run):
    for target in (40, 90, 200):
        run.speed = 2000.0
        run.start()
        until(lambda target=target: run.step >= target)
        run.pause()
        run.settle(HANG)
        assert run.state == "paused"
    run.speed = lambda step: None
    run.step_both()
    run.start()
    history = run.wait(HANG)
    reference = make_trainer()
    reference.run(300, progress=False)
    assert run.state == "finished" and run.step == 300
    assert history is run.trainer.history
    assert_same(run.trainer, reference)


def test_slow_motion_takes_the_same_steps_and_shows_each_stage_once(run):
    run.steps, run.slow_motion, run.stage_seconds = 3, True, 0.0
    seen = []
    run.watch(lambda run: run.stage and seen.append((run.stage.player, run.stage.number)))
    run.start()
    run.wait(HANG)
    one_step = [("discriminator", n) for n in range(1, 6)] + [("generator", n) for n in range(1, 6)]
    assert seen == 3 * one_step
    reference = make_trainer()
    reference.run(3, progress=False)
    assert_same(run.trainer, reference)


def test_stages_show_the_batch_that_the_update_uses(run):
    trainer = run.trainer
    batch = trainer.next_batch()
    stages = list(live.stages.step_stages(trainer))
    np.testing.assert_array_equal(stages[0].real, batch["real"])
    np.testing.assert_array_equal(stages[2].d_real, stages[3].d_real)
    d_real, d_fake = (
        [None if each is None else each.mean() for each in column]
        for column in zip(*((stage.d_real, stage.d_fake) for stage in stages), strict=True)
    )
    twin = make_trainer()
    twin.run(1, progress=False)
    assert twin.history["d_real"][0] == pytest.approx(d_real[2], abs=1e-6)
    assert twin.history["d_fake"][0] == pytest.approx(d_fake[2], abs=1e-6)
    assert d_real[4] - d_fake[4] > d_real[3] - d_fake[3]
    assert d_fake[9] > d_fake[8]  # the generator has moved to please D
    assert f"D(fake) = {d_fake[9]:.2f}." in stages[9].caption and "arrows" in stages[8].caption
    assert all(stage.caption for stage in stages) and trainer.step == 1


def test_several_discriminator_updates_have_their_stages_too():
    trainer = make_trainer(discriminator_steps=2)
    players = [stage.player for stage in live.stages.step_stages(trainer)]
    assert players == 10 * ["discriminator"] + 5 * ["generator"]


def test_turning_slow_motion_off_finishes_the_step_in_hand(run):
    run.steps, run.slow_motion, run.stage_seconds = 50, True, HANG
    run.start()
    until(lambda: run.stage is not None and run.stage.number == 1)
    run.slow_motion = False
    run.refresh()
    run.wait(HANG)
    reference = make_trainer()
    reference.run(50, progress=False)
    assert run.stage is None
    assert_same(run.trainer, reference)


def test_pause_holds_a_stage_in_slow_motion_and_start_goes_on(run):
    run.slow_motion, run.stage_seconds = True, HANG
    run.start()
    until(lambda: run.stage is not None)
    run.pause()
    run.settle(HANG)
    assert run.state == "paused" and run.stage.number == 1 and run.step == 0
    run.stage_seconds = 0.0
    run.start()
    until(lambda: run.step >= 1)


def test_a_step_of_one_player_changes_that_player_alone_and_is_not_counted(run):
    for step, moved, still in (
        (run.step_discriminator, "discriminator", "generator"),
        (run.step_generator, "generator", "discriminator"),
    ):
        before = {p: [v.numpy() for v in getattr(run.trainer, p).variables] for p in (moved, still)}
        step()
        run.settle(HANG)
        after = {p: [v.numpy() for v in getattr(run.trainer, p).variables] for p in (moved, still)}
        assert not np.array_equal(before[moved][0], after[moved][0])
        assert all(map(np.array_equal, before[still], after[still]))
    assert run.step == 0 and run.state == "paused"


def test_many_updates_of_a_step_button_are_those_of_as_many_presses(run):
    for press in (run.step_discriminator, run.step_generator, run.step_both):
        press(7)
        run.settle(HANG)
    assert run.step == 7 and run.state == "paused"
    twin = make_trainer()
    for _ in range(7):
        twin.step_discriminator()
    for _ in range(7):
        twin.step_generator()
    twin.run(7, progress=False)
    assert_same(run.trainer, twin)


def test_updates_of_one_player_alone_are_counted_until_the_next_whole_step(run):
    run.step_discriminator(3)
    run.step_generator()
    run.settle(HANG)
    assert run.alone == {"discriminator": 3, "generator": 1}
    assert "0 of 300 steps, then updates: 3 of D alone, 1 of G alone. Start goes on" in run.message
    run.step_both()
    run.settle(HANG)
    assert run.alone == {"discriminator": 0, "generator": 0}
    assert run.message == "Paused after 1 of 300 steps. Start goes on."


@pytest.mark.parametrize("wish", ["pause", "stop", "reset", "start"])
def test_another_button_ends_many_updates_before_their_time(run, wish):
    run.steps = 10**6
    before = run.trainer
    run.step_discriminator(10**6)
    until(lambda: run.state == "running")
    getattr(run, wish)()
    if wish == "start":
        until(lambda: run.step > 5)
    else:
        run.settle(HANG)
        assert run.alone["discriminator"] < 10**6 and run.step == 0
        assert run.state == {"pause": "paused", "stop": "stopped", "reset": "ready"}[wish]
        assert (run.trainer is before) == (wish != "reset")


def test_many_updates_that_are_asked_for_twice_are_made_twice(run):
    run.step_generator(50)
    run.step_generator(50)
    run.settle(HANG)
    assert run.alone["generator"] == 100 and run.state == "paused"


def test_a_single_step_in_slow_motion_goes_through_its_stages_and_pauses(run):
    run.slow_motion, run.stage_seconds = True, 0.0
    seen = []
    run.watch(lambda run: run.stage and seen.append(run.stage.player))
    run.step_discriminator(10)  # one all the same: it is watched stage by stage
    run.settle(HANG)
    assert seen == 5 * ["discriminator"] and run.step == 0 and run.state == "paused"
    assert run.alone["discriminator"] == 1
    run.step_both()
    run.settle(HANG)
    assert len(seen) == 15 and run.step == 1 and run.state == "paused"


def test_a_step_button_pauses_a_running_run(run):
    run.steps = 10**6
    run.start()
    until(lambda: run.step > 5)
    run.step_both()
    run.settle(HANG)
    there = run.step
    time.sleep(0.1)
    assert run.state == "paused" and run.step == there


def test_what_is_asked_for_between_steps_is_done_there_and_the_run_goes_on(run):
    seen, release = [], threading.Event()

    def change():
        seen.append((run.step, threading.current_thread().name))
        release.wait(HANG)
        seen.append(run.step)

    run.start()
    until(lambda: run.step > 0)
    run.between_steps(change)
    until(lambda: seen)
    release.set()
    run.wait(HANG)
    (first, name), last = seen
    assert first == last < 300 == run.step and name == run.name
    run.between_steps(lambda: seen.append("at rest"))
    run.settle(HANG)
    assert seen[-1] == "at rest" and run.state == "finished"


def test_stop_ends_the_worker_and_start_goes_on_from_there(run):
    run.steps = 10**6
    run.start()
    until(lambda: run.step > 5)
    run.stop()
    run.settle(HANG)
    run.join(HANG)
    there = run.step
    assert run.state == "stopped"
    assert run.name not in [thread.name for thread in threading.enumerate()]
    run.start()
    until(lambda: run.step > there)


def test_reset_builds_the_same_trainer_anew(run):
    before = weights(run.trainer)
    run.wait(HANG)
    run.reset()
    run.settle(HANG)
    assert run.state == "ready" and run.step == 0 and run.trainer.history["step"] == []
    for here, there in zip(weights(run.trainer), before, strict=True):
        np.testing.assert_array_equal(here, there)


def test_a_reset_that_fails_keeps_the_trainer_and_shows_why(run):
    run.wait(HANG)
    trainer = run.trainer
    run.reset(lambda: make_trainer.fresh(losses="nonsense"))
    run.settle(HANG)
    assert run.trainer is trainer and run.step == 300 and "nonsense" in str(run.error)
    run.reset()
    run.settle(HANG)
    assert run.error is None and run.step == 0


def test_an_error_of_the_training_is_kept_and_raised_where_it_is_waited_for():
    run = LiveRun(lambda: make_trainer.fresh(generator_rate=1e30), steps=50, name="failing")
    run.start()
    with pytest.raises(ArithmeticError):
        run.wait(HANG)
    assert run.state == "failed" and "Reset" in run.message
    run.stop()
    run.join(HANG)


@pytest.mark.parametrize("error", [OSError("no more paint"), SystemExit("no more paint")])
def test_an_error_of_a_view_does_not_stop_the_training(run, error):
    def fail(run):
        raise error

    run.watch(fail)
    with pytest.raises(type(error), match="no more paint"):
        run.wait(HANG)
    assert run.state == "finished" and run.step == 300


def test_an_error_of_a_view_is_forgotten_once_it_draws_again(run):
    def fail_once(run):
        if not run.seen:
            run.seen = True
            raise OSError("no more paint")

    run.seen = False
    run.watch(fail_once)
    assert run.wait(HANG)["step"][-1] == 300 and run.error is None


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, OSError])
def test_whatever_a_function_that_looks_in_raises_the_run_fails_and_reset_works(run, error):
    def fail(trainer):
        if trainer.step == 3:
            raise error("the disk is full")

    run.at_steps(3, fail)
    with pytest.raises(error, match="disk is full"):
        run.wait(HANG)
    assert run.state == "failed" and "disk is full" in run.message
    run.reset()
    run.settle(HANG)
    assert run.state == "ready" and run.error is None


def fails_at_the_end_of_a_step(run):
    def fail(trainer):
        if trainer.step == 1:
            raise OSError("the disk is full")

    run.at_steps(1, fail)


def meets_nan(run):
    for variable in run.trainer.generator.trainable_variables:
        variable.assign(variable * np.nan)


@pytest.mark.parametrize("trouble", [fails_at_the_end_of_a_step, meets_nan])
@pytest.mark.parametrize("button", ["stop", "step_both"])
def test_an_error_in_the_rest_of_a_step_in_slow_motion_fails_the_run(run, trouble, button):
    run.slow_motion, run.stage_seconds = True, HANG
    run.start()
    until(lambda: run.stage is not None)
    trouble(run)
    getattr(run, button)()
    run.settle(HANG)
    assert run.state == "failed" and isinstance(run.error, OSError | ArithmeticError)
    run.reset()
    run.settle(HANG)
    assert run.state == "ready" and run.error is None


class Light:
    """What a run asks of a trainer, without networks."""

    steps_per_call = 50

    def __init__(self):
        self.step, self.history = 0, {"step": []}

    def advance(self, count):
        self.step += count


def test_eight_resets_keep_one_trainer_and_a_run_at_rest_has_no_thread():
    made = []

    def make():
        trainer = Light()
        made.append(weakref.ref(trainer))
        return trainer

    run = LiveRun(make, steps=100, name="light")
    for _ in range(8):
        run.wait(HANG)
        assert run.name not in [thread.name for thread in joined(run)]
        run.reset()
        run.settle(HANG)
    gc.collect()
    assert len(made) == 9 and [ref() is not None for ref in made] == 8 * [False] + [True]


def joined(run):
    run.join(HANG)
    return threading.enumerate()


def test_resets_that_wait_become_one():
    built, gate = [], threading.Event()

    def make():
        built.append(gate.wait(HANG if built else 0))
        return Light()

    run = LiveRun(make, steps=100, name="many resets")
    for _ in range(34):
        run.reset()
    gate.set()
    run.settle(HANG)
    assert len(built) <= 3  # the first, perhaps one under way, and the last wish


def test_a_script_that_ends_while_a_run_trains_is_told_to_wait():
    run = LiveRun(Light, steps=10**9, name="forgotten")
    run.speed = 10.0
    run.start()
    with pytest.warns(UserWarning, match=r"'forgotten' trains.*End a script with run.wait\(\)"):
        live.run._stop_all()
    assert run.state == "stopped"


def test_a_cell_run_twice_stops_the_first_run_and_frees_its_trainer():
    first, seen = LiveRun(make_trainer, steps=10**6, name="twice"), []
    first.watch(lambda run: seen.append(run.trainer))
    first.start()
    until(lambda: first.step > 0)
    second = LiveRun(make_trainer, steps=10**6, name="twice")
    first.join(HANG)
    assert first.state == "stopped" and second.state == "ready"
    assert first.trainer is None and seen[-1] is None and "taken its place" in first.message
    for press in (first.start, first.reset, first.wait):
        with pytest.raises(ReplacedRun, match="run this cell again"):
            press()


def test_the_speed_is_kept_to(run):
    run.speed, run.steps = 100.0, 20
    began = time.monotonic()
    run.wait(HANG)
    assert time.monotonic() - began > 15 / 100


def test_watchers_are_called_by_the_clock_and_at_the_end(run):
    calls = []
    run.redraw_seconds = HANG  # no drawing is due while it runs
    run.watch(lambda run: calls.append((run.state, run.step)))
    run.wait(HANG)
    assert calls[-1] == ("finished", 300) and len(calls) <= 3


@pytest.mark.parametrize("slow_motion", [False, True])
def test_a_function_looks_in_at_exact_steps_and_after_a_reset_again(run, slow_motion):
    run.steps, run.slow_motion, run.stage_seconds = 7, slow_motion, 0.0
    seen = []
    run.at_steps(3, lambda trainer: seen.append(trainer.step))
    run.wait(HANG)
    assert seen == [0, 3, 6, 7]
    run.reset()
    run.settle(HANG)
    run.step_both()
    run.settle(HANG)
    assert seen[4:] == [0]


def test_an_error_of_a_function_that_looks_in_ends_the_run(run):
    run.at_steps(10, lambda trainer: 1 / (20 - trainer.step))
    with pytest.raises(ZeroDivisionError):
        run.wait(HANG)
    assert run.state == "failed" and run.step == 20
    with pytest.raises(ValueError, match="every is 0"):
        run.at_steps(0, print)


def test_start_turns_a_single_step_in_slow_motion_into_going_on(run):
    run.slow_motion, run.stage_seconds = True, 0.02
    run.step_both()
    until(lambda: run.stage is not None)
    run.start()
    until(lambda: run.step >= 2)


def test_waiting_with_a_limit_says_what_the_run_is_doing(run):
    run.steps, run.speed = 10**6, 10.0
    run.start()
    with pytest.raises(TimeoutError, match="steps"):
        run.wait(0.3)
    assert run.state == "running"


def test_the_stop_button_of_jupyter_pauses_the_run(run, monkeypatch):
    run.steps = 10**6
    run.start()
    until(lambda: run.step > 5)
    settle, calls = run.settle, []

    def interrupted(timeout=None):
        calls.append(timeout)
        if len(calls) == 1:
            raise KeyboardInterrupt
        settle(timeout)

    monkeypatch.setattr(run, "settle", interrupted)
    with pytest.raises(TrainingInterrupted, match="paused after step"):
        run.wait(HANG)
    assert run.state == "paused"


@pytest.mark.parametrize("steps", [0, -1, 2.5, "100", True])
def test_a_limit_that_is_no_count_is_refused(steps):
    with pytest.raises(ValueError, match=f"steps is {steps!r}; expected a whole number"):
        LiveRun(make_trainer, steps=steps)


def test_a_trainer_in_the_place_of_a_function_that_builds_one_is_refused():
    with pytest.raises(ValueError, match="make_trainer is .*expected a function"):
        LiveRun(Light())


def test_the_rate_and_the_time_left_are_known_while_it_runs(run):
    assert run.steps_per_second == 0.0 and run.seconds_left is None
    run.steps, run.speed = 10**6, 500.0
    run.start()
    until(lambda: run.steps_per_second > 0 and run.step > 50)
    assert run.seconds_left > 0
    run.pause()
    run.settle(HANG)
    assert run.steps_per_second == 0.0 and "Paused" in run.message
