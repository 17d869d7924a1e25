import { InputError } from '../../core/errors.ts';
import { refuseLowerVersion } from '../../core/release/check-release.ts';
import { breakingOf, nextVersion, type VersionRequest } from '../../core/release/next-version.ts';
import { parseTag } from '../../core/release/tag.ts';
import type { DownloadedRelease, ModelRegistry } from '../../ports/model-registry.ts';
import type { JudgedFiles } from './read-judgement.ts';

export type VersionChoice = {
  /** `auto` or a semantic version. */
  readonly wanted: string;
  readonly judged: JudgedFiles;
  readonly champion: DownloadedRelease | undefined;
  readonly registry: Pick<ModelRegistry, 'findRelease'>;
};

/** Releases that were taken back keep their versions; there are never many of them in a row. */
const MOST_TAKEN = 50;

/**
 * The version that a model is published under.
 * @throws InputError when the wanted one is no semantic version, or not higher than the champion's.
 */
export async function chooseVersion({ wanted, judged, champion, registry }: VersionChoice): Promise<string> {
  const { model, task: comparedTask } = judged.comparison;
  if (wanted !== 'auto') {
    if (parseTag(`${model}@v${wanted}`) === undefined) {
      throw new InputError(
        `the input version (--version) is ${JSON.stringify(wanted)}; write auto or a semantic version such as 1.2.0`,
      );
    }
    refuseLowerVersion(model, wanted, champion?.manifest.version);
    return wanted;
  }
  const { training } = judged;
  const task = comparedTask ?? training.task;
  if (task === undefined) throw new InputError('neither comparison.json nor training.json names the task');
  let previous: VersionRequest['champion'] = champion?.manifest;
  for (let tried = 0; tried < MOST_TAKEN; tried += 1) {
    const { version } = nextVersion({
      ...(previous === undefined ? {} : { champion: previous }),
      signature: training.signature,
      task,
      sameWeights: champion?.manifest.digest === training.digest,
      ...breakingOf(judged.comparison.modelContract),
    });
    const taken = await registry.findRelease(model, version);
    if (taken === undefined || taken.draft) return version;
    // It was published once and is no champion any more: versions only move forward.
    previous = { task, signature: training.signature, ...champion?.manifest, version };
  }
  throw new InputError(
    `${MOST_TAKEN} versions in a row are taken; name one with the input version (--version)`,
  );
}
