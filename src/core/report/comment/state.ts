import * as v from 'valibot';
import { modelName, sha256 } from '../../documents/common.ts';
import { iconOf } from '../headline.ts';
import type { ModelSnapshot } from './snapshot.ts';

/**
 * What a comment remembers for the next report: the models it shows, where each one's part stands in its text,
 * and what earlier pushes said. It is kept in a hidden line, as base64 so that nothing in it can end that line.
 * A comment is no safe place: it is read against a schema, and escaped like any other text when it is shown.
 */

/** Where a part of the text stands: offsets of the sentence and of what follows it. */
export type PartPlace = {
  readonly sentence: readonly [number, number];
  readonly rest: readonly [number, number];
};

export type RememberedModel = {
  readonly snapshot: ModelSnapshot;
  readonly unchanged: boolean;
  readonly digest: string;
  readonly run: string | undefined;
  readonly attempt: string | undefined;
  readonly writer: string | undefined;
  /** Undefined when the text has no more than a line of it. */
  readonly place: PartPlace | undefined;
};

/** What the comment said of an earlier head commit. */
export type EarlierPush = {
  readonly commit: string;
  /** Models that changed, the worst first; not all of them where they are many. */
  readonly models: readonly ModelSnapshot[];
};

/** An archive that holds evidence. */
export type EvidenceArtifact = {
  readonly id: number;
  /** SHA-256 in hex. */
  readonly digest: string;
};

/** The same, with the job that reported it. */
export type RememberedArtifact = EvidenceArtifact & { readonly writer: string | undefined };

export type CommentState = {
  /** The worst first. */
  readonly models: readonly RememberedModel[];
  /** The newest first. */
  readonly pushes: readonly EarlierPush[];
  readonly artifacts: readonly RememberedArtifact[];
};

/** Earlier pushes that are remembered, and models of each. */
export const MOST_PUSHES = 10;
export const MOST_MODELS_OF_PUSH = 12;
export const MOST_ARTIFACTS = 30;
/** Characters that the hidden line may take of a comment. */
export const STATE_LIMIT = 16_000;

const short = (length: number) => v.pipe(v.string(), v.maxLength(length));
const commit = v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/));
const digits = v.pipe(v.string(), v.regex(/^\d{1,20}$/));
const offsets = v.tuple([v.pipe(v.number(), v.integer(), v.minValue(0)), v.pipe(v.number(), v.integer())]);

/** By position, since every character counts: model, outcome, whether to be cautious, headline, primary value. */
const snapshotItems = [
  modelName,
  v.picklist(['success', 'failure', 'pending', 'error']),
  v.boolean(),
  v.nullable(v.tuple([short(80), short(200), short(80)])),
  v.nullable(v.tuple([short(80), short(40), short(40)])),
] as const;
const snapshotSchema = v.tuple([...snapshotItems]);

const writerSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{1,16}$/));

const stateSchema = v.object({
  version: v.literal(1),
  artifacts: v.optional(
    v.pipe(
      v.array(
        v.tuple([v.pipe(v.number(), v.safeInteger(), v.minValue(1)), sha256, v.nullable(writerSchema)]),
      ),
      v.maxLength(MOST_ARTIFACTS),
    ),
  ),
  models: v.pipe(
    v.array(
      v.object({
        is: snapshotSchema,
        unchanged: v.optional(v.literal(true)),
        digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
        run: v.optional(v.tuple([digits, digits])),
        writer: v.optional(writerSchema),
        at: v.optional(v.tuple([offsets, offsets])),
      }),
    ),
    v.maxLength(1000),
  ),
  pushes: v.pipe(
    v.array(
      v.object({
        commit,
        models: v.pipe(v.array(snapshotSchema), v.maxLength(MOST_MODELS_OF_PUSH)),
      }),
    ),
    v.maxLength(MOST_PUSHES),
  ),
});
type StoredState = v.InferOutput<typeof stateSchema>;
type StoredSnapshot = v.InferOutput<typeof snapshotSchema>;

/**
 * The state as base64, within its limit: older pushes are forgotten first, then the values and lines of the
 * models that need no look, then those models.
 */
export function encodeState(state: CommentState, limit = STATE_LIMIT): string {
  for (const smaller of shrink(state)) {
    const encoded = toBase64(JSON.stringify(store(smaller)));
    if (encoded.length <= limit) return encoded;
  }
  return toBase64(JSON.stringify(store({ models: [], pushes: [], artifacts: [] })));
}

/** Undefined when the text is no state of this version. */
export function decodeState(encoded: string): CommentState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(fromBase64(encoded));
  } catch {
    return undefined;
  }
  const checked = v.safeParse(stateSchema, value);
  return checked.success ? restore(checked.output) : undefined;
}

function* shrink({ models, pushes, artifacts }: CommentState): Generator<CommentState> {
  for (const kept of [MOST_PUSHES, 5, 2, 1]) yield { models, pushes: pushes.slice(0, kept), artifacts };
  const withoutValues = models.map((one) => withSnapshot(one, { primary: undefined }));
  yield { models: withoutValues, pushes: [], artifacts };
  for (const lines of [50, 25]) {
    const brief = withoutValues.map((one, index) =>
      index < lines ? one : withSnapshot(one, { headline: undefined }),
    );
    yield { models: brief, pushes: [], artifacts };
    for (let count = brief.length - 1; count > lines; count = Math.floor(count * 0.9)) {
      yield { models: brief.slice(0, count), pushes: [], artifacts };
    }
  }
  for (let count = 20; count > 0; count -= 5)
    yield { models: withoutValues.slice(0, count), pushes: [], artifacts };
}

function withSnapshot(model: RememberedModel, change: Partial<ModelSnapshot>): RememberedModel {
  return { ...model, snapshot: { ...model.snapshot, ...change } };
}

function store({ models, pushes, artifacts }: CommentState): StoredState {
  return {
    version: 1,
    ...(artifacts.length === 0
      ? {}
      : { artifacts: artifacts.map(({ id, digest, writer }) => [id, digest, writer ?? null]) }),
    models: models.map(({ snapshot, unchanged, digest, run, attempt, writer, place }) => ({
      is: storeSnapshot(snapshot),
      ...(unchanged ? { unchanged } : {}),
      digest,
      ...(run === undefined ? {} : { run: [run, attempt ?? '1'] as [string, string] }),
      ...(writer === undefined ? {} : { writer }),
      ...(place === undefined ? {} : { at: [[...place.sentence], [...place.rest]] }),
    })),
    pushes: pushes.map(({ commit, models: ofPush }) => ({
      commit,
      models: ofPush.slice(0, MOST_MODELS_OF_PUSH).map(storeSnapshot),
    })),
  };
}

function storeSnapshot({ model, outcome, headline, primary }: ModelSnapshot): StoredSnapshot {
  return [
    model,
    outcome,
    headline?.cautious ?? false,
    headline === undefined ? null : cut([headline.word, headline.subject, headline.numbers], [80, 200, 80]),
    primary === undefined ? null : cut([primary.metric, primary.value, primary.gain], [80, 40, 40]),
  ];
}

function cut(
  texts: readonly [string, string, string],
  lengths: readonly [number, number, number],
): [string, string, string] {
  return [texts[0].slice(0, lengths[0]), texts[1].slice(0, lengths[1]), texts[2].slice(0, lengths[2])];
}

function restore({ models, pushes, artifacts = [] }: StoredState): CommentState {
  return {
    artifacts: artifacts.map(([id, digest, writer]) => ({ id, digest, writer: writer ?? undefined })),
    models: models.map(({ is, unchanged, digest, run, writer, at }) => ({
      snapshot: restoreSnapshot(is),
      unchanged: unchanged === true,
      digest,
      run: run?.[0],
      attempt: run?.[1],
      writer,
      place: at === undefined ? undefined : { sentence: at[0], rest: at[1] },
    })),
    pushes: pushes.map(({ commit, models: ofPush }) => ({ commit, models: ofPush.map(restoreSnapshot) })),
  };
}

function restoreSnapshot([model, outcome, cautious, headline, primary]: StoredSnapshot): ModelSnapshot {
  return {
    model,
    outcome,
    headline: headline === null ? undefined : restoreHeadline(headline, iconOf(outcome, cautious), cautious),
    primary: primary === null ? undefined : { metric: primary[0], value: primary[1], gain: primary[2] },
  };
}

function restoreHeadline(
  [word, subject, numbers]: [string, string, string],
  icon: string,
  cautious: boolean,
) {
  return { icon, word, subject, numbers, cautious };
}

function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fromBase64(encoded: string): string {
  const binary = atob(encoded);
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
