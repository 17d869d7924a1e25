import { describe, expect, it } from 'vitest';
import {
  decideReplacement,
  type Marker,
  parseMarker,
  renderMarker,
} from '../../../src/core/report/comment/marker.ts';

const HEAD = 'a'.repeat(40);
const OLD = 'b'.repeat(40);
const marker = (overrides: Partial<Marker> = {}): Marker => ({
  key: 'report',
  commit: HEAD,
  run: '20',
  attempt: '1',
  content: '00ff',
  ...overrides,
});

describe('the marker of a comment', () => {
  it('is read back from what was written', () => {
    for (const one of [marker(), marker({ key: 'nightly-2' }), { key: 'a', content: '00' }]) {
      expect(parseMarker(`text\n\n${renderMarker(one)}\n`)).toEqual({
        commit: undefined,
        run: undefined,
        attempt: undefined,
        ...one,
      });
    }
  });

  it('is found with the line ends of a browser', () => {
    expect(parseMarker(`text\r\n\r\n${renderMarker(marker())}\r\n`)).toEqual(marker());
  });

  it('is not read from anywhere but the last line', () => {
    expect(parseMarker(`${renderMarker(marker())}\ntext`)).toBeUndefined();
    expect(parseMarker('no marker')).toBeUndefined();
    expect(parseMarker('')).toBeUndefined();
  });

  it('refuses parts that are no plain words', () => {
    for (const key of ['a--b', 'a b', '-->', '']) {
      expect(() => renderMarker(marker({ key }))).toThrow('plain words');
    }
    expect(() => renderMarker(marker({ commit: 'main' }))).toThrow('plain words');
  });
});

describe('decideReplacement', () => {
  const cases: { name: string; existing: Marker; proposed: Marker; head?: string; expected: string }[] = [
    {
      name: 'the same again',
      existing: marker(),
      proposed: marker({ run: '21' }),
      head: HEAD,
      expected: 'unchanged',
    },
    {
      name: 'new content for the same commit',
      existing: marker(),
      proposed: marker({ run: '21', content: '01' }),
      head: HEAD,
      expected: 'replace',
    },
    {
      name: 'a newer commit',
      existing: marker({ commit: OLD }),
      proposed: marker({ run: '21' }),
      head: HEAD,
      expected: 'replace',
    },
    {
      name: 'a re-run of an old commit',
      existing: marker(),
      proposed: marker({ commit: OLD, run: '12', attempt: '2', content: '01' }),
      head: HEAD,
      expected: 'older',
    },
    {
      name: 'an old commit whose run is late',
      existing: marker({ commit: OLD, run: '9' }),
      proposed: marker({ commit: OLD, run: '30', content: '01' }),
      head: HEAD,
      expected: 'older',
    },
    {
      name: 'an older run of the same commit',
      existing: marker({ run: '21' }),
      proposed: marker({ run: '20', content: '01' }),
      head: HEAD,
      expected: 'older',
    },
    {
      name: 'a later attempt of the same run',
      existing: marker(),
      proposed: marker({ attempt: '2', content: '01' }),
      head: HEAD,
      expected: 'replace',
    },
    {
      name: 'after a force push back, whatever the run',
      existing: marker({ commit: OLD, run: '90' }),
      proposed: marker({ run: '20' }),
      head: HEAD,
      expected: 'replace',
    },
    {
      name: 'an older run where the head is not known',
      existing: marker({ commit: OLD, run: '21' }),
      proposed: marker({ run: '20' }),
      expected: 'older',
    },
  ];
  for (const { name, existing, proposed, head, expected } of cases) {
    it(`says ${expected} for ${name}`, () => {
      expect(decideReplacement({ existing, proposed, headCommit: head })).toBe(expected);
    });
  }
});
