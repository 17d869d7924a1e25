import type { DatasetProfile } from '../../documents/validation.ts';
import { formatNumber } from '../format-number.ts';
import { NO_NUMBER } from '../metric-text.ts';

type ColumnType = DatasetProfile['columns'][number]['type'];

/** A number of a profile; those of moments are milliseconds, and a reader wants the day. */
export function formatProfileNumber(value: number, type: ColumnType): string {
  if (type !== 'date' && type !== 'timestamp') return formatNumber(value);
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? NO_NUMBER : moment.toISOString().slice(0, 10);
}
