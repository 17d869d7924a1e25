import type { Task } from '../configuration/configuration.ts';
import type { ColumnDescription } from '../data/table.ts';
import { bindInputs } from './bind-inputs.ts';
import type { InputBinding } from './binding.ts';
import { chooseOutput, type OutputPlan } from './choose-output.ts';
import type { ModelDescription } from './describe-model.ts';

export type PlanRequest = {
  readonly task: Task;
  readonly columns: readonly ColumnDescription[];
  /** Classes that scores are wanted of; absent: those the model names. */
  readonly classes?: readonly string[];
  readonly target?: string;
  /** How messages call the model. */
  readonly model: string;
};

export type ScoringPlan = {
  readonly binding: InputBinding;
  readonly output: OutputPlan;
  /** Classes that scores are wanted of; empty for predictions. */
  readonly classes: readonly string[];
};

/** How a model is fed and read. @throws InputError when it cannot be. */
export function planScoring(description: ModelDescription, request: PlanRequest): ScoringPlan {
  const binding = planInputs(description, request);
  const isClassified = request.task !== 'regression' && request.task !== 'ranking';
  const classes = isClassified ? (request.classes ?? description.classes ?? []) : [];
  return { binding, output: planOutputs(description, { ...request, classes, binding }), classes };
}

/** @throws InputError with both lists side by side. */
export function planInputs(
  { signature, inputHints }: ModelDescription,
  { columns, target, model }: Pick<PlanRequest, 'columns' | 'target' | 'model'>,
): InputBinding {
  return bindInputs({
    signature,
    columns,
    hints: inputHints,
    model,
    ...(target === undefined ? {} : { target }),
  });
}

/** @throws InputError naming what the model gives. */
export function planOutputs(
  { signature, outputHints, classes: modelClasses }: ModelDescription,
  request: {
    readonly task: Task;
    readonly classes: readonly string[];
    readonly binding?: Pick<InputBinding, 'batch'>;
    readonly model: string;
  },
): OutputPlan {
  const { task, classes, binding, model } = request;
  return chooseOutput({
    signature,
    task,
    classes,
    hints: outputHints,
    ...(modelClasses ? { modelClasses } : {}),
    ...(binding?.batch === undefined ? {} : { batch: binding.batch }),
    model,
  });
}
