"""XGBoost through onnxmltools."""

import numpy as np
import onnxmltools
import xgboost
from onnxmltools.convert import convert_xgboost
from onnxmltools.convert.common.data_types import FloatTensorType

from exports.collection import Collection
from exports.rows import GRADES, matrix, training_rows

VERSIONS = {"XGBoost": xgboost.__version__, "onnxmltools": onnxmltools.__version__}
FEATURES = ("amount", "balance", "age", "tenure")
SETTINGS = {"n_estimators": 25, "max_depth": 4, "random_state": 1, "n_jobs": 1, "tree_method": "hist"}
REASON = "both compute in float32 and add up trees in another order"


def export_all(folder):
    collection = Collection(folder, "xgboost", VERSIONS)
    training, targets = training_rows()
    x = matrix(training, FEATURES, np.float32)
    late = xgboost.XGBClassifier(**SETTINGS).fit(x, targets["late"])
    add(collection, "binary", late, "binary-classification", ["0", "1"])
    # XGBoost wants classes as positions: the labels of the model are 0, 1 and 2.
    grades = xgboost.XGBClassifier(**SETTINGS).fit(x, np.searchsorted(GRADES, targets["grade"].astype(str)))
    add(collection, "multiclass", grades, "multiclass-classification", ["0", "1", "2"])
    add(collection, "regression", xgboost.XGBRegressor(**SETTINGS).fit(x, targets["spend"]), "regression")
    counts = np.maximum(np.round(targets["spend"] / 20), 0)
    poisson = xgboost.XGBRegressor(**SETTINGS, objective="count:poisson").fit(x, counts)
    add(collection, "regression-poisson", poisson, "regression")
    collection.finish()


def add(collection, name, model, task, classes=None):
    def export(collection):
        scored = matrix(collection.columns, FEATURES, np.float32)
        is_classifier = classes is not None
        collection.add(
            name,
            "one float matrix with missing values",
            model=convert_xgboost(model, initial_types=[("X", FloatTensorType([None, len(FEATURES)]))]),
            features=FEATURES,
            task=task,
            classes=classes,
            labels=model.predict(scored) if is_classifier else None,
            predictions=model.predict_proba(scored) if is_classifier else model.predict(scored),
            feeds={"X": scored},
            reason=REASON,
        )

    collection.attempt(name, export)
