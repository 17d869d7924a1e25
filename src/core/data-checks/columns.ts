import type { ColumnProfile } from '../data/profile.ts';
import { FEWEST_ROWS, type Found, percent, type Severity } from './checks.ts';
import type { ColumnRoles } from './roles.ts';

/** A column with so many of its rows missing is hardly there. */
const MOSTLY_MISSING = 0.5;
/** And with so many it is not worth having. */
const NEARLY_ALL_MISSING = 0.95;

/** From this share of different values on, a column names its rows. */
const NEARLY_UNIQUE = 0.99;

export type ProfiledData = {
  readonly rowCount: number;
  readonly profiles: readonly ColumnProfile[];
  readonly roles: ColumnRoles;
  /** Profiles of the data set that this one is held to; absent for that one itself. */
  readonly first?: ReadonlyMap<string, ColumnProfile & { readonly rowCount: number }>;
};

/**
 * Features with one value, or nearly none, and features that only name their rows. What the first data set shows
 * too is told of there alone.
 */
export function checkColumns({ rowCount, profiles, roles, first }: ProfiledData): Found[] {
  if (rowCount < FEWEST_ROWS) return [];
  return profiles
    .filter(({ name }) => roles.isFeature(name))
    .flatMap((profile): Found[] => {
      const earlier = first?.get(profile.name);
      const constant = checkConstant(profile, { rowCount, roles });
      if (constant && earlier === undefined) return [constant];
      if (constant && earlier) return laterConstant(constant, earlier, roles);
      const missing = checkMissing(profile, { rowCount, roles });
      const isKnown = earlier !== undefined && checkMissing(earlier, { ...earlier, roles }) !== undefined;
      const found = missing && !isKnown ? [missing] : [];
      const id = first === undefined ? checkUndeclaredId(profile, { rowCount, roles }) : undefined;
      return id ? [...found, id] : found;
    });
}

type Context = { readonly rowCount: number; readonly roles: ColumnRoles };

/** A query may leave a column out, or make something of it. */
export function severityOfFeature(severity: Severity, roles: ColumnRoles): Severity {
  return roles.isDerived ? 'info' : severity;
}

function checkConstant({ name, distinct, missing }: ColumnProfile, context: Context): Found | undefined {
  const { rowCount, roles } = context;
  const common = { check: 'constant-column', column: name, failing: rowCount, checked: rowCount } as const;
  const severity = severityOfFeature('warning', roles);
  if (distinct === 0) {
    return {
      ...common,
      severity,
      message: `${name} has no value in any of ${rowCount} rows: nothing can be learned from it`,
    };
  }
  // One value or none says which rows have one.
  if (distinct > 1 || missing > 0) return undefined;
  return {
    ...common,
    severity,
    message: `${name} has the same value in all ${rowCount} rows: nothing can be learned from it`,
  };
}

/** A day or a region of the same source may well lack what varies elsewhere. */
function laterConstant(
  constant: Found,
  earlier: ColumnProfile & { readonly rowCount: number },
  roles: ColumnRoles,
): Found[] {
  if (checkConstant(earlier, { ...earlier, roles })) return [];
  return [
    {
      ...constant,
      severity: 'info',
      message: `${constant.message.replace(/:.*$/, '')}, and ${earlier.distinct} different ones in the first data set`,
    },
  ];
}

function checkMissing(profile: ColumnProfile, { rowCount, roles }: Context): Found | undefined {
  const { name, missing } = profile;
  const share = missing / rowCount;
  if (share < MOSTLY_MISSING) return undefined;
  return {
    check: 'mostly-missing',
    severity: share >= NEARLY_ALL_MISSING ? severityOfFeature('warning', roles) : 'info',
    column: name,
    message: `${name} is missing in ${missing} of ${rowCount} rows (${percent(share)})`,
    failing: missing,
    checked: rowCount,
  };
}

function checkUndeclaredId(profile: ColumnProfile, { rowCount, roles }: Context): Found | undefined {
  const kind = idLikeness({ ...profile, rowCount });
  if (kind === undefined) return undefined;
  const { name, distinct, missing } = profile;
  const words = kind === 'texts' ? 'another text in nearly each row' : 'a number of its own in each row';
  return {
    check: 'undeclared-id',
    severity: severityOfFeature('warning', roles),
    column: name,
    message: `${name} has ${words} (${distinct} different of ${rowCount - missing}): it names rows and teaches nothing; declare it in data.id or data.exclude`,
    failing: distinct,
    checked: rowCount - missing,
  };
}

/**
 * Whether a column names its rows: text of which nearly every one differs, or whole numbers that all differ and
 * follow each other with few gaps (a measured number may well differ in every row, too).
 */
export function idLikeness(
  profile: ColumnProfile & { readonly rowCount: number },
): 'texts' | 'count' | undefined {
  const { type, distinct, missing, minimum, maximum, rowCount } = profile;
  const present = rowCount - missing;
  if (present < FEWEST_ROWS) return undefined;
  if (type === 'string') return distinct >= NEARLY_UNIQUE * present ? 'texts' : undefined;
  if (type !== 'integer' || distinct < present || minimum === undefined || maximum === undefined)
    return undefined;
  return maximum - minimum + 1 <= 2 * present ? 'count' : undefined;
}
