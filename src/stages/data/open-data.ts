import { join } from 'node:path';
import type {
  Configuration,
  SourceConfiguration,
  SplitConfiguration,
} from '../../core/configuration/configuration.ts';
import type { Windows } from '../../core/documents/training.ts';
import { InputError } from '../../core/errors.ts';
import { quantile } from '../../core/statistics/quantiles.ts';
import { resolveWindows } from '../../core/windows/resolve-windows.ts';
import { parseWindow } from '../../core/windows/window-time.ts';
import type { DataEngine, DataSet, OpenDataRequest, RowFilter } from '../../ports/data-engine.ts';
import type { Files } from '../../ports/files.ts';

/** Which part of the data is opened. */
export type DataRole = 'training' | 'holdout';

export type OpenRequest = {
  readonly role: DataRole;
  readonly configuration: Configuration;
  /** Directory that the paths of the source start from. */
  readonly directory: string;
  readonly windows: Windows | undefined;
  /** The features query; absent: the rows as they are. */
  readonly features?: NonNullable<OpenDataRequest['features']>;
  readonly repeatable?: boolean;
};

/** Opens training or holdout rows: the declared files, or the share of `data.source` that the split gives them. */
export function openRole(engine: DataEngine, request: OpenRequest): Promise<DataSet> {
  const { configuration, role } = request;
  const { data } = configuration;
  const own = data[role];
  const source = own ?? data.source;
  if (source === undefined) {
    throw new InputError(
      `the config names no ${role} data; write data.${role}, or data.source with data.split`,
    );
  }
  const filters = own ? [] : splitFilters(request);
  return engine.open(buildRequest({ ...request, name: role, source, filters }));
}

export type NamedSource = {
  readonly name: string;
  readonly source: SourceConfiguration;
  readonly directory: string;
  readonly filters: readonly RowFilter[];
  readonly features?: NonNullable<OpenDataRequest['features']>;
  readonly repeatable?: boolean;
};

/** The request that opens one declared source. */
export function buildRequest({
  name,
  source,
  directory,
  filters,
  features,
  repeatable,
}: NamedSource): OpenDataRequest {
  const where: RowFilter[] = source.where === undefined ? [] : [{ kind: 'sql', condition: source.where }];
  return {
    name,
    baseDirectory: directory,
    paths: source.paths,
    ...(source.sha256 === undefined ? {} : { sha256: source.sha256 }),
    ...(source.encoding === undefined ? {} : { encoding: source.encoding }),
    filters: [...where, ...filters],
    ...(features ? { features } : {}),
    ...(repeatable === undefined ? {} : { repeatable }),
  };
}

/** Text of the features query of a configuration; undefined when it has none. @throws InputError when the file is missing. */
export async function readFeatures(
  files: Files,
  configuration: Configuration,
  directory: string,
): Promise<{ readonly sql: string; readonly file: string } | undefined> {
  const file = configuration.data.features;
  if (file === undefined) return undefined;
  const sql = await files.readText(join(directory, file));
  if (sql === undefined) {
    throw new InputError(`data.features names ${file}, which does not exist in ${directory}`, {
      location: { file },
    });
  }
  return { sql, file };
}

function splitFilters({ role, configuration, windows }: OpenRequest): readonly RowFilter[] {
  const { data } = configuration;
  const { split } = data;
  if (split === undefined) throw new InputError('data.source needs data.split to tell training from holdout');
  if (windows !== undefined) {
    if (data.timestamp === undefined) throw new InputError('a split by time needs data.timestamp');
    return [{ kind: 'time', column: data.timestamp, ...parseWindow(windows[role]) }];
  }
  if (split.kind === 'time' || split.by === 'time')
    throw new Error('windows of a split by time were not resolved');
  const column = split.by === 'group' ? data.group : data.id;
  if (column === undefined) {
    throw new InputError(`a split by ${split.by} needs data.${split.by === 'group' ? 'group' : 'id'}`);
  }
  const bounds =
    role === 'holdout' ? { from: 0, to: split.holdoutShare } : { from: split.holdoutShare, to: 1 };
  return [{ kind: 'hash', column, ...bounds }];
}

export type WindowRequest = {
  readonly engine: DataEngine;
  readonly configuration: Configuration;
  readonly directory: string;
  /** Windows that are in force: of the lock file, else of the champion's manifest. */
  readonly frozen: Windows | undefined;
  readonly mode: 'frozen' | 'new';
};

/**
 * The spans of training and holdout; undefined when the split is not by time. Frozen ones stay as they are;
 * new ones are counted back from the newest labelled row, after what the champion was trained on.
 */
export async function findWindows(request: WindowRequest): Promise<Windows | undefined> {
  const { configuration, frozen, mode } = request;
  const { split } = configuration.data;
  if (configuration.data.source === undefined || split === undefined) return undefined;
  if (split.kind === 'share' && split.by !== 'time') return undefined;
  if (mode === 'frozen' && frozen !== undefined) return frozen;
  return await resolveFromData(request, split);
}

async function resolveFromData(request: WindowRequest, split: SplitConfiguration): Promise<Windows> {
  const { engine, configuration, directory, frozen, mode } = request;
  const { source, timestamp, target } = configuration.data;
  if (source === undefined || timestamp === undefined)
    throw new InputError('a split by time needs data.source and data.timestamp');
  await using data = await engine.open(buildRequest({ name: 'source', source, directory, filters: [] }));
  const labelled = target === undefined ? {} : { where: `"${target.replaceAll('"', '""')}" is not null` };
  const all = await data.timeRange(timestamp);
  const known = await data.timeRange(timestamp, labelled);
  if (all === undefined || known === undefined) {
    throw new InputError(
      `no row of data.source has a value in ${timestamp}${target === undefined ? '' : ` and a label in ${target}`}`,
    );
  }
  if (split.kind === 'share')
    return await shareByTime(data, { timestamp, share: split.holdoutShare, end: known.to });
  const trainedTo =
    mode === 'new' && frozen?.training.to !== undefined ? Date.parse(frozen.training.to) : undefined;
  return resolveWindows(split, {
    newestRow: all.to,
    newestLabelled: known.to,
    ...(trainedTo === undefined ? {} : { championTrainedTo: trainedTo }),
  });
}

/** The newest share of the rows is the holdout. */
async function shareByTime(
  data: DataSet,
  { timestamp, share, end }: { readonly timestamp: string; readonly share: number; readonly end: number },
): Promise<Windows> {
  const { columns } = await data.read([{ name: timestamp, as: 'number' }]);
  const [times] = columns;
  if (times?.kind !== 'number') throw new Error('a time column was not read as numbers');
  const cut = new Date(
    Math.ceil(
      quantile(
        times.values.filter((time) => !Number.isNaN(time)),
        1 - share,
      ),
    ),
  ).toISOString();
  return { training: { to: cut }, holdout: { from: cut, to: new Date(end + 1).toISOString() } };
}
