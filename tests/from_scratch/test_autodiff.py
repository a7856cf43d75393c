"""The engine of lesson 02 differentiates as TensorFlow does, step by step, and refuses in words."""

import math

import pytest
from hypothesis import given, settings, strategies as st

from gan_course.from_scratch.autodiff import Value, topological_order
from gan_course.lessons.lesson_02.expressions import build, measured_gradients, names_in

numbers = st.floats(-3, 3).map(lambda x: round(x, 3))
away_from_zero = st.floats(0.1, 3).map(lambda x: round(x, 3))
quick = settings(max_examples=25, deadline=None)


@pytest.fixture(scope="module")
def in_tensorflow():
    import tensorflow as tf

    functions = {"tanh": tf.tanh, "relu": tf.nn.relu, "exp": tf.exp, "log": tf.math.log}

    def gradients(formula, **inputs):
        variables = {name: tf.constant(x, tf.float64) for name, x in inputs.items()}
        with tf.GradientTape() as tape:
            tape.watch(variables)
            output = eval(formula, functions | variables)
        slopes = tape.gradient(output, variables, unconnected_gradients="zero")
        return float(output), {name: float(slope) for name, slope in slopes.items()}

    return gradients


def test_the_example_of_the_lesson_has_its_three_derivatives():
    a, b, c = Value(2.0, "a"), Value(5.0, "b"), Value(-3.0, "c")
    J = 3 * (a + b * c)
    J.backward()
    assert J.data == 3 * (2 - 15)
    assert (a.gradient, b.gradient, c.gradient) == (3.0, 3.0 * -3, 3.0 * 5)


FORMULAS = [
    "3 * (a + b * c)",
    "a - b / c",
    "-a * a + 2 - 1 / c",
    "tanh(a * b) + relu(a - b)",
    "exp(-a * a) * log(c)",
    "c ** 3 - c ** 0.5 + c ** -1.5 + (a - 4) ** 2",
    "5 - a + 2 / c",
    "tanh(exp(a) * exp(b) - a) ** 2",  # a is used twice, at different depths
]


@pytest.mark.parametrize("formula", FORMULAS)
@quick
@given(a=numbers, b=numbers, c=away_from_zero)
def test_values_and_gradients_equal_tensorflow(in_tensorflow, formula, a, b, c):
    output, inputs = build(formula, a=a, b=b, c=c)
    output.backward()
    value, slopes = in_tensorflow(formula, a=a, b=b, c=c)
    assert output.data == pytest.approx(value, rel=1e-6, abs=1e-12)
    for name, slope in slopes.items():
        assert inputs[name].gradient == pytest.approx(slope, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("formula", FORMULAS)
def test_gradients_agree_with_finite_differences(formula):
    output, inputs = build(formula, a=0.7, b=-0.4, c=1.3)
    output.backward()
    for name, slope in measured_gradients(formula, a=0.7, b=-0.4, c=1.3).items():
        assert inputs[name].gradient == pytest.approx(slope, rel=1e-6, abs=1e-8)


def test_gradients_of_a_value_used_twice_add_up():
    a = Value(3.0)
    (a * a + a).backward()
    assert a.gradient == 2 * 3 + 1
    b = a * 2  # an intermediate value used twice: its gradient is complete before it is passed on
    (b * b).backward()
    assert a.gradient == 8 * 3


def test_a_second_backward_starts_from_zero():
    a = Value(3.0)
    b = a * a
    b.backward()
    b.backward()
    assert a.gradient == 6.0


def test_the_relu_has_slope_0_at_its_kink_as_in_tensorflow(in_tensorflow):
    a = Value(0.0)
    a.relu().backward()
    assert a.gradient == 0.0 == in_tensorflow("relu(a)", a=0.0)[1]["a"]


def test_a_power_of_zero_and_a_zero_base_have_their_slopes():
    for base, exponent, slope in ((0.0, 2, 0.0), (0.0, 1, 1.0), (0.0, 0, 0.0), (-2.0, 3, 12.0)):
        a = Value(base)
        (a**exponent).backward()
        assert a.gradient == slope


def test_the_order_puts_parents_first_and_lists_each_value_once():
    a, b = Value(1.0), Value(2.0)
    c = a * b
    d = c + a
    order = topological_order(d)
    assert len(order) == len({id(value) for value in order}) == 4 and order[-1] is d
    place = {id(value): i for i, value in enumerate(order)}
    for value in order:
        assert all(place[id(parent)] < place[id(value)] for parent in value.parents)


def test_a_sum_of_many_thousand_terms_does_not_exhaust_the_stack():
    x = Value(1.0)
    total = x
    for _ in range(20_000):
        total = total + x
    total.backward()
    assert x.gradient == 20_001


def test_the_steps_tell_every_edge_with_complete_gradients():
    a, b = Value(2.0, "a"), Value(5.0, "b")
    v = (a * b).named("v")
    u = v + a
    steps = u.backward()
    seen = [(s.child, s.parent, s.local_gradient, s.contribution, s.gradient_so_far) for s in steps]
    assert seen == [(u, v, 1, 1, 1), (u, a, 1, 1, 1), (v, a, 5, 5, 6), (v, b, 2, 2, 2)]
    assert repr(v) == "Value(v = 10, gradient=1)"


def test_numpy_numbers_may_stand_on_either_side():
    import numpy as np

    a = Value(np.float64(2.0))
    for result in (np.float64(3.0) * a, a * np.float32(3.0), np.int64(3) * a):
        assert isinstance(result, Value) and result.data == 6.0


@pytest.mark.parametrize(
    "compute, message",
    [
        (
            lambda: Value(0.0).log(),
            "log of 0 has no finite.*above 0 under a logarithm.*1e-8",
        ),
        (lambda: Value(-1.0).log(), "log of -1 has no finite"),
        (lambda: Value(1.0) / 0, "÷ of 1 and 0 has no finite.*a divisor other than 0"),
        (lambda: 1 / Value(0.0), "÷ of 1 and 0"),
        (lambda: Value(0.0) ** -1, r"operation \^-1 of 0 has no finite real result or slope"),
        (lambda: Value(0.0) ** 0.5, r"\^0.5 of 0 has no finite"),
        (lambda: Value(-1.0) ** 0.5, r"\^0.5 of -1 has no finite real"),
        (lambda: Value(1e200) ** 2, r"\^2 of 1e\+200 has no finite"),
        (lambda: Value(1e200) * 1e200, r"× of 1e\+200 and 1e\+200 has no finite"),
        (lambda: Value(1.0) / 1e-200, r"÷ of 1 and 1e-200 has no finite"),
        (lambda: Value(1000.0).exp(), "exp of 1000 has no finite.*below 1.8e308.*Scale"),
        (
            lambda: Value(2.0) ** Value(3.0),
            r"exponent is Value.*a finite number.*\.log\(\)",
        ),
        (lambda: Value("3"), "data is '3'; expected a finite number"),
        (lambda: Value([1.0]), "one Value per entry"),
        (lambda: Value(math.nan), "data is nan"),
        (lambda: Value(True), "data is True"),
        (lambda: Value(1.0) + None, "data is None"),
        (lambda: topological_order(3.0), r"output is 3.0; expected a Value"),
    ],
)
def test_what_has_no_derivative_is_refused_with_the_remedy(compute, message):
    with pytest.raises(ValueError, match=message):
        compute()


def test_an_array_times_a_value_is_refused():
    import numpy as np

    with pytest.raises(ValueError, match="expected a finite number.*one Value per entry"):
        np.ones(3) * Value(2.0)


@pytest.mark.parametrize(
    "formula, message",
    [
        ("3 * (a + ", "cannot be read; expected something like"),
        ("3 a", "missing . between factors"),
        ("", "cannot be read"),
        ("a + d", "uses 'd', which has no number; given: a, b.*Pass d=1.0"),
        ("__import__('os')", "is not allowed here"),
        ("a.data", "holds 'a.data', which is not allowed"),
        ("sin(a)", r"holds 'sin\(a\)'.*exp, log, relu, tanh"),
        ("exp(a, b)", "not allowed"),
        ("a if b else a", "not allowed"),
        ("'a'", "not allowed"),
        ("a % b", "not allowed"),
        ("True * a", "not allowed"),
        ("a", "nothing to differentiate"),
        ("3", "nothing to differentiate"),
        ("a ** b", "exponent is Value.*expected a finite number"),
        ("log(a - a)", "log of 0 has no finite"),
        ("a / (b - b)", "divisor other than 0"),
        ("(" * 300 + "a" + ")" * 300, "cannot be read"),
    ],
)
def test_a_formula_that_cannot_be_used_is_refused(formula, message):
    with pytest.raises(ValueError, match=message):
        build(formula, a=1.0, b=2.0)


def test_the_names_in_a_formula_come_in_order_without_functions():
    assert names_in("3 * (b + exp(a) * b) - tanh(c)") == ["b", "a", "c"]
    with pytest.raises(ValueError, match="cannot be read"):
        names_in("b +")


def test_a_negative_number_and_a_negative_power_can_be_typed():
    output, inputs = build("-2 * a ** -1 + -a", a=2.0)
    output.backward()
    assert output.data == -3.0 and inputs["a"].gradient == 2 / 4 - 1
