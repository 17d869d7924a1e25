"""CatBoost through its own export, which always writes a ZipMap."""

import catboost
import numpy as np

from exports.collection import Collection
from exports.rows import matrix, training_rows

VERSIONS = {"CatBoost": catboost.__version__}
FEATURES = ("amount", "balance", "age", "tenure")
SETTINGS = {
    "iterations": 25,
    "depth": 4,
    "random_seed": 1,
    "thread_count": 1,
    "verbose": 0,
    "allow_writing_files": False,
}


def export_all(folder):
    collection = Collection(folder, "catboost", VERSIONS)
    training, targets = training_rows()
    x = matrix(training, FEATURES, np.float32)
    binary = catboost.CatBoostClassifier(**SETTINGS).fit(x, targets["late"])
    add(collection, "binary", binary, "whole-number classes, ZipMap")
    named = catboost.CatBoostClassifier(**SETTINGS).fit(x, np.where(targets["late"] == 1, "late", "in time"))
    add(collection, "binary-named", named, "classes by name, ZipMap")
    grades = catboost.CatBoostClassifier(**SETTINGS).fit(x, targets["grade"].astype(str))
    add(collection, "multiclass", grades, "three classes by name, ZipMap")
    regression = catboost.CatBoostRegressor(**SETTINGS).fit(x, targets["spend"])
    add(collection, "regression", regression, "prediction")
    collection.finish()


def add(collection, name, model, convention):
    def export(collection):
        scored = matrix(collection.columns, FEATURES, np.float32)
        is_classifier = isinstance(model, catboost.CatBoostClassifier)
        classes = list(model.classes_) if is_classifier else None
        task = "regression"
        if is_classifier:
            task = "binary-classification" if len(classes) == 2 else "multiclass-classification"
        collection.add(
            name,
            f"one float matrix with missing values, {convention}",
            model=lambda path: model.save_model(path, format="onnx"),
            features=FEATURES,
            task=task,
            classes=classes,
            labels=model.predict(scored).ravel() if is_classifier else None,
            predictions=model.predict_proba(scored) if is_classifier else model.predict(scored),
            feeds={"features": scored},
        )

    collection.attempt(name, export)
