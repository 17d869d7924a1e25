import { expect, test } from 'vitest';
import {
  decideSource,
  type SourceDecision,
  type SourceFacts,
} from '../../../src/core/release/decide-source.ts';

const champion = 'c'.repeat(64);
const current = { championDigest: champion, trainingData: 'rows-1' };
const given = { digest: 'a'.repeat(64), judgement: current };
const lock = { digest: 'b'.repeat(64), judgement: current, changedByPush: true, available: true };
const judged = { digest: 'd'.repeat(64), judgement: current, sameRepository: true, available: true };

const cases: [string, SourceFacts, Pick<SourceDecision, 'source' | 'judgement'>][] = [
  ['the given model comes first', { given, lock, judged, current }, { source: 'given', judgement: 'stands' }],
  [
    'a given model without a judgement is judged',
    { given: { digest: given.digest }, current },
    { source: 'given', judgement: 'again' },
  ],
  ['then the candidate of the lock', { lock, judged, current }, { source: 'candidate', judgement: 'stands' }],
  [
    'a lock this push did not change is passed over',
    { lock: { ...lock, changedByPush: false }, judged, current },
    { source: 'judged', judgement: 'stands' },
  ],
  [
    'a candidate whose draft is gone is passed over',
    { lock: { ...lock, available: false }, current },
    { source: 'train', judgement: 'again' },
  ],
  [
    'a fork never gives bytes',
    { judged: { ...judged, sameRepository: false }, current },
    { source: 'train', judgement: 'again' },
  ],
  [
    'judged bytes that expired',
    { judged: { ...judged, available: false }, current },
    { source: 'train', judgement: 'again' },
  ],
  ['nothing is there', { current }, { source: 'train', judgement: 'again' }],
  [
    'the champion moved',
    { lock, current: { ...current, championDigest: 'e'.repeat(64) } },
    { source: 'candidate', judgement: 'again' },
  ],
  [
    'a first champion came meanwhile',
    { judged: { ...judged, judgement: { trainingData: 'rows-1' } }, current },
    { source: 'judged', judgement: 'again' },
  ],
  [
    'the training data moved',
    { judged, current: { ...current, trainingData: 'rows-2' } },
    { source: 'judged', judgement: 'again' },
  ],
  [
    'the champion has these bytes',
    { judged: { ...judged, digest: champion }, current },
    { source: 'champion', judgement: 'not needed' },
  ],
  [
    'a second run after the draft was published',
    { lock: { ...lock, digest: champion, available: false }, current },
    { source: 'champion', judgement: 'not needed' },
  ],
];

test.each(cases)('%s', (_, facts, expected) => {
  const decision = decideSource(facts);
  expect(decision).toMatchObject(expected);
  expect(decision.reasons.length).toBeGreaterThan(0);
});

test('the reasons name every source that was passed over', () => {
  const { reasons } = decideSource({
    lock: { ...lock, available: false },
    judged: { ...judged, sameRepository: false },
    current,
  });
  expect(reasons).toEqual([
    'the draft of the candidate bbbbbbbbbbbb is gone',
    'the model dddddddddddd was judged in the run of a fork, whose bytes are never published',
    'judged in this run',
  ]);
});
