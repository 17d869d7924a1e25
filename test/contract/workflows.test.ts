import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { type ActionContract, readActions } from '../../scripts/generate/read-actions.ts';
import { parseConfiguration } from '../../src/core/configuration/parse-configuration.ts';

/** Workflows and configs that users copy: those of the READMEs and of the template. */

const ROOT = join(import.meta.dirname, '../..');
const ACTIONS = readActions(ROOT);
const TEMPLATE = read('workflows-templates/contender.yml');

/** What `permissions` may hold, of which only these are of use here. */
const SCOPES = ['contents', 'pull-requests', 'statuses', 'issues', 'actions'];
const EVENTS = ['pull_request', 'push', 'schedule', 'workflow_dispatch'];

type Step = {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
};
type Job = {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
};
type Workflow = {
  readonly on?: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
};

const PAGES = [
  'README.md',
  ...ACTIONS.flatMap(({ folder }) => (folder === '' ? [] : [`${folder}/README.md`])),
];
const TEMPLATES = readdirSync(join(ROOT, 'workflows-templates'))
  .filter((name) => name.endsWith('.yml'))
  .sort()
  .map((name) => `workflows-templates/${name}`);
const WORKFLOWS = [
  ...TEMPLATES.map((file) => ({ file, text: read(file).replaceAll('$default-branch', 'main') })),
  ...PAGES.flatMap((file) =>
    blocks(read(file), 'yaml')
      .filter((text) => /^jobs:/m.test(text))
      .map((text) => ({ file, text })),
  ),
];

describe('workflows to copy', () => {
  it('stand in the README and on the page of every action', () => {
    expect(WORKFLOWS.map(({ file }) => file)).toEqual([...TEMPLATES, ...PAGES]);
  });

  it.each(WORKFLOWS)('$file: uses actions that are there, with inputs they have', ({ text }) => {
    const own = stepsOf(text).flatMap(({ uses, with: given = {} }) => {
      const action = findAction(uses ?? '');
      if (action !== undefined)
        expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
      return action === undefined ? [] : [action.name];
    });
    expect(own.length).toBeGreaterThan(0);
  });

  it.each(WORKFLOWS)('$file: grants only what is known, with a reason beside each', ({ text }) => {
    expect(parseDocument(text).errors).toEqual([]);
    const jobs = Object.values((parse(text) as Workflow).jobs);
    const granted = jobs.flatMap(({ permissions = {} }) => Object.entries(permissions));
    expect(granted.length).toBeGreaterThan(0);
    for (const [scope, level] of granted) {
      expect(SCOPES).toContain(scope);
      expect(['read', 'write']).toContain(level);
      expect(text).toMatch(new RegExp(`^ +${scope}: ${level} # \\S`, 'm'));
    }
  });

  it.each(WORKFLOWS)('$file: refers to outputs that steps before have', ({ text }) => {
    const steps = stepsOf(text) as readonly (Step & { readonly id?: string })[];
    for (const [, id, output] of text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
      const action = findAction(steps.find((step) => step.id === id)?.uses ?? '');
      expect(Object.keys(action?.outputs ?? {}), `${id}.${output}`).toContain(output);
    }
  });
});

describe('workflows of several jobs', () => {
  const SEVERAL = WORKFLOWS.filter(({ text }) => /\bneeds\./.test(text));

  it('are there for forks and for training commands', () => {
    expect(SEVERAL.map(({ file }) => file)).toEqual([
      'workflows-templates/contender-forks.yml',
      'workflows-templates/contender-ghes.yml',
      'workflows-templates/contender-three-jobs.yml',
    ]);
  });

  it.each(SEVERAL)('$file: hands on what the jobs before declare', ({ text }) => {
    const { jobs } = parse(text) as Workflow;
    for (const [, job = '', output = ''] of text.matchAll(/needs\.([\w-]+)\.outputs\.([\w-]+)/g))
      expect(Object.keys(jobs[job]?.outputs ?? {}), `${job}.${output}`).toContain(output);
  });

  it.each(SEVERAL)('$file: no job that may write checks out or runs the pull request', ({ text }) => {
    const { jobs } = parse(text) as Workflow;
    for (const [name, { permissions = {}, steps }] of Object.entries(jobs)) {
      const writes = Object.values(permissions).includes('write');
      if (name === 'deliver' || !writes) continue;
      const run = steps.map(({ uses }) => uses ?? '').filter((uses) => !uses.includes('download-artifact'));
      expect(run).toEqual(['contender-ml/contender/actions/report-metrics@v1']);
    }
  });
});

describe('the workflow of the README', () => {
  const [workflow = ''] = blocks(read('README.md'), 'yaml');

  it('is the template for a repository whose default branch is main', () => {
    expect(TEMPLATE).toContain('branches: [$default-branch]');
    expect(workflow.trim()).toBe(TEMPLATE.replaceAll('$default-branch', 'main').trim());
  });

  it('answers the events of a life of a model, one run at a time', () => {
    const { on = {}, permissions, concurrency } = parse(workflow) as Workflow;
    expect(Object.keys(on)).toEqual(EVENTS);
    expect(permissions).toEqual({});
    expect(concurrency?.group).toContain('github.ref');
  });

  it('checks out with the default depth and grants what the stages ask for', () => {
    const [checkout] = stepsOf(workflow);
    expect(checkout?.uses).toMatch(/^actions\/checkout@v\d+$/);
    expect(checkout?.with).not.toHaveProperty('fetch-depth');
    const asked = readAsked();
    const granted = Object.values((parse(workflow) as Workflow).jobs)[0]?.permissions ?? {};
    expect(granted).toEqual(asked);
  });

  it('comes with a config that is accepted, key by key', () => {
    const config = blocks(read('README.md'), 'yaml').find((text) => /^model: /m.test(text)) ?? '';
    const configuration = parseConfiguration(config, 'contender.yml');
    expect(configuration.model).toBe('fraud-detector');
    expect(configuration.notYetUsed).toEqual([]);
  });
});

describe('workflows-templates/', () => {
  it('has properties beside every template, as starter workflows do', () => {
    const files = readdirSync(join(ROOT, 'workflows-templates'));
    for (const file of files.filter((name) => name.endsWith('.yml'))) {
      const properties = JSON.parse(
        read(`workflows-templates/${file.replace(/\.yml$/, '.properties.json')}`),
      );
      expect(Object.keys(properties)).toEqual([
        'name',
        'description',
        'iconName',
        'categories',
        'filePatterns',
      ]);
      expect(properties.iconName).toMatch(/^octicon /);
      for (const pattern of properties.filePatterns) expect('contender.yml').toMatch(new RegExp(pattern));
    }
  });
});

/** The highest permission that the page of any action asks for, by scope. */
function readAsked(): Readonly<Record<string, string>> {
  const asked: Record<string, string> = {};
  for (const { file, text } of WORKFLOWS) {
    if (!file.startsWith('actions/')) continue;
    for (const { permissions = {} } of Object.values((parse(text) as Workflow).jobs)) {
      for (const [scope, level] of Object.entries(permissions)) {
        if (asked[scope] !== 'write') asked[scope] = level;
      }
    }
  }
  return asked;
}

function findAction(uses: string): ActionContract | undefined {
  const match = /^contender-ml\/contender(?:\/(?<folder>[\w/-]+))?@v1$/.exec(uses);
  if (match === null) {
    expect(uses === '' || /^actions\/(checkout|(up|down)load-artifact)@v\d+$/.test(uses), uses).toBe(true);
    return undefined;
  }
  const action = ACTIONS.find(({ folder }) => folder === (match.groups?.folder ?? ''));
  expect(action, uses).toBeDefined();
  return action;
}

function stepsOf(text: string): readonly Step[] {
  return Object.values((parse(text) as Workflow).jobs).flatMap(({ steps }) => steps);
}

function blocks(markdown: string, language: string): readonly string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return [...markdown.matchAll(fence)].map((match) => match[1] ?? '');
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
