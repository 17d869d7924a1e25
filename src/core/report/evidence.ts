import type { ComparisonDocument } from '../documents/comparison.ts';
import type { DriftDocument } from '../documents/drift.ts';
import type { TrainingDocument } from '../documents/training.ts';
import type { ValidationDocument } from '../documents/validation.ts';
import type { ShownPictures } from './comment/shown-pictures.ts';

/** The documents of one model that a report is made of; a stage that did not run has none. */
export type ModelEvidence = {
  readonly model: string;
  readonly validation?: ValidationDocument | undefined;
  readonly training?: TrainingDocument | undefined;
  readonly comparison?: ComparisonDocument | undefined;
  readonly drift?: DriftDocument | undefined;
  /** The job that made it also ran code of the pull request, so that nobody else vouches for it. */
  readonly selfReported?: boolean | undefined;
  /** Pictures that the comment may show; without them text stands in their place. */
  readonly pictures?: ShownPictures | undefined;
};

/** The run a report belongs to. All of it is built by us or the platform, none of it by data. */
export type RunReference = {
  /** Head commit, 40 hex digits. */
  readonly commit?: string | undefined;
  readonly run?: string | undefined;
  readonly attempt?: string | undefined;
  /** Web address of the run. */
  readonly runUrl?: string | undefined;
  /** Web address of the HTML report, or of the artifact that holds it. */
  readonly reportUrl?: string | undefined;
  /** Words after `contender` that repeat this on a laptop; left out when one is no plain word. */
  readonly reproduce?: readonly string[] | undefined;
};
