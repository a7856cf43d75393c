"""Turn a typed formula such as "3 * (a + b * c)" into a graph of `Value`s, measure its slopes."""

import ast

from gan_course.from_scratch.autodiff import Value

FUNCTIONS = ("exp", "log", "relu", "tanh")
_OPERATIONS = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
}


def build(formula, **inputs):
    """Compute a formula with `Value`s, so that it can be drawn and differentiated.

    The text is read, never executed: numbers, the named inputs, + - * / **, brackets and the
    functions exp, log, relu and tanh are all it may hold.

    Args:
        formula: Text, such as "3 * (a + b * c)".
        **inputs: A number for each name in the formula.

    Returns:
        The output, a `Value` labelled "J", and the inputs as a dict of name to `Value`.

    Raises:
        ValueError: If the formula cannot be read, holds something else, or names an input without a
            number; and as the operations of `Value` do (log of 0, division by 0).

    Example:
        >>> J, values = build("3 * (a + b * c)", a=2, b=1, c=3)
        >>> J.data
        15.0

    Introduced in lesson 02.
    """
    values = {name: Value(number, name) for name, number in inputs.items()}
    output = _compute(_parsed(formula).body, values)
    if not isinstance(output, Value) or not output.parents:
        raise ValueError(
            f"formula {formula!r} has nothing to differentiate; expected at least one input and "
            "one operation. Use a letter, such as 3 * a, and give it a number."
        )
    return output.named("J"), values


def measured_gradients(formula, **inputs):
    """Measure ∂J/∂input for every input by central finite differences, to stand beside backward.

    Args:
        formula: As for `build`.
        **inputs: A number for each name; each is moved by 1e-5 · max(1, |input|) up and down.

    Returns:
        A dict of name to measured derivative.

    Raises:
        ValueError: As `build`, also where the formula has no value a step away from the inputs.

    Example:
        >>> round(measured_gradients("3 * (a + b * c)", a=2, b=1, c=3)["b"], 6)
        9.0

    Introduced in lesson 02.
    """
    measured = {}
    for name, number in inputs.items():
        h = 1e-5 * max(1.0, abs(number))
        up, _ = build(formula, **{**inputs, name: number + h})
        down, _ = build(formula, **{**inputs, name: number - h})
        measured[name] = (up.data - down.data) / (2.0 * h)
    return measured


def names_in(formula):
    """List the input names of a formula in the order in which they appear.

    Args:
        formula: As for `build`.

    Returns:
        A list of names, each once.

    Raises:
        ValueError: If the formula cannot be read.

    Example:
        >>> names_in("3 * (a + b * exp(c))")
        ['a', 'b', 'c']

    Introduced in lesson 02.
    """
    nodes = list(ast.walk(_parsed(formula)))
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    names = [node for node in nodes if isinstance(node, ast.Name) and id(node) not in called]
    names.sort(key=lambda node: (node.lineno, node.col_offset))
    return list(dict.fromkeys(node.id for node in names))


def _parsed(formula):
    try:
        return ast.parse(str(formula).strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError(
            f"formula {formula!r} cannot be read; expected something like 3 * (a + b * c). "
            "Look for a missing bracket or a missing * between factors."
        ) from error


def _compute(node, values):
    """Walk the syntax tree: each kind of node that is allowed, and an error for all others."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return Value(node.value)
    if isinstance(node, ast.Name):
        if node.id not in values:
            given = ", ".join(values) or "none"
            raise ValueError(
                f"the formula uses {node.id!r}, which has no number; given: {given}. "
                f"Pass {node.id}=1.0 as well, or mend the name."
            )
        return values[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        if isinstance(node.operand, ast.Constant):  # -2 is a number, not an operation
            return Value(-_compute(node.operand, values).data)
        return -_compute(node.operand, values)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        left, right = _compute(node.left, values), _compute(node.right, values)
        return _OPERATIONS[type(node.op)](left, right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        exponent = _compute(node.right, values)
        is_number = not exponent.parents and not exponent.label
        return _compute(node.left, values) ** (exponent.data if is_number else exponent)
    is_call = isinstance(node, ast.Call) and getattr(node.func, "id", None) in FUNCTIONS
    if is_call and len(node.args) == 1 and not node.keywords:
        return getattr(_compute(node.args[0], values), node.func.id)()
    raise ValueError(
        f"the formula holds {ast.unparse(node)!r}, which is not allowed here; expected numbers, "
        f"inputs, + - * / **, brackets and {', '.join(FUNCTIONS)} of one value. Use only those."
    )
