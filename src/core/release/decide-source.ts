/**
 * Which bytes a push to the default branch publishes, by facts that others have looked up.
 * The order is the one of the product specification, section 2.
 */

/** A model that could be published, and what it was judged against. */
export type CandidateBytes = {
  /** What the model is known by. */
  readonly digest: string;
  /** The judgement of these very bytes; absent when there is none. */
  readonly judgement?: Judgement;
};

export type Judgement = {
  /** Digest of the champion it was judged against; absent when there was none. */
  readonly championDigest?: string;
  /** Order-free digest of the training rows. */
  readonly trainingData?: string;
};

export type SourceFacts = {
  /** The model given as input. */
  readonly given?: CandidateBytes;
  /** What the lock file names. */
  readonly lock?: CandidateBytes & {
    /** Whether this push changed the digest in the lock file. */
    readonly changedByPush: boolean;
    /** Whether its draft release is still there. */
    readonly available: boolean;
  };
  /** What the run of the merged pull request judged. */
  readonly judged?: CandidateBytes & {
    /** Whether that run was of this repository; bytes built from a fork are never published. */
    readonly sameRepository: boolean;
    readonly available: boolean;
  };
  /** How things stand now. */
  readonly current: Judgement;
};

export type SourceDecision = {
  /** `champion`: it already has these bytes, nothing is to be done. `train`: make them on the spot. */
  readonly source: 'champion' | 'given' | 'candidate' | 'judged' | 'train';
  readonly digest?: string;
  /** Whether the judgement that exists still holds, or has to be made again here. */
  readonly judgement: 'stands' | 'again' | 'not needed';
  /** Why each source was taken or passed over, in order. */
  readonly reasons: readonly string[];
};

/** Decides which bytes to publish and whether they must be judged again first. */
export function decideSource(facts: SourceFacts): SourceDecision {
  const reasons: string[] = [];
  const chosen = chooseSource(facts, reasons);
  if (chosen === undefined) {
    reasons.push('judged in this run');
    return { source: 'train', judgement: 'again', reasons };
  }
  const { source, bytes } = chosen;
  if (bytes.digest === facts.current.championDigest) {
    reasons.push(`the champion already has the bytes ${short(bytes.digest)}`);
    return { source: 'champion', digest: bytes.digest, judgement: 'not needed', reasons };
  }
  const doubt = doubtAbout(bytes.judgement, facts.current);
  reasons.push(doubt ?? 'champion and training data are those it was judged with');
  return { source, digest: bytes.digest, judgement: doubt === undefined ? 'stands' : 'again', reasons };
}

type Choice = {
  readonly source: 'given' | 'candidate' | 'judged';
  readonly bytes: CandidateBytes;
};

function chooseSource(facts: SourceFacts, reasons: string[]): Choice | undefined {
  const { given, lock, judged } = facts;
  if (given !== undefined) {
    reasons.push(`the model ${short(given.digest)} was given as input`);
    return { source: 'given', bytes: given };
  }
  if (lock !== undefined) {
    const obstacle = obstacleOfLock(lock, facts.current);
    reasons.push(obstacle ?? `this push changed the lock file to the candidate ${short(lock.digest)}`);
    if (obstacle === undefined) return { source: 'candidate', bytes: lock };
  }
  if (judged !== undefined) {
    const obstacle = obstacleOfJudged(judged, facts.current);
    reasons.push(obstacle ?? `the merged pull request's run judged the model ${short(judged.digest)}`);
    if (obstacle === undefined) return { source: 'judged', bytes: judged };
  }
  return undefined;
}

// A second run finds the draft gone because the first one published it: that is no obstacle.
function obstacleOfLock(lock: NonNullable<SourceFacts['lock']>, current: Judgement): string | undefined {
  if (!lock.changedByPush) return 'this push did not change the digest in the lock file';
  if (!lock.available && lock.digest !== current.championDigest)
    return `the draft of the candidate ${short(lock.digest)} is gone`;
  return undefined;
}

function obstacleOfJudged(
  judged: NonNullable<SourceFacts['judged']>,
  current: Judgement,
): string | undefined {
  if (!judged.sameRepository) {
    return `the model ${short(judged.digest)} was judged in the run of a fork, whose bytes are never published`;
  }
  if (!judged.available && judged.digest !== current.championDigest)
    return `the model ${short(judged.digest)} that was judged is gone`;
  return undefined;
}

function doubtAbout(judgement: Judgement | undefined, current: Judgement): string | undefined {
  if (judgement === undefined) return 'judged here, since there is no judgement of these bytes';
  if (judgement.championDigest !== current.championDigest) {
    return `judged again, since the champion moved from ${short(judgement.championDigest)} to ${short(current.championDigest)}`;
  }
  if (judgement.trainingData !== current.trainingData) {
    return 'judged again, since the training data are no longer those it was judged with';
  }
  return undefined;
}

function short(digest: string | undefined): string {
  return digest === undefined ? 'none' : digest.slice(0, 12);
}
