/** The reader beside the published schema of the standard. */

import { readdirSync, readFileSync } from 'node:fs';
import Ajv2019 from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseContract } from '../../../src/core/contract/parse-contract.ts';
import { InputError } from '../../../src/core/errors.ts';
import { describeWithSharedData, sharedDataPresent, sharedPath } from '../../support/shared-data.ts';

type Tree = { [key: string]: unknown };
type Place = { readonly holder: Tree; readonly part: 'root' | 'object' | 'property' | 'quality' };

/** Everything of a contract that the standard closes to further words. */
function closedParts(contract: Tree): Place[] {
  const list = (value: unknown) => (Array.isArray(value) ? (value as Tree[]) : []);
  const quality = (holder: Tree): Place[] =>
    list(holder.quality).map((rule) => ({ holder: rule, part: 'quality' }));
  const objects = list(contract.schema).slice(0, 1);
  return [
    { holder: contract, part: 'root' },
    ...objects.map((object): Place => ({ holder: object, part: 'object' })),
    ...objects.flatMap(quality),
    ...objects.flatMap((object) =>
      list(object.properties).map((property): Place => ({ holder: property, part: 'property' })),
    ),
    ...objects.flatMap((object) => list(object.properties).flatMap(quality)),
  ];
}

function read(contract: unknown): 'read' | 'refused' {
  const text = stringify(contract);
  try {
    parseContract(text, 'contract.yml', ['tbl', 'employee']);
    return 'read';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.message).toMatch(/^contract\.yml:\d+: /);
    expect(error.location?.line).toBeLessThanOrEqual(text.split('\n').length);
    return 'refused';
  }
}

describeWithSharedData('the published schema', () => {
  if (!sharedDataPresent) return;
  const ajv = new Ajv2019.default({ strict: false, allErrors: false });
  addFormats.default(ajv);
  const schema = JSON.parse(readFileSync(sharedPath('odcs/odcs-json-schema-v3.1.0.json'), 'utf8')) as Tree;
  const isValid = ajv.compile(schema);
  const directory = sharedPath('odcs/examples');
  const examples = readdirSync(directory)
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('postgresql'))
    .map((name) => parse(readFileSync(`${directory}/${name}`, 'utf8')) as Tree);

  test('a word that it does not have is refused by it and by the reader, with a line', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...examples),
        fc.nat(),
        fc.stringMatching(/^[a-z]{3,12}X$/),
        fc.jsonValue(),
        (example, position, word, value) => {
          const contract = structuredClone(example);
          const parts = closedParts(contract);
          const { holder } = parts[position % parts.length]!;
          holder[word] = value;
          expect(isValid(contract)).toBe(false);
          expect(read(contract)).toBe('refused');
        },
      ),
      { numRuns: 150, seed: 1 },
    );
  });

  test('whatever of an example is left out, what is valid is read', () => {
    fc.assert(
      fc.property(fc.constantFrom(...examples), fc.nat(), fc.nat(), (example, position, which) => {
        const contract = structuredClone(example);
        const parts = closedParts(contract);
        const { holder } = parts[position % parts.length]!;
        const words = Object.keys(holder).filter((word) => word !== 'schema');
        delete holder[words[which % words.length]!];
        if (isValid(contract)) expect(read(contract)).toBe('read');
        else read(contract);
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  test('any text is read or refused with a line, and nothing else happens', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...examples),
        fc.nat(),
        fc.nat(20),
        fc.string(),
        (example, at, length, junk) => {
          const text = stringify(example);
          const from = at % text.length;
          const broken = text.slice(0, from) + junk + text.slice(from + length);
          try {
            parseContract(broken, 'contract.yml', ['tbl', 'employee']);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
            expect((error as InputError).location?.line).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 300, seed: 3 },
    );
  });
});
