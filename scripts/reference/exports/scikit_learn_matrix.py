"""scikit-learn through skl2onnx: models that take one matrix, in every type, with every kind of ZipMap."""

import numpy as np
from skl2onnx import to_onnx
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType, Int64TensorType, StringTensorType
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import (
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    StackingClassifier,
    VotingClassifier,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from exports.rows import matrix, text_matrix, training_rows

NUMBERS = ("amount", "age", "tenure")
WITH_MISSING = ("amount", "balance", "age", "tenure")
WHOLE = ("age", "tenure")
CATEGORIES = ("channel", "plan")


def export_all(collection):
    training, targets = training_rows()
    for zipmap, name in ((False, "off"), (True, "default"), ("columns", "columns")):
        binary_matrix(collection, training, targets, zipmap, name)
        multiclass_matrix(collection, training, targets, zipmap, name)
    classifiers(collection, training, targets)
    element_types(collection, training, targets)
    regressors(collection, training, targets)
    missing_values(collection, training, targets)
    text_columns(collection, training, targets)


def binary_matrix(collection, training, targets, zipmap, name):
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(matrix(training, NUMBERS), targets["late"])
    add_classifier(
        collection,
        f"binary-zipmap-{name}",
        f"one float matrix, whole-number classes, ZipMap {name}",
        model,
        NUMBERS,
        zipmap=zipmap,
    )


def multiclass_matrix(collection, training, targets, zipmap, name):
    model = RandomForestClassifier(n_estimators=20, max_depth=5, random_state=1)
    model.fit(matrix(training, NUMBERS), targets["grade"])
    add_classifier(
        collection,
        f"multiclass-zipmap-{name}",
        f"one float matrix, three classes by name, ZipMap {name}",
        model,
        NUMBERS,
        zipmap=zipmap,
    )


def classifiers(collection, training, targets):
    """Estimators whose graphs end in other ways than a linear model's or a tree's."""
    x = matrix(training, NUMBERS)
    forest = RandomForestClassifier(n_estimators=5, max_depth=4, random_state=1)
    members = [("naive", GaussianNB()), ("tree", DecisionTreeClassifier(max_depth=4, random_state=1))]
    subjects = {
        "network": (with_scaler(MLPClassifier((8,), max_iter=300, random_state=1)), "grade"),
        "neighbours": (with_scaler(KNeighborsClassifier(7)), "grade"),
        "naive-bayes": (GaussianNB(), "grade"),
        "support-vectors": (with_scaler(SVC(probability=True, random_state=1)), "grade"),
        "support-vectors-binary": (with_scaler(SVC(probability=True, random_state=1)), "late"),
        "voting": (VotingClassifier(members, voting="soft", flatten_transform=False), "grade"),
        "stacking": (StackingClassifier(members, final_estimator=LogisticRegression()), "late"),
        "calibrated": (CalibratedClassifierCV(forest, cv=3), "late"),
    }
    for name, (model, target) in subjects.items():
        model.fit(x, targets[target])
        kind = type(model[-1] if isinstance(model, Pipeline) else model).__name__
        add_classifier(collection, name, f"one float matrix, {kind}", model, NUMBERS, zipmap=False)
    flag = DecisionTreeClassifier(max_depth=4, random_state=1).fit(x, targets["late"] == 1)
    add_classifier(collection, "boolean-target", "classes false and true", flag, NUMBERS, zipmap=False)


def with_scaler(estimator):
    return make_pipeline(StandardScaler(), estimator)


def element_types(collection, training, targets):
    whole = matrix(training, WHOLE, np.int64)
    tree = DecisionTreeClassifier(max_depth=5, random_state=1).fit(whole, targets["late"])
    add_classifier(
        collection,
        "int64-matrix",
        "one int64 matrix",
        tree,
        WHOLE,
        tensor=Int64TensorType,
        dtype=np.int64,
        zipmap=False,
    )
    regression = make_pipeline(StandardScaler(), LogisticRegression())
    regression.fit(matrix(training, NUMBERS), targets["late"])
    add_classifier(
        collection,
        "float64-matrix",
        "one float64 matrix, float64 probabilities",
        regression,
        NUMBERS,
        tensor=DoubleTensorType,
        dtype=np.float64,
        zipmap=False,
        tolerance=1e-9,
        reason="model and framework compute in float64",
    )
    line = LinearRegression().fit(matrix(training, NUMBERS), targets["spend"])
    add_regressor(
        collection,
        "float64-regression",
        "one float64 matrix, float64 prediction [N, 1]",
        line,
        NUMBERS,
        tensor=DoubleTensorType,
        dtype=np.float64,
        tolerance=1e-9,
        reason="model and framework compute in float64",
    )


def regressors(collection, training, targets):
    x = matrix(training, NUMBERS)
    boosted = GradientBoostingRegressor(n_estimators=30, random_state=1).fit(x, targets["spend"])
    add_regressor(collection, "regression", "one float matrix, prediction [N, 1]", boosted, NUMBERS)
    both = DecisionTreeClassifier(max_depth=5, random_state=1).fit(x, targets["late"])
    path = {"zipmap": False, "decision_path": True, "decision_leaf": True}
    add_classifier(
        collection,
        "several-outputs",
        "label, probabilities, and what else a tree can tell",
        both,
        NUMBERS,
        options={id(both): path},
    )
    tree = DecisionTreeRegressor(max_depth=5, random_state=1).fit(x, targets["spend"])
    add_regressor(
        collection,
        "regression-several-outputs",
        "prediction, and what else a tree can tell",
        tree,
        NUMBERS,
        options={id(tree): {"decision_path": True, "decision_leaf": True}},
    )


def missing_values(collection, training, targets):
    x = matrix(training, WITH_MISSING)
    native = HistGradientBoostingClassifier(max_iter=25, random_state=1).fit(x, targets["late"])
    add_classifier(
        collection,
        "missing-native",
        "missing values as NaN, by the trees themselves",
        native,
        WITH_MISSING,
        zipmap=False,
    )
    regressor = HistGradientBoostingRegressor(max_iter=25, random_state=1).fit(x, targets["spend"])
    add_regressor(
        collection, "missing-native-regression", "missing values as NaN, by the trees", regressor, WITH_MISSING
    )
    imputed = make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression()).fit(
        x, targets["late"]
    )
    add_classifier(collection, "missing-imputed", "missing values as NaN, imputed", imputed, WITH_MISSING, zipmap=False)
    special = make_pipeline(SimpleImputer(missing_values=-1.0), StandardScaler(), LogisticRegression())
    special.fit(matrix(training, NUMBERS), targets["late"])
    add_classifier(
        collection, "missing-special", "a missing value of its own (-1), float", special, NUMBERS, zipmap=False
    )
    whole = make_pipeline(
        SimpleImputer(missing_values=-1.0, strategy="most_frequent"),
        DecisionTreeClassifier(max_depth=4, random_state=1),
    ).fit(matrix(training, WHOLE, np.int64), targets["late"])
    add_classifier(
        collection,
        "missing-special-int64",
        "a missing value of its own (-1), int64",
        whole,
        WHOLE,
        zipmap=False,
        tensor=Int64TensorType,
        dtype=np.int64,
    )


def text_columns(collection, training, targets):
    """Rows hold a channel that training never saw."""
    x = text_matrix(training, CATEGORIES)
    model = make_pipeline(OneHotEncoder(handle_unknown="ignore"), LogisticRegression()).fit(x, targets["grade"])
    for zipmap, name in ((False, "off"), (True, "default")):
        scored = text_matrix(collection.columns, CATEGORIES)
        onnx = to_onnx(
            model,
            initial_types=[("input", StringTensorType([None, len(CATEGORIES)]))],
            options={id(model): {"zipmap": zipmap}},
        )
        collection.add(
            f"string-matrix-zipmap-{name}",
            f"one string matrix, unknown categories, ZipMap {name}",
            model=onnx,
            features=CATEGORIES,
            task="multiclass-classification",
            classes=model.classes_,
            labels=model.predict(scored),
            predictions=model.predict_proba(scored),
            feeds={"input": scored},
        )


def add_classifier(
    collection,
    name,
    convention,
    model,
    features,
    *,
    zipmap=None,
    options=None,
    tensor=FloatTensorType,
    dtype=np.float32,
    **tolerance,
):
    def export(collection):
        onnx = to_onnx(
            model,
            initial_types=[("X", tensor([None, len(features)]))],
            options=options or {id(model): {"zipmap": zipmap}},
        )
        scored = matrix(collection.columns, features, np.float64 if dtype == np.float32 else dtype)
        classes = list(model.classes_)
        collection.add(
            name,
            convention,
            model=onnx,
            features=features,
            task="binary-classification" if len(classes) == 2 else "multiclass-classification",
            classes=classes,
            labels=model.predict(scored),
            predictions=model.predict_proba(scored),
            feeds={"X": scored.astype(dtype)},
            **tolerance,
        )

    collection.attempt(name, export)


def add_regressor(
    collection,
    name,
    convention,
    model,
    features,
    *,
    options=None,
    tensor=FloatTensorType,
    dtype=np.float32,
    **tolerance,
):
    def export(collection):
        onnx = to_onnx(model, initial_types=[("X", tensor([None, len(features)]))], options=options)
        scored = matrix(collection.columns, features)
        collection.add(
            name,
            convention,
            model=onnx,
            features=features,
            task="regression",
            predictions=model.predict(scored),
            feeds={"X": scored.astype(dtype)},
            **tolerance,
        )

    collection.attempt(name, export)
