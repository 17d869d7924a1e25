"""Scores the rows that Contender hands over with the pickle it names: one probability of fraud for each id.

A pickle runs code when it is loaded. Contender never opens it: this command does, in an environment without tokens.
"""

import os
import pickle

import pandas


def main():
    with open(os.environ["CONTENDER_MODEL_PATH"], "rb") as file:
        model = pickle.load(file)
    # The id is read as text: a long number must come back digit by digit.
    rows = pandas.read_csv(os.environ["CONTENDER_HOLDOUT_DATA"], dtype={"trans_num": str})
    probability = model.predict_proba(rows)[:, list(model.classes_).index(1)]
    scores = pandas.DataFrame({"trans_num": rows["trans_num"], "probability": probability})
    scores.to_csv(os.environ["CONTENDER_SCORES_PATH"], index=False)


if __name__ == "__main__":
    main()
