/**
 * Globs over paths as the data engine understands them: `*` and `?` stay within a folder, `**` crosses
 * folders, `[abc]`, `[a-z]` and `[!a]` are sets of characters.
 */

/** Whether a path is one of the patterns, taken literally or as a glob. */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const literal = new Set(patterns.map(withoutDot));
  const globs = patterns
    .filter((pattern) => /[*?[]/.test(pattern))
    .map((pattern) => globExpression(withoutDot(pattern)));
  return (path) => literal.has(path) || globs.some((glob) => glob.test(path));
}

function withoutDot(pattern: string): string {
  return pattern.replace(/^(\.\/)+/, '');
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
