import { OutsideError } from '../../core/errors.ts';
import { withToken } from './git-environment.ts';
import { type GitProcess, readGit, runGit } from './git-process.ts';

/**
 * Makes sure a commit with all its files is here. A shallow checkout fetches that one commit; where the
 * server refuses a commit by its id, the history is deepened instead.
 */
export async function fetchCommit(git: GitProcess, commit: string, token?: string): Promise<void> {
  if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(commit)) {
    throw new OutsideError(`${commit} is no full commit id; only those can be fetched`);
  }
  if (await isPresent(git, commit)) return;
  const fetching = { ...git, environment: await credentials(git, token) };
  const shallow = (await readGit(git, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  const problems: string[] = [];
  for (const attempt of attempts(commit, shallow)) {
    const result = await runGit(fetching, [
      'fetch',
      '--no-tags',
      '--no-write-fetch-head',
      '--quiet',
      ...attempt,
    ]);
    if (result.exitCode === 0 && (await isPresent(git, commit))) return;
    if (result.stderr.trim() !== '') problems.push(result.stderr.trim().replace(/\s*\n\s*/g, ' '));
  }
  throw new OutsideError(
    `the commit ${commit} could not be fetched from origin (${problems.at(-1) ?? 'origin does not have it'}); give this step a token with contents: read (github-token), or set fetch-depth: 0 on actions/checkout`,
  );
}

/** `--depth` would make a full clone shallow, so it is given only where the clone is. */
function attempts(commit: string, shallow: boolean): readonly (readonly string[])[] {
  if (!shallow) return [['origin', commit], ['origin']];
  return [
    ['--depth=1', 'origin', commit],
    ['--deepen=100', 'origin'],
    ['--unshallow', 'origin'],
  ];
}

/** The commit and its tree; files of a partial clone are fetched by git itself when they are read. */
async function isPresent(git: GitProcess, commit: string): Promise<boolean> {
  const local = { ...git, environment: { ...git.environment, GIT_NO_LAZY_FETCH: '1' } };
  return (await runGit(local, ['cat-file', '-e', `${commit}^{tree}`])).exitCode === 0;
}

/** Two Authorization headers make the server refuse, so the token is added only where there is none. */
export async function credentials(
  git: GitProcess,
  token: string | undefined,
): Promise<GitProcess['environment']> {
  if (token === undefined || token === '') return git.environment;
  const address = (await readGit(git, ['remote', 'get-url', 'origin'])).trim();
  if (!/^https?:\/\//.test(address)) return git.environment;
  const present = await runGit(git, ['config', '--get-urlmatch', 'http.extraheader', address]);
  if (present.exitCode === 0 && /authorization/i.test(present.stdout.toString('utf8')))
    return git.environment;
  return withToken(git.environment, address, token);
}
