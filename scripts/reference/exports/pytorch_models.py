"""PyTorch through torch.onnx. Needs nothing but PyTorch and NumPy, so that it can run on an interpreter of its own."""

import io

import numpy as np
import torch
from torch import nn

from exports.collection import Collection
from exports.rows import GRADES, matrix, training_rows

VERSIONS = {"PyTorch": torch.__version__}
NUMBERS = ("amount", "age", "tenure", "member")
SCALE = (100.0, 50.0, 20.0, 1.0)
HALF_REASON = "the input is float16, the rest float32"


class Network(nn.Module):
    """A small network on scaled numbers."""

    def __init__(self, outputs):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(len(NUMBERS), 16), nn.ReLU(), nn.Linear(16, outputs))
        self.register_buffer("scale", torch.tensor(SCALE))

    def forward(self, numbers):
        return self.layers(numbers / self.scale)


class Ending(nn.Module):
    """A network as it is exported: with what is done to its last layer, or to its input."""

    def __init__(self, network, after=lambda values: values, before=lambda values: values):
        super().__init__()
        self.network = network
        self.after = after
        self.before = before

    def forward(self, numbers):
        return self.after(self.network(self.before(numbers)))


class Several(nn.Module):
    """Gives the last hidden layer too, before the answer."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, numbers):
        hidden = self.network.layers[:2](numbers / self.network.scale)
        return hidden, torch.sigmoid(self.network.layers[2](hidden))


class Embedding(nn.Module):
    """One input for each column; the whole number is looked up, as categories are in tabular networks."""

    def __init__(self):
        super().__init__()
        self.ages = nn.Embedding(100, 3)
        self.layers = nn.Sequential(nn.Linear(5, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, amount, age, member):
        return self.layers(torch.cat([amount / 100, member, self.ages(age).squeeze(1)], 1))


def export_all(folder):
    collection = Collection(folder, "pytorch", VERSIONS)
    # One thread and a seed: the same weights each time.
    torch.set_num_threads(1)
    torch.manual_seed(1)
    training, targets = training_rows()
    numbers = torch.tensor(matrix(training, NUMBERS), dtype=torch.float32)
    late = torch.tensor(targets["late"], dtype=torch.float32).unsqueeze(1)
    grade = torch.tensor([GRADES.index(value) for value in targets["grade"]])
    spend = torch.tensor(targets["spend"], dtype=torch.float32).unsqueeze(1)
    binary = fit(Network(1), [numbers], late, nn.BCEWithLogitsLoss())
    grades = fit(Network(3), [numbers], grade, nn.CrossEntropyLoss())
    two = fit(Network(2), [numbers], late.squeeze(1).long(), nn.CrossEntropyLoss())
    line = fit(Network(1), [numbers], spend, nn.MSELoss())
    binary_models(collection, binary)
    class_models(collection, grades, two)
    shapes(collection, binary, grades)
    regressions(collection, line)
    several_inputs(collection, training, late)
    collection.finish()


def fit(model, inputs, target, loss):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(150):
        optimizer.zero_grad()
        loss(model(*inputs), target).backward()
        optimizer.step()
    return model.eval()


def binary_models(collection, network):
    flat = lambda values: values.squeeze(1)
    binary = {"task": "binary-classification", "classes": ["0", "1"], "answer": two_sided(network)}
    add(collection, "sigmoid", "a probability [N, 1]", Ending(network, torch.sigmoid), "probability", **binary)
    add(
        collection,
        "sigmoid-flat",
        "a probability [N]",
        Ending(network, lambda values: flat(torch.sigmoid(values))),
        "probability",
        **binary,
    )
    add(collection, "logit", "a logit [N, 1], no sigmoid", Ending(network), "logits", **binary)
    add(collection, "logit-flat", "a logit [N], no sigmoid", Ending(network, flat), "logits", **binary)
    add(
        collection, "logit-plain-name", "a logit [N, 1] in an output called output", Ending(network), "output", **binary
    )


def class_models(collection, grades, two):
    softmax = lambda values: torch.softmax(values, 1)
    multiclass = {"task": "multiclass-classification", "classes": list(GRADES), "answer": Ending(grades, softmax)}
    add(collection, "softmax", "probabilities [N, 3]", Ending(grades, softmax), "probabilities", **multiclass)
    add(collection, "logits", "logits [N, 3], no softmax", Ending(grades), "logits", **multiclass)
    binary = {"task": "binary-classification", "classes": ["0", "1"], "answer": Ending(two, softmax)}
    add(collection, "logits-two-classes", "logits [N, 2], no softmax", Ending(two), "logits", **binary)


def shapes(collection, binary, grades):
    sigmoid = {"task": "binary-classification", "classes": ["0", "1"], "answer": two_sided(binary)}
    for batch in (1, 7, 32):
        add(
            collection,
            f"fixed-batch-{batch}",
            f"a fixed batch of {batch}",
            Ending(binary, torch.sigmoid),
            "probability",
            batch=batch,
            **sigmoid,
        )
    add(
        collection,
        "external-data",
        "weights in a file of their own",
        Ending(binary, torch.sigmoid),
        "probability",
        external=True,
        **sigmoid,
    )
    # Amounts are multiples of 1/8 up to 4096, which float16 rounds: PyTorch is given the rounded ones as well.
    half = Ending(binary, torch.sigmoid, lambda values: values.float())
    add(
        collection,
        "float16",
        "one float16 matrix",
        half,
        "probability",
        dtype=torch.float16,
        reason=HALF_REASON,
        **sigmoid,
    )
    add(
        collection,
        "several-outputs",
        "a hidden layer [N, 16], then a probability [N, 1]",
        Several(binary),
        "probability",
        outputs=["hidden", "probability"],
        **sigmoid,
    )


def regressions(collection, line):
    answer = Ending(line, lambda values: values.squeeze(1))
    add(collection, "regression", "prediction [N, 1]", Ending(line), "prediction", task="regression", answer=answer)
    add(collection, "regression-flat", "prediction [N]", answer, "prediction", task="regression", answer=answer)


def several_inputs(collection, training, late):
    model = fit(Embedding(), column_tensors(training), late, nn.BCEWithLogitsLoss())
    scored = column_tensors(collection.columns)
    names = ["amount", "age", "member"]
    collection.attempt(
        "columns-embedding",
        lambda collection: collection.add(
            "columns-embedding",
            "one input for each column, float and int64, a logit [N, 1]",
            model=exported(model, tuple(scored), names, ["logit"]),
            features=names,
            task="binary-classification",
            classes=["0", "1"],
            predictions=run(two_sided(model), *scored),
            feeds={name: tensor.numpy() for name, tensor in zip(names, scored)},
        ),
    )


def column_tensors(columns):
    types = {"amount": np.float32, "age": np.int64, "member": np.float32}
    return [torch.tensor(matrix(columns, [name], dtype)) for name, dtype in types.items()]


def two_sided(network):
    """Both probabilities of a network that gives a logit."""

    def answer(*inputs):
        positive = torch.sigmoid(network(*inputs).double())
        return torch.cat([1 - positive, positive], 1)

    return answer


def run(model, *inputs):
    with torch.no_grad():
        return model(*inputs).numpy()


def exported(model, inputs, names, outputs, batch=None):
    """The bytes of the model; the first dimension of inputs and outputs is open unless a batch is given."""
    shown = tuple(tensor[: batch or 2] for tensor in inputs)
    open_rows = None if batch else {name: {0: "batch"} for name in (*names, *outputs)}
    file = io.BytesIO()
    torch.onnx.export(
        model,
        shown,
        file,
        input_names=list(names),
        output_names=list(outputs),
        dynamic_axes=open_rows,
        opset_version=16,
    )
    return file.getvalue()


def add(
    collection,
    name,
    convention,
    model,
    output,
    *,
    task,
    answer,
    classes=None,
    outputs=None,
    dtype=torch.float32,
    batch=None,
    **rest,
):
    def export(collection):
        scored = torch.tensor(matrix(collection.columns, NUMBERS)).to(dtype)
        collection.add(
            name,
            f"one matrix, {convention}" if "matrix" not in convention else convention,
            model=exported(model.eval(), (scored,), ["numbers"], outputs or [output], batch),
            features=NUMBERS,
            task=task,
            classes=classes,
            predictions=run(answer, scored.float()),
            feeds={"numbers": scored.numpy()},
            batch=batch,
            **rest,
        )

    collection.attempt(name, export)
