import { open, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { InputError } from '../../core/errors.ts';
import type { ExternalFile } from '../../core/onnx/external-files.ts';
import { describeModelBytes } from '../../core/onnx/model-bytes.ts';
import { buildContract } from '../../core/onnx/model-contract.ts';
import { namingModel, readModel } from '../../core/onnx/read-model.ts';
import { classesOf } from '../../core/scoring/describe-model.ts';
import type { ModelReader, ModelReading } from '../../ports/model-reader.ts';
import type { ModelFile } from '../../ports/scorer.ts';

/** ONNX files hold at most 2 GB; anything larger is no model. */
const MAX_MODEL_BYTES = 2 * 1024 ** 3;
/** What tells a model from other files. */
const HEAD_BYTES = 4096;
/** Exporters write one file for each weight at worst; a hostile model must not have millions looked for. */
const MOST_EXTERNAL_FILES = 20_000;

export function createModelReader(): ModelReader {
  return { read: readModelFile };
}

/** Reads a model file and its contract. @throws InputError as `ModelReader.read`. */
export async function readModelFile(file: ModelFile): Promise<ModelReading> {
  const { name, path } = file;
  const bytes = await readBounded(file);
  const shownName = name.includes(basename(path)) ? name : `${name} (${basename(path)})`;
  const model = readModel(bytes, shownName);
  const externalFiles = await findExternalFiles(file, model.externalLocations);
  const externalBytes = externalFiles.reduce((total, { bytes: size = 0 }) => total + size, 0);
  const contract = namingModel(shownName, () =>
    buildContract(model, { bytes: bytes.length + externalBytes, classes: classesOf(model) }),
  );
  return { model, contract, externalFiles };
}

async function readBounded({ path, name }: ModelFile): Promise<Uint8Array> {
  const handle = await open(path).catch((cause) => {
    throw new InputError(`${name}: the model file ${path} cannot be read: ${(cause as Error).message}`, {
      location: { file: path },
      cause,
    });
  });
  try {
    const stats = await handle.stat();
    const { size } = stats;
    if (!stats.isFile()) throw new InputError(`${name}: ${path} is no file`, { location: { file: path } });
    if (size > MAX_MODEL_BYTES)
      throw new InputError(`${name}: ${path} has ${size} bytes; a model has at most ${MAX_MODEL_BYTES}`);
    // A pickle of gigabytes is known by its first bytes.
    const head = Buffer.alloc(Math.min(size, HEAD_BYTES));
    await handle.read(head, 0, head.length, 0);
    if (describeModelBytes(head).kind !== 'onnx') return head;
  } finally {
    await handle.close();
  }
  return await readFile(path);
}

async function findExternalFiles(
  { path, name }: ModelFile,
  locations: readonly string[],
): Promise<readonly ExternalFile[]> {
  if (locations.length > MOST_EXTERNAL_FILES) {
    throw new InputError(
      `${name}: ${path} keeps its weights in ${locations.length} files; at most ${MOST_EXTERNAL_FILES} are looked for`,
    );
  }
  const directory = await realpath(dirname(path));
  const files: ExternalFile[] = [];
  for (const location of locations) files.push(await findExternalFile(directory, location));
  return files;
}

/** Only what lies in the folder of the model, links followed, is looked at. */
async function findExternalFile(directory: string, location: string): Promise<ExternalFile> {
  const wanted = resolve(directory, location);
  if (isAbsolute(location) || !isBelow(directory, wanted)) return { location, state: 'outside' };
  // A name with a zero byte is none to the file system.
  const found = await realpath(wanted).catch(() => undefined);
  if (found === undefined) return { location, state: 'missing' };
  if (!isBelow(directory, found)) return { location, state: 'outside' };
  const stats = await stat(found);
  return stats.isFile() ? { location, state: 'present', bytes: stats.size } : { location, state: 'missing' };
}

function isBelow(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
