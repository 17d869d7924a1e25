import type { ContractRule } from './contract.ts';
import { describeLimit } from './limit.ts';

/** What a rule about a whole data set came to. */
export type Measured =
  | {
      readonly value: number;
      /** What lies behind the number: the two figures, the test. */
      readonly words?: string;
      /** Whether the number may give away a value that is never printed. */
      readonly hidden?: boolean;
    }
  /** Why it could not be asked. */
  | { readonly notChecked: string };

/** The message of a broken rule about a whole data set. */
export function describeMeasure(
  rule: ContractRule,
  measured: Extract<Measured, { readonly value: number }>,
): string {
  const { measure, limit } = rule;
  const value = measured.hidden ? '(hidden)' : String(Number(measured.value.toPrecision(6)));
  const words = measured.words === undefined ? '' : ` (${measured.words})`;
  const asks = `the contract asks for ${describeLimit(limit)}`;
  switch (measure?.kind) {
    case 'freshness':
      return `the newest ${measure.column} is ${value} hours old${words}; ${asks}`;
    case 'change':
      return `${measure.of} ${measure.column === undefined ? '' : `of ${measure.column} `}changed by ${value} percent${words}; ${asks}`;
    case 'distribution':
      return `${measure.column} comes from another distribution than in ${measure.against}${words}`;
    case 'sql':
      return `${rule.name ?? 'the query'} gives ${value}; ${asks}`;
    default:
      return `${value} rows; ${asks}`;
  }
}
