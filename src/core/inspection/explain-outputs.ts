import type { Task } from '../configuration/configuration.ts';
import type { ModelSignature } from '../documents/training.ts';
import { InputError } from '../errors.ts';
import type { ContractValue, ModelContract } from '../onnx/model-contract.ts';
import { chooseOutput } from '../scoring/choose-output.ts';
import type { OutputReading } from './inspection.ts';

/** Which outputs a comparison for a task would read, or why it would refuse them. */
export function explainOutputs(contract: ModelContract, task: Task, name: string): OutputReading {
  const { classes } = contract;
  if (task === 'multiclass-classification' && classes === undefined) {
    return { task, refusal: 'the model does not name its classes; the data that it is judged on would' };
  }
  // Two classes are read alike, whatever they are called.
  const wanted = classes ?? (task === 'binary-classification' ? ['0', '1'] : []);
  try {
    const plan = chooseOutput({
      signature: signatureOf(contract),
      task,
      classes: wanted,
      ...(classes === undefined ? {} : { modelClasses: classes }),
      model: name,
    });
    return {
      task,
      values: plan.values,
      as: LAYOUTS[plan.layout.kind],
      ...(plan.labels === undefined ? {} : { labels: plan.labels }),
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { task, refusal: error.message };
  }
}

const LAYOUTS = {
  predictions: 'predictions',
  'positive-only': 'probabilities of the positive class',
  classes: 'probabilities of the classes',
} as const;

/** Inputs that have to be fed and outputs as tensors; what ZipMap makes is read as the matrix it is made of. */
export function signatureOf(contract: ModelContract): ModelSignature {
  return {
    inputs: contract.inputs.filter(({ required }) => required).map(tensorOf),
    outputs: contract.outputs.map((output) => {
      if (!isZipMapOutput(output)) return tensorOf(output);
      return { name: output.name, type: 'float', shape: [null, contract.classes?.length ?? null] };
    }),
  };
}

/** One map from class to probability for each row. */
export function isZipMapOutput({ type }: ContractValue): boolean {
  return type === 'sequence of map of int64 to float' || type === 'sequence of map of string to float';
}

function tensorOf({ name, type, shape }: ContractValue): ModelSignature['inputs'][number] {
  return { name, type, shape: [...(shape ?? [null])] };
}
