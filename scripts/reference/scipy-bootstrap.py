"""The peer of the comparison benchmark: SciPy's paired bootstrap of a scikit-learn metric.

Usage: scipy-bootstrap.py ROWS REPLICATES

Prints the seconds that `scipy.stats.bootstrap` takes for the difference of two models' average precision, percentile
interval, without the time to import or to make the rows.
"""

import json
import sys
import time

import numpy
from scipy import stats
from sklearn.metrics import average_precision_score

rows, replicates = int(sys.argv[1]), int(sys.argv[2])
random = numpy.random.default_rng(7)
labels = (random.random(rows) < 0.05).astype(int)
common = random.standard_normal(rows)
champion = -3 + 2 * labels + 0.8 * common + 0.6 * random.standard_normal(rows)
challenger = -3 + 2.1 * labels + 0.8 * common + 0.6 * random.standard_normal(rows)


def difference(label, before, after):
    return average_precision_score(label, after) - average_precision_score(label, before)


started = time.perf_counter()
result = stats.bootstrap(
    (labels, champion, challenger),
    difference,
    paired=True,
    vectorized=False,
    n_resamples=replicates,
    method="percentile",
)
seconds = time.perf_counter() - started
print(json.dumps({"seconds": seconds, "low": result.confidence_interval.low}))
