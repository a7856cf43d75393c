"""A moving figure in which artists come and go, and lie one above the other by their `zorder`."""

from gan_course.plots.moving import MovingFigure


class LiveFigure(MovingFigure):
    """A `MovingFigure` for artists such as contours and arrows, which cannot be changed in place.

    Args:
        places: For each axes (left, bottom, width, height), as fractions of the figure.
        height: In inches.
        width: In inches.

    Example:
        >>> live = LiveFigure([(0.1, 0.1, 0.8, 0.8)], height=3, width=3)
        >>> line = live.moves(live.axes[0].plot([0, 1], [0, 1])[0])
        >>> picture = live.html("A rising line.")
        >>> live.drops(line)
    """

    def moves(self, artist):
        """Draw this artist anew in each picture, above those of a lower `zorder`; return it.

        Args:
            artist: An artist that has been added to one of the axes, or one of their axis.
        """
        self.add(artist)
        self._moving.sort(key=lambda artist: artist.get_zorder())
        return artist

    def drops(self, artist):
        """Forget an artist that `moves` was told of, and take it out of its axes."""
        self._moving.remove(artist)
        artist.remove()
