import { resolve } from 'node:path';
import type { Windows } from '../../core/documents/training.ts';
import { InputError } from '../../core/errors.ts';
import { parseWindow } from '../../core/windows/window-time.ts';
import type { DataEngine, DataSet, RowFilter } from '../../ports/data-engine.ts';
import { buildRequest, findWindows, openRole } from '../data/open-data.ts';
import type { Exam } from '../exam.ts';

type Features = { readonly sql: string; readonly file: string };

/** One side of a comparison, not yet opened: it may be opened with and without the features query. */
export type DeclaredSide = {
  /** Where the rows come from, in words. */
  readonly description: string;
  readonly open: (features?: Features) => Promise<DataSet>;
};

export type SidesRequest = {
  readonly engine: DataEngine;
  readonly exam: Exam;
  readonly workingDirectory: string;
  /** Paths or globs given instead of what the config names. */
  readonly reference: readonly string[];
  readonly current: readonly string[];
  /** Windows of the champion's release. */
  readonly championWindows: Windows | undefined;
};

/**
 * What is compared with what. Reference: the data given, else `data.reference`, else the holdout the champion
 * was judged on. Current: the data given, else `data.current`, else, where the data are split by time, the
 * rows of `data.source` that are newer than that holdout.
 * @throws InputError when a side is named nowhere.
 */
export async function declareSides(
  request: SidesRequest,
): Promise<{ readonly reference: DeclaredSide; readonly current: DeclaredSide }> {
  const { configuration } = request.exam;
  const needsWindows =
    (request.reference.length === 0 && configuration.data.reference === undefined) ||
    (request.current.length === 0 && configuration.data.current === undefined);
  const windows = needsWindows ? await windowsInForce(request) : undefined;
  return { reference: declareReference(request, windows), current: declareCurrent(request, windows) };
}

function windowsInForce({ engine, exam, championWindows }: SidesRequest): Promise<Windows | undefined> {
  const frozen = championWindows ?? exam.lock?.windows;
  return findWindows({
    engine,
    configuration: exam.configuration,
    directory: exam.directory,
    frozen,
    mode: 'frozen',
  });
}

function declareReference(request: SidesRequest, windows: Windows | undefined): DeclaredSide {
  const { engine, exam, reference } = request;
  const { configuration } = exam;
  const { data } = configuration;
  const given = declareNamed(request, 'reference', reference);
  if (given) return given;
  if (data.holdout === undefined && data.source === undefined) {
    throw new InputError(
      'there is nothing to compare with; write data.reference (or data.holdout) in the config, or give the input reference (--reference)',
    );
  }
  return {
    description: data.holdout ? 'the holdout' : `the holdout${spanOf(windows?.holdout)}`,
    open: (features) =>
      openRole(engine, {
        role: 'holdout',
        configuration,
        directory: exam.directory,
        windows,
        ...(features ? { features } : {}),
      }),
  };
}

function declareCurrent(request: SidesRequest, windows: Windows | undefined): DeclaredSide {
  const { engine, exam, current } = request;
  const { source, timestamp } = exam.configuration.data;
  const given = declareNamed(request, 'current', current);
  if (given) return given;
  const from = windows && parseWindow(windows.holdout).to;
  if (source === undefined || timestamp === undefined || from === undefined) {
    throw new InputError(
      'there are no current data; write data.current in the config, give the input current (--current), or split data.source by time, so that the rows newer than the holdout are the current ones',
    );
  }
  const filters: RowFilter[] = [{ kind: 'time', column: timestamp, from }];
  return {
    description: `rows of data.source from ${new Date(from).toISOString()} on`,
    open: (features) =>
      engine.open(
        buildRequest({
          name: 'current',
          source,
          directory: exam.headDirectory,
          filters,
          ...(features ? { features } : {}),
        }),
      ),
  };
}

/** A side that the inputs or the config name by itself. */
function declareNamed(
  { engine, exam, workingDirectory }: SidesRequest,
  name: 'reference' | 'current',
  paths: readonly string[],
): DeclaredSide | undefined {
  const configured = exam.configuration.data[name];
  const source = paths.length > 0 ? { paths } : configured;
  if (source === undefined) return undefined;
  const directory = paths.length > 0 ? resolve(workingDirectory) : exam.headDirectory;
  return {
    description: source.paths.join(', '),
    open: (features) =>
      engine.open(buildRequest({ name, source, directory, filters: [], ...(features ? { features } : {}) })),
  };
}

function spanOf(window: Windows['holdout'] | undefined): string {
  if (window === undefined) return '';
  return ` from ${window.from ?? 'the beginning'} to ${window.to ?? 'the end'}`;
}
