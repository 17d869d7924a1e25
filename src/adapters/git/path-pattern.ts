/**
 * Globs over paths as the data engine understands them: `*` and `?` stay within a folder, `**` crosses
 * folders, `[abc]`, `[a-z]` and `[!a]` are sets of characters, `{a,b}` is one of several texts.
 */

/** Whether a path is one of the patterns, taken literally or as a glob. */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const literal = new Set(patterns.map(withoutDot));
  const globs = patterns
    .filter((pattern) => /[*?[{]/.test(pattern))
    .flatMap(expandBraces)
    .map((pattern) => globExpression(withoutDot(pattern)));
  return (path) => literal.has(path) || globs.some((glob) => glob.test(path));
}

function withoutDot(pattern: string): string {
  return pattern.replace(/^(\.\/)+/, '');
}

/** More alternatives than this are no list that somebody wrote. */
const MOST_ALTERNATIVES = 1000;

/** `a{b,c}` is `ab` and `ac`; braces without a comma inside stand for themselves. */
function expandBraces(pattern: string): readonly string[] {
  const done: string[] = [];
  const open = [pattern];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    // The innermost braces first, so that what is inside them has none.
    const match = /\{([^{}]*,[^{}]*)\}/.exec(next);
    if (match === null || done.length + open.length > MOST_ALTERNATIVES) done.push(next);
    else {
      const [before, after] = [next.slice(0, match.index), next.slice(match.index + match[0].length)];
      open.push(...match[1]!.split(',').map((part) => `${before}${part}${after}`));
    }
  }
  return done;
}

function globExpression(pattern: string): RegExp {
  const tokens = pattern.match(/\*\*\/|\*\*|\*|\?|\[!?\]?[^\]]*\]|[\s\S]/g) ?? [];
  return new RegExp(`^${tokens.map(tokenExpression).join('')}$`, 'u');
}

function tokenExpression(token: string): string {
  if (token === '**/') return '(?:[^/]+/)*';
  if (token === '**') return '.*';
  if (token === '*') return '[^/]*';
  if (token === '?') return '[^/]';
  if (token.length > 1 && token.startsWith('[')) return characterSet(token.slice(1, -1));
  return token.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function characterSet(members: string): string {
  const negated = members.startsWith('!');
  const escaped = (negated ? members.slice(1) : members).replace(/[\\\]^[]/g, '\\$&');
  return negated ? `[^/${escaped}]` : `[${escaped}]`;
}
