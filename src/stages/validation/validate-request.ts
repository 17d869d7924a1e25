import type { DataEngine } from '../../ports/data-engine.ts';
import type { Repository } from '../../ports/repository.ts';
import type { Exam } from '../exam.ts';
import type { ModelSetup } from '../load-models.ts';
import type { StageWorld } from '../stage.ts';
import type { HashValue } from './personal-columns.ts';

export const VALIDATION_FAIL_ON = ['error', 'warning', 'never'] as const;

export type ValidateRequest = {
  readonly setup: ModelSetup;
  readonly exam: Exam;
  readonly workingDirectory: string;
  /** Data sets given instead of what the config declares: paths or globs from the working directory. */
  readonly data: readonly string[];
  /** A contract given instead of what the config names, from the working directory. */
  readonly contract: string | undefined;
  readonly failOn: (typeof VALIDATION_FAIL_ON)[number];
  /** Whether the data are tracked in this repository; else none of their values is printed. */
  readonly dataTracked: boolean;
};

export type ValidatePorts = {
  readonly world: StageWorld;
  readonly engine: DataEngine;
  /** Where rules find the previous version of the data; absent outside of Git. */
  readonly repository?: Repository | undefined;
  /** Keyed hash by which examples of personal values can be told apart; without one nothing of them is shown. */
  readonly hash?: HashValue;
};
