import { EXIT_CODE, type ExitCode, InputError } from '../../core/errors.ts';
import type { DashboardModel } from '../../core/report/retraining.ts';
import { recordUseIfPossible } from '../ledger/record-use.ts';
import { lockPathOf } from '../release/lock-path.ts';
import { branchOf, findForeignCommits } from './candidate-commit.ts';
import { closePullRequest } from './close-pull-request.ts';
import { settleDashboard } from './dashboard.ts';
import type {
  RetrainingEnding,
  RetrainingFacts,
  RetrainingOperation,
  RetrainingPorts,
  RetrainingRequest,
} from './facts.ts';
import { removeOldDrafts } from './old-drafts.ts';
import { findPause, SNOOZE_LABEL } from './pauses.ts';
import { propose } from './propose.ts';
import { findCandidate, findComparison, readDrift } from './read-evidence.ts';

export type { RetrainingOperation, RetrainingPorts, RetrainingRequest } from './facts.ts';

export type RetrainingResult = {
  readonly operation: RetrainingOperation;
  /** Why it was done, or nothing was. */
  readonly reason: string;
  readonly exitCode: ExitCode;
  /** Folder of the evidence that was read. */
  readonly evidence: string;
  readonly outputs: Readonly<Record<string, string>>;
};

/**
 * Keeps the one retraining pull request of a model: opened or rewritten when the check recommends to retrain
 * and the candidate is better with every gate passing, closed when the drift is gone, left alone when it is
 * snoozed or somebody else works on it. Running it again on the same evidence changes nothing.
 * @throws InputError when there is no drift check, or a permission is missing; OutsideError.
 */
export async function runOpenRetrainingPr(
  request: RetrainingRequest,
  ports: RetrainingPorts,
): Promise<RetrainingResult> {
  const facts = await gatherFacts(request, ports);
  const ending = await decide(facts);
  const { log } = ports.world;
  log.info(`${ending.operation}: ${ending.reason}`);
  await countRetraining(facts);
  await tidyDrafts(facts, ending);
  await tellDashboard(facts, ending);
  const url = ending.pull?.url ?? ending.openLink ?? '';
  return {
    operation: ending.operation,
    reason: ending.reason,
    exitCode: EXIT_CODE.passed,
    evidence: facts.directory,
    outputs: {
      verdict: facts.drift.verdict,
      operation: ending.operation,
      'pull-request': ending.pull === undefined ? '' : String(ending.pull.number),
      url,
    },
  };
}

async function gatherFacts(request: RetrainingRequest, ports: RetrainingPorts): Promise<RetrainingFacts> {
  const { setup } = request;
  const { registry, host, world, repository } = ports;
  const { model, retraining } = setup.configuration;
  const directory = request.evidence ?? setup.evidenceDirectory;
  const drift = await readDrift(directory, model, world);
  const lockPath = lockPathOf(setup, repository?.directory ?? request.workingDirectory);
  if (lockPath === undefined) {
    throw new InputError(
      'a retraining is proposed by the lock file beside the config; write a contender.yml in the repository',
    );
  }
  const branch = branchOf(model);
  const { owner, name } = host.repository;
  const [reference, viewer, found] = await Promise.all([
    registry.findChampion(model),
    host.viewer(),
    host.pulls.findByHead(`${owner}:${branch}`, 'all'),
  ]);
  const champion =
    reference && (await registry.download(reference, await world.files.temporaryDirectory('champion')));
  const pulls = found.filter(({ headRepository }) => headRepository === `${owner}/${name}`);
  return {
    ...{ request, ports, drift, champion, directory, lockPath, branch, viewer, pulls },
    cooldownDays: request.cooldownDays ?? retraining.cooldownDays,
    open: pulls.find(({ state }) => state === 'open'),
  };
}

async function decide(facts: RetrainingFacts): Promise<RetrainingEnding> {
  const { drift, open, ports, champion, directory, request } = facts;
  if (open?.labels.includes(SNOOZE_LABEL)) {
    const reason = `pull request ${open.number} has the label ${SNOOZE_LABEL}`;
    return { operation: 'snoozed', reason, withheld: reason, pull: open };
  }
  if (drift.recommendation !== 'retrain') return await settleWithoutRetraining(facts);
  const { model } = request.setup.configuration;
  const candidate = await findCandidate(directory, champion, { model, world: ports.world });
  if (candidate.judged === undefined) {
    const { withheld } = candidate;
    return { operation: 'unchanged', reason: withheld, withheld, pull: open };
  }
  if (open === undefined) {
    const world = { host: ports.host, viewer: facts.viewer, now: ports.world.now() };
    const until = await findPause(facts.pulls, facts.cooldownDays, world);
    if (until !== undefined) {
      const snoozedUntil = new Date(until).toISOString().slice(0, 10);
      return {
        operation: 'snoozed',
        reason: `the last one was declined; the next is opened after ${snoozedUntil}`,
        snoozedUntil,
      };
    }
  }
  return await propose(facts, candidate.judged);
}

/** Data that are broken or too few tell nothing; only a check that sees no reason to retrain closes it. */
async function settleWithoutRetraining(facts: RetrainingFacts): Promise<RetrainingEnding> {
  const { drift, open, ports, viewer } = facts;
  const isGone = drift.recommendation === 'none' && (drift.verdict === 'stable' || drift.verdict === 'drift');
  const ending = { operation: 'unchanged', reason: drift.reason, pull: open } as const;
  if (open === undefined || !isGone) return ending;
  const { host } = ports;
  const commits = await host.branches.commitsBetween(open.baseBranch, open.headCommit);
  const foreign = findForeignCommits(commits, viewer);
  if (foreign.length > 0) {
    const reason = `the drift is gone, but ${foreign[0]?.author} has committed to ${facts.branch}: pull request ${open.number} stays open`;
    ports.world.log.warning(reason);
    return { ...ending, reason, withheld: reason };
  }
  await closePullRequest(open, drift.reason, { host, viewer });
  return { operation: 'closed', reason: `the drift is gone: ${drift.reason}`, pull: open };
}

/** A candidate that was judged has used its holdout, whatever became of it. */
async function countRetraining({ directory, request, ports }: RetrainingFacts): Promise<void> {
  const { model } = request.setup.configuration;
  const comparison = await findComparison(directory, model, ports.world);
  if (comparison !== undefined) await recordUseIfPossible({ comparison }, ports);
}

async function tidyDrafts(facts: RetrainingFacts, ending: RetrainingEnding): Promise<void> {
  const { configuration } = facts.request.setup;
  const { lockPath, pulls, ports } = facts;
  const keepDays = configuration.release.keepDraftsDays;
  const wanted = { model: configuration.model, pulls, lockPath, current: ending.digest, keepDays };
  await removeOldDrafts(wanted, ports);
}

/** Where issues are switched off or not permitted, the log has said the same. */
async function tellDashboard(facts: RetrainingFacts, ending: RetrainingEnding): Promise<void> {
  const { host, world } = facts.ports;
  try {
    await settleDashboard(describeModel(facts, ending), host);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    world.log.warning(`the dashboard issue was not written: ${error.message}`);
  }
}

function describeModel(
  { request, champion, drift }: RetrainingFacts,
  ending: RetrainingEnding,
): DashboardModel {
  const { pull, openLink, snoozedUntil, withheld, operation } = ending;
  const isOpen = pull !== undefined && operation !== 'closed';
  const on = drift.measured.createdAt?.slice(0, 10);
  return {
    model: request.setup.configuration.model,
    ...(champion && { champion: { version: champion.manifest.version, url: champion.reference.url } }),
    ...(on !== undefined && {
      lastCheck: {
        on,
        verdict: drift.verdict,
        recommendation: drift.recommendation,
        reason: drift.reason,
      },
    }),
    ...(isOpen && { retraining: { number: pull.number, url: pull.url } }),
    ...(openLink !== undefined && { openLink }),
    ...(snoozedUntil !== undefined && { snoozedUntil }),
    ...(withheld !== undefined && { withheld }),
  };
}
