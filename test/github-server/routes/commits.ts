import { type Answer, GitHubError, notFound, ok } from '../answers.ts';
import { readChangedFiles, readCommit, readCommits } from '../commit-reader.ts';
import { changedFileJson, commitJson } from '../json/commit.ts';
import { pullSummaryJson } from '../json/pull-request.ts';
import { apiUrl, htmlUrl } from '../links.ts';
import { answerPage, pageOf } from '../pagination.ts';
import { type RepositoryExchange, read, route } from '../router.ts';
import type { PullRequestIssue, Repository } from '../state.ts';

const MOST_FILES = 300;
const READ = read('contents');

export const COMMIT_ROUTES = [
  route('repos/list-commits', READ, listCommits),
  route('repos/get-commit', READ, getCommit),
  route('repos/compare-commits-with-basehead', READ, compareCommits),
  route(
    'repos/list-pull-requests-associated-with-commit',
    read('pull-requests', 'contents'),
    listPullsOfCommit,
  ),
];

async function listCommits(exchange: RepositoryExchange): Promise<Answer> {
  const { repository, query } = exchange;
  const start = await repository.git.commitOf(query.get('sha') ?? repository.defaultBranch);
  if (start === undefined)
    throw query.has('sha') ? notFound() : new GitHubError(409, 'Git Repository is empty.');
  const filters = ['since', 'until', 'author'].flatMap((name) =>
    query.has(name) ? [`--${name}=${query.get(name)}`] : [],
  );
  const paths = query.has('path') ? ['--', query.get('path')!] : [];
  const shas = await repository.git.commits([...filters, start, ...paths]);
  const { items, headers } = pageOf(exchange, shas);
  const commits = await readCommits(repository.git, items);
  return ok(
    commits.map((commit) => commitJson(exchange, commit)),
    headers,
  );
}

async function getCommit(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, path } = exchange;
  const sha = await commitOrFail(repository, path.ref!);
  const commit = await readCommit(repository.git, sha);
  const files = await readChangedFiles(repository.git, commit.parents[0], sha);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  const { items, headers } = pageOf(exchange, files);
  return ok(
    {
      ...commitJson(exchange, commit),
      stats: { additions, deletions, total: additions + deletions },
      files: items.map((file) => changedFileJson({ links, repository, revision: sha }, file)),
    },
    headers,
  );
}

async function compareCommits(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, path } = exchange;
  const { git } = repository;
  const [from, to] = path.basehead!.split('...');
  if (from === undefined || to === undefined) throw notFound();
  const base = await git.commitOf(ownBranch(repository, from));
  const head = await git.commitOf(ownBranch(repository, to));
  const mergeBase = base && head ? await git.mergeBase(base, head) : undefined;
  if (base === undefined || head === undefined || mergeBase === undefined) throw notFound();
  const ahead = await git.commits(['--reverse', `${base}..${head}`]);
  const behind = await git.commits([`${head}..${base}`]);
  const { items, headers } = pageOf(exchange, ahead);
  const commits = await readCommits(git, items);
  const files = await readChangedFiles(git, mergeBase, head);
  const html = `${htmlUrl(links, repository)}/compare/${from}...${to}`;
  return ok(
    {
      ...{ url: `${apiUrl(links, repository)}/compare/${from}...${to}`, html_url: html, permalink_url: html },
      ...{ diff_url: `${html}.diff`, patch_url: `${html}.patch` },
      base_commit: commitJson(exchange, await readCommit(git, base)),
      merge_base_commit: commitJson(exchange, await readCommit(git, mergeBase)),
      status: comparisonStatus(ahead.length, behind.length),
      ...{ ahead_by: ahead.length, behind_by: behind.length, total_commits: ahead.length },
      commits: commits.map((commit) => commitJson(exchange, commit)),
      files: files
        .slice(0, MOST_FILES)
        .map((file) => changedFileJson({ links, repository, revision: head }, file)),
    },
    headers,
  );
}

/** On the default branch the merged pull request that brought the commit, else the open ones too. */
async function listPullsOfCommit(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository, path } = exchange;
  const sha = await commitOrFail(repository, path.commit_sha!);
  const pulls: PullRequestIssue[] = [];
  const onDefault = await repository.git.isAncestor(sha, `refs/heads/${repository.defaultBranch}`);
  for (const issue of repository.pulls) {
    const isMerged = issue.pull.mergedAt !== null;
    if (onDefault ? !isMerged : !isMerged && issue.state !== 'open') continue;
    if (await brings(repository, issue, sha)) pulls.push(issue);
  }
  return answerPage(exchange, pulls, (issue) => pullSummaryJson(links, repository, issue));
}

async function brings({ git }: Repository, { pull }: PullRequestIssue, sha: string): Promise<boolean> {
  if (pull.mergedAt !== null && pull.mergeCommitSha === sha) return true;
  return (await git.isAncestor(sha, pull.headSha)) && !(await git.isAncestor(sha, pull.baseSha));
}

/** `owner:branch` names a branch of this repository when it is the owner's. */
function ownBranch(repository: Repository, revision: string): string {
  const prefix = `${repository.owner.login}:`;
  return revision.startsWith(prefix) ? revision.slice(prefix.length) : revision;
}

export async function commitOrFail(repository: Repository, revision: string): Promise<string> {
  const sha = await repository.git.commitOf(revision);
  if (sha === undefined) throw new GitHubError(422, `No commit found for SHA: ${revision}`);
  return sha;
}

function comparisonStatus(ahead: number, behind: number): string {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}
