import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spentConfidence } from '../../../src/core/comparison/confidence.ts';
import { InputError } from '../../../src/core/errors.ts';
import { renderAddition } from '../../../src/core/history.ts';
import { chanceOfLuck, spentShare } from '../../../src/core/ledger/budget.ts';
import { countUses, isRecorded, type LedgerSubject } from '../../../src/core/ledger/count-uses.ts';
import {
  describeEntry,
  isJudgement,
  type LedgerEntry,
  ledgerFile,
  ledgerFileOf,
  parseLedger,
  serializeEntry,
} from '../../../src/core/ledger/entry.ts';
import { CHALLENGER_DIGEST, comparison, HEAD_COMMIT } from '../../support/documents.ts';

const modelOf = (letter: string) => letter.repeat(64);

function subject(letter: string, pullRequest?: number, holdout = 'rows'): LedgerSubject {
  return { holdout, challenger: modelOf(letter), ...(pullRequest === undefined ? {} : { pullRequest }) };
}

function entry(...of: Parameters<typeof subject>): LedgerEntry {
  return { schemaVersion: 1, verdict: 'better', confidence: 0.95, ...subject(...of) };
}

describe('countUses', () => {
  it('a first judgement is use 1 of 1', () => {
    expect(countUses([], subject('a', 1))).toEqual({ use: 1, uses: 1 });
    expect(countUses([], subject('a'))).toEqual({ use: 1, uses: 1 });
  });

  it('a pull request is one use whatever it pushes, and keeps its number', () => {
    const ledger = [entry('a', 1), entry('b', 1), entry('c', 2), entry('d', 1)];
    expect(countUses(ledger, subject('e', 1))).toEqual({ use: 1, uses: 2 });
    expect(countUses(ledger, subject('e', 2))).toEqual({ use: 2, uses: 2 });
    expect(countUses(ledger, subject('e', 3))).toEqual({ use: 3, uses: 3 });
  });

  it('another holdout starts anew', () => {
    const ledger = [entry('a', 1), entry('b', 2)];
    expect(countUses(ledger, subject('a', 1, 'new rows'))).toEqual({ use: 1, uses: 1 });
  });

  it('what main makes again after a merge is the use of its pull request', () => {
    const ledger = [entry('a', 1), entry('b', 1), entry('c', 2)];
    expect(countUses(ledger, subject('b'))).toEqual({ use: 1, uses: 2 });
    expect(countUses(ledger, subject('x'))).toEqual({ use: 3, uses: 3 });
  });

  it('a retraining that was judged before its pull request was opened is one use with it', () => {
    const ledger = [entry('a', 1), entry('r'), entry('r', 7), entry('s', 7)];
    expect(countUses(ledger, subject('t', 7))).toEqual({ use: 2, uses: 2 });
    expect(countUses(ledger, subject('s'))).toEqual({ use: 2, uses: 2 });
  });

  it('a pull request with the model of another is a use of its own', () => {
    const ledger = [entry('a', 1), entry('a', 2), entry('b', 2)];
    expect(countUses(ledger, subject('c', 2))).toEqual({ use: 2, uses: 2 });
    expect(countUses([entry('r'), entry('r', 7)], subject('r', 8))).toEqual({ use: 2, uses: 2 });
  });

  it('a subject that is recorded keeps its number however many follow', () => {
    const anySubject = fc.record({
      letter: fc.constantFrom('a', 'b', 'c', 'd'),
      pull: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(anySubject), anySubject, fc.array(anySubject), (before, own, after) => {
        const entries = before.map(({ letter, pull }) => entry(letter, pull));
        const first = countUses(entries, subject(own.letter, own.pull));
        const later = [...entries, entry(own.letter, own.pull)].concat(
          after.map(({ letter, pull }) => entry(letter, pull)),
        );
        const again = countUses(later, subject(own.letter, own.pull));
        expect(again.use).toBe(first.use);
        expect(again.uses).toBeGreaterThanOrEqual(first.uses);
        expect(first.use).toBeLessThanOrEqual(first.uses);
      }),
    );
  });
});

describe('isRecorded', () => {
  it('is true only of a line that would say nothing new', () => {
    const ledger = [entry('a', 1), entry('r')];
    expect(isRecorded(ledger, subject('a', 1))).toBe(true);
    expect(isRecorded(ledger, subject('a'))).toBe(true);
    expect(isRecorded(ledger, subject('b', 1))).toBe(false);
    expect(isRecorded(ledger, subject('a', 2))).toBe(false);
    expect(isRecorded(ledger, subject('r', 7))).toBe(false);
    expect(isRecorded(ledger, subject('a', 1, 'new rows'))).toBe(false);
  });
});

describe('lines', () => {
  it('an entry is what its comparison says, and is read back', () => {
    const document = comparison({ measured: { createdAt: '2026-05-01T10:00:00.000Z' } });
    const made = describeEntry(document, { pullRequest: 12, now: 0 });
    expect(made).toEqual({
      schemaVersion: 1,
      holdout: document.holdout.digest,
      pullRequest: 12,
      challenger: CHALLENGER_DIGEST,
      verdict: 'better',
      confidence: 0.95,
      commit: HEAD_COMMIT,
      time: '2026-05-01T10:00:00.000Z',
    });
    expect(parseLedger(`${serializeEntry(made)}\n`)).toEqual({ entries: [made], unknownLines: 0 });
    const bare = describeEntry(comparison({ source: { headCommit: 'main' }, measured: {} }), {
      pullRequest: undefined,
      now: 1000,
    });
    expect(bare).not.toHaveProperty('commit');
    expect(bare).not.toHaveProperty('pullRequest');
    expect(bare.time).toBe('1970-01-01T00:00:01.000Z');
  });

  it('broken, foreign and hostile lines are counted as such, and the entries around them are read', () => {
    const good = serializeEntry(entry('a', 1));
    const hostile = [
      '{"schemaVersion":1',
      'null',
      '[]',
      '"text"',
      good.replace('"schemaVersion":1', '"schemaVersion":2'),
      good.replace('"pullRequest":1', '"pullRequest":-1'),
      good.replace('"pullRequest":1', '"pullRequest":"1"'),
      good.replace('better', '::error::x'),
      `{"x":"${'y'.repeat(5000)}"}`,
      '{"__proto__":{"schemaVersion":1}}',
      '\u0000\ufffd',
    ];
    const text = [good, ...hostile, '', '   ', serializeEntry(entry('b', 2))].join('\n');
    const ledger = parseLedger(text);
    expect(ledger.unknownLines).toBe(hostile.length);
    expect(ledger.entries.map(({ pullRequest }) => pullRequest)).toEqual([1, 2]);
    expect(parseLedger('')).toEqual({ entries: [], unknownLines: 0 });
  });

  it('any text is read without an error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseLedger(text).entries).toEqual([]);
      }),
    );
  });

  it('what looked at no row is no judgement', () => {
    expect(isJudgement(comparison())).toBe(true);
    expect(isJudgement(comparison({ verdict: 'no-champion' }))).toBe(true);
    expect(isJudgement(comparison({ verdict: 'unchanged' }))).toBe(false);
    expect(isJudgement(comparison({ holdout: { rows: 0, digest: '' } }))).toBe(false);
  });

  it('a name that is none of a model makes no path', () => {
    expect(ledgerFile('fraud-detector')).toBe('ledger/fraud-detector.jsonl');
    expect(() => ledgerFile('../drift/x')).toThrow(InputError);
  });

  it('the ledger is the one that was counted by, under whatever name the model goes now', () => {
    const countedBy = (path: string) =>
      ledgerFileOf(comparison({ model: 'new-name', inputs: [{ role: 'ledger', path, uses: 3 }] }));
    expect(countedBy('contender-history/ledger/old-name.jsonl')).toBe('ledger/old-name.jsonl');
    expect(countedBy('contender-history/ledger/../drift/x.jsonl')).toBe('ledger/new-name.jsonl');
    expect(countedBy('elsewhere/ledger/old-name.jsonl')).toBe('ledger/new-name.jsonl');
    expect(ledgerFileOf(comparison({ inputs: [] }))).toBe('ledger/fraud-detector.jsonl');
  });

  it('are put behind what is there, whose last line may lack its end', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(renderAddition(undefined, ['a'])).toBe('a\n');
    expect(renderAddition(bytes(''), ['a', 'b'])).toBe('a\nb\n');
    expect(renderAddition(bytes('x\n'), ['a'])).toBe('a\n');
    expect(renderAddition(bytes('x'), ['a'])).toBe('\na\n');
  });
});

describe('the budget', () => {
  it('the k-th use takes 6/(π²k²) of the error, and all uses no more than one', () => {
    const claimed = [1, 2, 3, 10].map((use) => (1 - spentConfidence(0.95, use)) / 0.05);
    expect(claimed[0]).toBeCloseTo(0.607927, 6);
    expect(claimed[1]).toBeCloseTo(0.151982, 6);
    expect(claimed[0]! + claimed[1]! + claimed[2]!).toBeCloseTo(spentShare(3), 12);
    expect(spentShare(0)).toBe(0);
    expect(spentShare(2)).toBeCloseTo(0.759909, 6);
    expect(spentShare(3)).toBeCloseTo(0.827456, 6);
    expect(spentShare(100_000)).toBeLessThan(1);
  });

  it('without a budget luck grows with every use', () => {
    expect(chanceOfLuck(1, 0.95)).toBeCloseTo(0.025, 12);
    expect(chanceOfLuck(20, 0.95)).toBeCloseTo(1 - 0.975 ** 20, 12);
  });
});
