/** One test of a JUnit report, before it is written. */

export type Result =
  | { readonly kind: 'passed'; readonly output?: string }
  | {
      readonly kind: 'failure' | 'error';
      readonly type: string;
      readonly message: string;
      /** More lines behind the message. */
      readonly lines?: readonly string[];
    }
  | { readonly kind: 'skipped'; readonly message: string };

export type Case = {
  readonly name: string;
  /** What tools group by, after the name of the model. */
  readonly group: string;
  readonly result: Result;
  readonly place?: { readonly file: string; readonly line?: number | undefined } | undefined;
};
