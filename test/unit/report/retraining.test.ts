import { describe, expect, it } from 'vitest';
import { renderModelCard, renderReleaseNotes } from '../../../src/core/report/notes.ts';
import {
  isDashboard,
  type RetrainingRequest,
  renderDashboard,
  renderRetrainingBody,
  renderRetrainingTitle,
} from '../../../src/core/report/retraining.ts';
import {
  CHALLENGER_DIGEST,
  comparison,
  drift,
  firstComparison,
  losingSlice,
  slices,
  training,
} from '../../support/documents.ts';
import { RUN } from './comment-states.ts';
import { manifest } from './manifest-builder.ts';

const request = (overrides: Partial<RetrainingRequest> = {}): RetrainingRequest => ({
  drift: drift(),
  comparison: comparison(),
  version: '1.6.0',
  lockFile: 'contender.lock.yml',
  cooldownDays: 7,
  token: 'job',
  run: RUN,
  ...overrides,
});

describe('the retraining pull request', () => {
  it('names model, version and the number in its title', () => {
    expect(renderRetrainingTitle(request())).toBe(
      'Retrain fraud-detector 1.6.0: average_precision 0.871 → 0.903',
    );
  });

  it('says why, what, what waiting costs, how to decline and how to undo', () => {
    const body = renderRetrainingBody(request({ lossPerDay: 1240 }));
    expect(body).toContain(
      '**`average_precision` 0.903 → 0.781** (measured on labelled rows; change [−0.151, −0.093]',
    );
    expect(body).toContain('2 of 4 columns drifted. The change is sudden.');
    expect(body).toContain('behind by 0.032 [0.021, 0.043]');
    expect(body).toContain('about 1,240 a day');
    expect(body).toContain('none is opened for 7 days');
    expect(body).toContain('publish `1.4.0` again as a newer version');
    expect(body).toContain('contender.lock.yml');
  });

  it('says whether checks will start, by the token', () => {
    expect(renderRetrainingBody(request())).toContain('wait until someone with write permission approves');
    expect(renderRetrainingBody(request({ token: 'app-or-person' }))).toContain('start by themselves');
  });

  it('calls an estimate an estimate', () => {
    const performance = {
      ...(drift().performance as NonNullable<ReturnType<typeof drift>['performance']>),
      kind: 'estimated' as const,
    };
    expect(renderRetrainingBody(request({ drift: drift({ performance }) }))).toContain(
      'estimated without labels',
    );
  });

  it('stays below the limit of a body whatever the documents hold', () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({
      ...losingSlice(),
      slice: `${'漢'.repeat(80)}${index}`,
    }));
    const columns = Array.from({ length: 500 }, (_, index) => ({
      ...(drift().columns[0] as never as object),
      name: `${'漢'.repeat(90)}${index}`,
    }));
    const body = renderRetrainingBody(
      request({ comparison: comparison({ slices: many }), drift: drift({ columns: columns as never }) }),
    );
    expect(Buffer.byteLength(body)).toBeLessThan(65_536);
  });
});

describe('the dashboard', () => {
  it('has a row per model, by name, and is found again by its last line', () => {
    const body = renderDashboard([
      { model: 'pricing' },
      {
        model: 'fraud-detector',
        champion: {
          version: '1.5.0',
          url: 'https://github.com/acme/fraud/releases/tag/fraud-detector%40v1.5.0',
        },
        lastCheck: {
          on: '2026-06-01',
          verdict: 'drift',
          recommendation: 'retrain',
          reason: 'performance fell',
        },
        retraining: { number: 12, url: 'https://github.com/acme/fraud/pull/12' },
      },
      { model: 'churn', snoozedUntil: '2026-07-01' },
    ]);
    expect(body.match(/^\| `[a-z-]+`/gm)).toEqual(['| `churn`', '| `fraud-detector`', '| `pricing`']);
    expect(body).toContain('[1.5.0](https://github.com/acme/fraud/releases/tag/fraud-detector%40v1.5.0)');
    expect(body).toContain('[open: 12](https://github.com/acme/fraud/pull/12)');
    expect(body).toContain('snoozed until 2026-07-01');
    expect(isDashboard(body)).toBe(true);
    expect(isDashboard(`${body}more`)).toBe(false);
  });
});

describe('release notes and model card', () => {
  const facts = {
    comparison: comparison({ slices: [...slices(), losingSlice()] }),
    training: training(),
    manifest: manifest(),
  };

  it('say what changed and what it was made from', () => {
    const notes = renderReleaseNotes(facts);
    expect(notes).toContain('**Better** `average_precision` 0.871 → 0.903, against `1.4.0`.');
    expect(notes).toContain('Slices that got worse: `hour = night` −0.038.');
    expect(notes).toContain(`sha256:${CHALLENGER_DIGEST}`);
    expect(notes.length).toBeLessThan(120_000);
  });

  it('tell who accepted it and why', () => {
    const accepted = { by: 'maria', reason: 'simpler', digest: CHALLENGER_DIGEST };
    for (const text of [
      renderReleaseNotes({ ...facts, manifest: manifest({ accepted, verdict: 'worse' }) }),
      renderModelCard({ ...facts, manifest: manifest({ accepted, verdict: 'worse' }) }),
    ]) {
      expect(text).toContain('Accepted by `maria` although it was judged worse: simpler');
    }
  });

  it('describe a first model without a champion', () => {
    const card = renderModelCard({ ...facts, comparison: firstComparison() });
    expect(card).toContain('# fraud-detector 1.5.0');
    expect(card).toContain('| `amt` | `number` |');
    expect(card).toContain('| metric | challenger | knowing nothing |');
    expect(card).toContain('18,420 rows, 412 positives, 903 groups');
    expect(card).toContain('was not checked');
  });
});
