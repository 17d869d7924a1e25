import type { ColumnDescription } from '../data/table.ts';
import type { ContractChange } from '../onnx/contract-changes.ts';
import type { ExternalFile } from '../onnx/external-files.ts';
import type { ModelContract } from '../onnx/model-contract.ts';
import type { BindingReport } from '../scoring/describe-binding.ts';

/** What `contender inspect` found out about a model file; printed as JSON by `--json`. */
export type ModelInspection = {
  readonly kind: 'inspection';
  readonly schemaVersion: 1;
  /** Path as it was given. */
  readonly file: string;
  /** Size of the file itself; `contract.bytes` counts the files beside it too. */
  readonly bytes: number;
  /** SHA-256 of the file. */
  readonly digest: string;
  /** With weights beside it: what the model is known by, which covers them too. */
  readonly modelDigest?: string;
  readonly contract: ModelContract;
  readonly externalFiles: readonly ExternalFile[];
  /** Which outputs a comparison would read; absent where no task is known. */
  readonly outputs?: OutputReading;
  readonly warnings: readonly ModelWarning[];
  readonly loading: LoadingOutcome;
  /** How the model would be fed from the data given with `--data`. */
  readonly binding?: DataBinding;
  /** What changed since the model given with `--against`. */
  readonly against?: ModelDifference;
};

export type ModelWarning = {
  readonly kind:
    | 'ir-version'
    | 'operator-set'
    | 'operators'
    | 'element-type'
    | 'locale'
    | 'zip-map'
    | 'fixed-batch'
    | 'external-data'
    | 'weights';
  readonly message: string;
};

/** `values`: the output with probabilities or predictions, or one output for each class; `labels`: the one with the model's own decisions. */
export type OutputReading =
  | {
      readonly task: string;
      readonly values: readonly string[];
      readonly as: string;
      readonly labels?: string;
    }
  | { readonly task: string; readonly refusal: string };

/** Whether ONNX Runtime takes the model; it is not run. */
export type LoadingOutcome =
  | { readonly outcome: 'loaded'; readonly runtime: string }
  | { readonly outcome: 'refused'; readonly runtime: string; readonly reason: string }
  /** A limit was exceeded, or the process that loaded it died. */
  | { readonly outcome: 'failed'; readonly reason: string }
  | { readonly outcome: 'not-tried'; readonly reason: string };

export type DataBinding = {
  readonly files: readonly string[];
  readonly columns: readonly ColumnDescription[];
} & ((BindingReport & { readonly inputs: readonly BoundInput[] }) | { readonly refusal: string });

export type BoundInput = {
  readonly input: string;
  /** Element type that the values are turned into. */
  readonly type: string;
  /** In the order of the tensor; none for an input that is fed its default. */
  readonly columns: readonly string[];
};

export type ModelDifference = {
  readonly file: string;
  readonly digest: string;
  readonly changes: readonly ContractChange[];
};
