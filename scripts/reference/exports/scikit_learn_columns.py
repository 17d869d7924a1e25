"""scikit-learn through skl2onnx: pipelines over a data frame, with one input for each column or group of columns."""

import numpy as np
from skl2onnx import to_onnx
from skl2onnx.common.data_types import BooleanTensorType, FloatTensorType, Int64TensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

from exports.rows import frame, matrix, text_matrix, training_rows

NUMBERS = ["amount", "balance", "tenure"]
CATEGORIES = ["channel", "plan"]
FEATURES = [*NUMBERS, *CATEGORIES]


def export_all(collection):
    training, targets = training_rows()
    for zipmap, name in ((False, "off"), (True, "default"), ("columns", "columns")):
        data_frame(collection, training, targets, zipmap, name)
    for parquet in (False, True):
        mixed_types(collection, training, targets, parquet)
    ordered_otherwise(collection, training, targets)
    grouped(collection, training, targets)
    whole_columns(collection, training, targets)
    boolean_columns(collection, training, targets)
    missing_categories(collection, training, targets)
    regression(collection, training, targets)


def numbers_and_categories(estimator, numbers=tuple(NUMBERS), categories=tuple(CATEGORIES)):
    """Scaled numbers with missing ones imputed beside one-hot categories; unknown ones are all zeros."""
    return make_pipeline(
        ColumnTransformer(
            [
                ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), list(numbers)),
                ("categories", OneHotEncoder(handle_unknown="ignore"), list(categories)),
            ]
        ),
        estimator,
    )


def data_frame(collection, training, targets, zipmap, name):
    model = numbers_and_categories(LogisticRegression(max_iter=500)).fit(frame(training, FEATURES), targets["grade"])
    add_frame_model(
        collection,
        f"columns-zipmap-{name}",
        f"one input for each column, ZipMap {name}",
        model,
        FEATURES,
        zipmap=zipmap,
    )


def mixed_types(collection, training, targets, parquet):
    """Each column with the type that its values have: float, int64, string and bool."""
    features = ["amount", "age", "tenure", "channel", "member"]
    model = make_pipeline(
        ColumnTransformer(
            [
                ("numbers", StandardScaler(), ["amount"]),
                ("whole", "passthrough", ["age", "tenure"]),
                ("categories", OneHotEncoder(handle_unknown="ignore"), ["channel"]),
                ("flags", "passthrough", ["member"]),
            ]
        ),
        DecisionTreeClassifier(max_depth=6, random_state=1),
    ).fit(frame(training, features), targets["late"])
    types = {"age": Int64TensorType, "tenure": Int64TensorType, "member": BooleanTensorType}
    source = "Parquet" if parquet else "CSV"
    add_frame_model(
        collection,
        f"columns-mixed-{source.lower()}",
        f"float, int64, string and bool columns, from {source}",
        model,
        features,
        types=types,
        parquet=parquet,
    )


def ordered_otherwise(collection, training, targets):
    """The inputs of the model come in another order than the columns: only their names tell."""
    model = numbers_and_categories(LogisticRegression(max_iter=500)).fit(frame(training, FEATURES), targets["late"])
    add_frame_model(
        collection,
        "columns-other-order",
        "one input for each column, data in another order",
        model,
        FEATURES,
        given=FEATURES[::-1],
    )


def grouped(collection, training, targets):
    """Columns of one type come as one matrix: positions within a group, names for the groups."""
    numbers, categories = list(range(len(NUMBERS))), list(range(len(NUMBERS), len(FEATURES)))
    model = numbers_and_categories(LogisticRegression(max_iter=500), numbers, categories)
    model.fit(mixed_matrix(training), targets["late"])
    onnx = to_onnx(
        model,
        initial_types=[
            ("num", FloatTensorType([None, len(NUMBERS)])),
            ("cat", StringTensorType([None, len(CATEGORIES)])),
        ],
        options={id(model): {"zipmap": False}},
    )
    scored = mixed_matrix(collection.columns)
    collection.add(
        "grouped",
        "grouped inputs: num float [N, 3] and cat string [N, 2]",
        model=onnx,
        features=FEATURES,
        task="binary-classification",
        classes=model.classes_,
        labels=model.predict(scored),
        predictions=model.predict_proba(scored),
        feeds={
            "num": matrix(collection.columns, NUMBERS, np.float32),
            "cat": text_matrix(collection.columns, CATEGORIES),
        },
    )


def mixed_matrix(columns):
    numbers = matrix(columns, NUMBERS).astype(object)
    return np.hstack([numbers, text_matrix(columns, CATEGORIES)])


def whole_columns(collection, training, targets):
    features = ["age", "tenure"]
    model = make_pipeline(
        ColumnTransformer([("ages", OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), features)]),
        DecisionTreeClassifier(max_depth=5, random_state=1),
    ).fit(frame(training, features), targets["grade"])
    types = dict.fromkeys(features, Int64TensorType)
    add_frame_model(collection, "columns-int64", "one int64 input for each column", model, features, types=types)


def boolean_columns(collection, training, targets):
    features = ["member", "urban"]
    model = make_pipeline(ColumnTransformer([("flags", "passthrough", features)]), LogisticRegression()).fit(
        frame(training, features), targets["late"]
    )
    types = dict.fromkeys(features, BooleanTensorType)
    add_frame_model(collection, "columns-bool", "one bool input for each column", model, features, types=types)
    # The same columns as a converter user declares them who reads booleans as numbers, and as texts.
    numbers = make_pipeline(StandardScaler(), LogisticRegression())
    numbers.fit(matrix(training, features), targets["late"])
    scored = matrix(collection.columns, features)
    collection.add(
        "bool-as-float",
        "boolean columns in a float matrix",
        model=to_onnx(
            numbers,
            initial_types=[("X", FloatTensorType([None, 2]))],
            options={id(numbers): {"zipmap": False}},
        ),
        features=features,
        task="binary-classification",
        classes=numbers.classes_,
        labels=numbers.predict(scored),
        predictions=numbers.predict_proba(scored),
        feeds={"X": scored.astype(np.float32)},
    )


def missing_categories(collection, training, targets):
    """A category of its own for missing text, in each way that people name it."""
    for name, token in (("empty", ""), ("nan", "nan"), ("missing", "missing"), ("unknown", "Unknown")):
        features = ["region", "plan"]
        model = make_pipeline(
            ColumnTransformer([("categories", OneHotEncoder(handle_unknown="ignore"), features)]),
            LogisticRegression(),
        ).fit(with_token(frame(training, features), token), targets["late"])
        add_frame_model(
            collection,
            f"missing-category-{name}",
            f"missing text is the category {token!r}",
            model,
            features,
            token=token,
        )
    imputed = make_pipeline(
        ColumnTransformer(
            [
                (
                    "categories",
                    make_pipeline(
                        SimpleImputer(missing_values="", strategy="most_frequent"),
                        OneHotEncoder(handle_unknown="ignore"),
                    ),
                    ["region", "plan"],
                )
            ]
        ),
        LogisticRegression(),
    ).fit(with_token(frame(training, ["region", "plan"]), ""), targets["late"])
    add_frame_model(
        collection, "missing-category-imputed", "missing text is imputed", imputed, ["region", "plan"], token=""
    )


def with_token(data, token):
    return data.astype(object).where(data.notna(), token)


def regression(collection, training, targets):
    model = numbers_and_categories(Ridge()).fit(frame(training, FEATURES), targets["spend"])

    def export(collection):
        onnx = to_onnx(model, initial_types=input_types(FEATURES, {}))
        collection.add(
            "columns-regression",
            "one input for each column, prediction [N, 1]",
            model=onnx,
            features=FEATURES,
            task="regression",
            predictions=model.predict(frame(collection.columns, FEATURES)),
            feeds=column_feeds(collection.columns, FEATURES, {}),
        )

    collection.attempt("columns-regression", export)


def input_types(features, types):
    default = {"channel": StringTensorType, "region": StringTensorType, "plan": StringTensorType}
    kinds = default | types
    return [(name, kinds.get(name, FloatTensorType)([None, 1])) for name in features]


def column_feeds(columns, features, types, token=""):
    feeds = {}
    for name, kind in input_types(features, types):
        if isinstance(kind, StringTensorType):
            feeds[name] = text_matrix(columns, [name], token)
        else:
            dtype = {Int64TensorType: np.int64, BooleanTensorType: np.bool_}.get(type(kind), np.float32)
            feeds[name] = matrix(columns, [name], dtype)
    return feeds


def add_frame_model(
    collection, name, convention, model, features, *, types=None, zipmap=False, given=None, token=None, parquet=False
):
    """token: what the model was given in the place of missing text. given: order of the columns in the data."""

    def export(collection):
        onnx = to_onnx(model, initial_types=input_types(features, types or {}), options={id(model): {"zipmap": zipmap}})
        scored = frame(collection.columns, features)
        scored = scored if token is None else with_token(scored, token)
        classes = list(model.classes_)
        collection.add(
            name,
            convention,
            model=onnx,
            features=given or features,
            task="binary-classification" if len(classes) == 2 else "multiclass-classification",
            classes=classes,
            labels=model.predict(scored),
            predictions=model.predict_proba(scored),
            feeds=column_feeds(collection.columns, features, types or {}, token or ""),
            parquet=parquet,
        )

    collection.attempt(name, export)
