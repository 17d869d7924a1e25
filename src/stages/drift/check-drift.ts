import { join } from 'node:path';
import type { DocumentHeader } from '../../core/documents/common.ts';
import { parseDocument } from '../../core/documents/documents.ts';
import type { CompletedDrift } from '../../core/documents/drift.ts';
import { findBrokenColumns } from '../../core/drift/broken-columns.ts';
import { type CheckLevel, chooseLevel } from '../../core/drift/check-level.ts';
import { compareColumns } from '../../core/drift/compare-columns.ts';
import { MINIMUM_EFFECTS } from '../../core/drift/minimum-effects.ts';
import { type DriftFacts, decideDrift } from '../../core/drift/recommend.ts';
import { EXIT_CODE } from '../../core/errors.ts';
import type { DataEngine } from '../../ports/data-engine.ts';
import type { ModelRegistry } from '../../ports/model-registry.ts';
import type { Scorer } from '../../ports/scorer.ts';
import { readFeatures } from '../data/open-data.ts';
import type { Exam } from '../exam.ts';
import type { ModelSetup } from '../load-models.ts';
import { runStage, type StageResult, type StageWorld } from '../stage.ts';
import { declareSides } from './declare-sides.ts';
import { findWatchedModel, type WatchedModel } from './find-champion.ts';
import { describeSide, type OpenSide, openSide, readSide } from './open-side.ts';
import { pairColumns } from './pair-columns.ts';
import { type ColumnPlan, planColumns } from './plan-columns.ts';
import { costColumnsOf, scoreSides } from './score-sides.ts';

export const DRIFT_FAIL_ON = ['drift', 'never'] as const;

export type DriftRequest = {
  readonly setup: ModelSetup;
  readonly exam: Exam;
  readonly workingDirectory: string;
  /** Data given instead of what the config names: paths or globs from the working directory. */
  readonly reference: readonly string[];
  readonly current: readonly string[];
  /** A model file to score with instead of the champion, from the working directory. */
  readonly model: string | undefined;
  readonly failOn: (typeof DRIFT_FAIL_ON)[number];
  /** Whether the data are tracked in this repository; else none of their values is printed. */
  readonly dataTracked: boolean;
};

export type DriftPorts = {
  readonly world: StageWorld;
  readonly engine: DataEngine;
  readonly scorer: Scorer;
  /** Absent: columns are compared, without a champion. */
  readonly registry: ModelRegistry | undefined;
};

/** Compares current data with the reference and says what to do about what it finds. */
export function runCheckDrift(request: DriftRequest, ports: DriftPorts): Promise<StageResult<'drift'>> {
  const { setup, failOn } = request;
  const target = { model: setup.configuration.model, evidenceDirectory: setup.evidenceDirectory };
  return runStage('drift', { world: ports.world, target }, async (header) => {
    const document = await check(request, ports, header);
    const { verdict, recommendation, reason } = document;
    const drifted = verdict === 'drift';
    const words = `${verdict}: ${reason}`;
    if (verdict === 'stable') ports.world.log.info(words);
    else ports.world.log.warning(words);
    return {
      document,
      exitCode: drifted && failOn === 'drift' ? EXIT_CODE.failedVerdict : EXIT_CODE.passed,
      outputs: { verdict, drifted: String(drifted), recommendation },
    };
  });
}

async function check(
  request: DriftRequest,
  ports: DriftPorts,
  header: DocumentHeader,
): Promise<CompletedDrift> {
  const { exam, setup, workingDirectory } = request;
  const { engine, world } = ports;
  const { configuration } = exam;
  const model = await findWatchedModel({
    world,
    registry: ports.registry,
    model: configuration.model,
    given: request.model,
    workingDirectory,
  });
  const sides = await declareSides({
    engine,
    exam,
    workingDirectory,
    reference: request.reference,
    current: request.current,
    championWindows: model?.manifest?.windows,
  });
  const features = model?.manifest
    ? model.features
    : await readFeatures(world.files, configuration, exam.headDirectory);
  await using reference = await openSide('reference', sides.reference, features);
  await using current = await openSide('current', sides.current, features);
  const { validation, personal } = await readValidation(setup, world);
  const found = await compareSides({ request, ports, model, reference, current, personal });
  const decision = decideDrift({
    referenceRows: reference.raw.rowCount,
    currentRows: current.raw.rowCount,
    ...found,
    ...(validation ? { validation } : {}),
    actOn: configuration.drift.actOn,
  });
  return {
    kind: 'drift',
    schemaVersion: 1,
    model: configuration.model,
    task: configuration.task,
    ...header,
    inputs: [...found.described.reference.inputs, ...found.described.current.inputs],
    measured: {},
    ...decision,
    ...championOf(model),
    reference: { rows: reference.raw.rowCount, description: reference.description },
    current: {
      rows: current.raw.rowCount,
      labelledRows: found.labelledRows,
      ...found.described.current.span,
    },
    level: found.level,
    columns: [...found.columns],
    ...performanceOf(found.performance),
    ...(model?.canScore === false ? { leftOut: leftOutOf(model) } : {}),
    form: 'unknown',
  };
}

type Sides = { readonly reference: OpenSide; readonly current: OpenSide };
type Comparison = Sides & {
  readonly request: DriftRequest;
  readonly ports: DriftPorts;
  readonly model: WatchedModel | undefined;
  /** Columns that the validation of the same run found to hold personal data. */
  readonly personal: readonly string[];
};

type Found = Pick<DriftFacts, 'columns' | 'goneColumns' | 'brokenColumns' | 'performance'> & {
  readonly described: Readonly<Record<OpenSide['role'], Awaited<ReturnType<typeof describeSide>>>>;
  readonly labelledRows: number;
  readonly level: number;
};

async function compareSides(comparison: Comparison): Promise<Found> {
  const { request, ports, model, reference, current } = comparison;
  const { configuration } = request.exam;
  const { timestamp } = configuration.data;
  const described = {
    reference: await describeSide(reference, timestamp),
    current: await describeSide(current, timestamp),
  };
  const whole = chooseLevel(configuration.drift.falseAlarmsPerYear, ports.world.context.schedule);
  tellSizes(comparison, whole);
  const signature = model?.canScore ? (await ports.scorer.describe(model.file)).signature : undefined;
  const inputs = signature?.inputs.map((input) => input.name) ?? [];
  const plan = planColumns({ reference, current }, configuration, model && { ...model, inputs });
  if (plan.leftOut.length > 0) ports.world.log.info(`not compared: ${plan.leftOut.join(', ')}`);
  if (reference.raw.rowCount === 0 || current.raw.rowCount === 0) {
    return {
      columns: [],
      goneColumns: plan.gone,
      brokenColumns: [],
      described,
      labelledRows: 0,
      level: whole.level,
    };
  }
  const rows = {
    reference: await readSide(reference, readRequest(comparison, plan)),
    current: await readSide(current, readRequest(comparison, plan)),
  };
  const measurable = model?.canScore && rows.reference.target && rows.current.target;
  // Columns and performance are two ways to a false alarm; they share what one check may spend.
  const level = measurable ? whole.level / 2 : whole.level;
  const scored = model?.canScore
    ? await scoreSides({ ...comparisonSeed(comparison, described), rows, level, model })
    : undefined;
  const pairs = pairColumns({
    configuration,
    dataTracked: request.dataTracked,
    personal: comparison.personal,
    plan,
    rows,
    ...(scored ? { scored } : {}),
  });
  return {
    columns: compareColumns(pairs, { level, minimum: MINIMUM_EFFECTS[configuration.drift.minimumEffect] }),
    goneColumns: plan.gone,
    brokenColumns: findBrokenColumns(pairs, {
      reference: typesOf(reference),
      current: typesOf(current),
    }),
    ...(scored?.performance ? { performance: scored.performance } : {}),
    described,
    labelledRows: rows.current.labelledRows,
    level,
  };
}

function typesOf(side: OpenSide): ReadonlyMap<string, string> {
  return new Map(side.featured.columns.map(({ name, type }) => [name, type]));
}

function readRequest({ request, model }: Comparison, plan: ColumnPlan) {
  const { configuration } = request.exam;
  return {
    configuration,
    columns: plan.columns.map(({ name, as }) => ({ name, as })),
    fed: plan.fed,
    costColumns: model ? costColumnsOf(configuration) : [],
    name: model?.file.name ?? 'the config',
  };
}

/** Resampling starts from the digests of everything it depends on, so that nobody can roll again. */
function comparisonSeed({ request, ports, model }: Comparison, described: Found['described']) {
  const digests = [model?.digest, described.reference.rowsDigest, described.current.rowsDigest, 'drift'];
  const seed = Number.parseInt(ports.world.sha256(digests.join('\n')).slice(0, 8), 16);
  const { configuration } = request.exam;
  return { scorer: ports.scorer, log: ports.world.log, configuration, seed };
}

/** What the validation of the same run said, if it ran. */
async function readValidation(
  { configuration, evidenceDirectory }: ModelSetup,
  world: StageWorld,
): Promise<{ readonly validation: DriftFacts['validation']; readonly personal: readonly string[] }> {
  const file = join(evidenceDirectory, 'validation.json');
  const text = await world.files.readText(file);
  if (text === undefined) return { validation: undefined, personal: [] };
  const document = parseDocument('validation', text, { file, model: configuration.model });
  const { verdict } = document;
  if (document.verdict === 'error') return { validation: verdict, personal: [] };
  const personal = document.findings.filter(({ check }) => check === 'personal-data');
  return { validation: verdict, personal: personal.flatMap(({ column }) => column ?? []) };
}

function championOf(model: WatchedModel | undefined): Pick<CompletedDrift, 'champion'> {
  if (model === undefined) return {};
  const { digest, version } = model;
  return { champion: { ...(version === undefined ? {} : { version }), digest } };
}

function performanceOf(performance: DriftFacts['performance']): Pick<CompletedDrift, 'performance'> {
  if (!performance?.measured) return {};
  const { metric, reference, current, interval, margin, degraded } = performance;
  const withMargin = margin === undefined ? {} : { margin };
  return {
    performance: { kind: 'realized', metric, reference, current, interval, ...withMargin, degraded },
  };
}

/** Every other question is still answered: features and labels are compared as they are. */
function leftOutOf({ file }: WatchedModel): string {
  return `predictions and performance, since ${file.name} is no ONNX model that could be run here`;
}

function describeScoring(model: WatchedModel | undefined): string {
  if (model === undefined) return 'no champion: columns are compared, nothing is scored';
  return model.canScore ? `scored with ${model.file.name}` : `not checked: ${leftOutOf(model)}`;
}

function tellSizes({ ports, model, reference, current }: Comparison, whole: CheckLevel): void {
  const { log } = ports.world;
  log.info(`reference: ${reference.raw.rowCount} rows (${reference.description})`);
  log.info(`current: ${current.raw.rowCount} rows (${current.description})`);
  log.info(describeScoring(model));
  log.info(
    `level of this check ${whole.level.toPrecision(2)}, for ${Math.round(whole.checksPerYear)} checks a year`,
  );
}
