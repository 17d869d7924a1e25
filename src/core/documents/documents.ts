import * as v from 'valibot';
import { InputError } from '../errors.ts';
import { DOCUMENT_KINDS, type DocumentError, type DocumentHeader, type DocumentKind } from './common.ts';
import { type ComparisonDocument, comparisonSchema } from './comparison.ts';
import { type DriftDocument, driftSchema } from './drift.ts';
import { type Lock, lockSchema, type Manifest, manifestSchema } from './manifest.ts';
import { type ReleaseDocument, releaseSchema } from './release.ts';
import { type TrainingDocument, trainingSchema } from './training.ts';
import { type ValidationDocument, validationSchema } from './validation.ts';

/** Writes and reads every document that passes between stages; the only module that does. */

export type DocumentByKind = {
  validation: ValidationDocument;
  training: TrainingDocument;
  comparison: ComparisonDocument;
  drift: DriftDocument;
  release: ReleaseDocument;
};
export type EvidenceDocument = DocumentByKind[DocumentKind];
export type FailedDocument = Extract<EvidenceDocument, { verdict: 'error' }>;

const SCHEMAS = {
  validation: validationSchema,
  training: trainingSchema,
  comparison: comparisonSchema,
  drift: driftSchema,
  release: releaseSchema,
} as const;

/** The schemas that are published in `schemas/`, by file name. */
export const PUBLISHED_SCHEMAS = {
  ...SCHEMAS,
  manifest: manifestSchema,
  lock: lockSchema,
} as const;

/** Largest document that is read, in characters; anything larger did not come from us. */
const MAX_DOCUMENT_CHARACTERS = 50_000_000;

/**
 * Text of a document as it is stored: two spaces, keys in the order they were built, newline at the end.
 * @throws Error when a value breaks the schema, which is a bug of the stage that built it.
 */
export function serializeDocument(document: EvidenceDocument): string {
  const checked = v.safeParse(SCHEMAS[document.kind], document);
  if (!checked.success) {
    throw new Error(`the ${document.kind} document breaks its own schema: ${describeIssues(checked.issues)}`);
  }
  return `${JSON.stringify(document, null, 2)}\n`;
}

/**
 * Reads a document of any kind.
 * @throws InputError naming the file and the field when it is no document, of another schema version or model.
 */
export function parseAnyDocument(text: string, file: string): EvidenceDocument {
  const value = parseJson(text, file);
  const kind = (value as { kind?: unknown } | null)?.kind;
  if (!DOCUMENT_KINDS.includes(kind as DocumentKind)) {
    throw new InputError(
      `${file} is no evidence document: its kind is ${JSON.stringify(kind) ?? 'missing'}; known kinds are ${DOCUMENT_KINDS.join(', ')}`,
      { location: { file } },
    );
  }
  return checkDocument(value, kind as DocumentKind, file);
}

/** Reads a document of one kind, of one model when a model is given. @throws InputError as `parseAnyDocument`. */
export function parseDocument<Kind extends DocumentKind>(
  kind: Kind,
  text: string,
  options: { readonly file: string; readonly model?: string },
): DocumentByKind[Kind] {
  const document = parseAnyDocument(text, options.file);
  if (document.kind !== kind) {
    throw new InputError(`${options.file} is a ${document.kind} document; a ${kind} document is needed`, {
      location: { file: options.file },
    });
  }
  if (options.model !== undefined && document.model !== options.model) {
    throw new InputError(
      `${options.file} belongs to the model ${document.model}; the config names ${options.model}`,
      { location: { file: options.file } },
    );
  }
  return document as DocumentByKind[Kind];
}

export function parseManifest(text: string, file: string): Manifest {
  return checkValue(manifestSchema, parseJson(text, file), file);
}

/** Checks the already parsed content of a lock file. */
export function checkLock(value: unknown, file: string): Lock {
  return checkValue(lockSchema, value, file);
}

/** The document of a stage that died. */
export function buildFailedDocument<Kind extends DocumentKind>(
  kind: Kind,
  model: string,
  header: DocumentHeader,
  error: DocumentError,
): Extract<DocumentByKind[Kind], { verdict: 'error' }> {
  const document = {
    kind,
    schemaVersion: 1,
    model,
    ...header,
    inputs: [],
    measured: {},
    verdict: 'error',
    error,
  };
  return document as unknown as Extract<DocumentByKind[Kind], { verdict: 'error' }>;
}

function parseJson(text: string, file: string): unknown {
  if (text.length > MAX_DOCUMENT_CHARACTERS) {
    throw new InputError(
      `${file} has ${text.length} characters; an evidence document has at most ${MAX_DOCUMENT_CHARACTERS}`,
      { location: { file } },
    );
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${file} is not JSON: ${(cause as Error).message}`, { location: { file }, cause });
  }
}

function checkDocument(value: unknown, kind: DocumentKind, file: string): EvidenceDocument {
  const version = (value as { schemaVersion?: unknown }).schemaVersion;
  if (version !== 1) {
    throw new InputError(
      `${file} has schemaVersion ${JSON.stringify(version) ?? 'missing'}; this version of Contender reads 1`,
      { location: { file } },
    );
  }
  return checkValue(SCHEMAS[kind], value, file) as EvidenceDocument;
}

function checkValue<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  file: string,
): v.InferOutput<Schema> {
  const checked = v.safeParse(schema, value);
  if (checked.success) return checked.output;
  throw new InputError(`${file}: ${describeIssues(checked.issues)}`, { location: { file } });
}

/** The deepest issues name the field that is really wrong, also inside a union of document forms. */
function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  const deepest = issues.flatMap(flattenIssue).sort((left, right) => depthOf(right) - depthOf(left));
  return deepest
    .slice(0, 3)
    .map((issue) => `${v.getDotPath(issue) ?? 'document'}: ${issue.message}`)
    .join('; ');
}

function flattenIssue(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown>[] {
  return issue.issues ? issue.issues.flatMap(flattenIssue) : [issue];
}

function depthOf(issue: v.BaseIssue<unknown>): number {
  return issue.path?.length ?? 0;
}
