import { resolve } from 'node:path';
import type { CompletedComparison } from '../../core/documents/comparison.ts';
import type { CompletedRelease } from '../../core/documents/release.ts';
import type { PullRequest } from '../../ports/code-host.ts';
import type {
  DownloadedRelease,
  ModelRegistry,
  PublishRequest,
  ReleaseReference,
} from '../../ports/model-registry.ts';
import { applyAcceptance, findAcceptance } from '../acceptance.ts';
import type { StageWorld } from '../stage.ts';
import { assembleRelease, describeRelease } from './assemble.ts';
import { chooseVersion } from './choose-version.ts';
import type { JudgedFiles } from './read-judgement.ts';
import type { ReleasePorts, ReleaseRequest } from './request.ts';

export type PublishJudgedRequest = {
  readonly request: ReleaseRequest;
  /** With `promote` true. */
  readonly judged: JudgedFiles;
  /** The draft that holds these bytes already. */
  readonly draft: DownloadedRelease | undefined;
  readonly champion: DownloadedRelease | undefined;
};

export type Published = {
  readonly release: ReleaseReference;
  readonly assets: CompletedRelease['assets'];
};

/** Stores the release unless a draft holds it already, and publishes it unless a draft is all that is wanted. */
export async function publishJudged(wanted: PublishJudgedRequest, ports: ReleasePorts): Promise<Published> {
  const { request, draft } = wanted;
  const stored =
    draft === undefined ? await storeDraft(wanted, ports) : await asStored(draft, wanted.judged, ports);
  const assets = await describeAssets(stored, ports.world);
  if (request.draft) return { release: stored.draft, assets };
  return { release: await ports.registry.publish(stored.draft, stored.publication), assets };
}

/** Commit that is released, and what the tag will point at. */
export async function findTarget({ world, repository, host }: ReleasePorts): Promise<{
  readonly commit: string | undefined;
  readonly target: string;
}> {
  const commit = world.context.commit ?? (await repository?.resolveCommit('HEAD'));
  // A folder in the place of releases keeps no tags, and needs no commit.
  return { commit, target: commit ?? (await host?.defaultBranch()) ?? 'none' };
}

/**
 * The judgement with the acceptance of a maintainer, looked for on the merged pull request only where it
 * would not pass by itself.
 */
export async function settleAcceptance(
  comparison: CompletedComparison,
  ports: ReleasePorts,
): Promise<{ readonly comparison: CompletedComparison; readonly pull: PullRequest | undefined }> {
  const { host } = ports;
  const judged = applyAcceptance(comparison, undefined);
  const { commit } = await findTarget(ports);
  if (judged.promote || host === undefined || commit === undefined)
    return { comparison: judged, pull: undefined };
  const merged = (await host.pulls.findByCommit(commit)).filter((pull) => pull.merged);
  for (const pull of merged) {
    const comments = await host.comments.list(pull.number);
    const acceptance = await findAcceptance(comments, judged.challenger.digest, host);
    if (acceptance) return { comparison: applyAcceptance(judged, acceptance), pull };
  }
  return { comparison: judged, pull: merged[0] };
}

type Stored = {
  readonly draft: ReleaseReference;
  readonly publication: PublishRequest;
  readonly paths: ReadonlyMap<string, string>;
};

async function storeDraft(
  { request, judged, champion }: PublishJudgedRequest,
  ports: ReleasePorts,
): Promise<Stored> {
  const { world, registry } = ports;
  const version = await chooseVersion({ wanted: request.version, judged, champion, registry });
  const { commit, target } = await findTarget(ports);
  const assembly = await assembleRelease({ judged, setup: request.setup, version, commit, target }, world);
  const draft = await createDraft(registry, assembly);
  return {
    draft,
    publication: assembly,
    paths: new Map(assembly.assets.map(({ name, path }) => [name, path])),
  };
}

async function createDraft(
  registry: ModelRegistry,
  assembly: Awaited<ReturnType<typeof assembleRelease>>,
): Promise<ReleaseReference> {
  const { manifest: _manifest, ...draft } = assembly;
  return await registry.createDraft(draft);
}

/** The bytes of a candidate go out as they are; only title, notes and target are those of the merge. */
async function asStored(draft: DownloadedRelease, judged: JudgedFiles, ports: ReleasePorts): Promise<Stored> {
  const { reference, manifest, directory } = draft;
  const { target } = await findTarget(ports);
  return {
    draft: reference,
    publication: { version: manifest.version, ...describeRelease(judged, manifest), commit: target },
    paths: new Map(reference.assets.map(({ name }) => [name, resolve(directory, name)])),
  };
}

async function describeAssets(
  { draft, paths }: Stored,
  { files }: StageWorld,
): Promise<CompletedRelease['assets']> {
  const assets: CompletedRelease['assets'] = [];
  for (const { name, bytes, sha256 } of draft.assets) {
    const path = paths.get(name);
    const digest = sha256 ?? (path === undefined ? undefined : (await files.digest(path)).sha256);
    if (digest !== undefined) assets.push({ name, bytes, sha256: digest });
  }
  return assets.sort((left, right) => (left.name < right.name ? -1 : 1));
}
