import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { configurationSchema } from '../src/core/configuration/schema.ts';

/**
 * Writes the JSON Schemas in `schemas/` from the schemas of the code. With `--check` it writes nothing
 * and fails when a file is not what it would write.
 */

export type PublishedSchema = {
  /** File name in `schemas/`; also the schema's relative `$id`. */
  readonly file: string;
  readonly schema: v.GenericSchema;
  readonly id: string;
  readonly title: string;
};

export const PUBLISHED_SCHEMAS: readonly PublishedSchema[] = [
  {
    file: 'contender.schema.json',
    schema: configurationSchema,
    id: 'contender.schema.json',
    title: 'contender.yml',
  },
];

/** Text of a schema file: two spaces, keys in the order of the code, newline at the end. */
export function renderSchema({ schema, id, title }: PublishedSchema): string {
  const { $schema, ...rest } = toJsonSchema(schema, {
    typeMode: 'input',
    errorMode: 'throw',
    overrideAction: ({ valibotAction, jsonSchema }) => {
      const bound = (valibotAction as { readonly requirement?: unknown }).requirement;
      // The converter knows only ranges whose ends belong to them.
      if (valibotAction.type === 'gt_value') return exclusive(jsonSchema, 'minimum', bound as number);
      if (valibotAction.type === 'lt_value') return exclusive(jsonSchema, 'maximum', bound as number);
      // These only keep infinity out, which JSON does not have.
      if (Math.abs(Number(bound)) === Number.MAX_VALUE) return jsonSchema;
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

function main(): void {
  const isCheck = process.argv.includes('--check');
  for (const published of PUBLISHED_SCHEMAS) {
    const path = fileURLToPath(new URL(`../schemas/${published.file}`, import.meta.url));
    const text = renderSchema(published);
    if (!isCheck) {
      writeFileSync(path, text);
    } else if (readFileSync(path, 'utf8') !== text) {
      console.error(
        `schemas/${published.file} is not what the code says; run: node scripts/generate-schemas.ts`,
      );
      process.exitCode = 1;
    }
  }
}

if (import.meta.main) main();
