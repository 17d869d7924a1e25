import { beforeAll, describe, expect, it } from 'vitest';
import { createFolderHistory } from '../../../src/adapters/folder-registry/folder-history.ts';
import { spentConfidence } from '../../../src/core/comparison/confidence.ts';
import type { CompletedComparison } from '../../../src/core/documents/comparison.ts';
import { InputError, OutsideError } from '../../../src/core/errors.ts';
import type { History } from '../../../src/ports/history.ts';
import { recordUse } from '../../../src/stages/ledger/record-use.ts';
import { completed, csvOf, failure, makeRows, useStages } from '../../support/stage-harness.ts';

const stages = useStages();

/** A champion that sees little and a trained challenger, with this budget. */
async function prepare(model: string, budget: 'warn' | 'enforce') {
  const config = (columns: string) => `
model: ${model}
task: binary-classification
data: {training: train.csv, holdout: holdout.csv, target: is_fraud, positive-class: 1, id: id, columns: ${columns}}
training: {learner: gradient-boosting, parameters: {iterations: 8, max-leaves: 4}}
comparison: {holdout-budget: ${budget}, metrics: [average_precision, roc_auc]}
`;
  stages.write('train.csv', csvOf(makeRows(500, 1)));
  stages.write('holdout.csv', csvOf(makeRows(400, 2)));
  const weak = stages.setup(config('[noise, hour]'));
  await stages.train(weak);
  await stages.release(weak, '1.0.0');
  const setup = stages.setup(config('[amount, hour, kind]'));
  await stages.train(setup);
  return setup;
}

type Setup = Awaited<ReturnType<typeof prepare>>;

function historyOf(name: string): History {
  return createFolderHistory({ directory: stages.path(`registry-${name}`) });
}

async function compareAs(pullRequest: number, setup: Setup, history: History): Promise<CompletedComparison> {
  stages.context = { ...stages.context, event: 'pull_request', pullRequest };
  return completed(await stages.compare(setup, { champion: 'release', history }));
}

const count = (comparison: CompletedComparison, history: History) =>
  recordUse({ comparison }, { world: stages.world, history });

function widthOf({ metrics }: CompletedComparison, name: string): number {
  const [low, high] = metrics.find((metric) => metric.name === name)!.difference!.interval!;
  return high - low;
}

const ledgerInput = ({ inputs }: CompletedComparison) => inputs.find(({ role }) => role === 'ledger');

describe('a ledger that warns', () => {
  let setup: Setup;
  beforeAll(async () => {
    setup = await prepare('warned', 'warn');
  });

  it('counts pull requests, this one included, and changes no number', async () => {
    const history = historyOf('warned');
    const uncounted = completed(await stages.compare(setup, { champion: 'release' }));
    expect(uncounted.holdout).not.toHaveProperty('uses');
    expect(ledgerInput(uncounted)).toBeUndefined();
    const first = await compareAs(1, setup, history);
    expect(first.holdout.uses).toBe(1);
    expect(first.holdout).not.toHaveProperty('use');
    expect(ledgerInput(first)).toEqual({
      role: 'ledger',
      path: 'contender-history/ledger/warned.jsonl',
      uses: 0,
    });
    await count(first, history);
    expect((await compareAs(1, setup, history)).holdout.uses).toBe(1);
    const second = await compareAs(2, setup, history);
    expect(second.holdout.uses).toBe(2);
    expect(second).toMatchObject({ confidence: 0.95, metrics: uncounted.metrics, gates: uncounted.gates });
  });

  it('a broken line is told and passed over', async () => {
    const history = historyOf('broken');
    await history.append('ledger/warned.jsonl', () => ['{"schemaVersion":1', 'not json']);
    const before = stages.said.length;
    expect((await compareAs(1, setup, history)).holdout.uses).toBe(1);
    expect(stages.said.slice(before).join('\n')).toContain('2 lines that are no entries');
  });

  it('that cannot be read is a warning, and nothing is counted', async () => {
    const before = stages.said.length;
    const document = await compareAs(1, setup, unreadable(new InputError('the token may not read')));
    expect(document.holdout).not.toHaveProperty('uses');
    expect(stages.said.slice(before)).toContain(
      'the uses of this holdout are not counted: the token may not read',
    );
  });
});

describe('a ledger that is enforced', () => {
  let setup: Setup;
  beforeAll(async () => {
    setup = await prepare('enforced', 'enforce');
  });

  it('widens the interval with each use, and a re-run keeps its number', async () => {
    const history = historyOf('enforced');
    const first = await compareAs(1, setup, history);
    expect(first).toMatchObject({ confidence: spentConfidence(0.95, 1), holdout: { use: 1, uses: 1 } });
    await count(first, history);
    const second = await compareAs(2, setup, history);
    expect(second).toMatchObject({ confidence: spentConfidence(0.95, 2), holdout: { use: 2, uses: 2 } });
    await count(second, history);
    expect(widthOf(second, 'roc_auc')).toBeGreaterThan(widthOf(first, 'roc_auc'));
    const again = await compareAs(1, setup, history);
    expect(again).toMatchObject({ confidence: first.confidence, metrics: first.metrics });
    expect(again.holdout).toMatchObject({ use: 1, uses: 2 });
    // Without a pull request the digest tells that these bytes were judged before.
    const { pullRequest: _none, ...context } = stages.context;
    stages.context = { ...context, event: 'schedule' };
    const later = completed(await stages.compare(setup, { champion: 'release', history }));
    expect(later.holdout).toMatchObject({ use: 1, uses: 2 });
  });

  it('says when others were counted between judgement and count', async () => {
    const history = historyOf('raced');
    const own = await compareAs(1, setup, history);
    await count(await compareAs(2, setup, history), history);
    stages.context = { ...stages.context, pullRequest: 1 };
    const before = stages.said.length;
    await count(own, history);
    expect(stages.said.slice(before).join('\n')).toContain('judged as use 1 of its holdout');
  });

  it.each([
    ['no ledger', undefined, 'input', 2, 'give --registry DIR'],
    ['no permission', new InputError('the token may not'), 'input', 2, 'the token may not'],
    ['no network', new OutsideError('GitHub could not be reached'), 'outside', 3, 'could not be reached'],
  ])('with %s there is no verdict', async (_, trouble, code, exitCode, words) => {
    const result = await stages.compare(setup, {
      champion: 'release',
      ...(trouble === undefined ? {} : { history: unreadable(trouble) }),
    });
    expect(result.exitCode).toBe(exitCode);
    expect(failure(result).code).toBe(code);
    expect(failure(result).message).toContain('comparison.holdout-budget is enforce');
    expect(failure(result).message).toContain(words);
  });
});

function unreadable(trouble: Error): History {
  const fail = () => Promise.reject(trouble);
  return { isLocal: true, read: fail, append: fail };
}
