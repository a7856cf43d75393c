"""The same trainer in a worker thread, so that buttons are heard while it trains. No widgets."""

from gan_course.live.history import BoundedHistory
from gan_course.live.run import LiveRun, ReplacedRun
from gan_course.live.stages import DISCRIMINATOR_STAGES, GENERATOR_STAGES, Stage

__all__ = [
    "BoundedHistory",
    "DISCRIMINATOR_STAGES",
    "GENERATOR_STAGES",
    "LiveRun",
    "ReplacedRun",
    "Stage",
]
