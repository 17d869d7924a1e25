import type { DocumentHeader } from '../../core/documents/common.ts';
import type { CompletedComparison } from '../../core/documents/comparison.ts';
import type { CompletedRelease } from '../../core/documents/release.ts';
import { EXIT_CODE, type ExitCode, InputError } from '../../core/errors.ts';
import type { CodeHost, PullRequest } from '../../ports/code-host.ts';
import type { DownloadedRelease, ReleaseReference } from '../../ports/model-registry.ts';
import { recordUseIfPossible } from '../ledger/record-use.ts';
import { besideText, identifyListed } from '../model-files.ts';
import { runStage, type StageResult, type StageWorld } from '../stage.ts';
import { chooseSource, type Source } from './choose-source.ts';
import { removeLeftovers } from './leftovers.ts';
import { findTarget, publishJudged, settleAcceptance } from './publish-judged.ts';
import type { JudgedFiles } from './read-judgement.ts';
import { closeRefusalIssue, settleRefusalIssue } from './refusal-issue.ts';
import type { ReleasePorts, ReleaseRequest } from './request.ts';

export type { ReleasePorts, ReleaseRequest } from './request.ts';

/** What has to run before a release can be tried again. */
export type ReleaseNext = 'train' | 'compare';

export type ReleaseResult = StageResult<'release'> & { readonly next: ReleaseNext | undefined };

/**
 * Publishes a judged model as a release, all or nothing. Only bytes whose judgement stands and lets them pass
 * are published; running it again after it was killed at any point ends in the same one release.
 *
 * Refused are: bytes that must be judged first (exit code 1, `next` says what to run), bytes that are not the
 * judged ones (exit code 1), and a judgement that does not pass and that nobody accepted (exit code 0, and an
 * issue says so).
 */
export async function runReleaseModel(request: ReleaseRequest, ports: ReleasePorts): Promise<ReleaseResult> {
  const { setup } = request;
  const target = { model: setup.configuration.model, evidenceDirectory: setup.evidenceDirectory };
  let next: ReleaseNext | undefined;
  const result = await runStage('release', { world: ports.world, target }, async (header) => {
    const ending = await release(request, ports);
    next = ending.next;
    const document = buildDocument(ending, header, target.model);
    if (ending.verdict === 'refused') ports.world.log.warning(`not published: ${ending.reason}`);
    else ports.world.log.info(`${ending.verdict}: ${ending.reason}`);
    return { document, exitCode: ending.exitCode ?? EXIT_CODE.passed, outputs: outputsOf(document) };
  });
  return { ...result, next };
}

type Ending = Pick<CompletedRelease, 'verdict' | 'reason'> & {
  readonly digest?: string | undefined;
  readonly release?: ReleaseReference | undefined;
  readonly assets?: CompletedRelease['assets'];
  readonly exitCode?: ExitCode;
  readonly next?: ReleaseNext;
};

async function release(request: ReleaseRequest, ports: ReleasePorts): Promise<Ending> {
  const { registry, world } = ports;
  const reference = await registry.findChampion(request.setup.configuration.model);
  const champion =
    reference && (await registry.download(reference, await world.files.temporaryDirectory('champion')));
  const source = await chooseSource(request, ports, champion);
  switch (source.kind) {
    case 'champion':
      return await keepChampion(champion, source.reasons, ports);
    case 'again': {
      const { next, digest, reasons } = source;
      return {
        verdict: 'refused',
        reason: reasons.join('; '),
        digest,
        next,
        exitCode: EXIT_CODE.failedVerdict,
      };
    }
    case 'judged': {
      const ending = await releaseJudged({ request, champion, source }, ports);
      // The candidate of a draft was counted when it was judged.
      const { comparison } = source.judged;
      if (source.draft === undefined) await recordUseIfPossible({ comparison }, ports);
      return ending;
    }
  }
}

async function keepChampion(
  champion: DownloadedRelease | undefined,
  reasons: readonly string[],
  ports: ReleasePorts,
): Promise<Ending> {
  const ending = { verdict: 'unchanged', reason: reasons.join('; ') } as const;
  if (champion === undefined) return ending;
  // A run that was killed after it published has not tidied up.
  await tidyUp(champion.reference, champion.manifest.digest, ports);
  return { ...ending, digest: champion.manifest.digest, release: champion.reference };
}

type JudgedSource = {
  readonly request: ReleaseRequest;
  readonly champion: DownloadedRelease | undefined;
  readonly source: Extract<Source, { kind: 'judged' }>;
};

async function releaseJudged(
  { request, champion, source }: JudgedSource,
  ports: ReleasePorts,
): Promise<Ending> {
  const { judged, draft, reasons } = source;
  const { digest } = judged.comparison.challenger;
  const { files = [] } = judged.training;
  const found = await identifyListed(
    judged.modelPath,
    files.map(({ name }) => name),
    ports.world,
  );
  if (found.digest !== digest || judged.training.digest !== digest) {
    const reason = `the model file${besideText(files)} has the digest ${found.digest}, training.json says ${judged.training.digest}, and ${digest} was judged; only judged bytes are published`;
    return { verdict: 'refused', reason, digest, exitCode: EXIT_CODE.failedVerdict };
  }
  const foreign =
    (await findForeignScores(judged, ports.world)) ?? (await findForeignFingerprint(judged, ports.world));
  if (foreign !== undefined)
    return { verdict: 'refused', reason: foreign, digest, exitCode: EXIT_CODE.failedVerdict };
  const { comparison, pull } = await settleAcceptance(judged.comparison, ports);
  if (!comparison.promote) return await refuse(comparison, pull, ports);
  const wanted = { request, champion, draft, judged: { ...judged, comparison } };
  const { release: made, assets } = await publishJudged(wanted, ports);
  const ending = { digest, assets, release: made, reason: reasons.join('; ') };
  if (made.draft) return { ...ending, verdict: 'draft' };
  await tidyUp(made, digest, ports);
  return { ...ending, verdict: 'published' };
}

/** What is published as the scores of a model must be what it was judged by. */
async function findForeignScores(
  { comparison, scoresPath }: JudgedFiles,
  { files }: StageWorld,
): Promise<string | undefined> {
  const { scores } = comparison.challenger;
  if (scores === undefined || scoresPath === undefined) return undefined;
  const { sha256 } = await files.digest(scoresPath);
  if (sha256 === scores.sha256) return undefined;
  return `the scores ${scores.path} have the digest ${sha256}, and ${scores.sha256} was judged; compare again`;
}

/** What is published as the rows that a model was trained on must be what its training said. */
async function findForeignFingerprint(
  { training, fingerprintPath }: JudgedFiles,
  { files }: StageWorld,
): Promise<string | undefined> {
  if (training.fingerprint === undefined || fingerprintPath === undefined) return undefined;
  const { sha256 } = await files.digest(fingerprintPath);
  if (sha256 === training.fingerprint.sha256) return undefined;
  return `the fingerprint of the training rows has the digest ${sha256}, training.json says ${training.fingerprint.sha256}; train and compare again`;
}

/** Nothing is published and nothing has died: an issue says so, since nobody reads the log of a push. */
async function refuse(
  comparison: CompletedComparison,
  pull: PullRequest | undefined,
  ports: ReleasePorts,
): Promise<Ending> {
  const { commit } = await findTarget(ports);
  const issue = await settleIssue(ports, (host) =>
    settleRefusalIssue({ comparison, commit: commit ?? 'unknown', pull }, host),
  );
  const where = issue === undefined ? '' : `; see ${issue.url}`;
  const reason = `the judgement is ${comparison.verdict} and does not let it pass, and nobody has accepted it${where}`;
  return { verdict: 'refused', reason, digest: comparison.challenger.digest };
}

async function tidyUp(published: ReleaseReference, digest: string, ports: ReleasePorts): Promise<void> {
  await removeLeftovers(published, digest, ports);
  await settleIssue(ports, (host) => closeRefusalIssue(published.model, host));
}

/** An issue is news about what happened; that it cannot be written changes nothing about it. */
async function settleIssue<Value>(
  { host, world }: ReleasePorts,
  work: (host: CodeHost) => Promise<Value>,
): Promise<Value | undefined> {
  if (host === undefined) return undefined;
  try {
    return await work(host);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    world.log.warning(error.message);
    return undefined;
  }
}

function buildDocument(ending: Ending, header: DocumentHeader, model: string): CompletedRelease {
  const { verdict, reason, digest, release: made, assets } = ending;
  return {
    kind: 'release',
    schemaVersion: 1,
    model,
    ...header,
    inputs: [],
    measured: {},
    verdict,
    ...(made === undefined ? {} : { version: made.version, tag: made.tag, url: made.url }),
    ...(digest === undefined ? {} : { digest }),
    assets: [...(assets ?? [])],
    reason,
  };
}

function outputsOf({ verdict, version, tag, url, digest }: CompletedRelease): Record<string, string> {
  return {
    verdict,
    version: version ?? '',
    tag: tag ?? '',
    url: url ?? '',
    digest: digest ?? '',
    published: String(verdict === 'published'),
  };
}
