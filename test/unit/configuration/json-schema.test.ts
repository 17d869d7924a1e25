import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PUBLISHED_SCHEMAS, renderSchema } from '../../../scripts/generate-schemas.ts';
import { parseConfiguration } from '../../../src/core/configuration/parse-configuration.ts';
import { InputError } from '../../../src/core/errors.ts';

const ROOT = new URL('../../../', import.meta.url);
const SCHEMA = readFileSync(new URL('schemas/contender.schema.json', ROOT), 'utf8');
const EVERY_KEY = readFileSync(new URL('fixtures/every-key.yml', import.meta.url), 'utf8');
const accepts = new Ajv({ strict: true, allowUnionTypes: true }).compile(JSON.parse(SCHEMA));

const HEAD = 'model: m\ntask: binary-classification\n';

/** Values that both the parser and the schema decide alike; rules between keys are the parser's alone. */
const CASES: readonly (readonly [string, boolean])[] = [
  [EVERY_KEY, true],
  [`${HEAD}data: {}`, true],
  [`${HEAD}data: {source: [a, b], split: {holdout: 60d}, timestamp: t}`, true],
  [`${HEAD}data: {source: {path: a}, split: {holdout: 20%, by: random}, id: i}`, true],
  [`${HEAD}data: {}\ntraining: {command: make, model: m.onnx}\nscoring: {command: score}`, true],
  [`${HEAD}data: {}\ncomparison: {metrics: [{name: a, sql: b, direction: lower}], margins: {a: 2%}}`, true],
  [HEAD, false],
  [`model: M\ntask: regression\ndata: {}`, false],
  [`model: m\ntask: other\ndata: {}`, false],
  [`${HEAD}data: {zebra: 1}`, false],
  [`${HEAD}data: {target: 5}`, false],
  [`${HEAD}data: {target: ""}`, false],
  [`${HEAD}data: {target: }`, false],
  [`${HEAD}data: {training: []}`, false],
  [`${HEAD}data: {training: {where: a}}`, false],
  [`${HEAD}data: {training: {path: a, sha256: abc}}`, false],
  [`${HEAD}data: {source: a, split: {holdout: 60x}, timestamp: t}`, false],
  [`${HEAD}data: {source: a, split: {holdout: 0, by: random}, id: i}`, false],
  [`${HEAD}data: {source: a, split: {holdout: 1, by: random}, id: i}`, false],
  [`${HEAD}data: {}\ntraining: {learner: forest}`, false],
  [`${HEAD}data: {}\ntraining: {learner: linear, seed: 1.5}`, false],
  [`${HEAD}data: {}\ncomparison: {gates: [{metric: f1, require: at-least}]}`, false],
  [`${HEAD}data: {}\ncomparison: {gates: [{metric: f1, require: better, value: 1}]}`, false],
  [`${HEAD}data: {}\ncomparison: {margins: {f1: -1}}`, false],
  [`${HEAD}data: {}\ncomparison: {margins: {f1: {share: 1}}}`, false],
  [`${HEAD}data: {}\ncomparison: {threshold: 2}`, false],
  [`${HEAD}data: {}\ndrift: {false-alarms-per-year: 0}`, false],
  [`${HEAD}data: {}\ndeployment: [{environment: a}]`, false],
];

describe('contender.schema.json', () => {
  it.each(CASES)('decides like the parser: %j', (text, expected) => {
    expect(accepts(parse(text))).toBe(expected);
    expect(isAccepted(text)).toBe(expected);
  });

  it('is what the code says', () => {
    const published = PUBLISHED_SCHEMAS.find(({ file }) => file === 'contender.schema.json');
    expect(published && renderSchema(published)).toBe(SCHEMA);
  });

  it('describes every key of every map', () => {
    expect(keysWithoutDescription(JSON.parse(SCHEMA), '')).toEqual([]);
  });

  it('names no host but that of JSON Schema itself', () => {
    expect(SCHEMA.match(/https?:\/\/[^/"]+/g)).toEqual(['http://json-schema.org']);
  });
});

function isAccepted(text: string): boolean {
  try {
    parseConfiguration(text, 'contender.yml');
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

type Node = {
  readonly description?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly items?: Node;
};

function keysWithoutDescription(node: Node, path: string): string[] {
  const below = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.items ? [node.items] : [])];
  const own = Object.entries(node.properties ?? {}).flatMap(([key, value]) => [
    ...(value.description === undefined ? [`${path}.${key}`] : []),
    ...keysWithoutDescription(value, `${path}.${key}`),
  ]);
  return [...own, ...below.flatMap((branch) => keysWithoutDescription(branch, path))];
}
