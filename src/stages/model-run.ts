import type { Windows } from '../core/documents/training.ts';
import { once } from '../core/once.ts';
import type { DataEngine } from '../ports/data-engine.ts';
import type { DownloadedRelease, ModelRegistry, ReleaseReference } from '../ports/model-registry.ts';
import type { Repository } from '../ports/repository.ts';
import { findWindows } from './data/open-data.ts';
import { type Exam, layOutExam } from './exam.ts';
import type { ModelSetup } from './load-models.ts';
import type { StageWorld } from './stage.ts';

export type WindowsMode = 'frozen' | 'new';

/** What the stages of one job share about one model: each is worked out once, when it is first asked for. */
export type ModelRun = {
  readonly setup: ModelSetup;
  readonly exam: () => Promise<Exam>;
  /** Lays the exam out again from Git, after code of the change ran that may have touched it. */
  readonly renewExam: () => Promise<void>;
  readonly champion: () => Promise<ReleaseReference | undefined>;
  /** Spans of training and holdout; undefined when the split is not by time. */
  readonly windows: (mode: WindowsMode) => Promise<Windows | undefined>;
};

export type ModelRunPorts = {
  readonly world: StageWorld;
  readonly repository: Repository | undefined;
  readonly registry: ModelRegistry | undefined;
  /** Opens the engine when it is first needed. */
  readonly engine: () => Promise<DataEngine>;
  readonly workingDirectory: string;
};

export function createModelRun(setup: ModelSetup, ports: ModelRunPorts): ModelRun {
  const { world, repository, registry, workingDirectory } = ports;
  const exam = once(() => layOutExam({ setup, world, repository, workingDirectory }));
  const champion = once(async () => registry?.findChampion((await exam()).championModel));
  const frozen = once(
    async () => (await exam()).lock?.windows ?? (await championWindows(await champion(), ports)),
  );
  async function findBy(mode: WindowsMode): Promise<Windows | undefined> {
    const { configuration, directory } = await exam();
    const { source, split } = configuration.data;
    if (source === undefined || split === undefined) return undefined;
    return findWindows({
      engine: await ports.engine(),
      configuration,
      directory,
      frozen: await frozen(),
      mode,
    });
  }
  const byMode = { frozen: once(() => findBy('frozen')), new: once(() => findBy('new')) };
  const renewExam = async () => {
    await layOutExam({ setup, world, repository, workingDirectory });
  };
  return { setup, exam, renewExam, champion, windows: (mode) => byMode[mode]() };
}

async function championWindows(
  champion: ReleaseReference | undefined,
  { registry, world }: ModelRunPorts,
): Promise<Windows | undefined> {
  if (champion === undefined || registry === undefined) return undefined;
  const release = await registry.download(champion, await world.files.temporaryDirectory('champion'));
  return release.manifest.windows;
}

/** The same registry, downloading each release once in a job. */
export function rememberDownloads(registry: ModelRegistry): ModelRegistry {
  const downloads = new Map<string, Promise<DownloadedRelease>>();
  return {
    ...registry,
    download(release, directory) {
      const known = downloads.get(release.id) ?? registry.download(release, directory);
      downloads.set(release.id, known);
      return known;
    },
  };
}
