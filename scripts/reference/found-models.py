"""Answers of Python's onnxruntime to small rows, for models that other projects published.

Usage: python scripts/reference/found-models.py FOLDER > test/integration/scoring/found-models.json

FOLDER holds the models. Each entry says by hand what the rows are and which output holds the answer; the
numbers come from onnxruntime. Needs numpy, onnx and onnxruntime.
"""

import json
import sys

import numpy as np
import onnx
import onnxruntime


def cell(row, column):
    return ((row * 7 + column * 3) % 11) / 4


def softmax(values):
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


# model, task, columns, classes, output, what its values are, whole numbers as columns
MODELS = [
    ("onnxmltools/test_xgb.onnx", "regression", 4, [], "variable", "prediction", False),
    ("onnxruntime_go/example_dynamic_axes.onnx", "regression", 10, [], "output_scalars", "prediction", False),
    ("onnxruntime_go/example ż 大 김.onnx", "regression", 2, [], "out", "prediction", True),
    ("mlnet/linear_regression.onnx", "regression", 4, [], "variable", "prediction", False),
    ("skl2onnx/treecl.onnx", "multiclass-classification", 20, ["0", "1", "2"], "proba_0", "probability", False),
    ("skl2onnx/treecl2.onnx", "binary-classification", 20, ["0", "1"], "proba_2", "probability", False),
    ("tribuo/iris-lr-model.onnx", "multiclass-classification", 4, ["0", "1", "2"], "output", "probability", False),
    ("tribuo/cnn_mnist.onnx", "multiclass-classification", 784, [str(k) for k in range(10)], "output_probs", "logit", False),
    ("onnxruntime-ruby/randomforest.onnx", "multiclass-classification", 4, ["0", "1", "2"], "output_probability", "map", False),
    ("onnxruntime-ruby/lightgbm.onnx", "multiclass-classification", 2, ["0", "1", "2"], "probabilities", "map", False),
    ("onnxruntime_go/example_big_fanout.onnx", "multiclass-classification", 4, ["0", "1", "2", "3"], "output", "logit", False),
    ("onnxruntime_go/example_network.onnx", "binary-classification", 4, ["0", "1"], "1x2 Output Vector", "logit", False),
    ("onnx-simple/test_single_relu_model.onnx", "binary-classification", 2, ["0", "1"], "y", "share or logit", False),
    ("onnx-node/ai_onnx_ml_tree_ensemble_single_tree.onnx", "binary-classification", 2, ["0", "1"], "Y", "logit", False),
]


def answer(path, rows, output, meaning, whole):
    """Row by row where the batch is fixed; the model as it was published."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options)
    (given,) = session.get_inputs()
    kind = {"tensor(float)": np.float32, "tensor(double)": np.float64, "tensor(int32)": np.int32}[given.type]
    shape = [size if isinstance(size, int) and size > 0 else -1 for size in given.shape]
    batch = shape[0] if shape[0] > 0 else len(rows)
    answers = []
    for start in range(0, len(rows), batch):
        part = rows[start : start + batch]
        filled = part + [part[-1]] * (batch - len(part))
        tail = [size for size in shape[1:] if size > 0] or [len(rows[0])]
        tensor = np.array(filled, dtype=kind).reshape([batch, *tail])
        (value,) = session.run([output], {given.name: tensor})
        if meaning == "map":
            value = np.array([[entry[key] for key in sorted(entry)] for entry in value])
        answers.append(np.asarray(value, dtype=np.float64).reshape(batch, -1)[: len(part)])
    return np.concatenate(answers)


def main(folder):
    entries = []
    for name, task, columns, classes, output, meaning, whole in MODELS:
        rows = [[cell(row, column) for column in range(columns)] for row in range(5)]
        if whole:
            rows = [[round(value * 4) for value in row] for row in rows]
        raw = answer(f"{folder}/{name}", rows, output, meaning, whole)
        if meaning == "logit":
            values = softmax(raw)
        elif meaning == "share or logit":
            values = softmax(raw) if raw.max() > 1 else raw / raw.sum(axis=1, keepdims=True)
        else:
            values = raw
        entries.append({"model": name, "task": task, "classes": classes, "columns": columns, "whole": whole, "values": values.tolist()})
    json.dump({"onnxruntime": onnxruntime.__version__, "onnx": onnx.__version__, "models": entries}, sys.stdout, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main(sys.argv[1])
