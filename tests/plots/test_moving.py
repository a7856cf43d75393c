"""A picture that is replaced several times a second, as HTML."""

import numpy as np

from gan_course.plots.moving import picture_html


def test_a_picture_that_is_replaced_keeps_its_place_on_the_page():
    html = picture_html(np.zeros((10, 20), np.uint8), "a <  b\nand c", 40, smooth=False)
    assert html.startswith('<img alt="a &lt; b and c" width="40" height="20" decoding="sync"')
    assert "display: block; image-rendering: pixelated" in html
    assert "pixelated" not in picture_html(np.zeros((10, 20), np.uint8), "a", 40)
