import { join } from 'node:path';
import type { CompletedTraining, Windows } from '../../core/documents/training.ts';
import {
  encodeFingerprint,
  type HashedRows,
  MOST_FINGERPRINT_BYTES,
} from '../../core/leakage/fingerprint.ts';
import { chooseIdentity } from '../../core/leakage/identity-columns.ts';
import { FINGERPRINT_ASSET } from '../../core/release/asset-names.ts';
import type { DataEngine, DataSet } from '../../ports/data-engine.ts';
import type { Log } from '../../ports/runner.ts';
import { openRole } from '../data/open-data.ts';
import { labelledPositions } from '../data/score-rows.ts';
import type { Exam } from '../exam.ts';
import type { StageWorld } from '../stage.ts';

export type FingerprintRequest = {
  readonly exam: Exam;
  readonly windows: Windows | undefined;
  /** The training rows as training reads them. */
  readonly data: DataSet;
  /** Whether a features query made them, so that the rows of the files have to be opened by themselves. */
  readonly isQueried: boolean;
  /** A learner leaves out rows without a label; a command is given them too. */
  readonly onlyLabelled: boolean;
};

/** Bytes of the fingerprint of the training rows; undefined when no column tells them apart, or they are too many. */
export async function takeFingerprint(
  request: FingerprintRequest,
  { engine, log }: { readonly engine: DataEngine; readonly log: Log },
): Promise<Uint8Array | undefined> {
  const { exam, windows, isQueried } = request;
  if (!isQueried) return await fingerprintOf(request, request.data, log);
  await using rows = await openRole(engine, {
    role: 'training',
    configuration: exam.configuration,
    directory: exam.headDirectory,
    windows,
  });
  return await fingerprintOf(request, rows, log);
}

async function fingerprintOf(
  { exam, onlyLabelled }: FingerprintRequest,
  data: DataSet,
  log: Log,
): Promise<Uint8Array | undefined> {
  const { configuration } = exam;
  const identities = chooseIdentity(configuration, data.columns);
  if (identities.length === 0) return undefined;
  const kept = onlyLabelled ? await findLabelled(data, configuration.data.target) : undefined;
  const hashed: HashedRows[] = [];
  for (const { by, columns } of identities) {
    const hashes = await data.rowHashes(columns.map(({ name }) => name));
    hashed.push({ by, columns, hashes: kept === undefined ? hashes : take(hashes, kept) });
  }
  const bytes = encodeFingerprint(kept?.length ?? data.rowCount, hashed);
  if (bytes.length <= MOST_FINGERPRINT_BYTES) return bytes;
  log.warning(
    `the fingerprint of the training rows would take ${bytes.length} bytes, more than the ${MOST_FINGERPRINT_BYTES} that are read again; none is kept, so that nobody can look for holdout rows in it`,
  );
  return undefined;
}

/** Undefined, for all rows, where a features query makes the label. */
async function findLabelled(data: DataSet, target: string | undefined): Promise<Uint32Array | undefined> {
  const column = data.columns.find(({ name }) => name === target);
  if (column === undefined) return undefined;
  const isNumeric = column.type === 'integer' || column.type === 'number';
  const { columns } = await data.read([{ name: column.name, as: isNumeric ? 'number' : 'text' }]);
  return labelledPositions(columns[0]!);
}

function take(hashes: Float64Array, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => hashes[row]!);
}

/** Writes a fingerprint into a folder of the evidence; what `training.json` says of it. */
export async function recordFingerprint(
  bytes: Uint8Array | undefined,
  place: { readonly evidenceDirectory: string; readonly folder: string },
  { files }: StageWorld,
): Promise<Pick<CompletedTraining, 'fingerprint'>> {
  if (bytes === undefined) return {};
  const path = `${place.folder}/${FINGERPRINT_ASSET}`;
  const file = join(place.evidenceDirectory, path);
  await files.write(file, bytes);
  const { sha256 } = await files.digest(file);
  return { fingerprint: { path, sha256 } };
}
