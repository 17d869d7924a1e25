import semver from 'semver';
import type { Task } from '../configuration/configuration.ts';
import type { CompletedComparison } from '../documents/comparison.ts';
import type { Manifest } from '../documents/manifest.ts';
import type { ModelSignature } from '../documents/training.ts';

export type VersionRequest = {
  /** The champion's manifest; absent for the first model. */
  readonly champion?: Pick<Manifest, 'version' | 'task' | 'signature'>;
  /** Absent when the model is no ONNX file. */
  readonly signature?: ModelSignature | undefined;
  readonly task: Task;
  /** Whether the model file is byte for byte the champion's. */
  readonly sameWeights: boolean;
  /**
   * Whether a caller of the champion has to change something, as the comparison found from the bytes of both
   * models. Undefined where no comparison says it: then the signatures decide, which know less (no classes, and
   * shapes that converters declared wrongly).
   */
  readonly breaking?: boolean;
};

export type NextVersion = {
  readonly version: string;
  readonly change: 'first' | 'major' | 'minor' | 'patch';
  /** Why, for the notes. */
  readonly reason: string;
};

const FIRST_VERSION = '1.0.0';

/**
 * The version a model gets: major when inputs, outputs, classes, task or the kind of file (ONNX or another)
 * change so that callers notice, minor for new weights, patch for the same weights with another manifest;
 * 1.0.0 for the first.
 */
export function nextVersion(request: VersionRequest): NextVersion {
  const { champion } = request;
  if (champion === undefined) return { version: FIRST_VERSION, change: 'first', reason: 'first model' };
  const [change, reason] = changeSince(champion, request);
  // Never null: the manifest of a release holds a semantic version.
  return { version: semver.inc(champion.version, change)!, change, reason };
}

function changeSince(
  champion: Pick<Manifest, 'task' | 'signature'>,
  request: VersionRequest,
): ['major' | 'minor' | 'patch', string] {
  if (champion.task !== request.task)
    return ['major', `task changed from ${champion.task} to ${request.task}`];
  const [before, after] = [champion.signature, request.signature];
  if (before === undefined && after !== undefined) return ['major', 'the model is an ONNX file now'];
  if (before !== undefined && after === undefined) return ['major', 'the model is no ONNX file any more'];
  if (request.breaking === true) return ['major', 'breaking change of the model contract'];
  if (request.breaking === undefined && before !== undefined && after !== undefined) {
    if (!sameTensors(before.inputs, after.inputs)) return ['major', 'inputs changed'];
    if (!sameTensors(before.outputs, after.outputs)) return ['major', 'outputs changed'];
  }
  return request.sameWeights ? ['patch', 'same weights'] : ['minor', 'new weights'];
}

/** What a comparison says about `breaking`; nothing when it did not compare the contracts. */
export function breakingOf(
  contract: CompletedComparison['modelContract'] | undefined,
): Pick<VersionRequest, 'breaking'> {
  return contract === undefined ? {} : { breaking: contract.changes.some(({ breaking }) => breaking) };
}

type Tensors = ModelSignature['inputs'];

/** Names decide, not the order: runtimes bind by name. */
function sameTensors(left: Tensors, right: Tensors): boolean {
  return canonicalTensors(left) === canonicalTensors(right);
}

/** A symbolic size may change its name (`N`, `batch`) without any caller noticing. */
function canonicalTensors(tensors: Tensors): string {
  const parts = tensors.map(({ name, type, shape }) =>
    JSON.stringify([name, type, shape.map((size) => (typeof size === 'number' ? size : null))]),
  );
  return parts.sort().join('\n');
}
