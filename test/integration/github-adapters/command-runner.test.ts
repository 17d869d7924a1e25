import { existsSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCommandRunner } from '../../../src/adapters/terminal/command-runner.ts';
import { OutsideError } from '../../../src/core/errors.ts';

const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'contender-command-')));
const runner = createCommandRunner({ environment: { PATH: process.env.PATH, HOME: '/home/ada' } });
const run = (command: string, more: { timeLimitSeconds?: number; onOutput?: (line: string) => void } = {}) =>
  runner.run({ command, directory, environment: {}, ...more });

test('a command runs in a shell in its directory and gives code and last output', async () => {
  const lines: string[] = [];
  const result = await run('pwd; echo to-error >&2; printf "no end"; exit 3', {
    onOutput: (line) => lines.push(line),
  });
  expect(result.exitCode).toBe(3);
  expect([...lines].sort()).toEqual([directory, 'no end', 'to-error']);
  expect(result.lastOutput.split('\n')).toEqual(lines);
});

test('only the end of much output is kept', async () => {
  const { lastOutput } = await run('i=0; while [ $i -lt 500 ]; do echo line-$i; i=$((i+1)); done');
  expect(lastOutput.split('\n')).toHaveLength(40);
  expect(lastOutput.endsWith('line-499')).toBe(true);
});

test('tokens of the workflow do not reach the command, other variables do', async () => {
  const secrets = {
    GITHUB_TOKEN: 's1',
    GH_TOKEN: 's2',
    ACTIONS_RUNTIME_TOKEN: 's3',
    ACTIONS_ID_TOKEN_REQUEST_URL: 's4',
    'INPUT_GITHUB-TOKEN': 's5',
    NODE_AUTH_TOKEN: 's6',
    NPM_TOKEN: 's7',
    'npm_config_//registry.example/:_authToken': 's8',
    NPM_CONFIG__AUTH: 's9',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraheader',
    GIT_CONFIG_VALUE_0: 's10',
    GITHUB_ENV: 's11',
    GITHUB_PATH: 's12',
    GITHUB_OUTPUT: 's13',
    GITHUB_STEP_SUMMARY: 's14',
  };
  const kept = {
    PATH: process.env.PATH,
    GITHUB_REPOSITORY: 'octo/model',
    AWS_SECRET_ACCESS_KEY: 'of the user',
    npm_config_registry: 'https://registry.example',
  };
  const reduced = createCommandRunner({ environment: { ...secrets, ...kept } });
  const { lastOutput } = await reduced.run({
    command: 'env',
    directory,
    environment: { CONTENDER_SEED: '7' },
  });
  const seen = Object.fromEntries(lastOutput.split('\n').map((line) => line.split(/=(.*)/s)));
  expect(Object.values(seen).filter((value) => /^s\d+$/.test(String(value)))).toEqual([]);
  expect(seen).toMatchObject({ ...kept, CONTENDER_SEED: '7' });
  expect(seen).not.toHaveProperty('GIT_CONFIG_COUNT');
});

test('a command over its time limit is ended with everything it started', async () => {
  const heartbeat = path.join(directory, 'heartbeat');
  const command = `sh -c 'trap "" TERM; while true; do date +%s%N > ${heartbeat}; sleep 0.05; done' & wait`;
  const running = run(command, { timeLimitSeconds: 0.5 });
  await expect(running).rejects.toThrow(OutsideError);
  await expect(running).rejects.toThrow('ran longer than its 0.5 s and was ended');
  await expectStopped(heartbeat);
});

test('what a command leaves in the background ends with it', async () => {
  const heartbeat = path.join(directory, 'background');
  const { exitCode } = await run(
    `sh -c 'while true; do date +%s%N > ${heartbeat}; sleep 0.05; done' & while [ ! -s ${heartbeat} ]; do sleep 0.02; done; exit 0`,
  );
  expect(exitCode).toBe(0);
  await expectStopped(heartbeat);
});

test('a command that cannot be started, or is killed, is an outside error', async () => {
  const nowhere = runner.run({ command: 'true', directory: '/nonexistent', environment: {} });
  await expect(nowhere).rejects.toThrow('could not be started');
  await expect(run('kill -9 $$')).rejects.toThrow('was ended by SIGKILL');
});

async function expectStopped(heartbeat: string): Promise<void> {
  expect(existsSync(heartbeat)).toBe(true);
  await delay(100);
  const before = readFileSync(heartbeat, 'utf8');
  await delay(300);
  expect(readFileSync(heartbeat, 'utf8')).toBe(before);
}
