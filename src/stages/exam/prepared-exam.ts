import type { Configuration } from '../../core/configuration/configuration.ts';
import type { ExamChange } from '../../core/documents/comparison.ts';
import type { Lock } from '../../core/documents/manifest.ts';

/**
 * What decides a comparison, fixed before anything of the change is run: rules, holdout and contract of the
 * base branch, and the list of what the change would alter in them.
 */
export type Exam = {
  /** Rules of the base; training, features, columns and exclusions of the head. */
  readonly configuration: Configuration;
  /** Name under which the champion is looked up: that of the base, so that a new name escapes no comparison. */
  readonly championModel: string;
  /** The configuration as the change has it. */
  readonly proposed: Configuration;
  /** Directory that paths of the holdout, or of the source it is a part of, start from. */
  readonly directory: string;
  /** Directory that the path of the contract starts from; it is in Git even where the data are not. */
  readonly contractDirectory: string;
  /** Directory that paths of training data and features start from. */
  readonly headDirectory: string;
  /** Commit the exam was taken from; undefined outside of Git. */
  readonly commit: string | undefined;
  readonly changed: readonly ExamChange[];
  /**
   * Whether the base branch fixes the rows: they are in Git, pinned by it, or fetched by its command. When
   * false, it protects the config only.
   */
  readonly coversData: boolean;
  /** Whether `data.fetch`, run beside the change, may run files that the change touches. */
  readonly fetchRunsChange: boolean;
  /** Lock file of the base, which freezes the windows. */
  readonly lock: Lock | undefined;
};

/** An exam whose rules are known, and whose data are put in place when a stage needs them. */
export type PreparedExam = {
  readonly exam: Exam;
  /** Puts everything the exam reads in place. Doing it again makes it anew. */
  readonly provide: () => Promise<void>;
  /** Puts the data that the change learns from in place: the checked-out files, after `data.fetch`. */
  readonly provideHead: () => Promise<void>;
  /**
   * SHA-256 by path of what the exam reads and this run has not laid out itself, which code of the change could
   * reach; empty where there is nothing to protect from.
   */
  readonly digestExposed: () => Promise<ReadonlyMap<string, string>>;
};
