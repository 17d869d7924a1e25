import { DEFAULT_CONFIDENCE } from '../../core/comparison/defaults.ts';
import { TASKS, type Task } from '../../core/configuration/configuration.ts';
import type { CompletedComparison } from '../../core/documents/comparison.ts';
import { InputError } from '../../core/errors.ts';
import type { GroupDesign } from '../../core/planning/design-effect.ts';
import { type PlannedHoldout, type PlanRequest, planHoldout } from '../../core/planning/holdout-plan.ts';
import { readPilot } from '../../core/planning/pilot.ts';
import type { Files } from '../../ports/files.ts';
import type { Inputs } from '../inputs.ts';
import { readEvidence } from '../report/read-evidence.ts';
import { readDifference, readNumber } from './plan-inputs.ts';
import { findPlanned, readSpread, SPREAD_FLAGS } from './plan-spread.ts';

export type PlanPlace = { readonly workingDirectory: string; readonly files: Files };

/**
 * Plans a holdout from flags, or from an earlier comparison.
 * @param task as it was given, not yet checked.
 * @throws InputError for the first thing that is missing or wrong.
 */
export async function planHoldoutFrom(
  inputs: Inputs,
  task: string | undefined,
  place: PlanPlace,
): Promise<PlannedHoldout> {
  const evidence = inputs.list('evidence');
  const known =
    evidence.length > 0 ? await readKnown(inputs, evidence, place) : assume(inputs, readTask(task));
  const request = completeRequest(inputs, known);
  checkGain(inputs, request);
  return {
    request,
    ...(known.pilot ? { pilot: known.pilot } : {}),
    plan: planHoldout(request),
  };
}

/** What is known of the metric before margin, gain and uses are asked. */
type Known = Pick<PlanRequest, 'metric' | 'spread' | 'design' | 'value'> & {
  /** Of the earlier comparison. */
  readonly margin?: number | undefined;
  readonly pilot?: PlannedHoldout['pilot'];
};

function assume(inputs: Inputs, task: Task | undefined): Known {
  const name = inputs.text('metric');
  if (name === undefined) {
    throw new InputError(
      'name the metric that decides, such as --metric accuracy --discordance 0.05 --margin 0.01, or give --evidence .contender with an earlier comparison',
    );
  }
  const metric = findPlanned(name, task);
  if (metric.kind === 'measured') {
    throw new InputError(
      `${name} is measured on the model and not on rows; name another metric with --metric`,
    );
  }
  const { spread, design } = readSpread(inputs, metric);
  const shares = spread.kind === 'outcomes' || spread.kind === 'areas';
  const value = readValue(inputs, shares) ?? (spread.kind === 'areas' ? spread.area : undefined);
  return { metric: name, spread, design: { ...design, groups: readGroups(inputs) }, value };
}

async function readKnown(inputs: Inputs, evidence: readonly string[], place: PlanPlace): Promise<Known> {
  const flag = [...SPREAD_FLAGS].find((name) => inputs.text(name) !== undefined);
  if (flag !== undefined) {
    throw new InputError(`--evidence says already what --${flag} would say; leave one of them out`);
  }
  const comparison = await readComparison(evidence, place);
  const { metric, spread, design } = readPilot(comparison, inputs.text('metric'));
  const groups = readGroups(inputs);
  if (groups !== undefined && design.perGroup !== undefined) {
    throw new InputError(
      'the evidence was compared by groups and counts them already; leave --group-size and --intraclass-correlation out',
    );
  }
  const { rows, groups: groupCount } = comparison.holdout;
  return {
    metric: metric.name,
    spread,
    design: { ...design, groups },
    value: readValue(inputs, false) ?? metric.champion?.value,
    margin: metric.margin,
    pilot: { model: comparison.model, rows, ...(groupCount === undefined ? {} : { groups: groupCount }) },
  };
}

async function readComparison(patterns: readonly string[], place: PlanPlace): Promise<CompletedComparison> {
  const models = await readEvidence(patterns, place);
  const completed = models.flatMap(({ comparison }) =>
    comparison === undefined || comparison.verdict === 'error' ? [] : [comparison],
  );
  const [only, ...others] = completed;
  if (only === undefined) {
    throw new InputError(
      `${patterns.join(', ')} has no completed comparison; run compare-models first, or say what --metric needs`,
    );
  }
  if (others.length > 0) {
    const names = completed.map(({ model }) => model);
    throw new InputError(
      `${patterns.join(', ')} has comparisons of ${names.join(', ')}; name the folder of one, such as --evidence .contender/${only.model}`,
    );
  }
  return only;
}

function completeRequest(inputs: Inputs, known: Known): PlanRequest {
  const { metric, spread, design, value } = known;
  const margin = readDifference(inputs, 'margin', value);
  const gain = readDifference(inputs, 'gain', value);
  const size = margin ?? known.margin ?? gain;
  if (size === undefined || size === 0) {
    throw new InputError(
      `say what the holdout shall tell: --margin, how much worse in ${metric} still counts as not worse, or --gain, the improvement that is to be called better; such as --margin 0.01`,
    );
  }
  checkSize(margin === undefined ? 'gain' : 'margin', size, known);
  return {
    metric,
    spread,
    design,
    value,
    margin: size,
    gain: gain ?? size,
    power: readChance(inputs, 'power', 0.8, 'nothing is seen with certainty'),
    confidence: readChance(inputs, 'confidence', DEFAULT_CONFIDENCE, 'nothing is known with certainty'),
    uses: readUses(inputs),
  };
}

/** Of metrics between 0 and 1, a size beyond that was meant as a percentage. */
function checkSize(name: string, size: number, { metric, spread }: Known): void {
  if ((spread.kind !== 'outcomes' && spread.kind !== 'areas') || size < 1) return;
  throw new InputError(
    `--${name} is ${size}, but ${metric} lies between 0 and 1; write it in that unit, such as 0.01, or as a share of the champion's value, such as 2%`,
  );
}

function checkGain(inputs: Inputs, { metric, spread, gain }: PlanRequest): void {
  if (inputs.text('gain') === undefined) return;
  if (spread.kind === 'outcomes' && gain > spread.discordance) {
    throw new InputError(
      `--gain ${gain} is more than --discordance ${spread.discordance}: models that differ on so few rows cannot be so far apart; write a smaller gain or a larger discordance`,
    );
  }
  if (spread.kind === 'areas' && spread.area + gain >= 1) {
    throw new InputError(
      `--gain ${gain} above an area of ${spread.area} leaves no room: ${metric} is at most 1; write a smaller gain`,
    );
  }
}

function readChance(inputs: Inputs, name: string, otherwise: number, why: string): number {
  const advice = `a share from 0.5 to below 1, such as ${otherwise}; ${why}`;
  return (
    readNumber(inputs, name, { from: 0.5, to: 1, includesFrom: true, percent: true, advice }) ?? otherwise
  );
}

function readUses(inputs: Inputs): number | undefined {
  const uses = inputs.count('uses');
  if (uses === undefined || uses > 0) return uses;
  throw new InputError('--uses is "0"; write how many challengers the holdout shall judge, from 1');
}

function readValue(inputs: Inputs, isShare: boolean): number | undefined {
  const range = isShare
    ? { from: 0, to: 1, percent: true, advice: "the champion's value, between 0 and 1, such as 0.9" }
    : {
        from: Number.NEGATIVE_INFINITY,
        to: Number.POSITIVE_INFINITY,
        advice: "the champion's value in the unit of the metric, such as 0.9",
      };
  return readNumber(inputs, 'value', range);
}

function readGroups(inputs: Inputs): GroupDesign | undefined {
  const size = readNumber(inputs, 'group-size', {
    from: 1,
    to: Number.POSITIVE_INFINITY,
    includesFrom: true,
    advice: 'the mean number of rows of a group, at least 1, such as 25',
  });
  const correlation = readNumber(inputs, 'intraclass-correlation', {
    from: 0,
    to: 1,
    includesFrom: true,
    includesTo: true,
    advice: 'how alike rows of one group are, from 0 to 1, such as 0.1',
  });
  if (size === undefined && correlation === undefined) return undefined;
  if (size === undefined || correlation === undefined) {
    const missing = size === undefined ? 'group-size' : 'intraclass-correlation';
    throw new InputError(
      `--group-size and --intraclass-correlation go together; add --${missing}, such as ${size === undefined ? '25 (mean rows of a group)' : '0.1 (how alike rows of one group are; 0.05 to 0.3 is common)'}`,
    );
  }
  return { size, correlation };
}

function readTask(task: string | undefined): Task | undefined {
  if (task === undefined) return undefined;
  const known = TASKS.find((candidate) => candidate === task);
  if (known !== undefined) return known;
  throw new InputError(`--task is ${JSON.stringify(task)}; allowed: ${TASKS.join(', ')}`);
}
