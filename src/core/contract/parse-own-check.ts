import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { AcceptTarget } from './accept-target.ts';
import { CHANGE_MEASURES, type ContractRule, type Limit, PREVIOUS } from './contract.ts';
import { type ContractPlace, refuse, targetOf } from './contract-place.ts';
import { limitOfMostly, NO_ROWS } from './mostly.ts';
import { chooseWord, MODES, readMostly, requireText, shown } from './own-words.ts';
import { requireKnownWords } from './standard-words.ts';

/** The `engine` of custom rules that are ours. */
export const OWN_ENGINE = 'contender';

const EFFECTS = ['small', 'medium', 'large'] as const;
const DIRECTIONS = ['increasing', 'decreasing'] as const;

/** Checks of our own, with the words each takes beside `check`. */
export const OWN_CHECKS = {
  condition: ['expression', 'mostly', 'mode'],
  monotonic: ['column', 'direction', 'strict', 'mostly', 'mode'],
  freshness: ['column', 'atMost'],
  change: ['of', 'column', 'against', 'atMost'],
  distribution: ['column', 'against', 'minimumEffect'],
} as const;
type OwnCheck = keyof typeof OWN_CHECKS;

export type OwnCheckContext = {
  readonly place: ContractPlace;
  /** The column whose `quality` the rule is part of. */
  readonly column?: string;
  readonly path: string;
  readonly severity: ContractRule['severity'];
  readonly name?: string;
};

type Reader = (given: YAMLMap, context: OwnCheckContext) => Omit<ContractRule, 'severity' | 'line' | 'name'>;

const READERS: Readonly<Record<OwnCheck, Reader>> = {
  condition: readCondition,
  monotonic: readMonotonic,
  freshness: readFreshness,
  change: readChange,
  distribution: readDistribution,
};

/** A custom rule with `engine: contender`. @throws InputError with the line of what cannot be understood. */
export function parseOwnCheck(item: YAMLMap, context: OwnCheckContext): ContractRule {
  const { place, severity, name } = context;
  const given = item.get('implementation', true);
  const checks = Object.keys(OWN_CHECKS) as OwnCheck[];
  if (!isMap(given)) {
    throw refuse(
      place,
      given ?? item,
      `\`implementation\` is a mapping with \`check\`: ${checks.join(', ')}`,
    );
  }
  const check = chooseWord(given, { word: 'check', allowed: checks, place });
  if (check === undefined) throw refuse(place, given, `\`check\` is missing; allowed: ${checks.join(', ')}`);
  const part = `the check ${check}`;
  requireKnownWords(given, { part, words: ['check', ...OWN_CHECKS[check]] }, place);
  const own = { ...context, path: `${context.path}.implementation` };
  return {
    ...READERS[check](given, own),
    severity,
    line: place.lineOf(item),
    ...(name === undefined ? {} : { name }),
  };
}

function readCondition(given: YAMLMap, context: OwnCheckContext) {
  const { place } = context;
  const expression = requireText(given, 'expression', place);
  const node = given.get('expression', true);
  const subject = `${place.file}:${place.lineOf(node)}: the condition`;
  return {
    check: 'condition',
    rowRule: { kind: 'condition', expression, subject },
    ...tolerance(given, context),
  } as const;
}

function readMonotonic(given: YAMLMap, context: OwnCheckContext) {
  const { place } = context;
  const column = columnOf(given, context);
  const direction = chooseWord(given, { word: 'direction', allowed: DIRECTIONS, place }) ?? 'increasing';
  const strict = given.get('strict') ?? false;
  if (typeof strict !== 'boolean') {
    throw refuse(place, given.get('strict', true), `strict is ${shown(strict)}; write true or false`);
  }
  return {
    check: 'monotonic',
    column,
    rowRule: { kind: 'monotonic', column, direction, strict },
    ...tolerance(given, context),
  } as const;
}

function readFreshness(given: YAMLMap, context: OwnCheckContext) {
  const { place, path } = context;
  const column = columnOf(given, context);
  const written = requireText(given, 'atMost', place);
  const hours = parseDuration(written);
  const node = given.get('atMost', true);
  if (hours === undefined) throw refuse(place, node, `atMost is ${shown(written)}; write 36h, 7d or 90m`);
  const accept = acceptLimit([targetOf(node, `${path}.atMost`)]);
  return {
    check: 'freshness',
    column,
    measure: { kind: 'freshness', column },
    limit: atMost(hours, 'hours'),
    ...accept,
  } as const;
}

function readChange(given: YAMLMap, context: OwnCheckContext) {
  const { place, path } = context;
  const of = chooseWord(given, { word: 'of', allowed: CHANGE_MEASURES, place });
  if (of === undefined)
    throw refuse(place, given, `\`of\` is missing; allowed: ${CHANGE_MEASURES.join(', ')}`);
  const column = of === 'row-count' ? undefined : columnOf(given, context);
  const against = readAgainst(given, place) ?? PREVIOUS;
  const percent = readPercent(given, place);
  const node = given.get('atMost', true);
  const named = column === undefined ? {} : { column };
  return {
    check: 'change',
    ...named,
    measure: { kind: 'change', of, against, ...named },
    limit: atMost(percent, 'percent'),
    ...acceptLimit([targetOf(node, `${path}.atMost`)]),
  } as const;
}

function readDistribution(given: YAMLMap, context: OwnCheckContext) {
  const { place, path } = context;
  const column = columnOf(given, context);
  const against = readAgainst(given, place) ?? PREVIOUS;
  const minimumEffect = chooseWord(given, { word: 'minimumEffect', allowed: EFFECTS, place }) ?? 'small';
  const node = given.get('minimumEffect', true);
  const next = EFFECTS[EFFECTS.indexOf(minimumEffect) + 1];
  const value = targetOf(node, `${path}.minimumEffect`);
  return {
    check: 'distribution',
    column,
    measure: { kind: 'distribution', column, against, minimumEffect },
    limit: { operator: 'mustBe', values: [0], unit: 'value' },
    ...(value && next ? { accept: { kind: 'replace', value, by: next } as const } : {}),
  } as const;
}

function columnOf(given: YAMLMap, { place, column }: OwnCheckContext): string {
  if (given.has('column') || column === undefined) return requireText(given, 'column', place);
  return column;
}

function readAgainst(given: YAMLMap, place: ContractPlace): string | undefined {
  return given.has('against') ? requireText(given, 'against', place) : undefined;
}

/** `10%`, or the number of percent. */
function readPercent(given: YAMLMap, place: ContractPlace): number {
  const node = given.get('atMost', true);
  const value = isScalar(node) ? node.value : undefined;
  const text = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*%$/.exec(value.trim())?.[1] : undefined;
  if (text !== undefined) return Number(text);
  throw refuse(
    place,
    node ?? given,
    `atMost is ${shown(value)}; write a share of the earlier figure such as 10%`,
  );
}

function tolerance(
  given: YAMLMap,
  { place, path }: OwnCheckContext,
): Pick<ContractRule, 'limit' | 'mode' | 'accept'> {
  const mostly = readMostly(given, place, path);
  const mode = chooseWord(given, { word: 'mode', allowed: MODES, place });
  return {
    limit: mostly === undefined ? NO_ROWS : limitOfMostly(mostly.share),
    ...(mode === undefined ? {} : { mode }),
  };
}

function atMost(value: number, unit: Limit['unit']): Limit {
  return { operator: 'mustBeLessOrEqualTo', values: [value], unit };
}

function acceptLimit(targets: readonly (ReturnType<typeof targetOf> | undefined)[]): {
  accept?: AcceptTarget;
} {
  const values = targets.filter((target) => target !== undefined);
  return values.length === 0 ? {} : { accept: { kind: 'limit', values } };
}

const HOURS: Readonly<Record<string, number>> = { m: 1 / 60, h: 1, d: 24, w: 168 };

/** Hours of `90m`, `36h`, `7d`, `2w`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(m|h|d|w)$/.exec(text.trim());
  return match === null ? undefined : Number(match[1]) * HOURS[match[2]!]!;
}
