import { InputError } from '../../core/errors.ts';
import type { ArtifactReference } from '../../ports/artifact-store.ts';
import type { Inputs } from '../inputs.ts';

/**
 * The artifacts that `artifact-id` and `artifact-digest` pin: a number and a digest, lists of them in the same
 * order, or the JSON objects by model that an action hands on for several models. Empty when none is named.
 * @throws InputError when one is named without the other, or is no id or digest.
 */
export function readArtifactReferences(inputs: Pick<Inputs, 'text'>): readonly ArtifactReference[] {
  const ids = readValues(inputs.text('artifact-id'), 'artifact-id');
  const digests = readValues(inputs.text('artifact-digest'), 'artifact-digest');
  for (const name of ids.keys()) if (!digests.has(name)) throw unpaired('artifact-digest', name);
  for (const name of digests.keys()) if (!ids.has(name)) throw unpaired('artifact-id', name);
  return [...ids].map(([name, id]) => ({
    id: readId(id),
    digest: readDigest(digests.get(name) ?? ''),
  }));
}

/** Values by model, or by their place in the list. */
function readValues(text: string | undefined, input: string): ReadonlyMap<string, string> {
  if (text === undefined) return new Map();
  if (!text.startsWith('{')) {
    const values = text
      .split(/[\n,]/)
      .map((value) => value.trim())
      .filter((value) => value !== '');
    return new Map(values.map((value, index) => [String(index + 1), value]));
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`the input ${input} is no JSON object: ${(cause as Error).message}`, { cause });
  }
  const entries = Object.entries(parsed as Record<string, unknown>);
  return new Map(entries.map(([name, value]) => [name, String(value)]));
}

function readId(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InputError(
    `the input artifact-id is ${JSON.stringify(text.slice(0, 80))}; write the output artifact-id of the job that made the evidence`,
  );
}

function readDigest(text: string): string {
  const digest = text.replace(/^sha256:/, '');
  if (/^[0-9a-f]{64}$/.test(digest)) return digest;
  throw new InputError(
    `the input artifact-digest is ${JSON.stringify(text.slice(0, 80))}; write the output artifact-digest of the job that made the evidence (64 hex digits)`,
  );
}

function unpaired(missing: string, name: string): InputError {
  const which = /^\d+$/.test(name) ? `entry ${name}` : `the model ${JSON.stringify(name.slice(0, 100))}`;
  return new InputError(
    `the input ${missing} is missing for ${which}; artifact-id and artifact-digest are given together, from the outputs of one job`,
  );
}
