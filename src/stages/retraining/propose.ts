import { renderLock } from '../../core/release/lock-file.ts';
import type { RunReference } from '../../core/report/evidence.ts';
import { renderRetrainingBody, renderRetrainingTitle } from '../../core/report/retraining.ts';
import { renderStatus } from '../../core/report/status.ts';
import type { JudgedFiles } from '../release/read-judgement.ts';
import type { RetrainingEnding, RetrainingFacts } from './facts.ts';
import { settleBranch } from './settle-branch.ts';
import { isSettled, type PullRequestWish, settlePullRequest } from './settle-pull-request.ts';
import { buildLock, type StoredCandidate, storeCandidate } from './store-candidate.ts';

const JOB_LOGIN = 'github-actions[bot]';

/**
 * Draft, branch, status, pull request, in this order, each only when it is not there yet: a run that was
 * killed in between is finished by the next one.
 */
export async function propose(facts: RetrainingFacts, judged: JudgedFiles): Promise<RetrainingEnding> {
  const { request, ports, champion, branch, lockPath, viewer, open } = facts;
  const { host, world } = ports;
  const base = request.base ?? (await host.defaultBranch());
  const commit = (await host.branches.head(base)) ?? base;
  const stored = await storeCandidate({ setup: request.setup, judged, champion, commit }, ports);
  const { model, version, digest } = stored.manifest;
  const settled = await settleBranch(
    {
      ...{ branch, base, lockPath, viewer },
      lockText: renderLock(buildLock(stored)),
      proposal: { model, version, digest },
    },
    host,
  );
  if (settled.foreign !== undefined) {
    const reason = `${settled.foreign[0]?.author} has committed to ${branch}, and commits of others are never overwritten; merge or delete the branch to get the new candidate ${version}`;
    world.log.warning(reason);
    return { operation: 'unchanged', reason, withheld: reason, pull: open, digest };
  }
  const wish = describeWish(facts, stored, { base, head: settled.head, author: settled.author });
  if (settled.written || !isSettled(open, wish)) {
    const { context, ...status } = renderStatus({ model, comparison: stored.judged.comparison });
    await host.statuses.set(settled.head, { context, ...status });
  }
  const result = await settlePullRequest(open, wish, { host, log: world.log });
  if (result.operation === 'forbidden') {
    const openLink = compareLink(facts, wish);
    const reason = `actions may not open pull requests here; the branch ${branch} is ready, and this opens it: ${openLink}`;
    return { operation: 'unchanged', reason, openLink, digest };
  }
  const { operation, pull } = result;
  return { operation, reason: `${version} is better, ${pull.url}`, pull, digest };
}

function describeWish(
  facts: RetrainingFacts,
  stored: StoredCandidate,
  place: { readonly base: string; readonly head: string; readonly author: string | undefined },
): PullRequestWish {
  const { request, drift, lockPath: lockFile, cooldownDays, viewer, branch } = facts;
  const { retraining } = request.setup.configuration;
  const { comparison } = stored.judged;
  const { version, digest } = stored.manifest;
  const ofJob = viewer === undefined && (place.author === undefined || place.author === JOB_LOGIN);
  const text = {
    ...{ drift, comparison, version, lockFile, cooldownDays },
    token: ofJob ? 'job' : 'app-or-person',
    run: referToRun(facts, stored),
  } as const;
  return {
    ...{ branch, digest, base: place.base, head: place.head },
    title: renderRetrainingTitle(text),
    body: renderRetrainingBody(text),
    labels: request.labels.length > 0 ? request.labels : retraining.labels,
    reviewers: request.reviewers.length > 0 ? request.reviewers : retraining.reviewers,
  };
}

/** The run that judged, not the one that reports: checking again must not change the text. */
function referToRun({ ports }: RetrainingFacts, { judged }: StoredCandidate): RunReference {
  const { run, attempt, headCommit } = judged.comparison.source;
  const { owner, name } = ports.host.repository;
  const { serverUrl } = ports.world.context;
  return {
    ...{ commit: headCommit, run, attempt },
    ...(run !== undefined && /^\d+$/.test(run)
      ? { runUrl: `${serverUrl}/${owner}/${name}/actions/runs/${run}` }
      : {}),
  };
}

function compareLink({ ports, branch }: RetrainingFacts, { base, title }: PullRequestWish): string {
  const { owner, name } = ports.host.repository;
  const range = [base, branch].map((part) => part.split('/').map(encodeURIComponent).join('/')).join('...');
  return `${ports.world.context.serverUrl}/${owner}/${name}/compare/${range}?quick_pull=1&title=${encodeURIComponent(title)}`;
}
