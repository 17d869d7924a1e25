import type { Windows } from '../core/documents/training.ts';
import { InputError } from '../core/errors.ts';
import { once } from '../core/once.ts';
import type { CommandRunner } from '../ports/command-runner.ts';
import type { DataEngine } from '../ports/data-engine.ts';
import type { DownloadedRelease, ModelRegistry, ReleaseReference } from '../ports/model-registry.ts';
import type { Repository } from '../ports/repository.ts';
import { findWindows } from './data/open-data.ts';
import { type Exam, type PreparedExam, prepareExam } from './exam.ts';
import type { ModelSetup } from './load-models.ts';
import type { StageWorld } from './stage.ts';

export type WindowsMode = 'frozen' | 'new';

/** What the stages of one job share about one model: each is worked out once, when it is first asked for. */
export type ModelRun = {
  readonly setup: ModelSetup;
  /** Rules and list of changes alone: nothing is laid out or fetched for it. */
  readonly rules: () => Promise<Exam>;
  /** The exam with its data in place. */
  readonly exam: () => Promise<Exam>;
  /** Puts the data in place that the change learns from; needed by stages that read more than the exam. */
  readonly provideHead: () => Promise<void>;
  /**
   * Lays the exam out again, after code of the change ran that may have touched it.
   * @throws InputError when that code altered rows that judge and that Git does not have.
   */
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
  /** See `ExamRequest`. */
  readonly headRoot?: string | undefined;
  /** Runs `data.fetch`; absent in stages that read no data. */
  readonly commands?: CommandRunner | undefined;
};

export function createModelRun(setup: ModelSetup, ports: ModelRunPorts): ModelRun {
  const { world, repository, registry, workingDirectory, headRoot } = ports;
  const prepared = once(() =>
    prepareExam({ setup, world, repository, workingDirectory, headRoot, commands: ports.commands }),
  );
  const rules = async () => (await prepared()).exam;
  const provided = once(() => provideExam(prepared));
  const exam = async () => (await provided()).exam;
  const champion = once(async () => registry?.findChampion((await rules()).championModel));
  const frozen = once(
    async () => (await rules()).lock?.windows ?? (await championWindows(await champion(), ports)),
  );
  async function findBy(mode: WindowsMode): Promise<Windows | undefined> {
    const { configuration } = await rules();
    const { source, split } = configuration.data;
    if (source === undefined || split === undefined) return undefined;
    const { directory } = await exam();
    return findWindows({
      engine: await ports.engine(),
      configuration,
      directory,
      frozen: await frozen(),
      mode,
    });
  }
  const byMode = { frozen: once(() => findBy('frozen')), new: once(() => findBy('new')) };
  return {
    setup,
    rules,
    exam,
    provideHead: once(async () => {
      // The exam comes first: a command beside the change may run files of it.
      await provided();
      await (await prepared()).provideHead();
    }),
    renewExam: async () => renew(await prepared(), (await provided()).exposed),
    champion,
    windows: (mode) => byMode[mode](),
  };
}

type ProvidedExam = {
  readonly exam: Exam;
  /** Digests of what code of the change could reach; looked at only where such code runs. */
  readonly exposed: ReadonlyMap<string, string>;
};

async function provideExam(prepared: () => Promise<PreparedExam>): Promise<ProvidedExam> {
  const { exam, provide, digestExposed } = await prepared();
  await provide();
  const runsForeignCode = exam.configuration.training?.kind === 'command';
  return { exam, exposed: runsForeignCode ? await digestExposed() : new Map() };
}

async function renew(
  { provide, digestExposed }: PreparedExam,
  before: ReadonlyMap<string, string>,
): Promise<void> {
  const after = await digestExposed();
  const altered = [...before.keys()].find((path) => after.get(path) !== before.get(path));
  if (altered !== undefined) {
    throw new InputError(
      `training.command altered ${altered}, whose rows judge its model; let it write elsewhere`,
      { location: { file: altered } },
    );
  }
  await provide();
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
