import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { configurationSchema } from '../src/core/configuration/schema.ts';
import { PUBLISHED_SCHEMAS as DOCUMENT_SCHEMAS } from '../src/core/documents/documents.ts';

/** The JSON Schemas in `schemas/`, made from the schemas of the code; `scripts/generate.ts` writes them. */

export type PublishedSchema = {
  /** File name in `schemas/`; also the schema's relative `$id`. */
  readonly file: string;
  readonly schema: v.GenericSchema;
  readonly id: string;
  readonly title: string;
};

const DOCUMENT_TITLES: Readonly<Record<keyof typeof DOCUMENT_SCHEMAS, string>> = {
  validation: 'validation.json: what validate-data found',
  training: 'training.json: what train-model made',
  comparison: 'comparison.json: how compare-models judged',
  drift: 'drift.json: what check-drift found',
  release: 'release.json: what release-model did',
  manifest: 'manifest.json of a release',
  lock: 'contender.lock.yml: the candidate of a retraining pull request',
};

export const PUBLISHED_SCHEMAS: readonly PublishedSchema[] = [
  {
    file: 'contender.schema.json',
    schema: configurationSchema,
    id: 'contender.schema.json',
    title: 'contender.yml',
  },
  ...Object.entries(DOCUMENT_TITLES).map(([name, title]) => ({
    file: `${name}.schema.json`,
    schema: DOCUMENT_SCHEMAS[name as keyof typeof DOCUMENT_SCHEMAS],
    id: `${name}.schema.json`,
    title,
  })),
];

/** A path inside the evidence folder as a regular expression: relative, and no step of it is `..`. */
const EVIDENCE_PATH = '^(?![/\\\\]|[A-Za-z]:)(?!(.*[/\\\\])?\\.\\.([/\\\\]|$))';

/** Text of a schema file: two spaces, keys in the order of the code, newline at the end. */
export function renderSchema({ schema, id, title }: PublishedSchema): string {
  const { $schema, ...rest } = toJsonSchema(schema, {
    typeMode: 'input',
    errorMode: 'throw',
    overrideAction: ({ valibotAction, jsonSchema }) => {
      const { type, message } = valibotAction as { readonly type: string; readonly message?: unknown };
      const bound = (valibotAction as { readonly requirement?: unknown }).requirement;
      // The converter knows only ranges whose ends belong to them.
      if (type === 'gt_value') return exclusive(jsonSchema, 'minimum', bound as number);
      if (type === 'lt_value') return exclusive(jsonSchema, 'maximum', bound as number);
      // These only keep infinity out, which JSON does not have.
      if (type === 'finite' || Math.abs(Number(bound)) === Number.MAX_VALUE) return jsonSchema;
      if (type === 'check' && message === 'a path inside the evidence folder') {
        return { ...jsonSchema, pattern: EVIDENCE_PATH };
      }
      return undefined;
    },
  });
  return `${JSON.stringify({ $schema, $id: id, title, ...rest }, null, 2)}\n`;
}

function exclusive(
  jsonSchema: ReturnType<typeof toJsonSchema>,
  end: 'minimum' | 'maximum',
  bound: number,
): ReturnType<typeof toJsonSchema> {
  const key = end === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
  return { ...jsonSchema, [key]: bound };
}
