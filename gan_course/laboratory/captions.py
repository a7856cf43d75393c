"""The words of the laboratory: the numbers, the alternative texts."""

import html

from gan_course.tables import number


def describe_numbers(numbers, losses, bandwidth):
    """Return what was measured, in a few sentences of plain text.

    Args:
        numbers: A `gan_course.laboratory.view.Numbers`.
        losses: The `GanLosses` of the trainer.
        bandwidth: The width of the smoothing behind estimates.

    Returns:
        A list of sentences: the first is short enough for an alternative text.
    """
    if numbers.answer is None:
        return [
            f"Step {numbers.step:,}. The fakes are no longer finite numbers: the training "
            "diverged. Lower the learning rates, then press Reset."
        ]
    parts = [f"D(real) {numbers.d_real:.2f}", f"D(fake) {numbers.d_fake:.2f}"]
    if numbers.modes is not None and numbers.modes.total > 1:
        parts.append(f"modes covered {numbers.modes.covered} of {numbers.modes.total}")
    answer, kind = numbers.answer, "true" if numbers.answer.exact else "estimated"
    jsd = f"{number(answer.jsd, '.3f')} {kind}"
    if numbers.estimate is not None:
        jsd = f"{number(numbers.estimate, '.3f')} from D, {jsd}"
    parts.append(f"JSD {jsd}")
    sentences = [f"Step {numbers.step:,}: {', '.join(parts)}."]
    if numbers.value is not None:
        sentences.append(
            f"V(D, G) = {number(numbers.value, '.3f')}; the best D of this G would reach "
            f"{number(answer.value, '.3f')} ({kind}), and −log 4 = −1.386 is the equilibrium."
        )
    else:
        sentences.append(f"{losses.about_score} V(D, G) and the JSD from D are not defined for it.")
    if numbers.modes is not None:
        share = number(numbers.modes.high_quality_share, ".0%")
        sentences.append(
            f"{share} of 2,500 fakes lie within three standard deviations of a centre."
        )
    if answer.exact:
        sentences.append(
            "G is affine and z normal, so p_g has a closed form: D* and the JSD are exact."
        )
    else:
        sentences.append(
            "Estimates: of G there are only samples, so both densities are smoothed with a "
            f"Gaussian of width {bandwidth:.2g}, which makes the JSD a little small."
        )
    return sentences


def numbers_html(sentences):
    """Return the sentences of `describe_numbers` as HTML, the first one bold."""
    first, *rest = (html.escape(sentence) for sentence in sentences)
    return (
        '<div class="gan-lab-numbers" style="font-size: 12.5px; line-height: 1.35">'
        f"<strong>{first}</strong> {' '.join(rest)}</div>"
    )


def picture_alt(sentences, layers, plane, stage=None):
    """Return the alternative text of the large picture.

    Args:
        sentences: From `describe_numbers`.
        layers: The labels of the layers that are shown.
        plane: Whether it is the plane, else the line.
        stage: A `Stage` of slow motion, or None.
    """
    shown = f"the layers {', '.join(layers)}" if layers else "no layer"
    now = f" Slow motion, {stage.player} {stage.number}: {stage.caption}" if stage else ""
    return f"The {'plane' if plane else 'line'} with {shown}. {sentences[0]}{now}"


def panels_alt(sentences):
    """Return the alternative text of the panels."""
    return f"Three curves over the steps: value of the game, JSD, modes or D. {sentences[0]}"
