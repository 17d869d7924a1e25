import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CompletedTraining } from '../../src/core/documents/training.ts';
import { runCheckDrift } from '../../src/stages/drift/check-drift.ts';
import type { ModelSetup } from '../../src/stages/load-models.ts';
import { runReleaseModel } from '../../src/stages/release/release-model.ts';
import { configOf, type ScoredConfig, writePrograms } from '../support/scored-model.ts';
import { completed, csvOf, failure, makeRows, useStages } from '../support/stage-harness.ts';

const stages = useStages();

beforeAll(() => {
  stages.write('train.csv', csvOf(makeRows(300, 1)));
  stages.write('holdout.csv', csvOf(makeRows(900, 2)));
  writePrograms(stages);
});

async function trained(config: ScoredConfig): Promise<{ setup: ModelSetup; training: CompletedTraining }> {
  const setup = stages.setup(configOf(config));
  const { document } = await stages.train(setup);
  if (document.verdict === 'error') throw new Error(document.error.message);
  return { setup, training: document };
}

async function release(setup: ModelSetup) {
  const request = { setup, model: undefined, evidence: undefined, version: 'auto', draft: false };
  const ports = { world: stages.world, registry: stages.registry(), host: undefined, repository: undefined };
  return await runReleaseModel(request, ports);
}

/** Trains, compares with the champion and publishes. */
async function round(config: ScoredConfig) {
  const { setup, training } = await trained(config);
  const comparison = completed(await stages.compare(setup, { champion: 'release' }));
  const released = await release(setup);
  return { setup, training, comparison, released };
}

describe('a model that is no ONNX file', () => {
  it('is trained by a command, kept under its own name and never opened', async () => {
    const { setup, training } = await trained({ model: 'kept' });
    expect(training).toMatchObject({ path: 'model/model.json', rows: 300 });
    expect(training.signature).toBeUndefined();
    const kept = readFileSync(join(setup.evidenceDirectory, 'model/model.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual({ rows: 300, night: 0, travel: 0 });
    expect(existsSync(join(setup.evidenceDirectory, 'model/model.onnx'))).toBe(false);
  });

  it('is scored by a command that sees neither the answer nor a token', async () => {
    process.env.GITHUB_TOKEN = 'secret-token';
    try {
      const { setup } = await trained({ model: 'seen' });
      expect(completed(await stages.compare(setup)).promote).toBe(true);
      expect(readFileSync(stages.path('seen-header.txt'), 'utf8')).toBe('id,amount,hour,kind,noise');
      const environment = JSON.parse(readFileSync(stages.path('seen-environment.txt'), 'utf8'));
      expect(JSON.stringify(environment)).not.toContain('secret-token');
      expect(environment).toMatchObject({
        CONTENDER_TASK: 'binary-classification',
        CONTENDER_MODEL_PATH: stages.path('.contender/seen/model/model.json'),
      });
      expect(environment.CONTENDER_SCORES_PATH).toMatch(/\.csv$/);
    } finally {
      delete process.env.GITHUB_TOKEN;
    }
  });

  it('goes from training to release, and is the champion of the next round', async () => {
    const first = await round({ model: 'rounds' });
    expect(first.comparison).toMatchObject({
      ...{ verdict: 'no-champion', promote: true, proposedVersion: '1.0.0' },
      challenger: { scores: { by: 'command', path: 'scores/challenger.parquet' } },
    });
    expect(first.released).toMatchObject({
      exitCode: 0,
      outputs: { verdict: 'published', version: '1.0.0' },
    });
    const folder = stages.path('releases/rounds@v1.0.0');
    expect(JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'))).toMatchObject({ night: 0 });
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      ...{ file: 'model.json', scores: 'scores.parquet', digest: first.training.digest },
    });
    expect(manifest.signature).toBeUndefined();
    const scores = readFileSync(join(folder, 'scores.parquet'));
    expect(
      scores.equals(readFileSync(join(first.setup.evidenceDirectory, 'scores/challenger.parquet'))),
    ).toBe(true);
    expect(readFileSync(join(folder, 'MODEL_CARD.md'), 'utf8')).toContain(
      '`model.json` is no ONNX file and was never opened here; its scores on its holdout, by hashed id, are in `scores.parquet`.',
    );

    const second = await round({ model: 'rounds', night: 1.5, travel: 1 });
    expect(second.comparison).toMatchObject({
      ...{ verdict: 'better', promote: true, proposedVersion: '1.1.0' },
      champion: { version: '1.0.0', scores: { by: 'release', path: 'scores/champion.parquet' } },
      challenger: { scores: { by: 'command' } },
      size: { champion: first.training.bytes, challenger: second.training.bytes },
    });
    expect(second.comparison.modelContract).toBeUndefined();
    expect(second.released).toMatchObject({ outputs: { verdict: 'published', version: '1.1.0' } });

    const again = await round({ model: 'rounds', night: 1.5, travel: 1 });
    expect(again.comparison.verdict).toBe('unchanged');
    expect(again.released).toMatchObject({ outputs: { verdict: 'unchanged', version: '1.1.0' } });
  });

  it('is scored again as champion where the holdout is another one, with the same numbers', async () => {
    const first = await round({ model: 'moved' });
    stages.write('holdout.csv', csvOf(makeRows(900, 2).toReversed()));
    const { setup } = await trained({ model: 'moved', night: 1.5, travel: 1 });
    const same = completed(await stages.compare(setup, { champion: 'release' }));
    stages.write('holdout.csv', csvOf(makeRows(901, 2)));
    const other = completed(await stages.compare(setup, { champion: 'release' }));
    stages.write('holdout.csv', csvOf(makeRows(900, 2)));
    expect(same.champion?.scores?.by).toBe('release');
    expect(other.champion?.scores?.by).toBe('command');
    const area = (document: typeof same) =>
      document.metrics.find(({ name }) => name === 'roc_auc')?.champion?.value;
    expect(area(same)).toBeCloseTo(
      first.comparison.metrics.find(({ name }) => name === 'roc_auc')!.challenger!.value,
      12,
    );
    expect(area(other)).toBeCloseTo(area(same)!, 1);
  });

  it('meets a champion that is ONNX, which is run as it always was', async () => {
    const learner = configOf({ model: 'mixed', scoring: '' }).replace(
      /training:\n {2}command[\s\S]*?\n {2}parameters.*\n/,
      'training: {learner: gradient-boosting, parameters: {iterations: 20}}\n',
    );
    const before = stages.setup(learner);
    await stages.train(before);
    await stages.compare(before, { champion: 'release' });
    expect(await release(before)).toMatchObject({ outputs: { version: '1.0.0' } });
    const { comparison } = await round({ model: 'mixed', night: 1.5, travel: 1 });
    expect(comparison.champion?.scores).toBeUndefined();
    expect(comparison.challenger.scores?.by).toBe('command');
    expect(comparison.proposedVersion).toBe('2.0.0');
  });

  it('may be judged by a table instead, and is released with it', async () => {
    const config = { model: 'given', scoring: '' };
    const { setup, training } = await trained(config);
    expect(training).toMatchObject({ path: 'model/model.json' });
    expect(failure(await stages.compare(setup)).message).toMatch(
      /^challenger is no ONNX model; write scoring\.command in the config .*or give a table of its scores as challenger-scores/,
    );
    const lines = makeRows(900, 2).map((row) => `${row.id},${row.amount / 1000}`);
    stages.write('given.csv', `id,score\n${lines.join('\n')}\n`);
    const options = { challengerScores: stages.path('given.csv') };
    expect(completed(await stages.compare(setup, options)).challenger.scores?.by).toBe('table');
    expect(await release(setup)).toMatchObject({ outputs: { version: '1.0.0' } });
    expect(existsSync(stages.path('releases/given@v1.0.0/scores.parquet'))).toBe(true);
  });

  it('is published with no other scores than those it was judged by', async () => {
    const { setup } = await trained({ model: 'tampered' });
    await stages.compare(setup, { champion: 'release' });
    const scores = join(setup.evidenceDirectory, 'scores/challenger.parquet');
    stages.write(scores.slice(stages.directory.length + 1), 'other scores');
    const result = await release(setup);
    expect(result).toMatchObject({ exitCode: 1, document: { verdict: 'refused' } });
    expect(result.document).toMatchObject({ reason: expect.stringMatching(/the scores .* have the digest/) });
    expect(existsSync(stages.path('releases/tampered@v1.0.0'))).toBe(false);
  });

  it('uses the features query of the model, which does not see the answer', async () => {
    stages.write(
      'features.sql',
      'select id, amount, hour, kind, is_fraud, coalesce(is_fraud, 0) as peek from source order by amount',
    );
    const { setup } = await trained({ model: 'queried', data: '  features: features.sql' });
    const document = completed(await stages.compare(setup));
    expect(document.holdout.rows).toBe(900);
    expect(readFileSync(stages.path('seen-header.txt'), 'utf8')).toBe('id,amount,hour,kind,peek');
    expect(document.metrics.find(({ name }) => name === 'roc_auc')!.challenger!.value).toBeGreaterThan(0.7);
  });

  it('sets no passing status in a run of a pull request', async () => {
    const { setup } = await trained({ model: 'proposed' });
    const before = stages.context;
    stages.context = { ...before, event: 'pull_request', headCommit: 'a'.repeat(40) };
    try {
      expect(completed(await stages.compare(setup)).promote).toBe(false);
    } finally {
      stages.context = before;
    }
  });
});

describe('what goes wrong with a command ends in one message', () => {
  const scoring = (command: string, limit = '60s') =>
    `scoring: {command: ${JSON.stringify(command)}, time-limit: ${limit}}`;
  it.each([
    [
      'it fails',
      scoring('echo no such column >&2; exit 4'),
      'input',
      /^scoring\.command, run for the challenger, ended with code 4: .*its last words: no such column/,
    ],
    ['it writes nothing', scoring('true'), 'input', /ended well but wrote no table of scores/],
    [
      'it writes another table',
      scoring('echo hello > "$CONTENDER_SCORES_PATH"; echo world >> "$CONTENDER_SCORES_PATH"'),
      'input',
      /scoring\.command for the challenger: scores\.csv has no column "id"/,
    ],
    [
      'it leaves out rows',
      scoring(
        `head -3 "$CONTENDER_HOLDOUT_DATA" | cut -d, -f1 | sed 's/$/,0.5/; 1s/.*/id,score/' > "$CONTENDER_SCORES_PATH"`,
      ),
      'input',
      /898 rows of the holdout without a score \(holdout holdout\.csv line 4, .* and 895 more\)/,
    ],
    ['it never ends', scoring('sleep 60', '1s'), 'outside', /ran longer than its 1 s/],
  ])('%s', async (_name, scoringLines, code, message) => {
    const { setup } = await trained({ model: 'wrong', scoring: scoringLines });
    const result = await stages.compare(setup);
    expect(failure(result)).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(failure(result).message).not.toMatch(/r2-\d/);
  });

  it('the config names no id', async () => {
    const config = configOf({ model: 'no-id' }).replace('  id: id\n', '');
    const setup = stages.setup(config);
    await stages.train(setup);
    expect(failure(await stages.compare(setup)).message).toMatch(/scoring\.command: .*write data\.id/);
  });

  it.each([
    [
      'the name of another file of a release',
      'manifest.json',
      /which is the name of another file of a release/,
    ],
    ['a name that no release keeps', 'my model.pkl', /only with letters, digits/],
  ])('the model has %s', async (_name, training, message) => {
    const result = await stages.train(stages.setup(configOf({ model: 'named', training })));
    expect(failure(result).message).toMatch(message);
  });
});

describe('a champion that cannot be run', () => {
  it('still has its features checked for drift, and what is left out is said', async () => {
    await round({ model: 'watched', night: 1.5, travel: 1 });
    const setup = stages.setup(configOf({ model: 'watched', data: '  current: holdout.csv' }));
    const { document } = await runCheckDrift(
      {
        ...{ setup, exam: await stages.run(setup).exam(), workingDirectory: stages.directory },
        ...{ reference: [], current: [], model: undefined, failOn: 'never', dataTracked: false },
      },
      { world: stages.world, engine: stages.engine, scorer: stages.scorer, registry: stages.registry() },
    );
    if (document.verdict === 'error') throw new Error(document.error.message);
    expect(document).toMatchObject({
      champion: { version: '1.0.0' },
      leftOut: 'predictions and performance, since champion 1.0.0 is no ONNX model that could be run here',
    });
    expect(document.columns.map(({ name }) => name)).toEqual(['amount', 'hour', 'kind', 'noise', 'is_fraud']);
  });
});
