import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readActions } from '../../scripts/generate/read-actions.ts';
import { GITHUB_ONLY_ENTRIES } from '../../scripts/imports/rules.ts';
import { STAGES } from '../../src/composition/everyday/plan-stages.ts';
import { listReadInputs } from './read-inputs.ts';

/** The `action.yml` files are complete and say what the code does. */

const ROOT = join(import.meta.dirname, '../..');
const ACTIONS = readActions(ROOT);
const [EVERYDAY, ...OWN] = ACTIONS as [(typeof ACTIONS)[number], ...(typeof ACTIONS)[number][]];

/** What the product specification promises and this version supports, beside what every action has. */
const PROMISED: Readonly<Record<string, { readonly inputs: string[]; readonly outputs: string[] }>> = {
  'validate-data': { inputs: ['data', 'contract', 'fail-on'], outputs: ['findings', 'fingerprint'] },
  'train-model': { inputs: ['windows', 'seed', 'cache'], outputs: ['model', 'digest', 'cached'] },
  'compare-models': {
    inputs: [
      ...['challenger', 'champion', 'challenger-scores', 'champion-scores'],
      ...['artifact-id', 'artifact-digest', 'windows', 'fail-on'],
    ],
    outputs: ['promote', 'champion-version'],
  },
  'report-metrics': {
    inputs: [
      ...['evidence', 'artifact-id', 'artifact-digest', 'pull-request', 'comment', 'key'],
      ...['pictures', 'job-index', 'job-total'],
    ],
    outputs: ['comment-url', 'report'],
  },
  'release-model': {
    inputs: ['model', 'evidence', 'version', 'draft'],
    outputs: ['version', 'tag', 'url', 'digest', 'published'],
  },
  'check-drift': {
    inputs: ['reference', 'current', 'model', 'fail-on'],
    outputs: ['drifted', 'recommendation'],
  },
  'open-retraining-pr': {
    inputs: ['evidence', 'base', 'labels', 'reviewers', 'cooldown-days'],
    outputs: ['pull-request', 'url', 'operation'],
  },
};

/** Actions that make evidence, and so an artifact of it. */
const SHARING = new Set(STAGES.filter((stage) => stage !== 'open-retraining-pr') as string[]);

/** Inputs that the process itself reads, whatever stage it runs. */
const SHARED_INPUTS = ['config', 'evidence-directory', 'github-token', 'runtime-directory'];

describe('action.yml', () => {
  it('stands in a folder for every stage, and in no other', () => {
    expect(OWN.map(({ name }) => name)).toEqual([...STAGES].sort());
    expect(Object.keys(PROMISED).sort()).toEqual([...STAGES].sort());
  });

  it.each(ACTIONS)('of $name says who made it and describes every input and output', (action) => {
    const { name, author, branding } = parsedHead(action.folder);
    expect(name).toMatch(/^Contender/);
    expect(author).toBe('Contender');
    expect(Object.keys(branding)).toEqual(['icon', 'color']);
    expect(action.description.length).toBeGreaterThan(30);
    for (const described of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
      expect(described.description).toMatch(/^\S[^\n]*[^\s.]$/);
    }
  });

  it.each(ACTIONS)('of $name gives every input a default and writes it in kebab-case', ({ inputs }) => {
    for (const [name, input] of Object.entries(inputs)) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(typeof input.default, name).toBe('string');
      expect(input.required, name).toBeUndefined();
    }
  });

  it.each(ACTIONS)('of $name runs a bundle that is there, on Node 24', ({ folder, name, runs }) => {
    expect(runs.using).toBe('node24');
    const main = join(ROOT, folder, runs.main);
    expect(existsSync(main), main).toBe(true);
    expect(main).toBe(join(ROOT, 'dist', `${folder === '' ? 'contender-action' : name}.js`));
  });

  it.each(OWN)('of $name declares the inputs and outputs that are promised', ({ name, inputs, outputs }) => {
    const promised = PROMISED[name];
    const own = Object.keys(inputs).filter((input) => !SHARED_INPUTS.includes(input));
    expect(own.sort()).toEqual(promised?.inputs.toSorted());
    const shared = ['verdict', 'evidence', ...(SHARING.has(name) ? ['artifact-id', 'artifact-digest'] : [])];
    expect(Object.keys(outputs).sort()).toEqual([...shared, ...(promised?.outputs ?? [])].sort());
  });

  it.each(OWN)('of $name declares what its code reads, and nothing else', ({ name, inputs }) => {
    const read = listReadInputs(ROOT, name);
    const declared = Object.keys(inputs);
    const expected = read.filter((input) => !isForOthers(input, name));
    // Every action takes it; the report is about evidence, whatever config it came from.
    if (name === 'report-metrics') expected.push('config');
    expect(declared.toSorted()).toEqual(expected.toSorted());
  });

  it('of the root declares inputs that its code reads', () => {
    const read = listReadInputs(ROOT, 'contender-action');
    expect(read).toEqual(expect.arrayContaining(Object.keys(EVERYDAY.inputs)));
    expect(Object.keys(EVERYDAY.inputs).sort()).toEqual(
      [...SHARED_INPUTS, 'stages', 'fail-on', 'pictures', 'job-index', 'job-total'].sort(),
    );
  });

  it('of the root has the outputs of all stages together, and no other', () => {
    const all = new Set(OWN.flatMap(({ outputs }) => Object.keys(outputs)));
    expect(Object.keys(EVERYDAY.outputs).sort()).toEqual([...all].sort());
  });

  it('names the stages that the root can be asked for', () => {
    for (const stage of STAGES) expect(EVERYDAY.inputs.stages?.description).toContain(stage);
  });

  it.each(ACTIONS)('of $name takes defaults that its code takes too', ({ name, inputs }) => {
    const allowed: Readonly<Record<string, readonly string[]>> = {
      'fail-on': ['worse', 'inconclusive', 'never', 'error', 'warning', 'drift'],
      windows: ['frozen', 'new'],
      cache: ['true', 'false'],
      draft: ['true', 'false'],
      comment: ['true', 'false'],
    };
    for (const [input, values] of Object.entries(allowed)) {
      if (inputs[input] !== undefined) expect(values, `${name} ${input}`).toContain(inputs[input].default);
    }
  });
});

/**
 * What the shared part of the process reads for other actions: GitHub-only ones load no natives, and validating
 * data calls no API (the base branch is fetched with what the checkout left).
 */
function isForOthers(input: string, action: string): boolean {
  if (input === 'runtime-directory') return GITHUB_ONLY_ENTRIES.includes(action);
  return input === 'github-token' && action === 'validate-data';
}

type Head = {
  readonly name?: string;
  readonly author?: string;
  readonly branding: Readonly<Record<string, string>>;
};

function parsedHead(folder: string): Head {
  return parse(readFileSync(join(ROOT, folder, 'action.yml'), 'utf8'));
}
