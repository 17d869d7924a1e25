import { resolve } from 'node:path';
import type { CompletedComparison } from '../../core/documents/comparison.ts';
import { InputError } from '../../core/errors.ts';
import { decideSource, type Judgement, type SourceDecision } from '../../core/release/decide-source.ts';
import type { DownloadedRelease } from '../../ports/model-registry.ts';
import { identifyModel } from '../model-files.ts';
import type { StageWorld } from '../stage.ts';
import { type Candidate, findCandidate } from './candidate.ts';
import { type JudgedFiles, readJudgement } from './read-judgement.ts';
import type { ReleasePorts, ReleaseRequest } from './request.ts';

/** Which bytes this push publishes, or what has to run first. */
export type Source =
  | { readonly kind: 'champion'; readonly reasons: readonly string[] }
  | {
      readonly kind: 'again';
      readonly next: 'train' | 'compare';
      readonly digest?: string;
      readonly reasons: readonly string[];
    }
  | {
      readonly kind: 'judged';
      readonly judged: JudgedFiles;
      /** The draft that holds these bytes already. */
      readonly draft: DownloadedRelease | undefined;
      readonly reasons: readonly string[];
    };

type SourceWorld = {
  readonly request: ReleaseRequest;
  readonly world: StageWorld;
  readonly champion: DownloadedRelease | undefined;
  readonly evidence: JudgedFiles | undefined;
};

/** The model given, else the candidate of the lock file, else what was trained and compared in this run. */
export async function chooseSource(
  request: ReleaseRequest,
  ports: ReleasePorts,
  champion: DownloadedRelease | undefined,
): Promise<Source> {
  const { world, registry, repository } = ports;
  const { setup, model: given } = request;
  const folder = request.evidence ?? setup.evidenceDirectory;
  const evidence = await readJudgement(folder, setup.configuration.model, world);
  const facts = { request, world, champion, evidence };
  if (given !== undefined) return await chooseGiven(facts, given);
  const candidate =
    repository === undefined ? undefined : await findCandidate(setup, { world, registry, repository });
  const decision = decideSource({
    ...(candidate === undefined ? {} : { lock: describeCandidate(candidate) }),
    current: { ...championState(champion), ...trainingState(candidate) },
  });
  if (decision.source === 'champion') return { kind: 'champion', reasons: decision.reasons };
  if (decision.source === 'candidate' && candidate !== undefined) {
    return await chooseCandidate(facts, decision, candidate);
  }
  return await chooseEvidence(facts, decision.reasons);
}

async function chooseGiven(facts: SourceWorld, given: string): Promise<Source> {
  const { evidence, champion, world } = facts;
  const modelPath = resolve(given);
  const { digest } = await identifyModel({ path: modelPath, name: `the model ${given}` }, world);
  const judged = evidence?.comparison.challenger.digest === digest ? evidence : undefined;
  const judgement = judged && judgementOf(judged.comparison);
  const decision = decideSource({
    given: { digest, ...(judgement === undefined ? {} : { judgement }) },
    current: {
      ...championState(champion),
      ...(judgement?.trainingData === undefined ? {} : { trainingData: judgement.trainingData }),
    },
  });
  const { reasons } = decision;
  if (decision.source === 'champion') return { kind: 'champion', reasons };
  if (decision.judgement === 'stands' && judged !== undefined) {
    return { kind: 'judged', judged: { ...judged, modelPath }, draft: undefined, reasons };
  }
  const advice = 'run compare-models with this file as its challenger first';
  return { kind: 'again', next: 'compare', digest, reasons: [...reasons, advice] };
}

async function chooseCandidate(
  facts: SourceWorld,
  decision: SourceDecision,
  { lock, judged, draft }: Candidate,
): Promise<Source> {
  const { champion, request } = facts;
  if (decision.judgement !== 'stands' || judged === undefined || draft === undefined) {
    return await chooseEvidence(facts, decision.reasons);
  }
  const version = champion?.manifest.version;
  // The same bytes under a newer version: what was proposed may not be the next one any more.
  if (lock.champion?.version !== version) {
    return await chooseEvidence(facts, [...decision.reasons, `the champion is ${version ?? 'gone'} by now`]);
  }
  if (request.version !== 'auto' && request.version !== draft.manifest.version) {
    throw new InputError(
      `the input version is ${request.version}, but the merged candidate was judged and stored as ${draft.manifest.version}; leave the version to auto`,
    );
  }
  return { kind: 'judged', judged, draft, reasons: decision.reasons };
}

async function chooseEvidence(facts: SourceWorld, reasons: readonly string[]): Promise<Source> {
  const { champion, evidence } = facts;
  if (evidence === undefined) {
    return {
      kind: 'again',
      next: 'train',
      reasons: [...reasons, 'run train-model and compare-models first'],
    };
  }
  const { comparison } = evidence;
  const { digest } = comparison.challenger;
  if (digest === champion?.manifest.digest && !(await hasOtherFeatures(facts, comparison))) {
    return { kind: 'champion', reasons: [`the champion already has the bytes ${digest.slice(0, 12)}`] };
  }
  if (comparison.champion?.digest !== champion?.manifest.digest) {
    const judgedAgainst = comparison.champion?.version ?? comparison.champion?.digest.slice(0, 12) ?? 'none';
    const moved = `judged against the champion ${judgedAgainst}, which is ${champion?.manifest.version ?? 'none'} by now; train and compare again`;
    return { kind: 'again', next: 'train', digest, reasons: [moved] };
  }
  return { kind: 'judged', judged: evidence, draft: undefined, reasons };
}

/** Equal bytes fed by another features query are another model. */
async function hasOtherFeatures(
  { champion, evidence, world }: SourceWorld,
  comparison: CompletedComparison,
): Promise<boolean> {
  if (comparison.verdict === 'unchanged') return false;
  const read = async (path: string | undefined) =>
    path === undefined ? undefined : await world.files.readText(path);
  return (await read(champion?.featuresPath)) !== (await read(evidence?.featuresPath));
}

function describeCandidate({ lock, changedByPush, draft, judged }: Candidate) {
  return {
    digest: lock.digest,
    changedByPush,
    available: draft !== undefined,
    ...(judged === undefined ? {} : { judgement: judgementOf(judged.comparison) }),
  };
}

function championState(champion: DownloadedRelease | undefined): Judgement {
  return champion === undefined ? {} : { championDigest: champion.manifest.digest };
}

/** Rows are not read here: training data are the same as long as the files they came from are. */
function trainingState(candidate: Candidate | undefined): Judgement {
  if (candidate === undefined) return {};
  if (!candidate.trainingDataUnchanged) return { trainingData: 'changed since' };
  const trainingData = candidate.judged?.comparison.trainingData;
  return trainingData === undefined ? {} : { trainingData };
}

function judgementOf({ champion, trainingData }: CompletedComparison): Judgement {
  return {
    ...(champion === undefined ? {} : { championDigest: champion.digest }),
    ...(trainingData === undefined ? {} : { trainingData }),
  };
}
