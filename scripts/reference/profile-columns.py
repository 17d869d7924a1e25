"""Reference values of pandas for the profile of numbers. Prints one JSON object, which is kept in
test/unit/data/pandas-reference.json. The samples are made by whole-number arithmetic that the test repeats.

    profile-columns.py > test/unit/data/pandas-reference.json

Needs pandas and NumPy.
"""

import json

import numpy as np
import pandas as pd

PROBABILITIES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]


def spread(count, factor, modulus, start):
    """Numbers in [0, 1) that fill it evenly, in a scrambled order."""
    return ((np.arange(count) * factor + start) % modulus) / modulus


def describe(name, values):
    series = pd.Series(values)
    counts, edges = np.histogram(series, bins=20)
    borders = np.unique(np.quantile(series, np.arange(21) / 20))[1:-1]
    parts = np.bincount(np.searchsorted(borders, series, side="right"), minlength=len(borders) + 1)
    return {
        "name": name,
        "distinct": int(series.nunique()),
        "minimum": series.min(),
        "maximum": series.max(),
        "mean": series.mean(),
        "standardDeviation": series.std(),
        "quantiles": {str(p): float(series.quantile(p)) for p in PROBABILITIES},
        "histogram": counts.tolist(),
        "borders": borders.tolist(),
        "parts": parts.tolist(),
    }


print(
    json.dumps(
        {
            "pandas": pd.__version__,
            "numpy": np.__version__,
            "columns": [
                describe("different", spread(30011, 7919, 30011, 5) * 1000 - 200),
                describe("repeating", np.floor(spread(30011, 104729, 30011, 1) ** 3 * 40)),
                describe("far from zero", 1e9 + spread(5003, 7919, 5003, 0)),
                describe("skewed", np.exp(spread(10007, 7919, 10007, 3) * 12)),
                describe("few rows", np.array([2.5, -1.0, 7.25, 7.25])),
            ],
        },
        indent=2,
    )
)
