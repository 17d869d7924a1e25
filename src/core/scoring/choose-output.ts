import type { Task } from '../configuration/configuration.ts';
import type { ModelSignature } from '../documents/training.ts';
import { InputError } from '../errors.ts';
import { logLine } from '../report/log-text.ts';
import { findClass, sortClasses } from './match-classes.ts';
import type { OutputHint } from './output-hints.ts';
import { describeTensor, quote } from './tensor-text.ts';

/** Which outputs of a model hold the answer, and how their values become scores in the order asked for. */
export type OutputPlan = {
  /** The output with probabilities or predictions, or one output for each class in the order asked for. */
  readonly values: readonly string[];
  /** Output with the model's own decisions, when it has one. */
  readonly labels?: string;
  readonly layout: OutputLayout;
  /** `linear`: logits of a network's last layer. `unknown`: the values tell. */
  readonly scale: OutputHint['scale'];
  /** Outputs that could have been read instead. */
  readonly passedOver?: readonly string[];
};

export type OutputLayout =
  /** One prediction for each row. */
  | { readonly kind: 'predictions' }
  /** One value for each row: of the second class that the model names, which `isOther` says is not the positive one. */
  | { readonly kind: 'positive-only'; readonly isOther?: boolean }
  /**
   * `width` values for each row, one for each class the model knows; `order[i]` is the position among them of
   * class i of the request. `isAssumed`: the model names no classes, and the order is that of sorted names.
   */
  | {
      readonly kind: 'classes';
      readonly width: number;
      readonly order: readonly number[];
      readonly isAssumed: boolean;
    };

export type OutputRequest = {
  readonly signature: ModelSignature;
  readonly task: Task;
  /** Classes of the target in the order scores are wanted; the positive class is last. */
  readonly classes: readonly string[];
  readonly hints?: ReadonlyMap<string, OutputHint>;
  /** Classes that the model names anywhere, in the order of its probabilities. */
  readonly modelClasses?: readonly string[];
  /** Rows that the model takes at once, when that is fixed. */
  readonly batch?: number;
  readonly model: string;
};

type Tensor = ModelSignature['outputs'][number];

const FLOATS = ['float', 'double', 'float16'];
const WHOLE = ['int64', 'int32', 'int16', 'int8', 'uint64', 'uint32', 'uint16', 'uint8'];
const LABEL_TYPES = [...WHOLE, 'string', 'bool'];

/** @throws InputError naming what the model gives when none of it is a score. */
export function chooseOutput(request: OutputRequest): OutputPlan {
  const all = request.signature.outputs.map((output) => withRows(output, request));
  const own = all.filter(({ name }) => !hintOf(request, name)?.isEcho);
  // A model of echoes alone may well predict that nothing changes.
  const outputs = own.length > 0 ? own : all;
  return request.task === 'regression' || request.task === 'ranking'
    ? choosePrediction(outputs, request)
    : chooseScores(outputs, request);
}

/** A model of one row may give its values without an axis for rows. */
function withRows(output: Tensor, { batch }: OutputRequest): Tensor {
  const [size] = output.shape;
  const isRow = batch === 1 && output.shape.length === 1 && typeof size === 'number' && size > 1;
  return isRow ? { ...output, shape: [1, size] } : output;
}

/** What predictions are called, the likeliest first. */
const PREDICTION_NAMES = [/^variable$/i, /pred/i, /score/i, /^(y|y_?hat|target)$/i, /out/i];

/** What stands beside an answer and is none. */
const SIDE_NAMES =
  /std|stdev|sigma|var(iance)?\b|lower|upper|interval|uncertain|shap|importance|hidden|embed/i;

/** Outputs that could be the answer, without those whose names say that they are not, if any others are left. */
function withoutSides(outputs: readonly Tensor[]): readonly Tensor[] {
  const answers = outputs.filter(({ name }) => !SIDE_NAMES.test(name));
  return answers.length > 0 ? answers : outputs;
}

/** Names of the outputs that could have been read too. */
function passedOver(candidates: readonly Tensor[], chosen: Tensor): Pick<OutputPlan, 'passedOver'> {
  const others = candidates.filter((output) => output !== chosen).map(({ name }) => name);
  return others.length === 0 ? {} : { passedOver: others };
}

function choosePrediction(outputs: readonly Tensor[], request: OutputRequest): OutputPlan {
  const single = outputs.filter((output) => widthOf(output) !== 'many');
  const floats = single.filter(({ type }) => FLOATS.includes(type));
  const candidates = floats.length > 0 ? floats : single.filter(({ type }) => WHOLE.includes(type));
  const output = pickByName(withoutSides(candidates), PREDICTION_NAMES);
  if (output === undefined) throw refuse(request, 'no output with one number for each row');
  return {
    values: [output.name],
    layout: { kind: 'predictions' },
    scale: 'unknown',
    ...passedOver(candidates, output),
  };
}

/** What probabilities and scores of classes are called, the likeliest first. */
const SCORE_NAMES = [/prob/i, /softmax|sigmoid/i, /score/i, /logit/i, /pred|out/i];

function chooseScores(outputs: readonly Tensor[], request: OutputRequest): OutputPlan {
  const byClass = chooseByClass(outputs, request);
  if (byClass) return byClass;
  const floats = outputs.filter(({ type }) => FLOATS.includes(type));
  const candidates = floats.filter((output) => couldHold(output, request));
  const fitting = withoutSides(candidates);
  const named = fitting.filter(({ name }) => hintOf(request, name)?.scale === 'probability');
  const byName = pickByName(fitting, SCORE_NAMES.slice(0, 1), false);
  const values = byName ?? named[0] ?? pickByName(fitting, SCORE_NAMES) ?? floats[0];
  if (values === undefined) throw refuse(request, 'no output with scores of the classes as float numbers');
  const labels = findLabels(outputs, values);
  const layout = layoutOf(values, request, labels);
  const scale = hintOf(request, values.name)?.scale ?? 'unknown';
  return {
    values: [values.name],
    ...(labels ? { labels: labels.name } : {}),
    layout,
    scale,
    ...passedOver(candidates, values),
  };
}

/** The decisions: one label for each row, whatever the shape that converters declare for it. */
function findLabels(outputs: readonly Tensor[], values: Tensor | undefined): Tensor | undefined {
  const labels = outputs.filter(
    (output) => output !== values && LABEL_TYPES.includes(output.type) && widthOf(output) !== 'many',
  );
  return pickByName(labels, [/label/i, /class/i, /pred/i]);
}

/**
 * One output for each class, as skl2onnx writes with `zipmap='columns'`: called `i` and the number, or `s` and
 * the text of the class.
 */
function chooseByClass(outputs: readonly Tensor[], request: OutputRequest): OutputPlan | undefined {
  const floats = outputs.filter(({ type, shape }) => FLOATS.includes(type) && shape.length <= 1);
  if (floats.length < 2 || floats.length !== outputs.filter(({ type }) => FLOATS.includes(type)).length)
    return undefined;
  const isNumbered = floats.every(({ name }) => /^i-?\d+$/.test(name));
  if (!isNumbered && !floats.every(({ name }) => name.startsWith('s'))) return undefined;
  const names = floats.map(({ name }) => name.slice(1));
  const order = orderBy(names, request);
  const labels = findLabels(outputs, undefined);
  return {
    values: floats.map(({ name }) => name),
    ...(labels ? { labels: labels.name } : {}),
    layout: { kind: 'classes', width: names.length, order, isAssumed: false },
    scale: 'unknown',
  };
}

function layoutOf(values: Tensor, request: OutputRequest, labels: Tensor | undefined): OutputLayout {
  const { classes } = request;
  const known = classesFor(values, request, labels);
  if (widthOf(values) === 'one') {
    if (classes.length === 2) {
      const isOther = known?.length === 2 && orderBy(known, request)[1] === 0;
      return { kind: 'positive-only', ...(isOther ? { isOther } : {}) };
    }
    throw refuse(request, `one score for each row, but the target has ${classes.length} classes`);
  }
  const declared = values.shape.length === 2 ? values.shape[1] : undefined;
  if (typeof declared === 'number' && declared > 0 && declared !== (known?.length ?? classes.length)) {
    throw refuse(request, `${declared} scores for each row, but the target has ${classes.length} classes`);
  }
  const names = known ?? sortClasses(classes);
  return {
    kind: 'classes',
    width: names.length,
    order: orderBy(names, request),
    isAssumed: known === undefined,
  };
}

/**
 * What names the classes of an output: its maps, else what the label is picked from (inside a model classes may be
 * mere positions), else the operators behind the output, else the model as a whole.
 */
function classesFor(
  values: Tensor,
  request: OutputRequest,
  labels: Tensor | undefined,
): readonly string[] | undefined {
  const own = hintOf(request, values.name);
  const ofLabels = labels && hintOf(request, labels.name)?.classes;
  const known = own?.isMap ? [own.classes, ofLabels] : [ofLabels, own?.classes];
  return known.find((names) => names !== undefined && names.length > 1) ?? request.modelClasses;
}

/** Position of each class of the request among the names, by label and never by place. */
function orderBy(names: readonly string[], request: OutputRequest): readonly number[] {
  const order = request.classes.map((name) => {
    const position = findClass(name, names);
    if (position !== undefined) return position;
    throw refuse(
      request,
      `scores of the classes ${names.slice(0, 20).map(quote).join(', ')}, but the data have the class ${quote(name)}`,
    );
  });
  if (new Set(order).size === order.length) return order;
  throw refuse(
    request,
    `scores of the classes ${names.map(quote).join(', ')}, of which one is two in the data`,
  );
}

function pickByName(
  candidates: readonly Tensor[],
  patterns: readonly RegExp[],
  orFirst = true,
): Tensor | undefined {
  for (const pattern of patterns) {
    const found = candidates.find(({ name }) => pattern.test(name));
    if (found) return found;
  }
  return orFirst ? candidates[0] : undefined;
}

function couldHold(output: Tensor, { classes, modelClasses }: OutputRequest): boolean {
  if (widthOf(output) === 'one') return classes.length === 2;
  const declared = output.shape.length === 2 ? output.shape[1] : undefined;
  return typeof declared !== 'number' || declared === classes.length || declared === modelClasses?.length;
}

/** By what is declared, which can be wrong about the number of rows. */
function widthOf({ shape }: Tensor): 'one' | 'many' {
  if (shape.length <= 1) return 'one';
  return shape.slice(1).every((size) => size === 1) ? 'one' : 'many';
}

function hintOf({ hints }: OutputRequest, name: string): OutputHint | undefined {
  return hints?.get(name);
}

/** Outputs that a message lists. */
const MOST_LISTED = 20;

function refuse(request: OutputRequest, problem: string): InputError {
  const { outputs } = request.signature;
  const given = outputs
    .slice(0, MOST_LISTED)
    .map((output) => `${logLine(output.name, 60)}: ${output.type} ${describeTensor(output)}`);
  const more = outputs.length > given.length ? ` and ${outputs.length - given.length} more` : '';
  return new InputError(
    `${request.model} gives ${problem}; its outputs are ${given.join(', ') || 'none'}${more}`,
  );
}
