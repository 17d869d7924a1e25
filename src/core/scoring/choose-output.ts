import type { Task } from '../configuration/configuration.ts';
import type { ModelSignature } from '../documents/training.ts';
import { InputError } from '../errors.ts';

/** Which outputs of a model hold the answer, and how its values become scores in the order asked for. */
export type OutputPlan = {
  /** Output with the probabilities or predictions. */
  readonly values: string;
  /** Output with the model's own decisions, when it has one. */
  readonly labels?: string;
  readonly layout:
    | { readonly kind: 'predictions' }
    /** One probability of the positive class for each row. */
    | { readonly kind: 'positive-only' }
    /**
     * `width` probabilities for each row, one for each class the model knows; `order[i]` is the position among
     * them of class i of the request.
     */
    | { readonly kind: 'classes'; readonly width: number; readonly order: readonly number[] };
};

export type OutputRequest = {
  readonly signature: ModelSignature;
  readonly task: Task;
  /** Classes of the target in the order scores are wanted; the positive class is last. */
  readonly classes: readonly string[];
  /** Classes in the order of the model's output, where the model names them. */
  readonly modelClasses?: readonly string[];
  readonly model: string;
};

type Tensor = ModelSignature['outputs'][number];

/** @throws InputError naming what the model gives when none of it is a score this version reads. */
export function chooseOutput(request: OutputRequest): OutputPlan {
  const floats = request.signature.outputs.filter(
    (output) => output.type === 'float' || output.type === 'double',
  );
  if (request.task === 'regression' || request.task === 'ranking') return choosePrediction(floats, request);
  const values = pickProbabilities(floats);
  if (values === undefined) throw refuse(request, 'no output with probabilities as a float tensor');
  const labels = request.signature.outputs.find(
    (output) =>
      output !== values && output.shape.length === 1 && (output.type === 'int64' || output.type === 'string'),
  );
  const layout = layoutOf(values, request);
  return { values: values.name, ...(labels ? { labels: labels.name } : {}), layout };
}

function choosePrediction(floats: readonly Tensor[], request: OutputRequest): OutputPlan {
  const output = floats.find((candidate) => candidate.shape.length <= 2 && widthOf(candidate) !== 'many');
  if (output === undefined) throw refuse(request, 'no output with one float prediction for each row');
  return { values: output.name, layout: { kind: 'predictions' } };
}

/** An output called after probabilities wins; else the only float output of rank 1 or 2. */
function pickProbabilities(floats: readonly Tensor[]): Tensor | undefined {
  const usable = floats.filter((output) => output.shape.length <= 2);
  return usable.find((output) => /prob/i.test(output.name)) ?? (usable.length === 1 ? usable[0] : undefined);
}

function layoutOf(values: Tensor, request: OutputRequest): OutputPlan['layout'] {
  const width = widthOf(values);
  const { classes, modelClasses } = request;
  if (width === 'one') {
    if (classes.length === 2) return { kind: 'positive-only' };
    throw refuse(request, `one probability for each row, but the target has ${classes.length} classes`);
  }
  const declared = values.shape[1];
  if (typeof declared === 'number' && declared !== (modelClasses?.length ?? classes.length)) {
    throw refuse(
      request,
      `${declared} probabilities for each row, but the target has ${classes.length} classes`,
    );
  }
  return { kind: 'classes', width: modelClasses?.length ?? classes.length, order: classOrder(request) };
}

/** By label where the model names its classes; else the sorted order that converters write. */
function classOrder(request: OutputRequest): readonly number[] {
  const order = request.modelClasses ?? sortClasses(request.classes);
  return request.classes.map((name) => {
    const position = order.indexOf(name);
    if (position >= 0) return position;
    throw refuse(request, `classes ${order.join(', ')}, but the data has the class ${JSON.stringify(name)}`);
  });
}

/** Numbers by value, else text by code unit: the order in which scikit-learn and its kin number classes. */
export function sortClasses(classes: readonly string[]): readonly string[] {
  const numeric = classes.every((name) => name.trim() !== '' && Number.isFinite(Number(name)));
  return [...classes].sort((left, right) => {
    if (numeric) return Number(left) - Number(right);
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

function widthOf(tensor: Tensor): 'one' | 'many' {
  if (tensor.shape.length <= 1) return 'one';
  return tensor.shape[1] === 1 ? 'one' : 'many';
}

function refuse(request: OutputRequest, problem: string): InputError {
  const given = request.signature.outputs.map(
    (output) => `${output.name}: ${output.type} [${output.shape.map((size) => size ?? '?').join(', ')}]`,
  );
  return new InputError(`${request.model} gives ${problem}; its outputs are ${given.join(', ') || 'none'}`);
}
