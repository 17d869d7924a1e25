"""The data set of all exports: drawn from a seed, the same in every process and version of NumPy."""

import csv
from types import MappingProxyType

import numpy as np

SEED = 20260101
TRAINING_ROWS = 600
# A multiple of every fixed batch but one (7), so that both whole and padded batches are met.
SCORED_ROWS = 96

GRADES = ("bronze", "gold", "silver")


def draw(count, seed, unknown_channel=False):
    """Columns and targets of `count` rows as arrays by name. Missing is NaN or None.

    Numbers are multiples of 1/8 below 4096, exact in float32 and with exact midpoints: a tree that a framework
    evaluates in double splits them exactly as one that was exported in float.
    """
    random = np.random.RandomState(seed)
    amount = np.minimum(np.round(random.lognormal(4, 1, count) * 8) / 8, 4095.875)
    balance = np.round(random.normal(200, 400, count) * 8) / 8
    age = random.randint(18, 90, count)
    tenure = random.randint(0, 40, count)
    channel = random.choice(["branch", "online", "phone", 'Résumé, "post"'], count).astype(object)
    region = random.choice(["east", "north", "south", "west"], count, p=[0.4, 0.3, 0.2, 0.1]).astype(object)
    plan = random.choice(["basic", "family", "plus"], count).astype(object)
    member = random.rand(count) < 0.4
    urban = random.rand(count) < 0.6
    signal = (
        0.8 * np.log(amount / 50)
        - balance / 400
        + (age > 60) * 0.7
        + (channel == "online") * 1.1
        + (region == "north") * 0.9
        - member * 0.8
        + (plan == "plus") * 0.6
        - tenure / 25
    )
    noise = random.logistic(0, 1, (3, count))
    spend = np.round((60 + 30 * signal + 15 * noise[2]) * 8) / 8
    balance[random.rand(count) < 0.12] = np.nan
    tenure[random.rand(count) < 0.1] = -1
    region[random.rand(count) < 0.12] = None
    if unknown_channel:
        channel[random.rand(count) < 0.1] = "fax"
    columns = {
        "amount": amount,
        "balance": balance,
        "age": age.astype(np.int64),
        "tenure": tenure.astype(np.int64),
        "channel": channel,
        "region": region,
        "plan": plan,
        "member": member,
        "urban": urban,
    }
    targets = {
        "late": (signal + noise[0] > 0.4).astype(np.int64),
        "grade": np.array(GRADES, dtype=object)[np.digitize(signal + noise[1], [-0.8, 1.0])],
        "spend": spend,
    }
    return MappingProxyType(columns), MappingProxyType(targets)


def training_rows():
    return draw(TRAINING_ROWS, SEED)


def scored_rows():
    """Rows that no model was trained on; one channel in ten is one that training never saw."""
    return draw(SCORED_ROWS, SEED + 1, unknown_channel=True)


def matrix(columns, names, dtype=np.float64):
    """Columns side by side, [rows, len(names)]."""
    return np.column_stack([np.asarray(columns[name]).astype(dtype) for name in names])


def text_matrix(columns, names, missing=""):
    """Columns as text side by side; `missing` is written for missing values."""
    texts = [[missing if value is None else str(value) for value in columns[name]] for name in names]
    return np.array(texts, dtype=object).T


def frame(columns, names):
    """A pandas data frame as a reader of the CSV file would have it."""
    import pandas

    return pandas.DataFrame({name: columns[name] for name in names})


def write_csv(path, columns):
    """Missing is an empty field, booleans are true and false, numbers are written to the last digit."""
    names = list(columns)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", *names])
        for row in range(len(columns[names[0]])):
            writer.writerow([row + 1, *(cell(columns[name][row]) for name in names)])


def cell(value):
    if value is None or value != value:
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    return repr(value.item()) if isinstance(value, np.generic) else value


def write_parquet(path, columns):
    """The same rows with types of their own: 32-bit numbers, real booleans, texts as a dictionary."""
    import pyarrow
    import pyarrow.parquet

    arrays = {"id": pyarrow.array(range(1, len(columns["amount"]) + 1), pyarrow.int32())}
    for name, values in columns.items():
        array = pyarrow.array(values, from_pandas=True)
        if pyarrow.types.is_floating(array.type):
            array = array.cast(pyarrow.float32())
        elif pyarrow.types.is_integer(array.type):
            array = array.cast(pyarrow.int16())
        elif pyarrow.types.is_string(array.type):
            array = array.dictionary_encode()
        arrays[name] = array
    pyarrow.parquet.write_table(pyarrow.table(arrays), path)
