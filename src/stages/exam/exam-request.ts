import type { CommandRunner } from '../../ports/command-runner.ts';
import type { Repository } from '../../ports/repository.ts';
import type { ModelSetup } from '../load-models.ts';
import type { StageWorld } from '../stage.ts';

export type ExamRequest = {
  readonly setup: ModelSetup;
  readonly world: StageWorld;
  readonly repository: Repository | undefined;
  readonly workingDirectory: string;
  /** Stands for the top of the repository where the change is laid out there instead of being checked out. */
  readonly headRoot?: string | undefined;
  /** Runs `data.fetch`; absent in stages that read no data. */
  readonly commands?: CommandRunner | undefined;
};

/** Of a pull request whose base commit is here. */
export type BaseRequest = ExamRequest & {
  readonly repository: Repository;
  readonly configFile: string;
  readonly base: string;
};
