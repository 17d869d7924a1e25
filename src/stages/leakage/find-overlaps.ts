import { takeValues } from '../../core/comparison/take-sample.ts';
import type { CompletedComparison } from '../../core/documents/comparison.ts';
import type { Overlap } from '../../core/documents/overlap.ts';
import { InputError } from '../../core/errors.ts';
import {
  decodeFingerprint,
  type Fingerprint,
  MOST_FINGERPRINT_BYTES,
} from '../../core/leakage/fingerprint.ts';
import { findObstacle } from '../../core/leakage/identity-columns.ts';
import { countOverlap, countSeen, type OverlapInput } from '../../core/leakage/overlap.ts';
import type { DataSet } from '../../ports/data-engine.ts';
import type { JudgedModel } from '../comparison/judged-models.ts';
import type { Holdout } from '../comparison/read-holdout.ts';
import { openRole } from '../data/open-data.ts';
import { OTHER_JOB } from '../other-jobs/take-model.ts';
import type { StageWorld } from '../stage.ts';

export type OverlapRequest = {
  readonly holdout: Holdout;
  readonly challenger: JudgedModel;
  readonly champion: JudgedModel | undefined;
};

/** What the document says about holdout rows that the models were trained on. */
export type FoundOverlaps = Pick<CompletedComparison['holdout'], 'leakage' | 'overlap'>;

/**
 * Looks for the labelled rows of the holdout in the fingerprints of both models. It decides nothing: a fingerprint that is
 * missing, damaged or over other columns is told, and ends no comparison.
 */
export async function findOverlaps(request: OverlapRequest, world: StageWorld): Promise<FoundOverlaps> {
  const { challenger, champion, holdout } = request;
  const own = await readFingerprint(challenger, world);
  const other = champion && (await readFingerprint(champion, world));
  const readable = [own, other].some((found) => found !== undefined && typeof found !== 'string');
  await using data = readable ? await openHoldout(holdout) : undefined;
  const look = createLook(holdout, data);
  const overlap = {
    challenger: await look(own, challenger),
    ...(champion && other !== undefined ? { champion: await look(other, champion) } : {}),
  };
  const known = 'checks' in overlap.challenger ? { leakage: countSeen(overlap.challenger.checks) } : {};
  return { ...known, overlap };
}

function openHoldout({ request }: Holdout): Promise<DataSet> {
  return openRole(request.ports.engine, { role: 'holdout', ...request });
}

/** The fingerprint of a model, or why there is none. */
async function readFingerprint(
  { fingerprint, name, origin, training, manifest, version }: JudgedModel,
  { files }: StageWorld,
): Promise<Fingerprint | string> {
  if (fingerprint === undefined) {
    if (training !== undefined) return 'its training left no fingerprint of its rows';
    if (manifest !== undefined) return `its release ${version ?? ''} has no fingerprint of its training rows`;
    return origin === OTHER_JOB
      ? 'another job trained it, whose word for its rows is not taken'
      : 'it was given by its path, which does not tell what it was trained on';
  }
  try {
    const { path, sha256 } = fingerprint;
    if (sha256 !== undefined && (await files.digest(path)).sha256 !== sha256) {
      return 'the fingerprint of its training rows is not the one that training.json names';
    }
    return decodeFingerprint(
      await files.readBytes(path, MOST_FINGERPRINT_BYTES),
      `the fingerprint of the ${name}`,
    );
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

type Look = (found: Fingerprint | string, model: JudgedModel) => Promise<Overlap>;

/** Models that were trained on the same columns share the hashes of the holdout. */
function createLook(holdout: Holdout, data: DataSet | undefined): Look {
  const known = new Map<string, Promise<Float64Array>>();
  const hash = (rows: DataSet, names: readonly string[]) => {
    const key = JSON.stringify(names);
    const hashes = known.get(key) ?? rows.rowHashes(names).then((all) => takeValues(all, holdout.labelled));
    known.set(key, hashes);
    return hashes;
  };
  return async (found, model) => {
    if (typeof found === 'string' || data === undefined) return { notChecked: String(found) };
    const inputs: OverlapInput[] = [];
    let obstacle: string | undefined;
    for (const set of found.sets) {
      const problem = findObstacle(set, data.columns);
      obstacle ??= problem;
      if (problem !== undefined) continue;
      inputs.push({
        set,
        hashes: await hash(
          data,
          set.columns.map(({ name }) => name),
        ),
      });
    }
    if (inputs.length === 0) return { notChecked: obstacle ?? 'its fingerprint covers no columns' };
    const checks = countOverlap(inputs, `the fingerprint of the ${model.name}`);
    return { labelledRows: holdout.labelled.length, checks: [...checks] };
  };
}
