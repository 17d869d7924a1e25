import type { Finding } from '../documents/validation.ts';
import type { PersonalColumn } from './find-personal.ts';

export type DescribePersonal = {
  readonly dataset: string;
  readonly column: PersonalColumn;
  /** Where the examples stand, with what is shown of them. */
  readonly examples: Finding['examples'];
};

/** What is said of a column that holds personal data; no value of it. */
export function personalFinding({ dataset, column, examples }: DescribePersonal): Finding {
  const { name, words, hits, checked, atLeast } = column;
  const share = `${percent(hits / checked)} %, at least ${percent(atLeast)} %`;
  return {
    check: 'personal-data',
    severity: 'warning',
    dataset,
    column: name,
    message: `column ${name}: ${count(hits)} of ${count(checked)} values (${share}) are ${words}; list it in data.sensitive or data.exclude, or mask it with \`contender mask\``,
    failing: hits,
    checked,
    examples,
  };
}

/**
 * What is shown of a personal value: eight hexadecimal digits of its keyed hash, and its last two characters,
 * unless nothing of the value may be seen.
 */
export function redact(value: string, hash: (text: string) => string, showsEnd: boolean): string {
  const digest = hash(value).slice(0, 8);
  const end = [...value.trim()].slice(-2).join('');
  return showsEnd ? `${digest}…${end}` : `${digest}…`;
}

function percent(share: number): string {
  const percents = 100 * share;
  return percents >= 0.1 ? percents.toFixed(1) : percents.toPrecision(1);
}

function count(number: number): string {
  return String(number).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ',');
}
