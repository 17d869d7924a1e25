import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openComment, sealComment } from '../../../src/core/report/comment/seal.ts';
import {
  type CommentState,
  decodeState,
  encodeState,
  MOST_PUSHES,
  STATE_LIMIT,
} from '../../../src/core/report/comment/state.ts';
import { COMMENT_LIMIT, type CommentRequest, renderComment } from '../../../src/core/report/comment.ts';
import type { ModelEvidence } from '../../../src/core/report/evidence.ts';
import { comparison, slice } from '../../support/documents.ts';
import { commentOf, RUN, STATES } from './comment-states.ts';
import { HOSTILE } from './hostile-text.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const commitOf = (index: number) => index.toString(16).padStart(40, '0');

function model(name: string, value: number): ModelEvidence {
  const challenger = { value, interval: [value - 0.01, value + 0.01] as [number, number] };
  const metrics = comparison().metrics.map((metric, index) =>
    index === 0 ? { ...metric, challenger } : metric,
  );
  return { model: name, comparison: comparison({ model: name, metrics }) };
}

function write(request: Partial<CommentRequest>, before?: string) {
  const earlier = before === undefined ? undefined : openComment(before, sha256);
  return renderComment({ models: [model('churn', 0.9)], run: RUN, sha256, earlier, ...request });
}

describe('what a comment remembers', () => {
  it('is read back from every state as it was written', () => {
    for (const state of Object.values(STATES)) {
      const { body, text, marker, merged } = renderComment(commentOf(state, sha256));
      const opened = openComment(body, sha256);
      expect(opened?.text).toBe(text);
      expect(opened?.marker).toEqual(marker);
      expect(opened?.state.models.map(({ snapshot }) => snapshot)).toEqual(
        merged.models.map(({ snapshot }) => snapshot),
      );
      expect(opened?.state.pushes).toEqual(merged.pushes);
    }
  });

  it('is read with the line ends of a browser', () => {
    const { body } = write({});
    expect(openComment(body.replaceAll('\n', '\r\n'), sha256)).toEqual(openComment(body, sha256));
  });

  it('is not read when a character of text, state, seal or marker is another', () => {
    const { body } = write({});
    fc.assert(
      fc.property(fc.nat(body.trimEnd().length - 1), fc.constantFrom('x', '0', '<', 'Ω'), (place, other) => {
        fc.pre(body[place] !== other);
        const changed = `${body.slice(0, place)}${other}${body.slice(place + 1)}`;
        expect(openComment(changed, sha256)).toBeUndefined();
      }),
    );
  });

  it('is not read when it is no state, even under a right seal', () => {
    const { marker } = write({});
    const hidden = (value: unknown) => btoa(JSON.stringify(value));
    const models = [{ is: ['a', 'success', false, null, null], digest: '0'.repeat(16) }];
    for (const value of [
      {},
      { version: 2, models: [], pushes: [] },
      { version: 1, models: [{ ...models[0], is: ['../x', 'success', false, null, null] }], pushes: [] },
      { version: 1, models: [{ ...models[0], digest: 'no' }], pushes: [] },
      { version: 1, models, pushes: [{ commit: 'main', models: [] }] },
      { version: 1, models, pushes: Array.from({ length: 11 }, () => ({ commit: commitOf(1), models: [] })) },
    ]) {
      expect(decodeState(hidden(value))).toBeUndefined();
    }
    expect(decodeState(hidden({ version: 1, models, pushes: [] }))?.models).toHaveLength(1);
    for (const text of ['', 'AAAA', '!!!!', '/////w==']) expect(decodeState(text)).toBeUndefined();
    expect(
      openComment(
        sealComment({ text: 'x', state: { models: [], pushes: [], artifacts: [] }, marker }, sha256),
        sha256,
      ),
    ).toBeDefined();
  });

  it('stays within its limit, however many models and pushes, and keeps the worst', () => {
    const snapshot = (index: number) => ({
      model: `m-${'x'.repeat(80)}-${index}`,
      outcome: 'failure' as const,
      headline: { icon: '❌', word: 'Worse', subject: '漢'.repeat(60), numbers: '0 → 1', cautious: false },
      primary: { metric: '漢'.repeat(60), value: '0.1', gain: '+0.1' },
    });
    const state: CommentState = {
      artifacts: [{ id: 7, digest: 'ab'.repeat(32), writer: '0123abcd' }],
      models: Array.from({ length: 900 }, (_, index) => ({
        ...{ snapshot: snapshot(index), unchanged: false, digest: 'ab'.repeat(8) },
        ...{ run: '123456789012', attempt: '1', writer: '0123abcd' },
        place: { sentence: [10_000, 20_000] as const, rest: [20_000, 40_000] as const },
      })),
      pushes: Array.from({ length: 10 }, (_, index) => ({
        commit: commitOf(index),
        models: Array.from({ length: 12 }, (_, other) => snapshot(other)),
      })),
    };
    const encoded = encodeState(state);
    expect(encoded.length).toBeLessThanOrEqual(STATE_LIMIT);
    const kept = decodeState(encoded);
    expect(kept?.artifacts).toEqual(state.artifacts);
    expect(kept?.models.length).toBeGreaterThan(15);
    expect(kept?.models[0]?.snapshot.headline?.word).toBe('Worse');
    const few = decodeState(encodeState({ ...state, models: state.models.slice(0, 2) }));
    expect(few?.models).toHaveLength(2);
    expect(few?.pushes.length).toBeGreaterThan(0);
    expect(few?.pushes[0]?.commit).toBe(commitOf(0));
  });

  it('shows nothing of a forged state but its text', () => {
    const first = write({});
    const opened = openComment(first.body, sha256);
    const hostile = HOSTILE.map((text, index) => ({
      commit: commitOf(index + 1),
      models: [
        {
          model: 'churn',
          outcome: 'failure' as const,
          headline: {
            icon: '❌',
            word: text.slice(0, 40),
            subject: text.slice(0, 40),
            numbers: '1',
            cautious: false,
          },
          primary: { metric: text.slice(0, 40), value: text.slice(0, 20), gain: text.slice(0, 20) },
        },
      ],
    }));
    for (let start = 0; start < hostile.length; start += MOST_PUSHES) {
      const pushes = hostile.slice(start, start + MOST_PUSHES);
      const state = { ...opened?.state, pushes } as CommentState;
      const { text } = write({}, sealComment({ text: first.text, marker: first.marker, state }, sha256));
      expect(text).toContain('Earlier pushes');
      expect(text).not.toMatch(/<(?!\/?(details|summary|sub|br|b|code)\b)/);
      expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    }
  });
});

describe('the same evidence again', () => {
  it('gives the same body, whatever was written before', () => {
    for (const state of Object.values(STATES)) {
      const request = commentOf(state, sha256);
      const once = renderComment(request);
      const again = renderComment({ ...request, earlier: openComment(once.body, sha256) });
      expect(again.body).toBe(once.body);
      expect(again.merged).toMatchObject({ isNews: false, turn: undefined });
    }
  });

  it('is news after a push, and tells no difference when only latencies moved', () => {
    const once = write({});
    const next = write({ run: { ...RUN, commit: commitOf(7), run: '9050' } }, once.body);
    expect(next.merged.isNews).toBe(true);
    expect(next.text).not.toContain('Since the previous push');
    expect(next.text).toContain('Earlier pushes (1)');
    const slower = comparison({ model: 'churn', measured: { latency: undefined, seconds: 99 } });
    const later = write(
      { models: [{ model: 'churn', comparison: slower }] },
      write({ models: [{ model: 'churn', comparison: comparison({ model: 'churn' }) }] }).body,
    );
    expect(later.merged.isNews).toBe(false);
  });
});

describe('earlier pushes', () => {
  it('are ten at most, the newest first, and a push back to one of them counts once', () => {
    let body: string | undefined;
    for (let index = 1; index <= 14; index += 1) {
      body = write(
        { models: [model('churn', 0.8 + index / 100)], run: { ...RUN, commit: commitOf(index) } },
        body,
      ).body;
    }
    const commits = () => openComment(body ?? '', sha256)?.state.pushes.map(({ commit }) => commit);
    expect(commits()).toEqual(Array.from({ length: 10 }, (_, index) => commitOf(13 - index)));
    body = write({ run: { ...RUN, commit: commitOf(12) } }, body).body;
    expect(commits()?.slice(0, 2)).toEqual([commitOf(14), commitOf(13)]);
    expect(commits()).not.toContain(commitOf(12));
  });

  it('are told in one line with the value before and now', () => {
    const first = write({ models: [model('churn', 0.81)], run: { ...RUN, commit: commitOf(1) } });
    const { text } = write({ models: [model('churn', 0.92)] }, first.body);
    expect(text).toContain(
      `Since the previous push \`${commitOf(1).slice(0, 12)}\`: \`average_precision\` 0.810 → now 0.920.`,
    );
  });
});

describe('parts that are taken over', () => {
  const big = (name: string): ModelEvidence => ({
    model: name,
    comparison: comparison({
      model: name,
      slices: Array.from({ length: 200 }, (_, index) => slice({ slice: `${name} = ${index}` })),
    }),
  });

  it('are word for word what the other job wrote, as long as they fit', () => {
    const first = write({ models: [model('churn', 0.9)] });
    const { text } = write({ models: [model('demand', 0.8)] }, first.body);
    const part = first.text.slice(
      first.text.indexOf('Difference'),
      first.text.indexOf('<details><summary>Repeat'),
    );
    expect(text).toContain(part.trim());
  });

  it('lose their folded details first, then all but a line, and no model is ever lost', () => {
    let body: string | undefined;
    for (let index = 0; index < 60; index += 1) {
      const written = write({ models: [big(`model-${index}`)] }, body);
      ({ body } = written);
      expect(body.length).toBeLessThanOrEqual(COMMENT_LIMIT.units);
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(COMMENT_LIMIT.bytes);
      expect(openComment(body, sha256)?.state.models).toHaveLength(index + 1);
      if (index > 0) expect(written.text).toContain(`${index + 1} models changed: ${index + 1} passed.`);
    }
  });
});
