"""What a trainer was given, as a checkpoint keeps it, and in what two trainers differ."""

import gan_course.backend

PLAYERS = ("generator", "discriminator")


def inner(optimizer):
    """Return the optimiser that holds the learning rate: in float16 it is wrapped in another."""
    return getattr(optimizer, "inner_optimizer", optimizer)


def is_rate(variable):
    """Whether a variable of an optimiser is its learning rate."""
    return variable.name == "learning_rate"


def present_rate(optimizer):
    """Return a constant learning rate as a float, or None where a schedule sets it.

    Args:
        optimizer: A Keras optimiser, built.

    Example:
        >>> present_rate(keras.optimizers.SGD(0.5))
        0.5
    """
    constant = any(is_rate(variable) for variable in inner(optimizer).variables)
    return float(inner(optimizer).learning_rate.numpy()) if constant else None


def describe_optimizer(optimizer):
    """Return an optimiser's kind and settings as a dict; a constant rate is kept elsewhere."""
    optimizer = inner(optimizer)
    config = {"kind": type(optimizer).__name__, **optimizer.get_config()}
    del config["name"]
    schedule, config["learning_rate"] = config["learning_rate"], "constant"
    if isinstance(schedule, dict):  # a schedule, as Keras writes one down
        parts = (f"{name}={value}" for name, value in schedule["config"].items() if name != "name")
        config["learning_rate"] = f"{schedule['class_name']}({', '.join(parts)})"
    elif callable(schedule):
        config["learning_rate"] = "a function"
    return config


def name_of(function):
    """Return what to call a function, such as `"update_discriminator"`."""
    return getattr(function, "__name__", type(function).__name__)


def differences(mine, theirs):
    """Say in what a trainer's settings differ from those of a file.

    Args:
        mine: A dict from names to values, or to dicts of such.
        theirs: The same, of the file; names that it lacks are left alone.

    Returns:
        A list of phrases, such as `"batch_size 32 (there 16)"`.

    Example:
        >>> differences({"noise": "uniform"}, {"noise": "normal"})
        ["noise 'uniform' (there 'normal')"]
    """
    phrases = []
    for name, value in mine.items():
        if isinstance(value, dict):
            inside = differences(value, theirs.get(name) or {})
            phrases += [f"{name.replace('_', ' ')}: {phrase}" for phrase in inside]
        elif name in theirs and theirs[name] != value:
            phrases.append(f"{name} {value!r} (there {theirs[name]!r})")
    return phrases
