"""TensorFlow: Keras's own export, and tf2onnx for a function of several inputs."""

import os

# No search for a graphics card, and no advice on how to build TensorFlow.
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow
import tf2onnx
from keras import layers

from exports.collection import Collection
from exports.rows import GRADES, matrix, training_rows

VERSIONS = {"TensorFlow": tensorflow.__version__, "Keras": keras.__version__, "tf2onnx": tf2onnx.__version__}
NUMBERS = ("amount", "age", "tenure", "member")
OTHERS = ("member", "urban")
REASON = "both compute in float32 and add up in another order"
SCALE = [1 / 100, 1 / 50, 1 / 20, 1]


def export_all(folder):
    collection = Collection(folder, "tensorflow", VERSIONS)
    keras.utils.set_random_seed(1)
    training, targets = training_rows()
    numbers = matrix(training, NUMBERS, np.float32)
    grade = np.searchsorted(GRADES, targets["grade"].astype(str))
    sigmoid = fit(network(1, "sigmoid"), numbers, targets["late"], "binary_crossentropy")
    softmax = fit(network(3, "softmax"), numbers, grade, "sparse_categorical_crossentropy")
    line = fit(network(1, None), numbers, targets["spend"], "mean_squared_error")
    add(collection, "sigmoid", "a probability [N, 1]", sigmoid, "binary-classification", ["0", "1"])
    add(collection, "softmax", "probabilities [N, 3]", softmax, "multiclass-classification", list(GRADES))
    add(collection, "regression", "prediction [N, 1]", line, "regression")
    several_inputs(collection, training, targets)
    collection.finish()


def network(outputs, activation):
    given = layers.Input((len(NUMBERS),), name="numbers")
    hidden = layers.Dense(16, activation="relu")(layers.Rescaling(SCALE)(given))
    return keras.Model(given, layers.Dense(outputs, activation=activation, name="answer")(hidden))


def fit(model, inputs, target, loss):
    model.compile("adam", loss)
    model.fit(inputs, target, epochs=5, batch_size=100, verbose=0, shuffle=False)
    return model


def add(collection, name, convention, model, task, classes=None):
    def export(collection):
        scored = matrix(collection.columns, NUMBERS, np.float32)
        answers = np.asarray(model(scored), dtype=np.float64)
        collection.add(
            name,
            f"one float matrix, {convention}",
            model=lambda path: model.export(path, format="onnx", verbose=False),
            features=NUMBERS,
            task=task,
            classes=classes,
            predictions=in_both_classes(answers) if name == "sigmoid" else answers.squeeze(),
            feeds={"numbers": scored},
            reason=REASON,
        )

    collection.attempt(name, export)


def several_inputs(collection, training, targets):
    """Two named matrices, as functional models take them, through tf2onnx."""
    numbers = layers.Input((2,), name="numbers")
    flags = layers.Input((2,), name="flags")
    together = layers.Concatenate()([layers.Rescaling(SCALE[:2])(numbers), flags])
    hidden = layers.Dense(16, activation="relu")(together)
    model = keras.Model([numbers, flags], layers.Dense(1, activation="sigmoid")(hidden))
    fit(model, groups(training), targets["late"], "binary_crossentropy")

    def export(collection):
        scored = groups(collection.columns)
        shape = (None, 2)
        function = tensorflow.function(
            lambda numbers, flags: {"probability": model([numbers, flags])},
            input_signature=[
                tensorflow.TensorSpec(shape, tensorflow.float32, name=name) for name in ("numbers", "flags")
            ],
        )
        onnx, _ = tf2onnx.convert.from_function(function, function.input_signature, opset=17)
        collection.add(
            "grouped",
            "grouped inputs: two float matrices [N, 2], a probability [N, 1]",
            model=onnx,
            features=[*NUMBERS[:2], *OTHERS],
            task="binary-classification",
            classes=["0", "1"],
            predictions=in_both_classes(np.asarray(model(scored), dtype=np.float64)),
            feeds=dict(zip(("numbers", "flags"), scored)),
            reason=REASON,
        )

    collection.attempt("grouped", export)


def groups(columns):
    return [matrix(columns, NUMBERS[:2], np.float32), matrix(columns, OTHERS, np.float32)]


def in_both_classes(positive):
    return np.column_stack([1 - positive, positive])
