/** The stand-in for GitHub's runner is itself tested, because all tests of actions rely on it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ActionOptions, runAction, runCommand } from '../support/runner.ts';

const MANIFEST = `
name: a
description: b
inputs:
  some-path: { description: x, default: here }
  github-token: { description: x, default: '\${{ github.token }}' }
  nothing: { description: x }
runs: { using: node24, main: dist/main.js, post: dist/post.js }
`;

let scratch: string;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'runner-test-'));
  await mkdir(join(scratch, 'dist'));
  await writeFile(join(scratch, 'action.yml'), MANIFEST);
});

afterEach(() => rm(scratch, { recursive: true, force: true }));

async function run(script: string, options: Partial<ActionOptions> = {}) {
  const head =
    "import { appendFileSync as add, readFileSync as read } from 'node:fs';\nconst env = process.env;\n";
  await writeFile(join(scratch, 'package.json'), '{"type":"module"}');
  await writeFile(join(scratch, 'dist', `${options.phase ?? 'main'}.js`), head + script);
  return runAction(scratch, { workspace: scratch, ...options });
}

describe('runAction', () => {
  it('gives inputs, defaults, event and workspace, and nothing of its own environment', async () => {
    process.env.LEAKED = 'yes';
    const { outputs, exitCode } = await run(
      `add(env.GITHUB_OUTPUT, 'seen<<END\\n' + JSON.stringify([env['INPUT_SOME-PATH'], env['INPUT_GITHUB-TOKEN'],
         env.INPUT_NOTHING, JSON.parse(read(env.GITHUB_EVENT_PATH, 'utf8')).number, env.GITHUB_EVENT_NAME,
         process.cwd() === env.GITHUB_WORKSPACE, env.LEAKED ?? null, env.NODE_OPTIONS ?? null]) + '\\nEND\\n');
       process.exit(3);`,
      { token: 't0ken', inputs: { 'some-path': 'there' }, event: { name: 'push', payload: { number: 7 } } },
    );
    expect(exitCode).toBe(3);
    expect(JSON.parse(outputs.seen ?? '')).toEqual(['there', 't0ken', '', 7, 'push', true, null, null]);
  });

  it('refuses inputs that the action does not have', async () => {
    await expect(run('', { inputs: { 'some-pth': 'x' } })).rejects.toThrow('Unexpected input(s) some-pth');
  });

  it('reads state, variables, folders and summary, and hands state to the post step', async () => {
    const main = await run(
      `add(env.GITHUB_STATE, 'kept=1\\n'); add(env.GITHUB_ENV, 'A=b=c\\n'); add(env.GITHUB_PATH, '/x\\n');
       add(env.GITHUB_STEP_SUMMARY, '# Hello');`,
    );
    expect(main).toMatchObject({
      state: { kept: '1' },
      environment: { A: 'b=c' },
      paths: ['/x'],
      summary: '# Hello',
    });
    const post = await run(`console.log(env.STATE_kept);`, { phase: 'post', state: main.state });
    expect(post.log).toBe('1\n');
  });

  it('reads annotations, groups and masks from both streams', async () => {
    const { log, annotations, groups } = await run(
      `console.log('::add-mask::hush\\n::group::Work\\nhush now\\n::endgroup::\\n::debug::unseen');
       console.error('::warning file=a%2Cb.yml,line=3,col=4,title=T%3A::50%25 of%0Alines');
       console.log('text ##[error]old form');
       console.log('::stop-commands::tok\\n::error::not one\\n::tok::');`,
    );
    expect(log).toContain('*** now');
    expect(log).not.toContain('unseen');
    expect(groups).toEqual(['Work']);
    expect(annotations).toHaveLength(2);
    expect(annotations).toContainEqual({ level: 'error', message: 'old form' });
    expect(annotations).toContainEqual({
      level: 'warning',
      message: '50% of\nlines',
      title: 'T:',
      file: 'a,b.yml',
      line: 3,
      column: 4,
    });
  });

  it('keeps ten annotations of a level and drops a summary over 1 MiB, as the runner does', async () => {
    const { annotations, summary } = await run(
      `for (let i = 0; i < 12; i++) console.log('::notice::' + i); add(env.GITHUB_STEP_SUMMARY, 'x'.repeat(1048577));`,
    );
    expect(annotations.filter(({ level }) => level === 'notice')).toHaveLength(10);
    expect(summary).toBe('');
    expect(annotations.at(-1)?.message).toContain(
      'upload aborted, supports content up to a size of 1024k, got 1025k',
    );
  });

  it.each([
    {
      name: 'a line without a value',
      script: "add(env.GITHUB_OUTPUT, 'nonsense\\n');",
      message: 'Invalid format',
    },
    {
      name: 'a missing delimiter',
      script: "add(env.GITHUB_OUTPUT, 'a<<END\\nb\\n');",
      message: 'Matching delimiter',
    },
    {
      name: 'a retired command',
      script: "console.log('::set-output name=a::b');",
      message: 'retired command',
    },
  ])('throws at $name', async ({ script, message }) => {
    await expect(run(script)).rejects.toThrow(message);
  });

  it('ends a step that takes too long', async () => {
    await expect(run('setInterval(() => {}, 1000);', { timeLimitSeconds: 1 })).rejects.toThrow(
      'the step took over 1 s',
    );
  });
});

describe('runCommand', () => {
  it('keeps the streams apart and knows of no runner', async () => {
    const script = join(scratch, 'command.mjs');
    await writeFile(
      script,
      "console.log(process.argv[2], process.env.GITHUB_ACTIONS); console.error('e'); process.exitCode = 2;",
    );
    expect(await runCommand(script, ['--json'], { directory: scratch })).toEqual({
      exitCode: 2,
      standardOutput: '--json undefined\n',
      standardError: 'e\n',
    });
  });
});
