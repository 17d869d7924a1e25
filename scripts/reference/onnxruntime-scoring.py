"""The peer of bench/scoring.ts: scores a Parquet file with pandas and onnxruntime, as is usual in Python. Prints one
JSON object: rows, checksum (sum of the probabilities of the last class), seconds of each phase, peak memory.

    onnxruntime-scoring.py MODEL DATA COLUMN,COLUMN,… [--threads N] [--batch ROWS]

A model with one input gets the columns as one float32 matrix, one with an input for each column gets each as float32
or text [N, 1], missing text as the empty one. What it gives is read from its last output, [N, classes].

--batch is the rows of a run; by default what was fastest of whole and batches of 1,024 to 131,072: 16,384 rows.
The time of the whole process is measured by who starts it. Needs onnxruntime, pandas and pyarrow.
"""

import time

STARTED = time.perf_counter()

import argparse
import json
import resource

import numpy as np
import onnxruntime
import pandas
import pyarrow

IMPORTED = time.perf_counter()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("data")
    parser.add_argument("columns", type=lambda text: text.split(","))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", type=int, default=16_384)
    arguments = parser.parse_args()
    pyarrow.set_cpu_count(arguments.threads)
    clock = Clock()
    frame = pandas.read_parquet(arguments.data, columns=arguments.columns, use_threads=arguments.threads > 1)
    clock.end("read")
    session = open_session(arguments.model, arguments.threads)
    clock.end("load")
    feeds = as_feeds(frame, session.get_inputs())
    clock.end("convert")
    scores = run(session, feeds, len(frame), arguments.batch)
    clock.end("run")
    print(
        json.dumps(
            {
                "rows": len(scores),
                "checksum": float(scores.sum(dtype=np.float64)),
                "seconds": {"import": IMPORTED - STARTED} | clock.seconds,
                "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
                "versions": {"onnxruntime": onnxruntime.__version__, "pandas": pandas.__version__},
            }
        )
    )


class Clock:
    """Seconds of phases that follow each other."""

    def __init__(self):
        self.seconds = {}
        self.last = time.perf_counter()

    def end(self, phase):
        now = time.perf_counter()
        self.seconds[phase] = now - self.last
        self.last = now


def open_session(path, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def as_feeds(frame, inputs):
    if len(inputs) == 1:
        return {inputs[0].name: np.ascontiguousarray(frame.to_numpy(dtype=np.float32))}
    return {given.name: as_column(frame[given.name], given.type) for given in inputs}


def as_column(values, kind):
    if kind == "tensor(string)":
        return values.fillna("").to_numpy(dtype=object).reshape(-1, 1)
    return values.to_numpy(dtype=np.float32).reshape(-1, 1)


def run(session, feeds, rows, batch):
    """The probability of the last class of each row."""
    output = session.get_outputs()[-1].name
    scores = np.empty(rows, dtype=np.float32)
    for start in range(0, rows, batch):
        taken = {name: array[start : start + batch] for name, array in feeds.items()}
        scores[start : start + batch] = session.run([output], taken)[0][:, -1]
    return scores


main()
