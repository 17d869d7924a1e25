import type { ConfigurationFlags } from '../core/configuration/flags.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { CommandRunner } from '../ports/command-runner.ts';
import type { DataEngine } from '../ports/data-engine.ts';
import type { History } from '../ports/history.ts';
import type { ModelRegistry } from '../ports/model-registry.ts';
import type { PictureStore } from '../ports/picture-store.ts';
import type { Repository } from '../ports/repository.ts';
import type { Scorer } from '../ports/scorer.ts';
import type { Inputs } from '../stages/inputs.ts';
import type { StageWorld } from '../stages/stage.ts';
import type { Environment } from './world.ts';

/** One start of Contender: what was asked, and what there is to work with. Ports open when first used. */
export type Invocation = {
  readonly inputs: Inputs;
  /** Flags and inputs that stand for keys of the config. */
  readonly flags: ConfigurationFlags;
  readonly workingDirectory: string;
  readonly environment: Environment;
  readonly world: StageWorld;
  /** Where the configs of a change lie that is not checked out; see `followRun`. */
  readonly head?: { readonly root: string; readonly workingDirectory: string };
  /** Undefined outside of a Git work tree. */
  readonly repository: () => Promise<Repository | undefined>;
  /** Undefined where no token and no repository are known. */
  readonly host: () => Promise<CodeHost | undefined>;
  /** The folder given, else the releases of the repository; undefined when there is neither. */
  readonly registry: () => Promise<ModelRegistry | undefined>;
  /** In the folder given, else on a branch of the repository; undefined when there is neither. */
  readonly history: () => Promise<History | undefined>;
  /** On a branch of the repository; undefined where no token and no repository are known. */
  readonly pictures: () => Promise<PictureStore | undefined>;
  /** Undefined where jobs hand nothing to each other: no GitHub runner, or one without the service. */
  readonly artifacts: () => Promise<ArtifactStore | undefined>;
  readonly writeSummary: (markdown: string) => Promise<void>;
};

/** Ports that load native modules; only entries that work with data can open them. */
export type DataWorld = {
  readonly engine: () => Promise<DataEngine>;
  readonly scorer: () => Promise<Scorer>;
  readonly commands: CommandRunner;
};
