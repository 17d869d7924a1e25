"""What onnxruntime answers in Python to the same rows: tells a converter's difference from one of ours."""

import json
import os

import numpy as np
import onnx
import onnxruntime

# Weights larger than this go to the file of their own.
EXTERNAL_BYTES = 16


def add_answers(folder, model):
    path = os.path.join(folder, model["model"])
    if model["external"]:
        onnx.save_model(
            onnx.load(path), path, save_as_external_data=True, location="weights.bin", size_threshold=EXTERNAL_BYTES
        )
    feeds_path = os.path.join(os.path.dirname(path), "feeds.npz")
    with np.load(feeds_path) as stored:
        feeds = {name: stored[name] for name in stored.files}
    os.remove(feeds_path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    # Its warnings about shapes that converters declare wrongly are no news here.
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    answers = run(session, {name: as_fed(array) for name, array in feeds.items()}, model)
    answers_path = os.path.join(os.path.dirname(model["model"]), "onnxruntime.json")
    with open(os.path.join(folder, answers_path), "w") as file:
        json.dump({"version": onnxruntime.__version__, "outputs": answers}, file)
    with open(os.path.join(folder, model["predictions"])) as file:
        expected = json.load(file)["values"]
    return model | {"onnxruntime": answers_path, "onnxruntimeDifference": difference(answers, expected, model)}


def difference(answers, expected, model):
    """Largest difference to the framework, None when no output has the form of the framework's predictions."""
    expected = np.array(expected)
    for values in answers.values():
        if isinstance(values[0], dict):
            values = [[row_by_text(row)[name] for name in model["classes"]] for row in values]
        found = np.array(values)
        if found.dtype != np.float64:
            continue
        if model["task"] == "regression":
            return float(np.abs(found.ravel() - expected).max() / np.abs(expected).max())
        sums_to_one = found.shape == expected.shape and np.allclose(found.sum(axis=1), 1, atol=1e-4)
        if sums_to_one and (found >= 0).all():
            return float(np.abs(found - expected).max())
    return None


def row_by_text(row):
    return {str(name): value for name, value in row.items()}


def as_fed(array):
    return array.astype(object) if array.dtype.kind == "U" else array


def run(session, feeds, model):
    """Outputs by name over all rows; a model of a fixed batch is run batch by batch, the last one filled up."""
    names = [output.name for output in session.get_outputs()]
    batch = model["fixedBatch"] or model["rowCount"]
    outputs = {name: [] for name in names}
    for start in range(0, model["rowCount"], batch):
        taken = {name: pad(array[start : start + batch], batch) for name, array in feeds.items()}
        kept = min(batch, model["rowCount"] - start)
        for name, values in zip(names, session.run(None, taken)):
            outputs[name].extend(values.tolist()[:kept] if isinstance(values, np.ndarray) else values[:kept])
    return outputs


def pad(array, rows):
    return np.concatenate([array, np.repeat(array[-1:], rows - len(array), axis=0)]) if len(array) < rows else array
