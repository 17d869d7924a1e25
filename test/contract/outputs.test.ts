import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readActions } from '../../scripts/generate/read-actions.ts';
import { startGitHub } from '../github-server/server.ts';
import { type ActionResult, runAction } from '../support/runner.ts';

/**
 * Actions that need no GitHub, run with the README's config on the example's data: the outputs they set are
 * those they declare.
 */

const ROOT = join(import.meta.dirname, '../..');
const ACTIONS = readActions(ROOT);

const STEPS: readonly {
  readonly name: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Declared outputs that have no value here. */
  readonly absent?: readonly string[];
}[] = [
  { name: 'validate-data' },
  { name: 'train-model' },
  { name: 'compare-models', inputs: { champion: 'none' }, absent: ['champion-version'] },
  {
    name: 'check-drift',
    inputs: { current: 'later/*.parquet', model: '.contender/fraud-detector/model/model.onnx' },
  },
  { name: 'report-metrics', absent: ['comment-url'] },
];

/** The config that the README offers. */
function readConfig(): string {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const config = /^```yaml\n(?<config>model: [\s\S]*?)^```$/m.exec(readme)?.groups?.config;
  if (config === undefined) throw new Error('the README has no config');
  return config;
}

describe('outputs of an action', () => {
  const results = new Map<string, ActionResult>();
  let workspace: string;

  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'contender-outputs-'));
    await cp(join(ROOT, 'examples/fraud'), workspace, { recursive: true });
    await writeFile(join(workspace, 'contender.yml'), readConfig());
    await using github = await startGitHub();
    const repository = await github.createRepository({ owner: 'octo', name: 'models', files: {} });
    const environment = github.actions.run({ repository }).environment();
    for (const { name, inputs = {} } of STEPS) {
      results.set(name, await runAction(join(ROOT, 'actions', name), { workspace, inputs, environment }));
    }
  });

  afterAll(() => rm(workspace, { recursive: true, force: true }));

  it.each(STEPS)('$name sets what it declares', ({ name, absent = [] }) => {
    const result = results.get(name);
    expect(result?.exitCode, result?.log).toBe(0);
    const declared = Object.keys(ACTIONS.find((action) => action.name === name)?.outputs ?? {});
    const given = Object.entries(result?.outputs ?? {}).flatMap(([output, value]) => (value ? [output] : []));
    expect(given.sort()).toEqual(declared.filter((output) => !absent.includes(output)).sort());
  });
});
