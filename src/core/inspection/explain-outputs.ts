import type { Task } from '../configuration/configuration.ts';
import { InputError } from '../errors.ts';
import type { ContractValue } from '../onnx/model-contract.ts';
import type { OutputPlan } from '../scoring/choose-output.ts';
import type { ModelDescription } from '../scoring/describe-model.ts';
import { planOutputs } from '../scoring/plan-scoring.ts';
import type { OutputReading } from './inspection.ts';

/** Which outputs a comparison for a task would read, or why it would refuse them. */
export function explainOutputs(description: ModelDescription, task: Task, name: string): OutputReading {
  const { classes } = description;
  if (task === 'multiclass-classification' && classes === undefined) {
    return { task, refusal: 'the model does not name its classes; the data that it is judged on would' };
  }
  // Two classes are read alike, whatever they are called.
  const wanted = classes ?? (task === 'binary-classification' ? ['0', '1'] : []);
  const isClassified = task !== 'regression' && task !== 'ranking';
  try {
    const plan = planOutputs(description, { task, classes: isClassified ? wanted : [], model: name });
    return {
      task,
      values: plan.values,
      as: describeLayout(plan),
      ...(plan.labels === undefined ? {} : { labels: plan.labels }),
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { task, refusal: error.message };
  }
}

function describeLayout({ layout, scale }: OutputPlan): string {
  if (layout.kind === 'predictions') return 'predictions';
  const what = scale === 'linear' ? 'logits' : scale === 'probability' ? 'probabilities' : 'scores';
  return layout.kind === 'positive-only' ? `${what} of the positive class` : `${what} of the classes`;
}

/** One map from class to probability for each row. */
export function isZipMapOutput({ type }: ContractValue): boolean {
  return type === 'sequence of map of int64 to float' || type === 'sequence of map of string to float';
}
