"""The inception score: sure of each image, and unsure which comes next."""

import numpy as np

from gan_course.arguments import check_shares


def inception_score(probabilities):
    """Return the inception score of samples, from a classifier's probabilities for each.

    exp of the mean of KL(p(y | x) || p(y)), where p(y) is the mean of the rows: Salimans et al.
    (2016), section 4. It lies between 1 and the number of classes. The paper takes the Inception
    network and 1,000 classes of photographs; with the course's digit classifier the score is at
    most 10, and comparable with no score that another network gave.

    It compares the samples with nothing: real images are not asked for. So ten images, one of each
    class, reach the top.

    Args:
        probabilities: Array (n, classes), each row sums to 1, such as `predict_digits` returns.

    Returns:
        float, from 1 to the number of classes.

    Raises:
        ValueError: If the rows are no probabilities.

    Example:
        >>> round(inception_score([[1.0, 0.0], [0.0, 1.0]]), 6)
        2.0
    """
    remedy = "For images, call predict_digits(images, value_range) first."
    each = check_shares("probabilities", probabilities, ("n", "classes"), remedy)
    mean = each.mean(axis=0)
    # 0 log 0 counts as 0, which is its limit; where the mean is 0, so is each row.
    ratio = np.divide(each, mean, out=np.ones_like(each), where=each > 0)
    return float(np.exp((each * np.log(ratio)).sum(axis=1).mean()))
