import { resolve } from 'node:path';
import type { Lock } from '../../core/documents/manifest.ts';
import type { CompletedTraining } from '../../core/documents/training.ts';
import { InputError, OutsideError } from '../../core/errors.ts';
import { parseLock } from '../../core/release/lock-file.ts';
import type { DownloadedRelease, ModelRegistry } from '../../ports/model-registry.ts';
import type { Repository } from '../../ports/repository.ts';
import type { ModelSetup } from '../load-models.ts';
import type { StageWorld } from '../stage.ts';
import { findDraft } from './find-draft.ts';
import { lockPathOf } from './lock-path.ts';
import { type JudgedFiles, readReleasedJudgement } from './read-judgement.ts';

/** What the lock file names, and whether it can be published. */
export type Candidate = {
  readonly lock: Lock;
  readonly changedByPush: boolean;
  /** The draft with its bytes; undefined when it is gone, or was not looked for because nothing changed. */
  readonly draft: DownloadedRelease | undefined;
  /** Absent without a draft, or when the draft's judgement is of other bytes. */
  readonly judged: JudgedFiles | undefined;
  readonly trainingDataUnchanged: boolean;
};

type CandidatePorts = {
  readonly world: StageWorld;
  readonly registry: ModelRegistry;
  readonly repository: Repository;
};

/** The candidate of the lock file that is checked out; undefined when there is no lock file. */
export async function findCandidate(
  setup: ModelSetup,
  ports: CandidatePorts,
): Promise<Candidate | undefined> {
  const { repository, world } = ports;
  const path = lockPathOf(setup, repository.directory);
  if (path === undefined) return undefined;
  const lock = await readLockAt('HEAD', path, repository);
  if (lock === undefined) return undefined;
  const { model } = setup.configuration;
  if (lock.model !== model) {
    throw new InputError(`${path} is of the model ${lock.model}, its config names ${model}`, {
      location: { file: path },
    });
  }
  const changedByPush = await wasChangedByPush(lock, path, ports);
  const nothing = { lock, changedByPush, draft: undefined, judged: undefined, trainingDataUnchanged: false };
  if (!changedByPush) return nothing;
  const draft = await findDraft({ model, digest: lock.digest }, ports);
  if (draft === undefined) return nothing;
  const judged = await readReleasedJudgement(draft, world);
  const ofTheseBytes =
    judged.comparison.challenger.digest === lock.digest && judged.training.digest === lock.digest;
  return {
    ...nothing,
    draft,
    judged: ofTheseBytes ? judged : undefined,
    trainingDataUnchanged: await isTrainingDataUnchanged(judged.training, setup, world),
  };
}

async function readLockAt(revision: string, path: string, repository: Repository): Promise<Lock | undefined> {
  const commit = await repository.resolveCommit(revision);
  const content = commit === undefined ? undefined : await repository.readFileAt(commit, path);
  return content === undefined ? undefined : parseLock(new TextDecoder().decode(content), path);
}

/** Compared with what the branch was before the push, else with the first parent. */
async function wasChangedByPush(lock: Lock, path: string, ports: CandidatePorts): Promise<boolean> {
  const { repository, world } = ports;
  const head = await repository.resolveCommit('HEAD');
  const before =
    world.context.beforeCommit ?? (head === undefined ? undefined : (await repository.parentsOf(head))[0]);
  if (before === undefined) return true;
  try {
    await repository.fetchCommit(before);
    const content = await repository.readFileAt(before, path);
    if (content === undefined) return true;
    return parseLock(new TextDecoder().decode(content), `${path} (before)`).digest !== lock.digest;
  } catch (error) {
    if (!(error instanceof OutsideError) && !(error instanceof InputError)) throw error;
    // A branch that was rewritten has no before. Whether the candidate may go out is decided by its judgement.
    world.log.info(`the lock file before this push cannot be read (${error.message}); it counts as changed`);
    return true;
  }
}

/** Whether every file that training read is here with the same bytes and, without windows, no other one. */
async function isTrainingDataUnchanged(
  training: CompletedTraining,
  setup: ModelSetup,
  { files, log }: StageWorld,
): Promise<boolean> {
  const read = training.inputs.filter(({ role, sha256 }) => role === 'training' && sha256 !== undefined);
  for (const { path, sha256 } of read) {
    const absolute = resolve(setup.baseDirectory, path);
    const now = (await files.exists(absolute)) ? (await files.digest(absolute)).sha256 : 'gone';
    if (now === sha256) continue;
    log.info(`the training data ${path} are not those the candidate was trained with`);
    return false;
  }
  // Rows that arrive later lie outside of a window; without one, every file counts.
  if (training.windows !== undefined) return read.length > 0;
  const { data } = setup.configuration;
  const declared = (data.training ?? data.source)?.paths ?? [];
  const present = await files.find(declared, setup.baseDirectory);
  return read.length > 0 && present.length === read.length;
}
