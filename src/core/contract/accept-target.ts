/** Where a text begins and ends in the contract. */
export type TextSpan = readonly [from: number, to: number];

/** A value of the contract, with the way to it: `schema[0].properties[3].logicalTypeOptions.maximum`. */
export type ValueTarget = { readonly path: string; readonly span: TextSpan };

/** What in a contract must be written anew so that data which break a rule keep it. */
export type AcceptTarget =
  /** The number or numbers of a limit. */
  | { readonly kind: 'limit'; readonly values: readonly ValueTarget[] }
  /** Bounds that the values outgrew; `written` says how a bound is put into words. */
  | {
      readonly kind: 'bounds';
      readonly written: 'number' | 'date' | 'timestamp' | 'time';
      readonly minimum?: BoundTarget;
      readonly maximum?: BoundTarget;
    }
  /** A list that lacks values. */
  | {
      readonly kind: 'values';
      readonly path: string;
      /** Where the next value goes. */
      readonly offset: number;
      readonly flow: boolean;
      readonly isEmpty: boolean;
      /** Columns before the hyphen of a block list. */
      readonly indent: number;
    }
  /** A type that another one takes the place of. */
  | { readonly kind: 'type'; readonly value: ValueTarget }
  /** A text that is put in the place of another one. */
  | { readonly kind: 'replace'; readonly value: ValueTarget; readonly by: string }
  /** Whole lines that go. */
  | { readonly kind: 'remove'; readonly value: ValueTarget };

/** A bound with what it says now, in the unit of the rule. */
export type BoundTarget = ValueTarget & { readonly value: number; readonly exclusive?: boolean };
