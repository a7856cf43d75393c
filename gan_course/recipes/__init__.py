"""Recipes: everything that a training run needs beside its data, as data under one name."""

from gan_course.names import look_up
from gan_course.recipes.images import IMAGE_RECIPES
from gan_course.recipes.recipe import Recipe, adam, cosine_adam, rmsprop
from gan_course.recipes.toys import toy_trainer

__all__ = ["RECIPES", "Recipe", "adam", "cosine_adam", "get_recipe", "rmsprop", "toy_trainer"]

RECIPES = {recipe.name: recipe for recipe in IMAGE_RECIPES}


def get_recipe(name):
    """Return the recipe with this name.

    Args:
        name: A key of `RECIPES`, such as `"dense"`.

    Returns:
        A `Recipe`.

    Raises:
        ValueError: If there is no such recipe; the message suggests the nearest name.

    Example:
        >>> get_recipe("dense").value_range
        (0, 1)

    Introduced in lesson 04.
    """
    return look_up(RECIPES, name, "network")
