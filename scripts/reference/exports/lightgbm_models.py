"""LightGBM through onnxmltools."""

import lightgbm
import numpy as np
import onnxmltools
from onnxmltools.convert import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType

from exports.collection import Collection
from exports.rows import matrix, training_rows

VERSIONS = {"LightGBM": lightgbm.__version__, "onnxmltools": onnxmltools.__version__}
FEATURES = ("amount", "balance", "age", "tenure")
SETTINGS = {"n_estimators": 25, "num_leaves": 7, "random_state": 1, "n_jobs": 1, "verbose": -1, "deterministic": True}


def export_all(folder):
    collection = Collection(folder, "lightgbm", VERSIONS)
    training, targets = training_rows()
    x = matrix(training, FEATURES)
    for zipmap, name in ((False, "off"), (True, "default")):
        binary = lightgbm.LGBMClassifier(**SETTINGS).fit(x, targets["late"])
        add_classifier(collection, f"binary-zipmap-{name}", binary, zipmap)
        grades = lightgbm.LGBMClassifier(**SETTINGS).fit(x, targets["grade"])
        add_classifier(collection, f"multiclass-zipmap-{name}", grades, zipmap)
    add_regressor(collection, "regression", lightgbm.LGBMRegressor(**SETTINGS).fit(x, targets["spend"]))
    positive = targets["spend"] - targets["spend"].min() + 1
    add_regressor(
        collection, "regression-poisson", lightgbm.LGBMRegressor(**SETTINGS, objective="poisson").fit(x, positive)
    )
    collection.finish()


def add_classifier(collection, name, model, zipmap):
    def export(collection):
        scored = matrix(collection.columns, FEATURES)
        collection.add(
            name,
            f"one float matrix with missing values, ZipMap {'default' if zipmap else 'off'}",
            model=convert_lightgbm(
                model, initial_types=[("input", FloatTensorType([None, len(FEATURES)]))], zipmap=zipmap
            ),
            features=FEATURES,
            task="binary-classification" if len(model.classes_) == 2 else "multiclass-classification",
            classes=model.classes_,
            labels=model.predict(scored),
            predictions=model.predict_proba(scored),
            feeds={"input": scored.astype(np.float32)},
        )

    collection.attempt(name, export)


def add_regressor(collection, name, model):
    def export(collection):
        scored = matrix(collection.columns, FEATURES)
        collection.add(
            name,
            "one float matrix with missing values, prediction [N, 1]",
            model=convert_lightgbm(model, initial_types=[("input", FloatTensorType([None, len(FEATURES)]))]),
            features=FEATURES,
            task="regression",
            predictions=model.predict(scored),
            feeds={"input": scored.astype(np.float32)},
        )

    collection.attempt(name, export)
