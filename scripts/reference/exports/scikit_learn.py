"""scikit-learn through skl2onnx."""

import skl2onnx
import sklearn

from exports import scikit_learn_columns, scikit_learn_matrix
from exports.collection import Collection

VERSIONS = {"scikit-learn": sklearn.__version__, "skl2onnx": skl2onnx.__version__}


def export_all(folder):
    collection = Collection(folder, "scikit-learn", VERSIONS)
    scikit_learn_matrix.export_all(collection)
    scikit_learn_columns.export_all(collection)
    collection.finish()
