import type { RowSource } from '../../core/data/row-source.ts';
import { bindInputs } from '../../core/scoring/bind-inputs.ts';
import type { InputBinding } from '../../core/scoring/binding.ts';
import { chooseOutput, type OutputPlan } from '../../core/scoring/choose-output.ts';
import type { ScoreRequest } from '../../ports/scorer.ts';
import type { OpenModel } from './model-file.ts';

export type PlanRequest = Pick<ScoreRequest, 'task' | 'target'> & {
  readonly columns: RowSource['columns'];
  readonly classes: readonly string[];
};

export type ScoringPlan = {
  readonly binding: InputBinding;
  readonly output: OutputPlan;
  /** Classes that scores are wanted of; empty for predictions. */
  readonly classes: readonly string[];
};

/** How a model is fed and read. @throws InputError when it cannot be. */
export function planScoring(open: OpenModel, request: PlanRequest): ScoringPlan {
  const isClassified = request.task !== 'regression' && request.task !== 'ranking';
  const classes = isClassified ? request.classes : [];
  const binding = bindModel(open, request);
  return { binding, output: readOutputs(open, { task: request.task, classes, binding }), classes };
}

/** @throws InputError with both lists side by side. */
export function bindModel(open: OpenModel, request: Pick<PlanRequest, 'columns' | 'target'>): InputBinding {
  const { description, file } = open;
  return bindInputs({
    signature: description.signature,
    columns: request.columns,
    hints: description.inputHints,
    model: file.name,
    ...(request.target === undefined ? {} : { target: request.target }),
  });
}

function readOutputs(
  open: OpenModel,
  { task, classes, binding }: Pick<PlanRequest, 'task' | 'classes'> & Pick<ScoringPlan, 'binding'>,
): OutputPlan {
  const { description, file } = open;
  return chooseOutput({
    signature: description.signature,
    task,
    classes,
    hints: description.outputHints,
    ...(description.classes ? { modelClasses: description.classes } : {}),
    ...(binding.batch === undefined ? {} : { batch: binding.batch }),
    model: file.name,
  });
}
