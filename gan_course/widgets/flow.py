"""The way of the data through both networks, and which part of it a stage of slow motion is at."""

import html

from gan_course.plots.style import COLOURS, ink_on

# What each stage lights: boxes by name, arrows as "from>to", ways back of gradients as "from~to".
LIT = {
    ("discriminator", 1): "real",
    ("discriminator", 2): "z z>G G G>fakes fakes",
    ("discriminator", 3): "real real>D fakes fakes>D D",
    ("discriminator", 4): "D D>L_D L_D L_D~D",
    ("discriminator", 5): "D",
    ("generator", 1): "z",
    ("generator", 2): "z z>G G G>fakes fakes",
    ("generator", 3): "fakes fakes>D D D>L_G",
    ("generator", 4): "L_G L_G~D D D~fakes fakes",
    ("generator", 5): "fakes fakes~G G",
}
# name -> (left, top, width, what stands in it, the colour of its role)
BOXES = {
    "z": (2, 52, 36, "z", "#555555"),
    "G": (72, 52, 44, "G", COLOURS["generator"]),
    "fakes": (150, 52, 62, "fakes", COLOURS["fake"]),
    "real": (150, 8, 62, "real", COLOURS["real"]),
    "D": (262, 30, 44, "D", COLOURS["discriminator"]),
    "L_D": (352, 8, 62, "loss of D", "#555555"),
    "L_G": (352, 52, 62, "loss of G", "#555555"),
}
HEIGHT = 26  # of a box
WAYS = ("z>G", "G>fakes", "fakes>D", "real>D", "D>L_D", "D>L_G")
BACK = ("L_D~D", "L_G~D", "D~fakes", "fakes~G")  # each runs below the arrow that it goes back on


def stage_html(stage):
    """Return a stage as a diagram with its parts lit, its number among ten, and its caption.

    Args:
        stage: A `gan_course.live.stages.Stage`, or None: then there is nothing to show.

    Returns:
        HTML, always of the same height for short captions, so that nothing below it moves.
    """
    if stage is None:
        return ""
    where = f"{stage.player.capitalize()}'s update, {stage.number} of {stage.of}"
    return (
        '<div class="gan-flow" style="max-width: 440px; line-height: 1.35">'
        f"{flow_svg(LIT[stage.player, stage.number].split())}"
        f'<div style="margin: 2px 0">{_numbers(stage)}</div>'
        f'<div role="status" style="min-height: 4em"><strong>{where}:</strong> '
        f"{html.escape(stage.caption)}</div></div>"
    )


def flow_svg(lit):
    """Return the diagram z → G → fakes → D → losses, real data joining at D, as SVG.

    Args:
        lit: The names of what stands out: keys of `BOXES`, and of `WAYS` and `BACK`.
    """
    parts = [_way(way, way in lit) for way in (*WAYS, *BACK)]
    parts += [_box(name, name in lit) for name in BOXES]
    words = ", ".join(BOXES[name][3] for name in BOXES if name in lit)
    return (
        '<svg viewBox="0 0 418 86" role="img" style="width: 100%; max-width: 418px; '
        'background: white; border-radius: 4px" '
        f'aria-label="From z through G to fakes; fakes and real examples through D to both losses. '
        f'Lit: {words}."><defs>{_head("#555555", "on")}{_head("#BBBBBB", "off")}'
        f"{_head(COLOURS['push'], 'back')}</defs>{''.join(parts)}</svg>"
    )


def _head(colour, name):
    return (
        f'<marker id="gan-flow-{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" '
        f'markerHeight="6" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="{colour}"/></marker>'
    )


def _box(name, lit):
    left, top, width, words, colour = BOXES[name]
    fill, ink = (colour, ink_on(colour)) if lit else ("white", "#444444")
    return (
        f'<rect x="{left}" y="{top}" width="{width}" height="{HEIGHT}" rx="5" fill="{fill}" '
        f'stroke="{colour}" stroke-width="{3 if lit else 1}"/>'
        f'<text x="{left + width / 2}" y="{top + 17.5}" text-anchor="middle" font-size="12.5" '
        f'font-family="sans-serif" fill="{ink}">{words}</text>'
    )


def _way(way, lit):
    back = "~" in way
    if back and not lit:  # a gradient's way is seen while it is gone
        return ""
    start, end = (BOXES[name] for name in way.replace("~", ">").split(">"))
    ahead = start[0] < end[0]
    x1, x2 = (start[0] + start[2], end[0]) if ahead else (start[0], end[0] + end[2])
    low = 7 if back else 0
    y1, y2 = (box[1] + HEIGHT / 2 + low for box in (start, end))
    gap = 3 if ahead else -3
    colour, mark = (COLOURS["push"], "back") if back else ("#555555", "on")
    colour, mark = (colour, mark) if lit else ("#BBBBBB", "off")
    dash = ' stroke-dasharray="5 3"' if back else ""
    return (
        f'<line x1="{x1 + gap}" y1="{y1}" x2="{x2 - gap}" y2="{y2}" stroke="{colour}" '
        f'stroke-width="{2.4 if lit else 1.2}"{dash} marker-end="url(#gan-flow-{mark})"/>'
    )


def _numbers(stage):
    """Return the numbers 1 to 5 for each player, with the present one marked."""
    parts = []
    for player in ("discriminator", "generator"):
        circles = []
        for number in range(1, stage.of + 1):
            now = (player, number) == (stage.player, stage.number)
            style = "background: #0072B2; color: white" if now else "color: inherit"
            mark = ' aria-current="step"' if now else ""
            circles.append(
                f'<span{mark} style="{style}; border-radius: 9px; padding: 0 6px">{number}</span>'
            )
        parts.append(f"{player} {''.join(circles)}")
    return " &nbsp; ".join(parts)
