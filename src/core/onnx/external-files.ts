import { InputError } from '../errors.ts';

/** A file beside a model that holds weights, and whether it can be used. */
export type ExternalFile = {
  /** As written in the model. */
  readonly location: string;
  /** `outside`: it lies out of the folder of the model, where nothing is ever read from. */
  readonly state: 'present' | 'missing' | 'outside';
  /** Size of a file that is present. */
  readonly bytes?: number;
};

/** Weights of all files together; a model of more would not fit beside anything else on a runner. */
const MOST_BYTES = 8 * 1024 ** 3;

/**
 * @param model how messages call it, and its path.
 * @throws InputError for a file that is missing or lies outside of the model's folder, links followed.
 */
export function refuseExternalFiles(
  files: readonly ExternalFile[],
  { name, path }: { readonly name: string; readonly path: string },
): void {
  for (const { location, state } of files) {
    const shown = JSON.stringify(location.slice(0, 200));
    if (state === 'present') continue;
    throw new InputError(
      state === 'outside'
        ? `${name}: it keeps weights in ${shown}, outside of the folder of the model; save them beside it under a relative name`
        : `${name}: it keeps weights in ${shown}, which does not exist beside the model; fetch that file too`,
      { location: { file: path } },
    );
  }
  const total = files.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
  if (total <= MOST_BYTES) return;
  throw new InputError(
    `${name}: its weights beside the model have ${total} bytes; at most ${MOST_BYTES} are read`,
  );
}
