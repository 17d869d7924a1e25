import type { DocumentHeader } from '../../core/documents/common.ts';
import type { CompletedComparison } from '../../core/documents/comparison.ts';
import type { Windows } from '../../core/documents/training.ts';
import { EXIT_CODE, type ExitCode } from '../../core/errors.ts';
import { describeComparison } from '../../core/report/comparison-log.ts';
import { describeLeakage } from '../../core/report/leakage-note.ts';
import type { CommandRunner } from '../../ports/command-runner.ts';
import type { ModelRegistry } from '../../ports/model-registry.ts';
import type { DataPorts } from '../data/score-rows.ts';
import type { Exam } from '../exam.ts';
import type { LedgerPorts } from '../ledger/read-uses.ts';
import type { ModelSetup } from '../load-models.ts';
import { removeStoredScores } from '../scores/store-scores.ts';
import { runStage, type StageResult, type StageWorld } from '../stage.ts';
import { buildComparison } from './build-comparison.ts';
import { compareContracts } from './describe-contracts.ts';
import { type Judged, judge } from './judge.ts';
import { findChallenger, findChampion, type JudgedModel, withOwnFeatures } from './judged-models.ts';

export const COMPARISON_FAIL_ON = ['worse', 'inconclusive', 'never'] as const;
export type ComparisonFailOn = (typeof COMPARISON_FAIL_ON)[number];

export type CompareRequest = {
  readonly setup: ModelSetup;
  readonly exam: Exam;
  /** Path of the challenger, when one was given. */
  readonly challenger: string | undefined;
  /** How documents call where it comes from; its path by default. */
  readonly challengerOrigin?: string | undefined;
  /** `release`, `none`, a version or a path. */
  readonly champion: string;
  /** Paths of score tables, from the working directory, when they were given. */
  readonly challengerScores?: string | undefined;
  readonly championScores?: string | undefined;
  readonly windows: Windows | undefined;
  readonly failOn: ComparisonFailOn;
};

export type ComparePorts = DataPorts &
  LedgerPorts & {
    readonly world: StageWorld;
    readonly commands: CommandRunner;
    readonly registry: ModelRegistry | undefined;
  };

/** Scores champion and challenger on the same holdout and decides. */
export function runCompareModels(
  request: CompareRequest,
  ports: ComparePorts,
): Promise<StageResult<'comparison'>> {
  const { setup } = request;
  const target = { model: setup.configuration.model, evidenceDirectory: setup.evidenceDirectory };
  return runStage('comparison', { world: ports.world, target }, async (header) => {
    const document = await compare(request, ports, header);
    for (const alert of describeLeakage(document).alerts) ports.world.log.warning(`leakage: ${alert}`);
    for (const line of describeComparison(document)) ports.world.log.info(line);
    ports.world.log.info(`verdict: ${document.verdict}, promote: ${document.promote}`);
    return {
      document,
      exitCode: exitCodeOfVerdict(document, request.failOn),
      outputs: {
        verdict: document.verdict,
        promote: String(document.promote),
        'champion-version': document.champion?.version ?? '',
      },
    };
  });
}

async function compare(
  request: CompareRequest,
  ports: ComparePorts,
  header: DocumentHeader,
): Promise<CompletedComparison> {
  const { setup } = request;
  if (request.exam.configuration.data.weight !== undefined) {
    ports.world.log.warning('data.weight is for training: a comparison counts every row of the holdout once');
  }
  await removeStoredScores(setup.evidenceDirectory, ports.world);
  const { world } = ports;
  const challenger = await withOwnFeatures(
    await findChallenger({
      setup,
      given: request.challenger,
      origin: request.challengerOrigin,
      scores: request.challengerScores,
      world,
    }),
    request.exam,
    world.files,
  );
  const found = await findChampion({
    model: request.exam.championModel,
    wanted: request.champion,
    scores: request.championScores,
    registry: ports.registry,
    world,
  });
  const champion = found && (await withOwnFeatures(found, request.exam, world.files));
  const facts = { header, request, champion, challenger };
  if (champion && champion.digest === challenger.digest && sameFeatures(champion, challenger)) {
    ports.world.log.info(`the challenger has the bytes of the ${champion.name}: nothing to compare`);
    return buildComparison({
      ...facts,
      judged: undefined,
      selfReported: ranForeignCode(challenger, request.exam, ports),
    });
  }
  const { exam, windows } = request;
  const scores = {
    challenger: request.challengerScores,
    champion: request.championScores,
    evidenceDirectory: setup.evidenceDirectory,
  };
  const judged = await judge({ exam, windows, champion, challenger, scores }, ports);
  const selfReported = ranForeignCode(challenger, exam, ports) || hasOwnWord(judged, ports);
  // Files that are judged by scores are never opened.
  const contract =
    champion && judged.scores === undefined
      ? await compareContracts({ champion, challenger }, ports.scorer)
      : undefined;
  return buildComparison({ ...facts, contract, judged, selfReported });
}

/** Whether code of the pull request ran in this job, and made the challenger. */
function ranForeignCode(challenger: JudgedModel, exam: Exam, { world }: ComparePorts): boolean {
  const { training } = challenger;
  const ran = training?.command !== undefined || (training !== undefined && exam.fetchRunsChange);
  return world.context.event === 'pull_request' && ran;
}

/** Whether scores come from a table, or from a command that opened a file of the pull request. */
function hasOwnWord({ scores }: Judged, { world }: ComparePorts): boolean {
  const { event } = world.context;
  const made = [scores?.challenger, scores?.champion].some(
    (one) => one !== undefined && one.by !== 'release',
  );
  return made && (event === 'pull_request' || event === 'workflow_run');
}

/** Equal bytes fed by another features query, or by other columns, are another model. */
function sameFeatures(champion: JudgedModel, challenger: JudgedModel): boolean {
  const names = (model: JudgedModel) => model.featureColumns?.map((column) => column.name).join('\n');
  const [before, after] = [names(champion), names(challenger)];
  return (
    champion.features?.sql === challenger.features?.sql &&
    (before === undefined || after === undefined || before === after)
  );
}

/** The outcome table of the product: what fails the step. */
export function exitCodeOfVerdict(
  document: Pick<CompletedComparison, 'verdict' | 'promote' | 'gates'>,
  failOn: ComparisonFailOn,
): ExitCode {
  if (document.promote || failOn === 'never') return EXIT_CODE.passed;
  const failed = document.verdict === 'worse' || document.gates.some((gate) => gate.outcome === 'fail');
  // A first model that nothing speaks for waits for a person; it has not failed.
  if (failed && document.verdict !== 'no-champion') return EXIT_CODE.failedVerdict;
  return failOn === 'inconclusive' ? EXIT_CODE.failedVerdict : EXIT_CODE.passed;
}
