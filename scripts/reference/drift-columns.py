"""Reference values of SciPy for the column tests of check-drift. Prints one JSON object, which is kept in
test/unit/drift/scipy-reference.json. The samples are made by whole-number arithmetic that the test repeats.

    drift-columns.py > test/unit/drift/scipy-reference.json

Needs scipy.
"""

import json

import numpy as np
import scipy
from scipy import stats


def spread(count, factor, modulus, start):
    """Numbers in [0, 1) that fill it evenly, in a scrambled order."""
    return ((np.arange(count) * factor + start) % modulus) / modulus


def numeric(name, reference, current):
    u = stats.mannwhitneyu(current, reference).statistic
    q75, q25 = np.percentile(reference, [75, 25])
    exact = len(reference) * len(current) <= 4_000_000
    ks = stats.ks_2samp(reference, current, method="exact" if exact else "asymp")
    return {
        "name": name,
        "ks": ks.statistic,
        "ksP": ks.pvalue,
        "exact": exact,
        "a12": u / (len(reference) * len(current)),
        "wasserstein": stats.wasserstein_distance(reference, current) / ((q75 - q25) / 1.349),
    }


def categorical(name, reference, current):
    table = np.array([reference, current])
    chi2 = stats.chi2_contingency(table, correction=False)
    shares = table / table.sum(axis=1, keepdims=True)
    return {
        "name": name,
        "reference": reference,
        "current": current,
        "chi2": chi2.statistic,
        "p": chi2.pvalue,
        "totalVariation": np.abs(shares[0] - shares[1]).sum() / 2,
    }


def rare(reference, reference_rows, current, current_rows):
    holders = reference + current
    law = stats.hypergeom(reference_rows + current_rows, holders, current_rows)
    p = min(1.0, 2 * min(law.cdf(current), law.sf(current - 1)))
    return {
        "reference": reference,
        "referenceRows": reference_rows,
        "current": current,
        "currentRows": current_rows,
        "p": p,
    }


def share(reference, reference_rows, current, current_rows):
    pooled = (reference + current) / (reference_rows + current_rows)
    error = np.sqrt(pooled * (1 - pooled) * (1 / reference_rows + 1 / current_rows))
    z = (current / current_rows - reference / reference_rows) / error
    return {
        "reference": reference,
        "referenceRows": reference_rows,
        "current": current,
        "currentRows": current_rows,
        "z": z,
        "p": 2 * stats.norm.sf(abs(z)),
    }


base = spread(1200, 7919, 10007, 3) ** 2
print(
    json.dumps(
        {
            "scipy": scipy.__version__,
            "numeric": [
                numeric("same", base, spread(900, 7907, 10007, 11) ** 2),
                numeric("shifted", base, spread(900, 7907, 10007, 11) ** 2 + 0.05),
                numeric("wider", base - 0.5, (spread(900, 7907, 10007, 11) ** 2 - 0.5) * 1.5),
                numeric("large", spread(3000, 7919, 10007, 3), spread(2500, 7907, 10007, 11) * 0.95),
            ],
            "categorical": [
                categorical("same", [500, 300, 200], [245, 160, 95]),
                categorical("moved", [500, 300, 200], [180, 180, 140]),
                categorical("two", [900, 100], [400, 100]),
            ],
            "rare": [rare(50, 10000, 40, 200), rare(3, 1000, 0, 300), rare(4, 1000, 6, 500), rare(0, 100000, 4, 500)],
            "share": [share(20, 1000, 60, 800), share(0, 1000, 3, 800), share(500, 1000, 390, 800)],
        },
        indent=1,
        default=float,
    )
)
