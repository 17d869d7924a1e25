import type { InputBinding } from './binding.ts';
import type { OutputPlan } from './choose-output.ts';
import type { ScoreScale } from './score-scale.ts';

/** How a model was fed and read, for people. */
export type BindingReport = {
  readonly by: InputBinding['by'];
  /** What is not obvious: conversions, rewritten outputs, a fixed batch, values taken for logits. */
  readonly notes: readonly string[];
};

export type BindingFacts = {
  readonly binding: InputBinding;
  /** Undefined where no task says what is to be read. */
  readonly plan?: OutputPlan;
  /** Undefined before anything was scored. */
  readonly scale?: ScoreScale;
  readonly zipMaps: readonly string[];
};

export function describeBinding({ binding, plan, scale, zipMaps }: BindingFacts): BindingReport {
  return {
    by: binding.by,
    notes: [
      ...inputNotes(binding),
      ...zipMaps.map(
        (output) => `the maps of the output ${output} (ZipMap) are read as the tensor behind them`,
      ),
      ...(plan ? outputNotes(plan) : []),
      ...scaleNotes(scale),
    ],
  };
}

function inputNotes({ inputs, batch }: InputBinding): string[] {
  const columns = inputs.flatMap((input) => input.columns.map((column) => ({ ...column, type: input.type })));
  const missing = columns.flatMap(({ name, missing: value, type }) => {
    if (typeof value === 'number' && !Number.isNaN(value)) return [`missing ${name} is fed as ${value}`];
    return type === 'string' && typeof value === 'string' && value !== ''
      ? [`missing ${name} is fed as ${JSON.stringify(value)}`]
      : [];
  });
  const spelled = columns.flatMap(({ name, spelling }) => {
    if (spelling === undefined) return [];
    if (spelling.kind === 'decimal') return [`${name} is written with .0, as the categories of the model`];
    return [
      `${name} is written as ${Object.values(spelling.words).join(' and ')}, as the categories of the model`,
    ];
  });
  const unfed = inputs.filter((input) => input.columns.length === 0).map(({ input }) => input);
  return [
    ...missing,
    ...spelled,
    ...(unfed.length > 0
      ? [`${unfed.join(', ')}: fed nothing but a default, since it is called after the target`]
      : []),
    ...(batch === undefined ? [] : [batchNote(batch)]),
  ];
}

function batchNote(batch: number): string {
  if (batch === 1)
    return 'the model takes one row at a time, which is slow; export it with a dynamic first dimension';
  return `the model takes ${batch} rows at a time; the last batch is filled up with copies of its last row`;
}

function outputNotes({ layout, values, passedOver = [] }: OutputPlan): string[] {
  const isAssumed = layout.kind === 'classes' && layout.isAssumed;
  return [
    ...(passedOver.length > 0
      ? [`the output ${values.join(', ')} is read, and not ${passedOver.slice(0, 10).join(', ')}`]
      : []),
    ...(isAssumed ? ['the model does not name its classes; they are taken in the order of their names'] : []),
    ...(layout.kind === 'positive-only' && layout.isOther
      ? ['its one score is of the other class and was turned round']
      : []),
  ];
}

function scaleNotes(scale: ScoreScale | undefined): string[] {
  if (scale === 'logit') return ['its scores are logits and were turned into probabilities'];
  if (scale === 'margin')
    return ['its scores are one margin and its mirror image, and were turned into probabilities'];
  return scale === 'share' ? ['its scores do not sum to one and were divided by their sum'] : [];
}
