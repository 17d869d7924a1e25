import type { TextColumn } from '../../core/data/table.ts';
import { type Found, percent } from '../../core/data-checks/checks.ts';
import { countKinds, mostlyKind, type TextKind } from '../../core/data-checks/text-columns.ts';
import type { RowRuleResult } from '../../ports/data-engine.ts';
import { type DataChecksRequest, shownResult } from './checks-request.ts';

/** Numbers, dates or times that are text because of a few other values, or because some of them are not finite. */
export async function checkKinds(request: DataChecksRequest, sample: TextColumn): Promise<Found[]> {
  const { name } = sample;
  const kinds = countKinds(sample);
  const kind = mostlyKind(kinds);
  if (kind === undefined) return [];
  const [result] = await request.data.check([{ kind: 'type', column: name, type: kind }]);
  const { failing, checked } = result!;
  if (failing === 0) return kind === 'number' && kinds.notFinite > 0 ? await checkFinite(request, name) : [];
  return [
    {
      check: 'mixed-types',
      severity: 'warning',
      column: name,
      message: `${name} is text: ${describeKind(kind, { failing, checked })}${firstPlace(result!)}`,
      ...shownResult(result!, name, request),
    },
  ];
}

function describeKind(
  kind: TextKind,
  { failing, checked }: { readonly failing: number; readonly checked: number },
): string {
  const share = percent(failing / checked);
  const counted = `${checked - failing} of ${checked} values are ${kind}s; ${failing} (${share}) ${failing === 1 ? 'is' : 'are'} not`;
  const advice: Record<TextKind, string> = {
    number: 'write missing values as empty',
    date: 'write days that exist as 2020-06-21, and missing ones as empty',
    timestamp: 'write times that exist as 2020-06-21 12:14:00, and missing ones as empty',
  };
  return `${counted}; ${advice[kind]}`;
}

/** Every number that is finite lies within these. */
const FINITE = { minimum: -Number.MAX_VALUE, maximum: Number.MAX_VALUE };

async function checkFinite(request: DataChecksRequest, column: string): Promise<Found[]> {
  const [result] = await request.data.check([{ kind: 'range', column, ...FINITE }]);
  const { failing, checked } = result!;
  if (failing === 0) return [];
  return [
    {
      check: 'non-finite',
      severity: 'warning',
      column,
      message: `${column} is text: ${failing} of ${checked} values are infinite or NaN, and all others are numbers; write those as missing (empty)${firstPlace(result!)}`,
      ...shownResult(result!, column, request),
    },
  ];
}

function firstPlace({ examples: [first] }: RowRuleResult): string {
  return first === undefined ? '' : `; first at ${first.file}:${first.line}`;
}
