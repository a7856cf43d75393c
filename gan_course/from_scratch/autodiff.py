"""A tiny automatic differentiation engine: numbers that remember how they were computed.

Forward, every operation makes a new `Value` and writes down two things: which values it used (its
parents) and the derivative of the result with respect to each (a local derivative, one number per
edge). Backward, the chain rule is then the same line for every operation:
gradient of the parent += gradient of the result × local derivative.
"""

import math
from dataclasses import dataclass

from gan_course.arguments import check_number, refusal


class Value:
    """A number in a computation that can be differentiated.

    Args:
        data: The number, a finite float or int.
        label: The name shown in drawings, such as "a".

    Attributes:
        data: The number, a float.
        gradient: ∂output/∂self after `output.backward()`, else 0.0.
        parents: The values this one was computed from, in order; empty for an input.
        local_gradients: ∂self/∂parent for each parent.
        operation: What made it, such as "×"; empty for an input.

    Raises:
        ValueError: If `data` is not one finite number, or an operation has no result there
            (log of 0, division by 0, a root of a negative number).

    Source: Rumelhart, Hinton & Williams 1986 (equations 4 to 7); reverse mode is older.

    Example:
        >>> a, b, c = Value(2.0), Value(1.0), Value(3.0)
        >>> J = 3 * (a + b * c)
        >>> steps = J.backward()
        >>> J.data, a.gradient, b.gradient, c.gradient
        (15.0, 3.0, 9.0, 3.0)

    Introduced in lesson 02.
    """

    __array_ufunc__ = None  # np.float64(3) * value is then left to Value.__rmul__

    def __init__(self, data, label=""):
        self.data = check_number("data", data, remedy=ONE_NUMBER)
        self.label = label
        self.gradient = 0.0
        self.parents = ()
        self.local_gradients = ()
        self.operation = ""

    def __repr__(self):
        name = f"{self.label} = " if self.label else ""
        return f"Value({name}{self.data:g}, gradient={self.gradient:g})"

    def named(self, label):
        """Give the value a name for drawings and return it: `u = (a + v).named("u")`."""
        self.label = label
        return self

    # Operations of two values: result, then ∂result/∂x and ∂result/∂y.

    def __add__(self, other):
        return _computed("+", lambda x, y: (x + y, (1.0, 1.0)), self, other)

    def __sub__(self, other):
        return _computed("−", lambda x, y: (x - y, (1.0, -1.0)), self, other)

    def __mul__(self, other):
        return _computed("×", lambda x, y: (x * y, (y, x)), self, other)

    def __truediv__(self, other):
        return _computed("÷", lambda x, y: (x / y, (1.0 / y, -(x / y) / y)), self, other)

    # 3 + a, 3 - a, 3 * a and 3 / a: Python asks the value on the right.

    def __radd__(self, other):
        return _as_value(other) + self

    def __rsub__(self, other):
        return _as_value(other) - self

    def __rmul__(self, other):
        return _as_value(other) * self

    def __rtruediv__(self, other):
        return _as_value(other) / self

    # Operations of one value.

    def __neg__(self):
        return _computed("neg", lambda x: (-x, (-1.0,)), self)

    def __pow__(self, exponent):
        n = check_number("exponent", exponent, remedy=A_POWER)
        slope = (lambda x: n * x ** (n - 1)) if n else (lambda x: 0.0)  # x⁰ is 1 at 0 too
        return _computed(f"^{n:g}", lambda x: (x**n, (slope(x),)), self)

    def tanh(self):
        """Return tanh(self); local derivative 1 - tanh²."""
        return _computed("tanh", lambda x: (math.tanh(x), (1.0 - math.tanh(x) ** 2,)), self)

    def relu(self):
        """Return max(self, 0); local derivative 1 above 0, else 0."""
        return _computed("relu", lambda x: (max(x, 0.0), (float(x > 0),)), self)

    def exp(self):
        """Return e^self; its local derivative is e^self too."""
        return _computed("exp", lambda x: (math.exp(x), (math.exp(x),)), self)

    def log(self):
        """Return the natural logarithm; local derivative 1 / self."""
        return _computed("log", lambda x: (math.log(x), (1.0 / x,)), self)

    def backward(self):
        """Fill in `gradient` = ∂self/∂value for every value below, and return the steps.

        All gradients of the graph are set to 0 first, so a second call gives the same numbers.
        Where a value is used twice its gradients add up.

        Returns:
            A list of `BackwardStep`, one per edge, in the order they were taken.
        """
        order = topological_order(self)
        for value in order:
            value.gradient = 0.0
        self.gradient = 1.0  # ∂self/∂self
        steps = []
        for value in reversed(order):
            for parent, local in zip(value.parents, value.local_gradients, strict=True):
                parent.gradient += value.gradient * local  # the chain rule; += because uses add up
                step = BackwardStep(value, parent, local, value.gradient * local, parent.gradient)
                steps.append(step)
        return steps


@dataclass(frozen=True)
class BackwardStep:
    """One edge of the backward pass, walked from a result to one parent (lesson 02)."""

    child: Value  # the result, whose gradient is complete
    parent: Value  # what it was computed from
    local_gradient: float  # ∂child/∂parent
    contribution: float  # gradient of child × local_gradient
    gradient_so_far: float  # the parent's gradient after adding the contribution


def topological_order(output):
    """List every value that `output` depends on, parents always before what is made from them.

    Forward runs through the list from the front, backward from the end: then a value's gradient is
    complete, all its uses counted, before it is passed on.

    Args:
        output: A `Value`.

    Returns:
        A list of values, each once; `output` is the last.

    Raises:
        ValueError: If `output` is not a `Value`.

    Example:
        >>> a = Value(2.0, "a")
        >>> [value.operation or value.label for value in topological_order(a * a)]
        ['a', '×']
    """
    _check_is_value(output)
    order, seen = [], set()
    to_visit = [(output, False)]  # an own stack: deep graphs would exceed Python's recursion limit
    while to_visit:
        value, parents_are_listed = to_visit.pop()
        if parents_are_listed:
            order.append(value)
        elif id(value) not in seen:
            seen.add(id(value))
            to_visit.append((value, True))  # come back to it after its parents
            to_visit.extend((parent, False) for parent in reversed(value.parents))
    return order


def _computed(operation, rule, *inputs):
    """Return the result of an operation as a value that remembers its parents."""
    parents = tuple(_as_value(value) for value in inputs)
    data, local_gradients = _finite(operation, rule, [parent.data for parent in parents])
    result = Value(data)
    result.operation, result.parents, result.local_gradients = operation, parents, local_gradients
    return result


def _as_value(other):
    return other if isinstance(other, Value) else Value(other)


# What is refused, and in which words. The idea stands above; nothing below is part of it.

ONE_NUMBER = (
    "For an array make one Value per entry, such as [Value(x) for x in array]; for nan or infinity "
    "look at what was computed before."
)
A_POWER = "For an exponent that is a Value write (x.log() * exponent).exp()."


def _finite(operation, rule, numbers):
    """Return what the rule makes of the numbers, or refuse: log 0, 1 / 0, e¹⁰⁰⁰, the root of -1."""
    try:
        data, local_gradients = rule(*numbers)
        if all(map(math.isfinite, (data, *local_gradients))):
            return data, local_gradients
    except (ArithmeticError, TypeError, ValueError):  # TypeError: a complex root
        pass
    received = " and ".join(f"{number:g}" for number in numbers)
    raise ValueError(
        f"the operation {operation} of {received} has no finite real result or slope; expected "
        "numbers that stay below 1.8e308, a divisor other than 0, and a number above 0 under a "
        "logarithm, a root or a negative power. Scale the inputs down, or keep them away from 0 "
        "with + 1e-8."
    )


def _check_is_value(output):
    if not hasattr(output, "parents"):  # a Value class of your own will do as well
        remedy = "Build the expression from Value(...) inputs, such as Value(2.0, 'a') * 3."
        raise refusal("output", output, "a Value", remedy)
