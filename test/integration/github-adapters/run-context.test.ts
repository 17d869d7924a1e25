import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadRunContext, readRunContext } from '../../../src/adapters/runner/run-context.ts';
import type { RunContext } from '../../../src/ports/runner.ts';

const RUNNER = {
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'octo/model',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_RUN_ID: '99',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_SHA: 'merge',
  GITHUB_ACTOR: 'ada',
};
const repository = { full_name: 'octo/model', default_branch: 'main' };
const pull_request = {
  number: 7,
  head: { sha: 'head', repo: { full_name: 'octo/model' } },
  base: { sha: 'base' },
};
const forked = { ...pull_request, head: { sha: 'head', repo: { full_name: 'eve/model' } } };

const cases: [string, Record<string, string>, unknown, Partial<RunContext>][] = [
  [
    'pull_request',
    {},
    { repository, pull_request },
    {
      event: 'pull_request',
      commit: 'merge',
      headCommit: 'head',
      baseCommit: 'base',
      pullRequest: 7,
      untrusted: false,
      defaultBranch: false,
      runUrl: 'https://github.com/octo/model/actions/runs/99',
      attempt: '2',
    },
  ],
  ['pull_request', {}, { repository, pull_request: forked }, { untrusted: true, headCommit: 'head' }],
  [
    'pull_request',
    {},
    { repository, pull_request: { ...pull_request, head: { sha: 'head', repo: null } } },
    { untrusted: true },
  ],
  ['pull_request', { GITHUB_ACTOR: 'dependabot[bot]' }, { repository, pull_request }, { untrusted: true }],
  [
    'push',
    { GITHUB_REF: 'refs/heads/main' },
    { repository, before: 'old' },
    { event: 'push', beforeCommit: 'old', headCommit: 'merge', defaultBranch: true, untrusted: false },
  ],
  ['push', { GITHUB_REF: 'refs/heads/topic' }, { repository, before: 'old' }, { defaultBranch: false }],
  ['push', { GITHUB_REF: 'refs/tags/main' }, { repository, before: 'old' }, { defaultBranch: false }],
  [
    'schedule',
    {},
    { schedule: '17 3 * * 1' },
    { event: 'schedule', schedule: '17 3 * * 1', untrusted: false },
  ],
  ['workflow_dispatch', {}, { inputs: {} }, { event: 'workflow_dispatch', headCommit: 'merge' }],
  [
    'merge_group',
    {},
    { merge_group: { head_sha: 'queue', base_sha: 'base' } },
    { event: 'merge_group', headCommit: 'queue', baseCommit: 'base' },
  ],
  [
    'workflow_run',
    {},
    { workflow_run: { head_sha: 'head', head_repository: { full_name: 'eve/model' } } },
    { event: 'workflow_run', headCommit: 'head', untrusted: true },
  ],
  [
    'workflow_run',
    {},
    {
      workflow_run: {
        ...{ id: 77, event: 'pull_request', head_branch: 'topic', head_sha: 'head' },
        head_repository: { full_name: 'eve/model' },
      },
    },
    {
      upstream: {
        ...{ run: '77', event: 'pull_request', headBranch: 'topic', headCommit: 'head' },
        headRepository: 'eve/model',
      },
    },
  ],
  [
    'issue_comment',
    {},
    { issue: { number: 5, pull_request: { url: 'https://api.github.com/x' } } },
    { event: 'issue_comment', pullRequest: 5 },
  ],
  [
    'workflow_run',
    {},
    { workflow_run: { head_sha: 'head', head_repository: { full_name: 'octo/model' } } },
    { untrusted: false },
  ],
  ['pull_request_target', {}, { repository, pull_request }, { event: 'other' }],
  ['pull_request', {}, null, { event: 'pull_request', headCommit: 'merge', untrusted: true }],
  ['pull_request', {}, { pull_request: 'text' }, { untrusted: true }],
];

test.each(cases)('%s %o', (event, environment, payload, expected) => {
  expect(readRunContext({ ...RUNNER, GITHUB_EVENT_NAME: event, ...environment }, payload)).toMatchObject(
    expected,
  );
});

test('a push that makes a branch has no commit before', () => {
  const context = readRunContext(
    { ...RUNNER, GITHUB_EVENT_NAME: 'push' },
    { repository, before: '0'.repeat(40) },
  );
  expect(context).not.toHaveProperty('beforeCommit');
});

test('outside a runner the run is local', () => {
  expect(loadRunContext({})).toEqual({
    event: 'local',
    serverUrl: 'https://github.com',
    untrusted: false,
    defaultBranch: false,
  });
});

test('the event is read from the file of the runner', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'contender-event-')), 'event.json');
  writeFileSync(file, JSON.stringify({ repository, pull_request }));
  const environment = { ...RUNNER, GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: file };
  expect(loadRunContext(environment).pullRequest).toBe(7);
  writeFileSync(file, 'no json');
  expect(() => loadRunContext(environment)).toThrow(
    'the event of this run (GITHUB_EVENT_PATH) cannot be read',
  );
});
