import type { CodeHost } from '../../ports/code-host.ts';
import type { History } from '../../ports/history.ts';
import type { ModelRegistry } from '../../ports/model-registry.ts';
import type { Repository } from '../../ports/repository.ts';
import type { ModelSetup } from '../load-models.ts';
import type { StageWorld } from '../stage.ts';

export type ReleaseRequest = {
  readonly setup: ModelSetup;
  /** Path of the model file, when one was given. */
  readonly model: string | undefined;
  /** Folder with the judgement, when one was given; else the evidence folder of the model. */
  readonly evidence: string | undefined;
  /** `auto` or a semantic version. */
  readonly version: string;
  readonly draft: boolean;
};

export type ReleasePorts = {
  readonly world: StageWorld;
  readonly registry: ModelRegistry;
  /** Absent on a laptop without a token: nobody can accept then, and no issue is opened. */
  readonly host: CodeHost | undefined;
  /** Absent outside of Git: there is no lock file then. */
  readonly repository: Repository | undefined;
  /** Holds the ledger of the holdouts; absent where nothing is counted. */
  readonly history?: History | undefined;
};
