"""Trains a scikit-learn pipeline on the rows that Contender hands over, and converts it to ONNX."""

import json
import os

import pandas
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

NUMBERS = ["amt", "hour", "city_pop"]
CATEGORIES = ["category", "gender"]


def main():
    rows = pandas.read_csv(os.environ["CONTENDER_TRAINING_DATA"])
    parameters = json.loads(os.environ["CONTENDER_PARAMETERS"])
    model = make_pipeline(
        make_column_transformer(
            ("passthrough", NUMBERS),
            (OneHotEncoder(handle_unknown="ignore", sparse_output=False), CATEGORIES),
        ),
        RandomForestClassifier(
            n_estimators=parameters["trees"],
            min_samples_leaf=20,
            random_state=int(os.environ["CONTENDER_SEED"]),
        ),
    )
    model.fit(rows[NUMBERS + CATEGORIES], rows["is_fraud"])
    save(model, os.environ["CONTENDER_MODEL_PATH"])


def save(model, path):
    """One input for each column, under its name: Contender binds them by name, whatever their order."""
    inputs = [(name, FloatTensorType([None, 1])) for name in NUMBERS]
    inputs += [(name, StringTensorType([None, 1])) for name in CATEGORIES]
    onnx = to_onnx(model, initial_types=inputs, options={id(model): {"zipmap": False}})
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(onnx.SerializeToString())


if __name__ == "__main__":
    main()
