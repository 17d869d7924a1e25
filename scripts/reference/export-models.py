"""Real exports of real frameworks, each with the framework's own predictions, for
test/reference/python-models.test.ts.

    export-models.py FOLDER [--frameworks NAME …] [--require NAME …] [--pytorch-python PATH]

Writes FOLDER/index.json (models, what was skipped and why) and, for each model, the ONNX file, the rows it is
scored on, the framework's predictions and those of onnxruntime in Python. Each framework runs in a process of its
own: one that is not installed, takes longer than its time limit or crashes is skipped, and index.json says so; the
exit code is 1 when one of those named by --require is. PyTorch may have an interpreter of its own
(--pytorch-python), which needs torch and numpy.

Needs what requirements-models.txt lists.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

FRAMEWORKS = {
    "scikit-learn": "exports.scikit_learn",
    "lightgbm": "exports.lightgbm_models",
    "xgboost": "exports.xgboost_models",
    "catboost": "exports.catboost_models",
    "pytorch": "exports.pytorch_models",
    "tensorflow": "exports.tensorflow_models",
}
SECONDS = 120
AT_ONCE = 2
# One thread: the same models each time, and no two libraries of OpenMP that wait for each other.
THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--frameworks", nargs="+", choices=list(FRAMEWORKS), default=list(FRAMEWORKS))
    parser.add_argument("--require", nargs="+", choices=list(FRAMEWORKS), default=[])
    parser.add_argument("--pytorch-python", default=sys.executable)
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    os.makedirs(arguments.folder, exist_ok=True)
    if arguments.alone:
        importlib.import_module(FRAMEWORKS[arguments.alone]).export_all(arguments.folder)
        return 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        parts = list(pool.map(lambda name: make_part(name, arguments), arguments.frameworks))
    index = {
        "python": ".".join(map(str, sys.version_info[:3])),
        "frameworks": [{key: part[key] for key in part if key not in ("models", "failures")} for part in parts],
        "failures": [failure for part in parts for failure in part.get("failures", [])],
        "models": finish_models(arguments.folder, [model for part in parts for model in part.get("models", [])]),
    }
    with open(os.path.join(arguments.folder, "index.json"), "w") as file:
        json.dump(index, file, indent=1)
    for part in parts:
        said = part.get("skipped") or f"{len(part['models'])} models in {part['seconds']} s"
        print(f"{part['framework']}: {said}")
    for failure in index["failures"]:
        print(f"{failure['name']} could not be made: {failure['reason']}")
    return int(any("skipped" in part and part["framework"] in arguments.require for part in parts))


def make_part(name, arguments):
    """What a framework's own process wrote, or why it was skipped."""
    python = arguments.pytorch_python if name == "pytorch" else sys.executable
    command = [python, "-W", "ignore", __file__, arguments.folder, "--alone", name]
    started = time.monotonic()
    try:
        run = subprocess.run(
            command,
            env=os.environ | THREADS,
            timeout=SECONDS,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        return {"framework": name, "skipped": f"took longer than {SECONDS} seconds"}
    except OSError as error:
        return {"framework": name, "skipped": f"its Python cannot be started: {error.strerror}"}
    if run.returncode != 0:
        words = run.stderr.strip().split("\n")[-1]
        return {"framework": name, "skipped": f"ended with code {run.returncode}: {words[:300]}"}
    with open(os.path.join(arguments.folder, name, "part.json")) as file:
        part = json.load(file)
    return part | {"seconds": round(time.monotonic() - started, 1)}


def finish_models(folder, models):
    """Moves weights out where that was asked for, and adds what onnxruntime answers in Python."""
    try:
        from exports.onnxruntime_answers import add_answers
    except ImportError as error:
        print(f"onnxruntime in Python was not asked: {error}")
        # External data are written by the package onnx, which is missing as well then.
        return [model for model in models if not model["external"]]
    return [add_answers(folder, model) for model in models]


if __name__ == "__main__":
    sys.exit(main())
