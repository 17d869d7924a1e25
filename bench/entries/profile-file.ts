/**
 * Profile and contract of one file without what else validate-data does, for the benchmark. Prints the seconds of
 * each part, and the rules about rows as JSON for other tools.
 *
 * Arguments: FILE CONTRACT [digest].
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createDuckdbEngine } from '../../src/adapters/duckdb/duckdb-engine.ts';
import { holdToContract } from '../../src/stages/validation/hold-to-contract.ts';
import { readContract } from '../../src/stages/validation/read-contract.ts';

const [path = '', contractPath = '', withDigest = ''] = process.argv.slice(2);
const temporaryDirectory = join(`${path}.temporary`);
const text = await readFile(contractPath, 'utf8');
const contract = readContract(
  { file: contractPath, text },
  { dataset: 'transactions', model: 'transactions' },
);
const seconds: Record<string, number> = {};
let started = performance.now();
const lap = (name: string) => {
  seconds[name] = (performance.now() - started) / 1000;
  started = performance.now();
};
await using engine = createDuckdbEngine({ load: () => import('@duckdb/node-api'), temporaryDirectory });
const data = await engine.open({ name: 'transactions', baseDirectory: '/', paths: [path] });
lap('open');
await data.profile(data.columns.map(({ name }) => name));
lap('profile');
const others = {
  open: async () => ({ missing: 'no other data' }),
  [Symbol.asyncDispose]: async () => undefined,
};
const hidden = new Set<string>();
const breaches = await holdToContract({ data, contract, others, now: Date.now(), hidden, late: new Set() });
lap('contract');
if (withDigest === 'digest') {
  await data.digest();
  lap('digest');
}
await data[Symbol.asyncDispose]();
await rm(temporaryDirectory, { recursive: true, force: true });
const rules = contract.rules.flatMap(({ rowRule }) => (rowRule === undefined ? [] : [rowRule]));
console.log(JSON.stringify({ seconds, breaches: breaches.length, rules, ruleCount: contract.rules.length }));
