"""Trains a scikit-learn pipeline on the rows that Contender hands over, and pickles it. Nothing in it knows of ONNX."""

import json
import os
import pickle

import numpy
import pandas
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, TargetEncoder

NUMBERS = ["hour", "city_pop"]
AMOUNTS = ["amt"]
CATEGORIES = ["category", "gender"]


def main():
    rows = pandas.read_csv(os.environ["CONTENDER_TRAINING_DATA"])
    parameters = json.loads(os.environ["CONTENDER_PARAMETERS"])
    seed = int(os.environ["CONTENDER_SEED"])
    model = make_pipeline(
        make_column_transformer(
            ("passthrough", NUMBERS),
            (FunctionTransformer(numpy.log1p), AMOUNTS),
            (TargetEncoder(cv=StratifiedKFold(5, shuffle=True, random_state=seed)), CATEGORIES),
        ),
        HistGradientBoostingClassifier(max_iter=parameters["iterations"], random_state=seed),
    )
    model.fit(rows[NUMBERS + AMOUNTS + CATEGORIES], rows["is_fraud"])
    path = os.environ["CONTENDER_MODEL_PATH"]
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        pickle.dump(model, file)


if __name__ == "__main__":
    main()
