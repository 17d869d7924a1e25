import { type Answer, created, GitHubError, NO_CONTENT, notFound, ok, validationFailed } from '../answers.ts';
import { releaseJson } from '../json/release.ts';
import { htmlUrl } from '../links.ts';
import { answerPage } from '../pagination.ts';
import {
  changeRelease,
  createRelease,
  findLatestRelease,
  findRelease,
  findReleaseByTag,
  type ReleaseFields,
  visibleReleases,
} from '../releases.ts';
import { type RepositoryExchange, read, route, write } from '../router.ts';
import type { Release } from '../state.ts';

const READ = read('contents');
const WRITE = write('contents');

export const RELEASE_ROUTES = [
  route('repos/list-releases', READ, listReleases),
  route('repos/create-release', WRITE, postRelease),
  route('repos/get-release', READ, getRelease),
  route('repos/update-release', WRITE, patchRelease),
  route('repos/delete-release', WRITE, deleteRelease),
  route('repos/get-release-by-tag', READ, getReleaseByTag),
  route('repos/get-latest-release', READ, getLatestRelease),
];

/** Drafts exist only for those who may push. */
export function seesDrafts({ caller, repository }: RepositoryExchange): boolean {
  return caller.can(repository, 'contents', 'write');
}

export function findVisibleRelease(exchange: RepositoryExchange): Release {
  const release = findRelease(exchange.repository, Number(exchange.path.release_id));
  if (release.draft && !seesDrafts(exchange)) throw notFound();
  return release;
}

function listReleases(exchange: RepositoryExchange): Promise<Answer> {
  const { links, repository } = exchange;
  const releases = visibleReleases(repository, seesDrafts(exchange));
  return answerPage(exchange, releases, (release) => releaseJson(links, repository, release));
}

async function postRelease(exchange: RepositoryExchange): Promise<Answer> {
  const { state, links, repository, caller, body } = exchange;
  if ((await repository.git.references('refs/heads/')).length === 0) {
    throw new GitHubError(422, 'Repository is empty.');
  }
  if ((body.tag_name as string).trim() === '') {
    throw validationFailed({ resource: 'Release', code: 'missing_field', field: 'tag_name' });
  }
  const fields = releaseFields(exchange, {
    ...{ tagName: '', targetCommitish: repository.defaultBranch, name: null, body: null },
    ...{ draft: false, prerelease: false, makeLatest: 'true' },
  });
  await refuseNewWorkflows(exchange, fields.targetCommitish);
  const release = await createRelease(state, repository, { ...fields, author: caller.author });
  return created(releaseJson(links, repository, release));
}

function getRelease(exchange: RepositoryExchange): Answer {
  return ok(releaseJson(exchange.links, exchange.repository, findVisibleRelease(exchange)));
}

async function patchRelease(exchange: RepositoryExchange): Promise<Answer> {
  const { state, links, repository } = exchange;
  const release = findVisibleRelease(exchange);
  await changeRelease(state, { repository, release }, releaseFields(exchange, release));
  return ok(releaseJson(links, repository, release));
}

function deleteRelease(exchange: RepositoryExchange): Answer {
  exchange.repository.releases.delete(findVisibleRelease(exchange).id);
  return NO_CONTENT;
}

function getReleaseByTag({ links, repository, path }: RepositoryExchange): Answer {
  return ok(releaseJson(links, repository, findReleaseByTag(repository, path.tag!)));
}

function getLatestRelease({ links, repository }: RepositoryExchange): Answer {
  return ok(releaseJson(links, repository, findLatestRelease(repository)));
}

/** The fields of the body over those that stand when they are absent. */
function releaseFields(
  { links, repository, body }: RepositoryExchange,
  standing: ReleaseFields,
): ReleaseFields {
  const tagName = (body.tag_name as string | undefined) ?? standing.tagName;
  const notes = (body.body as string | undefined) ?? standing.body;
  const changelog = `**Full Changelog**: ${htmlUrl(links, repository)}/commits/${tagName}`;
  return {
    tagName,
    targetCommitish: (body.target_commitish as string | undefined) ?? standing.targetCommitish,
    name: (body.name as string | undefined) ?? standing.name,
    body: body.generate_release_notes === true ? [notes, changelog].filter(Boolean).join('\n\n') : notes,
    draft: (body.draft as boolean | undefined) ?? standing.draft,
    prerelease: (body.prerelease as boolean | undefined) ?? standing.prerelease,
    makeLatest: (body.make_latest as ReleaseFields['makeLatest'] | undefined) ?? standing.makeLatest,
  };
}

/** Without the permission for workflows, which a job's token never has, GitHub says 404 here. */
async function refuseNewWorkflows(
  { caller, repository }: RepositoryExchange,
  committish: string,
): Promise<void> {
  const target = await repository.git.commitOf(committish);
  if (caller.token?.kind !== 'actions' || target === undefined) return;
  const base = await repository.git.mergeBase(`refs/heads/${repository.defaultBranch}`, target);
  if (base !== undefined && (await repository.git.changesWorkflows(base, target))) throw notFound();
}
