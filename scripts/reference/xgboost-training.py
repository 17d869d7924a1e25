"""Reference values of other learners for the built-in gradient boosting. Prints one JSON object.

    xgboost-training.py time FOLDER COLUMNS TRAINING_ROWS TREES LEAVES
        Times XGBoost's histogram method on one thread, for bench/training.ts. FOLDER holds
        columns.f32 (column after column) and target.f64, little endian; the rows after
        TRAINING_ROWS are held back to measure the log loss.

    xgboost-training.py quality DATA
        Scores of XGBoost and scikit-learn on the data sets and splits of
        test/integration/learning-onnx.test.ts; DATA is the folder that holds tabular/ and fraud/.

Needs xgboost, scikit-learn and pandas.
"""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import xgboost


def measure_time(folder, columns, training_rows, trees, leaves):
    target = np.fromfile(os.path.join(folder, "target.f64"), dtype="<f8")
    matrix = np.fromfile(os.path.join(folder, "columns.f32"), dtype="<f4").reshape(columns, -1).T
    matrix = np.ascontiguousarray(matrix)
    settings = {
        "objective": "binary:logistic",
        "tree_method": "hist",
        "grow_policy": "lossguide",
        "max_leaves": leaves,
        "max_depth": 0,
        "max_bin": 255,
        "learning_rate": 0.1,
        "reg_lambda": 1.0,
        "min_child_weight": 1e-3,
        "nthread": 1,
        "verbosity": 0,
    }
    # Binning is part of training, so the matrix is built inside the measured time.
    started = time.perf_counter()
    training = xgboost.QuantileDMatrix(
        matrix[:training_rows], label=target[:training_rows], max_bin=255, nthread=1
    )
    booster = xgboost.train(settings, training, num_boost_round=trees)
    milliseconds = (time.perf_counter() - started) * 1000
    probability = booster.inplace_predict(matrix[training_rows:]).astype(np.float64)
    held_back = target[training_rows:]
    loss = -np.mean(np.where(held_back == 1, np.log(probability), np.log1p(-probability)))
    return {"milliseconds": milliseconds, "loss": loss, "version": xgboost.__version__}


def measure_quality(data):
    return {
        "adult": classify(*adult(data)),
        "bike": regress(*bike(data)),
        "sparkov": classify(*sparkov(data)),
    }


def adult(data):
    import pandas

    names = [f"column{index:02d}" for index in range(15)]
    parts = [
        pandas.read_csv(
            os.path.join(data, f"tabular/adult/adult-{part}.csv.gz"),
            header=None, names=names, skipinitialspace=True, na_values="?",
        )
        for part in ("train", "test")
    ]
    targets = [part.pop("column14").str.startswith(">50K").astype(int) for part in parts]
    return share_categories(*parts), targets


def bike(data):
    import pandas

    hours = pandas.read_csv(os.path.join(data, "tabular/bike_sharing/hour.csv.gz"))
    features = ["season", "mnth", "hr", "holiday", "weekday", "workingday", "weathersit",
                "temp", "atemp", "hum", "windspeed"]
    early = hours["dteday"] < "2012-07-01"
    return [hours[early][features], hours[~early][features]], [hours[early]["cnt"], hours[~early]["cnt"]]


def sparkov(data):
    import pandas

    rows = pandas.read_csv(os.path.join(data, "fraud/sparkov_small/transactions.csv.gz"))
    when = pandas.to_datetime(rows["trans_date_trans_time"])
    rows["hour"] = when.dt.hour
    features = ["amt", "hour", "city_pop", "category", "gender", "state"]
    early = when < "2020-06-21 12:14:00"
    parts = share_categories(rows[early][features].copy(), rows[~early][features].copy())
    return parts, [rows[early]["is_fraud"], rows[~early]["is_fraud"]]


def share_categories(training, test):
    import pandas

    for name in training.columns:
        if pandas.api.types.is_numeric_dtype(training[name]):
            continue
        categories = training[name].astype("category").cat.categories
        training[name] = pandas.Categorical(training[name], categories=categories)
        test[name] = pandas.Categorical(test[name], categories=categories)
    return [training, test]


def classify(features, targets):
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.metrics import average_precision_score, log_loss, roc_auc_score

    def scores(model):
        model.fit(features[0], targets[0])
        probability = model.predict_proba(features[1])[:, 1].astype(np.float64)
        return {
            "roc_auc": roc_auc_score(targets[1], probability),
            "average_precision": average_precision_score(targets[1], probability),
            "log_loss": log_loss(targets[1], probability),
        }

    return {
        "xgboost": scores(xgboost.XGBClassifier(**xgboost_settings())),
        "scikit-learn": scores(HistGradientBoostingClassifier(**scikit_settings())),
    }


def regress(features, targets):
    from sklearn.ensemble import HistGradientBoostingRegressor

    def rmse(model):
        model.fit(features[0], targets[0])
        return {"rmse": float(np.sqrt(np.mean((model.predict(features[1]) - targets[1]) ** 2)))}

    return {
        "xgboost": rmse(xgboost.XGBRegressor(**xgboost_settings())),
        "scikit-learn": rmse(HistGradientBoostingRegressor(**scikit_settings())),
    }


def xgboost_settings():
    return {
        "n_estimators": 100, "learning_rate": 0.1, "grow_policy": "lossguide", "max_leaves": 31,
        "max_depth": 0, "max_bin": 255, "tree_method": "hist", "enable_categorical": True, "n_jobs": 1,
    }


def scikit_settings():
    return {
        "max_iter": 100, "learning_rate": 0.1, "max_leaf_nodes": 31, "l2_regularization": 1,
        "early_stopping": False, "categorical_features": "from_dtype", "random_state": 1,
    }


if sys.argv[1] == "time":
    print(json.dumps(measure_time(sys.argv[2], *map(int, sys.argv[3:7]))))
else:
    print(json.dumps(measure_quality(sys.argv[2]), indent=2))
