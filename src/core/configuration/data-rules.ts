import type { DataDocument, SplitDocument } from './data-schema.ts';
import { describeValue, quote } from './problem.ts';
import type { Report, Rule } from './rule.ts';
import type { ConfigurationDocument } from './schema.ts';
import { isSpan } from './split-form.ts';

/** What holds between the keys of `data`, and between them and the task. */
export const dataRules: readonly Rule[] = [
  { reads: ['data'], check: checkSources },
  { reads: ['data'], check: checkSplit },
  { reads: ['data'], check: checkRoles },
  { reads: ['data'], check: checkDuplicates },
  { reads: ['data', 'task'], check: checkTask },
];

function checkSources({ data }: ConfigurationDocument, { name, add }: Report): void {
  const pair = `${name('data.training')} and ${name('data.holdout')}`;
  const divided = `${name('data.source')} and ${name('data.split')}`;
  for (const key of ['training', 'holdout'] as const) {
    const other = (['source', 'split'] as const).find((candidate) => data[candidate] !== undefined);
    if (data[key] === undefined || other === undefined) continue;
    const message = `${name(`data.${key}`)} and ${name(`data.${other}`)} exclude each other; write ${pair}, or ${divided}`;
    add(['data', other], message, 'key');
    return;
  }
  if (data.source !== undefined && data.split === undefined) {
    const message = `${name('data.source')} needs ${name('data.split')}, such as {holdout: 60d} or {holdout: 0.2, by: random}`;
    add(['data', 'source'], message, 'key');
  }
  if (data.split !== undefined && data.source === undefined) {
    const message = `${name('data.split')} needs ${name('data.source')}: the files to divide`;
    add(['data', 'split'], message, 'key');
  }
}

function checkSplit({ data }: ConfigurationDocument, report: Report): void {
  const { split } = data;
  if (split === undefined) return;
  if (isSpan(split.holdout)) checkSpanSplit(data, split, report);
  else checkShareSplit(data, split, report);
}

function checkSpanSplit(data: DataDocument, split: SplitDocument, report: Report): void {
  const { name, add } = report;
  if (/^0+[wdhms]$/.test(String(split.holdout))) {
    add(
      ['data', 'split', 'holdout'],
      `${name('data.split.holdout')} is ${quote(String(split.holdout))}; write a longer span, such as 60d`,
    );
  }
  if (split.training !== undefined && /^0+[wdhms]$/.test(split.training)) {
    add(
      ['data', 'split', 'training'],
      `${name('data.split.training')} is ${quote(split.training)}; write a longer span, such as 365d`,
    );
  }
  if (split.by !== undefined) {
    const message = `${name('data.split.by')} says how a share is drawn, and holdout is the span ${split.holdout}; remove by, or write a share such as holdout: 0.2`;
    add(['data', 'split', 'by'], message, 'key');
  }
  if (data.timestamp === undefined) {
    const message = `${name('data.split')} counts time back from the newest row and needs ${name('data.timestamp')}: the column with the time of a row`;
    add(['data', 'split'], message, 'key');
  }
}

/** Column that each way of drawing a share needs. */
const COLUMN_OF_DRAW = {
  group: { key: 'group', reason: 'the column whose rows belong together' },
  time: { key: 'timestamp', reason: 'the column with the time of a row' },
  random: {
    key: 'id',
    reason: 'the column that identifies a row, which is hashed so that new rows never move old ones',
  },
} as const;

function checkShareSplit(data: DataDocument, split: SplitDocument, report: Report): void {
  const { name, add } = report;
  if (/^0+(\.0+)?%$/.test(String(split.holdout)) || Number.parseFloat(String(split.holdout)) >= 100) {
    add(
      ['data', 'split', 'holdout'],
      `${name('data.split.holdout')} is ${describeValue(split.holdout)}; write a share between 0 and 1 such as 0.2 or 20%`,
    );
  }
  for (const key of ['training', 'gap', 'mature-after'] as const) {
    if (split[key] === undefined) continue;
    const message = `${name(`data.split.${key}`)} belongs to a span, and holdout is the share ${split.holdout}; remove ${key}, or write a span such as holdout: 60d`;
    add(['data', 'split', key], message, 'key');
  }
  if (split.by === undefined) {
    const message = `${name('data.split')} draws a share and needs by: write one of group, time, random`;
    add(['data', 'split', 'holdout'], message, 'key');
    return;
  }
  const { key, reason } = COLUMN_OF_DRAW[split.by];
  if (data[key] !== undefined) return;
  const message = `${name('data.split.by')} is ${split.by}, which needs ${name(`data.${key}`)}: ${reason}`;
  add(['data', 'split', 'by'], message);
}

function checkRoles({ data }: ConfigurationDocument, { name, add }: Report): void {
  const { target } = data;
  if (target !== undefined) {
    for (const key of ['id', 'timestamp', 'group', 'weight'] as const) {
      if (data[key] !== target) continue;
      add(
        ['data', key],
        `${name(`data.${key}`)} is ${quote(target)}, which is ${name('data.target')} too; name another column`,
      );
    }
  }
  for (const [index, column] of (data.columns ?? []).entries()) {
    if (column === target) {
      const message = `${name('data.columns')} lists ${quote(column)}, which is ${name('data.target')}; a model must not see its answer: remove it`;
      add(['data', 'columns', index], message);
    } else if (data.exclude?.includes(column)) {
      const message = `${name('data.columns')} lists ${quote(column)}, which ${name('data.exclude')} takes away; keep it in one of the two`;
      add(['data', 'columns', index], message);
    }
  }
}

function checkDuplicates({ data }: ConfigurationDocument, { name, add }: Report): void {
  for (const key of ['columns', 'exclude', 'sensitive'] as const) {
    const seen = new Set<string>();
    for (const [index, column] of (data[key] ?? []).entries()) {
      if (seen.has(column)) {
        add(['data', key, index], `${name(`data.${key}`)} lists ${quote(column)} twice; keep one`);
      }
      seen.add(column);
    }
  }
}

function checkTask({ data, task }: ConfigurationDocument, { name, add }: Report): void {
  if (data['positive-class'] !== undefined && task !== 'binary-classification') {
    const message = `${name('data.positive-class')} is for binary-classification, and ${name('task')} is ${task}; remove it`;
    add(['data', 'positive-class'], message, 'key');
  }
  if (task === 'ranking' && data.group === undefined) {
    const message = `${name('task')} is ranking, which needs ${name('data.group')}: the column that tells the rows of one query`;
    add(['task'], message);
  }
}
