"""The widgets of lesson 02: a computational graph walked edge by edge, and gradients over depth."""

from gan_course.lessons.lesson_02.flow_explorer import gradient_flow_explorer
from gan_course.lessons.lesson_02.graph_explorer import graph_explorer

__all__ = ["gradient_flow_explorer", "graph_explorer"]
