import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addSummary, maskSecrets, setOutputs } from '../../../src/adapters/runner/outputs.ts';
import { createRunnerLog } from '../../../src/adapters/runner/runner-log.ts';
import { InputError } from '../../../src/core/errors.ts';

let printed: string;

beforeEach(() => {
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** The lines a runner would take as commands, by its own two rules. */
function commands(): string[] {
  return printed
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trimStart().startsWith('::') || line.includes('##['));
}

const HOSTILE = [
  '::set-output name=promote::true',
  '   ::error::forged',
  'harmless\n::add-mask::x',
  'harmless\r::stop-commands::t',
  'text ##[command]rm -rf /',
  '\t##[error]forged',
  '%0A::warning::encoded',
];

describe('the log of a runner', () => {
  test.each(HOSTILE)('%j is printed as text', async (text) => {
    const log = createRunnerLog();
    log.info(text);
    expect(commands()).toEqual([]);
    log.progress(text, 1, 1);
    await log.group(text, async () => log.info(text));
    expect(commands().map((line) => line.split('::')[1]?.split(' ')[0])).toEqual(['group', 'endgroup']);
  });

  test.each(HOSTILE)('%j in an annotation is one annotation', (text) => {
    createRunnerLog().warning(text, { file: 'a,b:c.yml', line: 3, column: 2 });
    expect(commands()).toHaveLength(1);
    expect(printed).toMatch(/^::warning file=a%2Cb%3Ac\.yml,line=3,col=2::/);
  });

  test('the text stays readable', () => {
    createRunnerLog().info('a::b\n ::c\n##[d]');
    expect(printed.replaceAll('\r\n', '\n')).toBe('a::b\n \\::c\n##\\[d]\n');
  });

  test('a group in a group is a line, and a group ends when its work throws', async () => {
    const log = createRunnerLog();
    const failing = log.group('outer', () =>
      log.group('inner', async () => {
        throw new InputError('no data');
      }),
    );
    await expect(failing).rejects.toThrow('no data');
    expect(printed.split(/\r?\n/)).toEqual(['::group::outer', 'inner', '::endgroup::', '']);
  });

  test('progress is said every few seconds and at the end', () => {
    let time = 0;
    const log = createRunnerLog({ now: () => time });
    for (let done = 0; done <= 100_000; done += 1000) {
      log.progress('scoring', done, 100_000);
      time += 100;
    }
    expect(printed.trim().split(/\r?\n/)).toEqual([
      'scoring: 50,000 of 100,000 (50 %), about 5 s left',
      'scoring: 100,000 of 100,000 (100 %)',
    ]);
  });

  test('short work is not said at all', () => {
    const log = createRunnerLog({ now: () => 0 });
    for (let done = 0; done <= 10; done += 1) log.progress('scoring', done, 10);
    expect(printed).toBe('');
  });
});

describe('outputs', () => {
  const emptyFile = (name: string) => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'contender-outputs-')), name);
    writeFileSync(file, '');
    return file;
  };

  test('values reach the output file, objects as JSON, undefined not at all', () => {
    const file = emptyFile('output');
    vi.stubEnv('GITHUB_OUTPUT', file);
    setOutputs({
      verdict: 'better',
      promote: true,
      count: 3,
      url: undefined,
      byModel: { a: 1 },
      lines: 'a\nb=c',
    });
    const text = readFileSync(file, 'utf8').replace(/ghadelimiter_[-0-9a-f]+/g, 'END');
    expect(text).toBe(
      ['verdict', 'better', 'promote', 'true', 'count', '3', 'byModel', '{"a":1}', 'lines', 'a\nb=c']
        .map((part, index) => (index % 2 === 0 ? `${part}<<END\n` : `${part}\nEND\n`))
        .join(''),
    );
  });

  test('summaries of one step stay under the limit together, cut at a line', async () => {
    const file = emptyFile('summary');
    vi.stubEnv('GITHUB_STEP_SUMMARY', file);
    await addSummary('# First\n');
    await addSummary('größe | 数据\n'.repeat(100_000));
    await addSummary('more than fits\n'.repeat(1000));
    const text = readFileSync(file, 'utf8');
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(1024 * 1000);
    expect(text.startsWith('# First\n')).toBe(true);
    expect(text).toContain('größe | 数据\n\n*The summary is longer than GitHub shows');
    expect(text).not.toContain('\ufffd');
  });

  test('a runner without a summary is left alone', async () => {
    await addSummary('text', {});
    expect(printed).toBe('');
  });

  test('secrets are masked plain and in the form of a header', () => {
    maskSecrets(['ghs_x.y', '', undefined]);
    expect(printed.trim().split(/\r?\n/)).toEqual([
      '::add-mask::ghs_x.y',
      `::add-mask::${Buffer.from('x-access-token:ghs_x.y').toString('base64')}`,
    ]);
  });
});
