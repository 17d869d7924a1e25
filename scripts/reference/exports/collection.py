"""What one framework's module hands on: models, the rows they are scored on, and the framework's own answers."""

import json
import os

import numpy as np

from exports.rows import scored_rows, write_csv, write_parquet

# Answers are compared as numbers between 0 and 1, or as shares of the largest prediction.
FLOAT = 2e-6
FLOAT_REASON = "the model computes in float32, the framework in float64"


class Collection:
    """Writes `<folder>/<framework>/<name>/` for each model and `<folder>/<framework>/part.json` at the end."""

    def __init__(self, folder, framework, versions):
        self.folder = folder
        self.framework = framework
        self.versions = versions
        self.models = []
        self.failures = []
        self.columns, self.targets = scored_rows()
        os.makedirs(os.path.join(folder, framework), exist_ok=True)
        write_csv(os.path.join(folder, framework, "rows.csv"), self.columns)

    def add(
        self,
        name,
        convention,
        *,
        model,
        features,
        task,
        predictions,
        feeds,
        classes=None,
        labels=None,
        tolerance=FLOAT,
        reason=FLOAT_REASON,
        parquet=False,
        batch=None,
        external=False,
    ):
        """Adds a model.

        model: an ONNX ModelProto, its bytes, or a function that writes the file it is given.
        features: columns in the order the model was trained on.
        task: binary-classification, multiclass-classification or regression.
        predictions: the framework's own, [rows, classes] in the order of `classes`, or [rows].
        feeds: arrays by input name, for onnxruntime in Python.
        tolerance: largest difference allowed; of regressions a share of the largest prediction.
        batch: the fixed batch of the model. external: whether the weights are moved to a file of their own.
        """
        place = os.path.join(self.framework, name)
        os.makedirs(os.path.join(self.folder, place), exist_ok=True)
        path = os.path.join(self.folder, place, "model.onnx")
        if callable(model):
            model(path)
        else:
            with open(path, "wb") as file:
                file.write(model if isinstance(model, bytes) else model.SerializeToString())
        rows = os.path.join(self.framework, "rows.csv")
        if parquet:
            rows = os.path.join(place, "rows.parquet")
            write_parquet(os.path.join(self.folder, rows), self.columns)
        values = np.asarray(predictions, dtype=np.float64)
        with open(os.path.join(self.folder, place, "predictions.json"), "w") as file:
            json.dump({"values": values.tolist(), "labels": None if labels is None else texts(labels)}, file)
        np.savez(os.path.join(self.folder, place, "feeds.npz"), **{key: plain(feeds[key]) for key in feeds})
        self.models.append(
            {
                "name": f"{self.framework}/{name}",
                "framework": self.framework,
                "versions": self.versions,
                "convention": convention,
                "model": os.path.join(place, "model.onnx"),
                "rows": rows,
                "rowCount": len(values),
                "task": task,
                "classes": None if classes is None else texts(classes),
                "features": list(features),
                "predictions": os.path.join(place, "predictions.json"),
                "tolerance": tolerance,
                "toleranceReason": reason,
                "fixedBatch": batch,
                "external": external,
            }
        )

    def attempt(self, name, export):
        """Runs one export; one that the installed versions cannot make is listed as failed, the others go on."""
        try:
            export(self)
        except Exception as error:  # converters raise whatever they like
            words = " ".join(str(error).split())[:300]
            self.failures.append({"name": f"{self.framework}/{name}", "reason": f"{type(error).__name__}: {words}"})

    def finish(self):
        part = {
            "framework": self.framework,
            "versions": self.versions,
            "models": self.models,
            "failures": self.failures,
        }
        with open(os.path.join(self.folder, self.framework, "part.json"), "w") as file:
            json.dump(part, file)


def texts(values):
    """Class labels as a reader of the data would write them."""
    plain_values = [value.item() if isinstance(value, np.generic) else value for value in values]
    return [str(value).lower() if isinstance(value, bool) else str(value) for value in plain_values]


def plain(array):
    """Arrays of text as NumPy's own text type, which can be stored without pickling."""
    array = np.asarray(array)
    return array.astype(str) if array.dtype == object else array
