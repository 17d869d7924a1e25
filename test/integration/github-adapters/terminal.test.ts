import { PassThrough } from 'node:stream';
import { WriteStream } from 'node:tty';
import { afterEach, expect, test, vi } from 'vitest';
import { createTerminalLog, type TerminalLogOptions } from '../../../src/adapters/terminal/terminal-log.ts';

afterEach(() => vi.unstubAllEnvs());

function terminal(options: { tty: boolean } & Partial<TerminalLogOptions>) {
  const streams = { stdout: stream(options.tty), stderr: stream(options.tty) };
  const log = createTerminalLog({ ...streams, ...options });
  const read = (name: 'stdout' | 'stderr') => String(streams[name].read() ?? '');
  return { log, read };
}

function stream(tty: boolean): NodeJS.WriteStream & PassThrough {
  const passing = new PassThrough();
  return Object.assign(passing, {
    isTTY: tty,
    columns: 60,
    getColorDepth: WriteStream.prototype.getColorDepth,
  }) as never;
}

test('warnings and errors go to standard error, the rest to standard output', async () => {
  const { log, read } = terminal({ tty: false });
  log.info('scored');
  log.warning('few rows', { file: 'data.csv', line: 3 });
  log.error('no such column', { file: 'contender.yml', line: 2, column: 5 });
  log.debug('detail');
  expect(await log.group('Compare', async () => 42)).toBe(42);
  expect(read('stdout')).toBe('scored\nCompare\n');
  expect(read('stderr')).toBe('warning: data.csv:3: few rows\nerror: contender.yml:2:5: no such column\n');
});

test('with a document on standard output nothing else is there', async () => {
  const { log, read } = terminal({ tty: false, quietStdout: true });
  log.info('scored');
  await log.group('Compare', async () => log.progress('scoring', 1, 2));
  expect(read('stdout')).toBe('');
  expect(read('stderr')).toBe('scored\nCompare\n');
});

test('a terminal sees one line that rewrites itself, cleared before anything else', () => {
  let time = 0;
  const { log, read } = terminal({ tty: true, now: () => time });
  vi.stubEnv('NO_COLOR', '1');
  vi.stubEnv('FORCE_COLOR', undefined);
  log.progress('scoring', 0, 1000);
  time = 1000;
  log.progress('scoring', 250, 1000);
  log.info('note');
  time = 2000;
  log.progress('scoring', 1000, 1000);
  const clear = '\r\u001b[2K';
  expect(read('stderr')).toBe(
    `${clear}scoring: 250 of 1,000 (25 %), about 3 s left${clear}${clear}scoring: 1,000 of 1,000 (100 %)${clear}`,
  );
  expect(read('stdout')).toBe('note\n');
});

test('without a terminal progress is a plain line now and then', () => {
  let time = 0;
  const { log, read } = terminal({ tty: false, now: () => time });
  for (let done = 0; done < 1000; done += 1, time += 10) log.progress('training', done, 1000);
  expect(read('stderr')).toBe('training: 500 of 1,000 (50 %), about 5 s left\n');
});

test.each([
  [true, '', true],
  [true, '1', false],
  [false, '', false],
])('terminal %s with NO_COLOR=%j has colours: %s', (tty, noColor, coloured) => {
  const { log, read } = terminal({ tty });
  vi.stubEnv('FORCE_COLOR', undefined);
  vi.stubEnv('NODE_DISABLE_COLORS', undefined);
  vi.stubEnv('TERM', 'xterm-256color');
  vi.stubEnv('CI', undefined);
  vi.stubEnv('NO_COLOR', noColor === '' ? undefined : noColor);
  log.error('text');
  expect(read('stderr').includes('\u001b[')).toBe(coloured);
});

test('text of data cannot drive the terminal', () => {
  const { log, read } = terminal({ tty: false });
  log.info('a\u001b[2Jb\u001b]0;title\u0007c\rd\u0000e\u0085f\u009b1mg\th');
  expect(read('stdout')).toBe('abcdefg\th\n');
});

test('no line of a message is a command to a runner', () => {
  const { log, read } = terminal({ tty: false });
  log.info('column a\n::error file=x.py,line=1::pwned\n  ::stop-commands::x\n##[error]y');
  expect(read('stdout')).not.toMatch(/^\s*::|##\[/m);
});
