import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { getOctokit } from '@actions/github';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Permissions, Token } from '../github-server/access.ts';
import { GITHUB_DESCRIPTION } from '../github-server/description.ts';
import { issueCommentEvent, pullRequestEvent, pushEvent, scheduleEvent } from '../github-server/events.ts';
import { storedAssetName } from '../github-server/releases.ts';
import { ROUTES } from '../github-server/routes/all.ts';
import { type GitHubServer, startGitHub } from '../github-server/server.ts';
import type { Repository } from '../github-server/state.ts';

const run = promisify(execFile);
const WRITE_ALL: Permissions = {
  ...{ contents: 'write', issues: 'write', 'pull-requests': 'write', statuses: 'write' },
};
const PLACE = { owner: 'acme', repo: 'fraud' };

let github: GitHubServer;
let repository: Repository;
let folder: string;

beforeEach(async () => {
  github = await startGitHub();
  repository = await createFraud();
  folder = await mkdtemp(path.join(tmpdir(), 'github-server-test-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await github.close();
});

describe('access', () => {
  it('hides a private repository from strangers and from tokens of other repositories', async () => {
    const other = await github.createRepository({ owner: 'acme', name: 'other', files: { a: 'a' } });
    const stranger = octokit(github.createToken({ repository: other, permissions: WRITE_ALL }));
    expect(await statusOf(stranger.rest.repos.get(PLACE))).toBe(404);
    const { data } = await octokit().rest.repos.get(PLACE);
    expect(data).toMatchObject({ full_name: 'acme/fraud', private: true, default_branch: 'main' });
  });

  it('lets anyone read a public repository and nobody write without a token', async () => {
    await github.createRepository({ owner: 'acme', name: 'open', files: { a: 'a' } });
    const place = 'repos/acme/open/issues';
    expect((await fetch(`${github.apiUrl}/${place}`)).status).toBe(200);
    const posted = await fetch(`${github.apiUrl}/${place}`, { method: 'POST', body: '{"title":"a"}' });
    expect(posted.status).toBe(401);
  });

  it('answers 401 to a token that is wrong or revoked', async () => {
    const token = github.createToken({ repository, permissions: WRITE_ALL });
    github.revokeToken(token);
    const error = await failure(octokit(token).rest.repos.get(PLACE));
    expect(error).toMatchObject({ status: 401, message: expect.stringContaining('Bad credentials') });
  });

  it('refuses what the permissions of a job do not say, in the words of GitHub', async () => {
    const number = github.as('ada').openIssue(repository, { title: 'a' }).number;
    const reader = octokit(
      github.createToken({ repository, permissions: { contents: 'write', issues: 'read' } }),
    );
    const error = await failure(
      reader.rest.issues.createComment({ ...PLACE, issue_number: number, body: 'b' }),
    );
    expect(error).toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    });
  });

  it('asks for pull-requests: write to comment on a pull request', async () => {
    const { number } = await openPull();
    const issuesOnly = octokit(github.createToken({ repository, permissions: { issues: 'write' } }));
    const comment = { ...PLACE, issue_number: number, body: 'b' };
    expect(await statusOf(issuesOnly.rest.issues.createComment(comment))).toBe(403);
    const both = octokit(github.createToken({ repository, permissions: { 'pull-requests': 'write' } }));
    expect(await statusOf(both.rest.issues.createComment(comment))).toBe(201);
  });

  it('tells the permission of a user', async () => {
    const ask = (username: string) =>
      octokit().rest.repos.getCollaboratorPermissionLevel({ ...PLACE, username });
    github.as('stranger');
    expect((await ask('grace')).data).toMatchObject({ permission: 'write', role_name: 'maintain' });
    expect((await ask('acme')).data.permission).toBe('admin');
    expect((await ask('stranger')).data.permission).toBe('none');
    expect(await statusOf(ask('nobody-at-all'))).toBe(404);
  });

  it('knows the user of a personal token and no user behind the token of a job', async () => {
    const personal = github.createToken({
      ...{ repository, permissions: { contents: 'read' }, kind: 'user', login: 'grace' },
    });
    expect((await octokit(personal).rest.users.getAuthenticated()).data.login).toBe('grace');
    expect(await statusOf(octokit().rest.users.getAuthenticated())).toBe(403);
  });

  it('counts requests against the budget of the token', async () => {
    const client = octokit();
    const { headers } = await client.rest.repos.get(PLACE);
    expect(headers).toMatchObject({ 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '999' });
    expect(headers['x-github-request-id']).toMatch(/^[0-9A-F:]+$/);
    expect((await client.rest.rateLimit.get()).data.rate.remaining).toBe(999);
  });
});

describe('comments', () => {
  it('are listed in pages, oldest first, through Link headers', async () => {
    const issue = github.as('ada').openIssue(repository, { title: 'long talk' });
    for (let index = 0; index < 45; index += 1) {
      github.as('ada').comment(repository, issue.number, `comment ${index}`);
    }
    const client = octokit();
    const place = { ...PLACE, issue_number: issue.number };
    const first = await client.rest.issues.listComments({ ...place, per_page: 20 });
    expect(first.data).toHaveLength(20);
    expect(first.headers.link).toMatch(/page=2>; rel="next", <.*page=3>; rel="last"/);
    const all = await client.paginate(client.rest.issues.listComments, { ...place, per_page: 20 });
    expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 45 }, (_, index) => `comment ${index}`));
    expect((await client.rest.issues.listComments({ ...place, per_page: 500 })).data).toHaveLength(45);
  });

  it('are created, edited and deleted under the name of the bot', async () => {
    const { number } = github.as('ada').openIssue(repository, { title: 'a' });
    const { rest } = octokit();
    const { data } = await rest.issues.createComment({ ...PLACE, issue_number: number, body: 'first' });
    expect(data.user).toMatchObject({ login: 'github-actions[bot]', type: 'Bot' });
    await rest.issues.updateComment({ ...PLACE, comment_id: data.id, body: 'second' });
    expect((await rest.issues.getComment({ ...PLACE, comment_id: data.id })).data.body).toBe('second');
    expect(repository.comments.get(data.id)?.body).toBe('second');
    await rest.issues.deleteComment({ ...PLACE, comment_id: data.id });
    expect(await statusOf(rest.issues.getComment({ ...PLACE, comment_id: data.id }))).toBe(404);
  });

  it('hold 65,536 characters and not one more', async () => {
    const { number } = github.as('ada').openIssue(repository, { title: 'a' });
    const create = (length: number) =>
      octokit().rest.issues.createComment({ ...PLACE, issue_number: number, body: 'x'.repeat(length) });
    expect(await statusOf(create(65_536))).toBe(201);
    const error = await failure(create(65_537));
    expect(error.status).toBe(422);
    expect(error.response?.data).toMatchObject({
      message: 'Validation Failed',
      errors: [
        {
          resource: 'IssueComment',
          code: 'custom',
          field: 'body',
          message: 'body is too long (maximum is 65536 characters)',
        },
      ],
    });
  });

  it('of others are not a reader’s to change', async () => {
    const { number } = github.as('ada').openIssue(repository, { title: 'a' });
    const comment = github.as('ada').comment(repository, number, 'mine');
    const eve = github.createToken({
      ...{ repository, permissions: { issues: 'write' }, kind: 'user', login: 'eve' },
    });
    const change = octokit(eve).rest.issues.updateComment({ ...PLACE, comment_id: comment.id, body: 'hers' });
    expect(await statusOf(change)).toBe(403);
    github.as('ada').editComment(repository, comment.id, 'edited');
    expect(repository.comments.get(comment.id)?.body).toBe('edited');
    github.as('ada').deleteComment(repository, comment.id);
    expect(repository.comments.size).toBe(0);
  });
});

describe('issues and labels', () => {
  it('are found by label, state and author, pull requests among them', async () => {
    const { rest } = octokit();
    const title = 'decay';
    const made = await rest.issues.create({ ...PLACE, title, body: 'b', labels: ['contender', 'new'] });
    github.as('ada').openIssue(repository, { title: 'other' });
    const pull = await openPull();
    const list = async (filter: object) =>
      (await rest.issues.listForRepo({ ...PLACE, ...filter })).data.map(({ number }) => number);
    expect(await list({ labels: 'contender,new' })).toEqual([made.data.number]);
    expect(await list({ creator: 'github-actions[bot]' })).toEqual([made.data.number]);
    expect(await list({})).toHaveLength(3);
    expect(await list({ direction: 'asc' })).toEqual([1, 2, pull.number]);
    await rest.issues.update({ ...PLACE, issue_number: made.data.number, state: 'closed' });
    expect(await list({ labels: 'contender' })).toEqual([]);
    expect(await list({ labels: 'contender', state: 'closed' })).toEqual([made.data.number]);
    const reopened = await rest.issues.update({
      ...{ ...PLACE, issue_number: made.data.number, state: 'open' as const, title: 'again' },
    });
    expect(reopened.data).toMatchObject({ state: 'open', state_reason: 'reopened', title: 'again' });
    expect((await rest.issues.get({ ...PLACE, issue_number: pull.number })).data.pull_request).toBeDefined();
  });

  it('answer 410 where issues are off', async () => {
    await github.createRepository({ owner: 'acme', name: 'quiet', settings: { hasIssues: false } });
    const quiet = github.state.findRepository('acme', 'quiet')!;
    const { rest } = octokit(github.createToken({ repository: quiet, permissions: WRITE_ALL }));
    expect(await statusOf(rest.issues.create({ owner: 'acme', repo: 'quiet', title: 'a' }))).toBe(410);
  });

  it('keep labels by name whatever the case', async () => {
    const { rest } = octokit();
    const label = { ...PLACE, name: 'Retraining', color: 'a2eeef', description: 'd' };
    await rest.issues.createLabel(label);
    expect(await statusOf(rest.issues.createLabel({ ...label, name: 'retraining' }))).toBe(422);
    expect(await statusOf(rest.issues.createLabel({ ...label, name: 'x', color: '#a2eeef' }))).toBe(422);
    expect((await rest.issues.getLabel({ ...PLACE, name: 'RETRAINING' })).data.color).toBe('a2eeef');
    const { number } = await openPull();
    const on = { ...PLACE, issue_number: number };
    await rest.issues.addLabels({ ...on, labels: ['retraining', 'auto'] });
    const names = (await rest.issues.listLabelsOnIssue(on)).data.map(({ name }) => name);
    expect(names).toEqual(['Retraining', 'auto']);
    await rest.issues.removeLabel({ ...on, name: 'auto' });
    expect(await statusOf(rest.issues.removeLabel({ ...on, name: 'auto' }))).toBe(404);
    expect((await rest.issues.listLabelsForRepo(PLACE)).data).toHaveLength(2);
  });
});

describe('pull requests', () => {
  it('cannot be opened by a job until the repository allows it', async () => {
    await github.as('ada').push(repository, change('retrain'));
    const request = { ...PLACE, title: 't', head: 'retrain', base: 'main' };
    const refused = await failure(octokit().rest.pulls.create(request));
    expect(refused).toMatchObject({
      status: 403,
      message: expect.stringContaining('GitHub Actions is not permitted to create or approve pull requests.'),
    });
    repository.settings.allowActionsToCreatePullRequests = true;
    const { data } = await octokit().rest.pulls.create({ ...request, body: 'why' });
    expect(data).toMatchObject({ number: 1, state: 'open', mergeable: true, commits: 1, changed_files: 1 });
    const again = await failure(octokit().rest.pulls.create(request));
    expect(again.status).toBe(422);
    expect(JSON.stringify(again.response?.data)).toContain('A pull request already exists for acme:retrain.');
  });

  it('need a head that is there and brings commits', async () => {
    repository.settings.allowActionsToCreatePullRequests = true;
    const request = { ...PLACE, title: 't', base: 'main' };
    const { rest } = octokit();
    const missing = await failure(rest.pulls.create({ ...request, head: 'nowhere' }));
    expect(missing.response?.data).toMatchObject({
      errors: [{ resource: 'PullRequest', code: 'invalid', field: 'head' }],
    });
    await github.as('ada').push(repository, change('same'));
    await repository.git.updateReference('refs/heads/same', (await repository.git.commitOf('main'))!);
    const same = await failure(rest.pulls.create({ ...request, head: 'same' }));
    expect(JSON.stringify(same.response?.data)).toContain('No commits between main and same');
  });

  it('are found by owner:branch, base and state', async () => {
    const { number } = await openPull('topic');
    const list = async (filter: object) =>
      (await octokit().rest.pulls.list({ ...PLACE, ...filter })).data.map((pull) => pull.number);
    expect(await list({ head: 'acme:topic' })).toEqual([number]);
    expect(await list({ head: 'acme:other' })).toEqual([]);
    expect(await list({ head: 'other' })).toEqual([number]);
    expect(await list({ base: 'release' })).toEqual([]);
    github.as('ada').close(repository, number);
    expect(await list({ head: 'acme:topic' })).toEqual([]);
    expect(await list({ head: 'acme:topic', state: 'all' })).toEqual([number]);
  });

  it('show their files and commits', async () => {
    const { number } = await openPull('topic', { 'src/new.txt': 'one\ntwo\n', 'README.md': null });
    const { rest } = octokit();
    const files = (await rest.pulls.listFiles({ ...PLACE, pull_number: number })).data;
    expect(files.map(({ filename, status, additions }) => [filename, status, additions])).toEqual([
      ['README.md', 'removed', 0],
      ['src/new.txt', 'added', 2],
    ]);
    expect(files[1]?.patch).toBe('@@ -0,0 +1,2 @@\n+one\n+two');
    const commits = (await rest.pulls.listCommits({ ...PLACE, pull_number: number })).data;
    expect(commits.map(({ commit, author }) => [commit.message, author?.login])).toEqual([['change', 'ada']]);
  });

  it('are edited, closed and reopened', async () => {
    const { number } = await openPull();
    const { rest } = octokit();
    const place = { ...PLACE, pull_number: number };
    const long = rest.pulls.update({ ...place, body: 'x'.repeat(65_537) });
    expect(await statusOf(long)).toBe(422);
    await rest.pulls.update({ ...place, title: 'new title', body: 'new body', state: 'closed' });
    expect((await rest.pulls.get(place)).data).toMatchObject({
      ...{ state: 'closed', title: 'new title', body: 'new body', merged: false },
    });
    await rest.pulls.update({ ...place, state: 'open' });
    expect((await rest.pulls.get(place)).data).toMatchObject({ state: 'open', mergeable: true });
  });

  it('take reviewers among the collaborators only', async () => {
    const { number } = await openPull();
    const { rest } = octokit();
    const ask = (reviewers: string[]) =>
      rest.pulls.requestReviewers({ ...PLACE, pull_number: number, reviewers });
    expect((await ask(['grace'])).data.requested_reviewers?.map(({ login }) => login)).toEqual(['grace']);
    expect(await statusOf(ask(['stranger']))).toBe(422);
    expect(await statusOf(ask(['ada']))).toBe(422);
  });

  it('are merged over REST with a real commit, and found by it', async () => {
    const { number } = await openPull();
    github.as('ada').openIssue(repository, { title: 'to be closed' });
    await octokit().rest.pulls.update({ ...PLACE, pull_number: number, body: 'Fixes #2' });
    const { rest } = octokit();
    const place = { ...PLACE, pull_number: number };
    const outdated = rest.pulls.merge({ ...place, sha: '0'.repeat(40) });
    expect(await statusOf(outdated)).toBe(409);
    const before = await repository.git.commitOf('main');
    const { sha } = (await rest.pulls.merge(place)).data;
    expect(await repository.git.commitOf('main')).toBe(sha);
    expect(await repository.git.commitOf('main^1')).toBe(before);
    expect(await statusOf(rest.pulls.merge(place))).toBe(405);
    expect((await rest.pulls.get(place)).data).toMatchObject({ merged: true, merge_commit_sha: sha });
    expect(await statusOf(rest.pulls.checkIfMerged(place))).toBe(204);
    const found = await rest.repos.listPullRequestsAssociatedWithCommit({ ...PLACE, commit_sha: sha });
    expect(found.data.map((pull) => pull.number)).toEqual([number]);
    expect(repository.issues.get(2)?.state).toBe('closed');
  });

  it('squash when a person says so', async () => {
    const { number } = await openPull();
    const sha = await github.as('grace').mergePullRequest(repository, number, 'squash');
    const { data } = await octokit().rest.git.getCommit({ ...PLACE, commit_sha: sha });
    expect(data.parents).toHaveLength(1);
    expect(data.message).toBe('A change (#1)');
  });

  it('follow their head and the base with refs/pull', async () => {
    const { number } = await openPull('topic');
    const references = () => repository.git.references(`refs/pull/${number}/`);
    const [head, merge] = await references();
    expect(head?.sha).toBe(await repository.git.commitOf('topic'));
    expect(await repository.git.commitOf(`${merge?.sha}^1`)).toBe(await repository.git.commitOf('main'));
    const base = await repository.git.commitOf('main');
    await github.as('grace').push(repository, { branch: 'main', message: 'base', files: { other: 'o' } });
    const moved = (await references())[1];
    expect(moved?.sha).not.toBe(merge?.sha);
    expect(await repository.git.commitOf(`${moved?.sha}^1`)).toBe(await repository.git.commitOf('main'));
    const { data } = await octokit().rest.pulls.get({ ...PLACE, pull_number: number });
    expect(data.base.sha, 'the base stays what it was at the last push to the head').toBe(base);
    expect(data.merge_commit_sha).toBe(moved?.sha);
    await github.as('ada').push(repository, change('topic', 'second'));
    expect((await references())[0]?.sha).toBe(await repository.git.commitOf('topic'));
  });

  it('say when they conflict and cannot be merged then', async () => {
    const { number } = await openPull('topic', { 'README.md': 'theirs\n' });
    await github
      .as('grace')
      .push(repository, { branch: 'main', message: 'm', files: { 'README.md': 'ours\n' } });
    const { data } = await octokit().rest.pulls.get({ ...PLACE, pull_number: number });
    expect(data).toMatchObject({ mergeable: false, mergeable_state: 'dirty', merge_commit_sha: null });
    await expect(github.as('grace').mergePullRequest(repository, number)).rejects.toThrow('not mergeable');
  });

  it('close with their branch and count as merged when the base has their commits', async () => {
    const gone = await openPull('gone');
    const { rest } = octokit();
    await rest.git.deleteRef({ ...PLACE, ref: 'heads/gone' });
    expect(gone).toMatchObject({ state: 'closed', pull: { mergedAt: null } });
    const pushed = await openPull('pushed');
    const sha = (await repository.git.commitOf('pushed'))!;
    await rest.git.updateRef({ ...PLACE, ref: 'heads/main', sha });
    expect(pushed).toMatchObject({ state: 'closed', pull: { mergeCommitSha: sha } });
  });

  it('come from forks', async () => {
    const fork = await github.forkRepository(repository, 'eve');
    const head = await github.as('eve').push(fork, change('patch'));
    const { number } = await github.as('eve').openPullRequest(repository, { title: 'f', head: 'eve:patch' });
    const { data } = await octokit().rest.pulls.get({ ...PLACE, pull_number: number });
    expect(data.head).toMatchObject({ sha: head, label: 'eve:patch', repo: { full_name: 'eve/fraud' } });
    const next = await github.as('eve').push(fork, change('patch', 'more'));
    expect(await repository.git.reference(`refs/pull/${number}/head`)).toBe(next);
    await github.as('grace').mergePullRequest(repository, number);
    expect(await repository.git.isAncestor(next, 'main')).toBe(true);
  });
});

describe('commits and statuses', () => {
  it('are read one by one, as lists and compared', async () => {
    const { rest } = octokit();
    const first = await repository.git.commitOf('main');
    await github.as('ada').push(repository, change('topic'));
    await github.as('ada').push(repository, change('topic', 'second'));
    await github.as('grace').push(repository, { branch: 'main', message: 'm', files: { other: 'o' } });
    const one = await rest.repos.getCommit({ ...PLACE, ref: 'topic' });
    expect(one.data).toMatchObject({ commit: { message: 'change' }, stats: { additions: 1, deletions: 1 } });
    const page = await rest.repos.listCommits({ ...PLACE, sha: 'topic', per_page: 2 });
    expect(page.data).toHaveLength(2);
    const all = await octokit().paginate(rest.repos.listCommits, { ...PLACE, sha: 'topic', per_page: 2 });
    expect(all.at(-1)?.sha).toBe(first);
    const { data } = await rest.repos.compareCommitsWithBasehead({ ...PLACE, basehead: 'main...topic' });
    expect(data).toMatchObject({ status: 'diverged', ahead_by: 2, behind_by: 1, total_commits: 2 });
    expect(data.merge_base_commit.sha).toBe(first);
    expect(data.files?.map(({ filename }) => filename)).toEqual(['change.txt']);
    expect(await statusOf(rest.repos.getCommit({ ...PLACE, ref: 'nowhere' }))).toBe(422);
    const branch = await rest.repos.getBranch({ ...PLACE, branch: 'topic' });
    expect(branch.data.commit.sha).toBe(one.data.sha);
  });

  it('combine by the latest status of each context', async () => {
    const sha = (await repository.git.commitOf('main'))!;
    const { rest } = octokit();
    const set = (context: string, state: 'success' | 'failure' | 'pending', description = 'd') =>
      rest.repos.createCommitStatus({ ...PLACE, sha, context, state, description });
    const combined = async () => (await rest.repos.getCombinedStatusForRef({ ...PLACE, ref: 'main' })).data;
    expect((await combined()).state).toBe('pending');
    await set('contender/fraud', 'failure');
    await set('ci', 'success');
    expect((await combined()).state).toBe('failure');
    await set('contender/fraud', 'success', 'y'.repeat(140));
    expect(await combined()).toMatchObject({ state: 'success', total_count: 2 });
    const list = await rest.repos.listCommitStatusesForRef({ ...PLACE, ref: 'main' });
    expect(list.data.map(({ context, state }) => `${context} ${state}`)).toEqual([
      ...['contender/fraud success', 'ci success', 'contender/fraud failure'],
    ]);
    expect(await statusOf(set('ci', 'success', 'y'.repeat(141)))).toBe(422);
    expect(
      await statusOf(rest.repos.createCommitStatus({ ...PLACE, sha: '1'.repeat(40), state: 'error' })),
    ).toBe(422);
    expect(repository.statuses).toHaveLength(3);
  });
});

describe('releases', () => {
  it('live from draft over assets to the published tag', async () => {
    const { rest } = octokit();
    const target = (await repository.git.commitOf('main'))!;
    await github.as('ada').push(repository, { branch: 'main', message: 'm', files: { later: 'l' } });
    const draft = await draftRelease('fraud-v1.0.0', { target_commitish: target });
    expect(await repository.git.reference('refs/tags/fraud-v1.0.0')).toBeUndefined();
    const bytes = Buffer.from([0, 1, 2, 250, 255]);
    const asset = await upload(draft.upload_url, 'model.onnx', bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(asset).toMatchObject({
      name: 'model.onnx',
      size: 5,
      digest: `sha256:${sha256}`,
      state: 'uploaded',
    });
    expect(await statusOf(rest.repos.getReleaseByTag({ ...PLACE, tag: 'fraud-v1.0.0' }))).toBe(404);
    expect(await statusOf(rest.repos.getLatestRelease(PLACE))).toBe(404);
    const published = await rest.repos.updateRelease({
      ...{ ...PLACE, release_id: draft.id, draft: false, make_latest: 'true' as const },
    });
    expect(published.data).toMatchObject({ draft: false, published_at: expect.any(String) });
    expect(await repository.git.reference('refs/tags/fraud-v1.0.0')).toBe(target);
    const byTag = await rest.repos.getReleaseByTag({ ...PLACE, tag: 'fraud-v1.0.0' });
    expect(byTag.data.assets.map(({ name }) => name)).toEqual(['model.onnx']);
    expect(Buffer.from(await download(asset.id))).toEqual(bytes);
    expect(repository.releases.get(draft.id)?.assets[0]?.data).toEqual(bytes);
  });

  it('hide drafts from those who may not push', async () => {
    const draft = await draftRelease('v1');
    const asset = await upload(draft.upload_url, 'a.txt', Buffer.from('a'));
    const reader = octokit(github.createToken({ repository, permissions: { contents: 'read' } })).rest.repos;
    expect((await reader.listReleases(PLACE)).data).toEqual([]);
    expect(await statusOf(reader.getRelease({ ...PLACE, release_id: draft.id }))).toBe(404);
    expect(await statusOf(reader.getReleaseAsset({ ...PLACE, asset_id: asset.id }))).toBe(404);
    expect((await octokit().rest.repos.listReleases(PLACE)).data.map(({ id }) => id)).toEqual([draft.id]);
  });

  it('use a tag once', async () => {
    const { rest } = octokit();
    await rest.repos.createRelease({ ...PLACE, tag_name: 'v1' });
    const again = await failure(rest.repos.createRelease({ ...PLACE, tag_name: 'v1' }));
    expect(again.response?.data).toMatchObject({
      errors: [{ resource: 'Release', code: 'already_exists', field: 'tag_name' }],
    });
    const first = await draftRelease('v2');
    const second = await draftRelease('v2');
    await rest.repos.updateRelease({ ...PLACE, release_id: first.id, draft: false });
    const publish = rest.repos.updateRelease({ ...PLACE, release_id: second.id, draft: false });
    expect(await statusOf(publish)).toBe(422);
    const wrong = rest.repos.createRelease({ ...PLACE, tag_name: 'v3', target_commitish: 'nowhere' });
    expect(await statusOf(wrong)).toBe(422);
  });

  it('have one latest', async () => {
    const { rest } = octokit();
    const publish = (tag: string, make: 'true' | 'false', prerelease = false) =>
      rest.repos.createRelease({ ...PLACE, tag_name: tag, make_latest: make, prerelease });
    const latest = async () => (await rest.repos.getLatestRelease(PLACE)).data.tag_name;
    await publish('v1', 'true');
    await publish('v2-rc', 'true', true);
    await publish('other-v9', 'false');
    expect(await latest()).toBe('v1');
    await publish('v2', 'true');
    expect(await latest()).toBe('v2');
    await github.as('grace').markPrerelease(repository, 'v2');
    expect(await latest()).toBe('v1');
  });

  it('rename assets, refuse a name twice and empty files', async () => {
    const { upload_url } = await draftRelease('v1');
    expect((await upload(upload_url, 'my model (1).onnx', Buffer.from('a'))).name).toBe('my.model.1.onnx');
    expect(storedAssetName('.hidden')).toBe('default.hidden');
    expect(storedAssetName('SHA256SUMS')).toBe('SHA256SUMS');
    const twice = await failure(upload(upload_url, 'my.model.1.onnx', Buffer.from('b')));
    expect(twice.response?.data).toMatchObject({
      errors: [{ resource: 'ReleaseAsset', code: 'already_exists', field: 'name' }],
    });
    expect(await statusOf(upload(upload_url, 'empty', Buffer.alloc(0)))).toBe(422);
  });

  it('lose and rename assets and are deleted', async () => {
    const { rest } = octokit();
    const draft = await draftRelease('v1');
    const asset = await upload(draft.upload_url, 'a.txt', Buffer.from('a'));
    await rest.repos.updateReleaseAsset({ ...PLACE, asset_id: asset.id, name: 'b.txt' });
    const list = await rest.repos.listReleaseAssets({ ...PLACE, release_id: draft.id });
    expect(list.data.map(({ name }) => name)).toEqual(['b.txt']);
    await rest.repos.deleteReleaseAsset({ ...PLACE, asset_id: asset.id });
    expect(await statusOf(rest.repos.getReleaseAsset({ ...PLACE, asset_id: asset.id }))).toBe(404);
    await rest.repos.deleteRelease({ ...PLACE, release_id: draft.id });
    expect(repository.releases.size).toBe(0);
  });

  it('serve assets by a signed address that wants no token, or directly', async () => {
    const token = github.createToken({ repository, permissions: { contents: 'write' } });
    const asset = await upload((await draftRelease('v1')).upload_url, 'a.txt', Buffer.from('content'));
    const address = `${github.apiUrl}/repos/acme/fraud/releases/assets/${asset.id}`;
    const headers = { authorization: `Bearer ${token.value}`, accept: 'application/octet-stream' };
    const redirect = await fetch(address, { headers, redirect: 'manual' });
    expect(redirect.status).toBe(302);
    const location = redirect.headers.get('location')!;
    expect(await (await fetch(location)).text()).toBe('content');
    expect((await fetch(location, { headers })).status).toBe(400);
    expect((await fetch(location.replace(/signature=./, 'signature='))).status).toBe(403);
    repository.settings.assetDownload = 'direct';
    const direct = await fetch(address, { headers, redirect: 'manual' });
    expect([direct.status, await direct.text()]).toEqual([200, 'content']);
  });

  it('of public repositories are downloaded by their address', async () => {
    const open = await github.createRepository({ owner: 'acme', name: 'open', files: { a: 'a' } });
    const release = await github.as('acme').release(open, { tagName: 'v1' });
    const { rest, request } = octokit(github.createToken({ repository: open, permissions: WRITE_ALL }));
    const { data } = await rest.repos.getRelease({ owner: 'acme', repo: 'open', release_id: release.id });
    const headers = { 'content-type': 'text/plain' };
    await request({ method: 'POST', url: data.upload_url, name: 'a.txt', data: 'content', headers });
    const address = `${github.loopbackUrl}/acme/open/releases/download/v1`;
    expect(await (await fetch(`${address}/a.txt`)).text()).toBe('content');
    expect((await fetch(`${address}/b.txt`)).status).toBe(404);
    expect(github.takeViolations()).toHaveLength(1);
  });

  it('are locked where immutable releases are on', async () => {
    repository.settings.immutableReleases = true;
    const { rest } = octokit();
    const draft = await draftRelease('v1');
    const asset = await upload(draft.upload_url, 'a.txt', Buffer.from('a'));
    const published = await rest.repos.updateRelease({ ...PLACE, release_id: draft.id, draft: false });
    expect(published.data.immutable).toBe(true);
    const late = await failure(upload(draft.upload_url, 'b.txt', Buffer.from('b')));
    expect(late.message).toContain('Cannot upload assets to an immutable release.');
    expect(await statusOf(rest.repos.deleteReleaseAsset({ ...PLACE, asset_id: asset.id }))).toBe(422);
    expect(await statusOf(rest.git.deleteRef({ ...PLACE, ref: 'tags/v1' }))).toBe(422);
    await rest.repos.deleteRelease({ ...PLACE, release_id: draft.id });
    const reuse = await failure(rest.repos.createRelease({ ...PLACE, tag_name: 'v1' }));
    expect(JSON.stringify(reuse.response?.data)).toContain('tag_name was used by an immutable release');
  });

  it('answer 404 to a job that would release changed workflows', async () => {
    await github
      .as('ada')
      .push(repository, { branch: 'flow', message: 'w', files: { '.github/workflows/a.yml': 'on: push' } });
    const release = octokit().rest.repos.createRelease({
      ...PLACE,
      tag_name: 'v1',
      target_commitish: 'flow',
    });
    expect(await statusOf(release)).toBe(404);
  });
});

describe('git data', () => {
  it('makes a commit from blobs and trees that a clone sees', async () => {
    const { rest } = octokit();
    const parent = (await rest.git.getRef({ ...PLACE, ref: 'heads/main' })).data.object.sha;
    const blob = await rest.git.createBlob({
      ...{ ...PLACE, content: Buffer.from([1, 2, 255]).toString('base64'), encoding: 'base64' },
    });
    const tree = await rest.git.createTree({
      ...{ ...PLACE, base_tree: parent },
      tree: [
        { path: 'models/fraud.bin', mode: '100644', type: 'blob', sha: blob.data.sha },
        { path: 'models/run.sh', mode: '100755', type: 'blob', content: 'echo hi\n' },
        { path: 'README.md', mode: '100644', type: 'blob', sha: null },
      ],
    });
    const commit = await rest.git.createCommit({
      ...{ ...PLACE, message: 'lock', tree: tree.data.sha, parents: [parent] },
    });
    expect(commit.data.verification).toMatchObject({ verified: true, reason: 'valid' });
    await rest.git.createRef({ ...PLACE, ref: 'refs/heads/contender/retrain', sha: commit.data.sha });
    await clone('work', ['--branch', 'contender/retrain'], await tokenOf({ contents: 'read' }));
    expect(await readFile(path.join(folder, 'work/models/fraud.bin'))).toEqual(Buffer.from([1, 2, 255]));
    expect(await git('work', ['log', '-1', '--format=%s %an'])).toBe('lock github-actions[bot]');
    expect(await git('work', ['ls-files'])).toBe('data/train.csv\nmodels/fraud.bin\nmodels/run.sh');
    const listing = await rest.git.getTree({ ...PLACE, tree_sha: commit.data.sha, recursive: '1' });
    expect(listing.data.tree.find(({ path: file }) => file === 'models/run.sh')?.mode).toBe('100755');
    const back = await rest.git.getBlob({ ...PLACE, file_sha: blob.data.sha });
    expect(Buffer.from(back.data.content, 'base64')).toEqual(Buffer.from([1, 2, 255]));
    expect((await rest.git.getCommit({ ...PLACE, commit_sha: commit.data.sha })).data.parents).toHaveLength(
      1,
    );
  });

  it('does not sign for those who name an author', async () => {
    const { rest } = octokit();
    const tree = (await repository.git.object('main^{tree}'))!;
    const author = { name: 'A', email: 'a@example.org', date: '2026-01-02T03:04:05Z' };
    const commit = await rest.git.createCommit({ ...PLACE, message: 'm', tree, parents: [], author });
    expect(commit.data).toMatchObject({ verification: { verified: false, reason: 'unsigned' }, author });
    const wrong = rest.git.createCommit({ ...PLACE, message: 'm', tree: '1'.repeat(40), parents: [] });
    expect(await statusOf(wrong)).toBe(422);
  });

  it('guards references', async () => {
    const { rest } = octokit();
    const main = (await repository.git.commitOf('main'))!;
    const next = await github.as('ada').push(repository, change('topic'));
    const create = (ref: string, sha: string) => rest.git.createRef({ ...PLACE, ref, sha });
    expect(await statusOf(create('heads/x', main))).toBe(422);
    expect(await statusOf(create('refs/heads/topic', main))).toBe(422);
    expect(await statusOf(create('refs/heads/x', '1'.repeat(40)))).toBe(422);
    const update = (ref: string, sha: string, force = false) =>
      rest.git.updateRef({ ...PLACE, ref, sha, force });
    const backwards = await failure(update('heads/topic', main));
    expect(backwards).toMatchObject({ status: 422, message: expect.stringContaining('not a fast forward') });
    expect(await statusOf(update('heads/topic', main, true))).toBe(200);
    expect(await statusOf(update('heads/topic', next))).toBe(200);
    expect(await statusOf(update('heads/missing', main))).toBe(422);
    const list = await rest.git.listMatchingRefs({ ...PLACE, ref: 'heads/to' });
    expect(list.data.map(({ ref, object }) => [ref, object.sha])).toEqual([['refs/heads/topic', next]]);
    expect((await rest.git.listMatchingRefs({ ...PLACE, ref: 'heads/zz' })).data).toEqual([]);
    expect(await statusOf(rest.git.getRef({ ...PLACE, ref: 'heads/to' }))).toBe(404);
    await rest.git.deleteRef({ ...PLACE, ref: 'heads/topic' });
    expect(await statusOf(rest.git.deleteRef({ ...PLACE, ref: 'heads/topic' }))).toBe(422);
  });

  it('keeps workflow files from the token of a job', async () => {
    const sha = await github
      .as('ada')
      .push(repository, { branch: 'flow', message: 'w', files: { '.github/workflows/a.yml': 'on: push' } });
    const create = octokit().rest.git.createRef({ ...PLACE, ref: 'refs/heads/copy', sha });
    expect(await statusOf(create)).toBe(403);
  });

  it('reads contents as JSON, as a directory and raw', async () => {
    const { rest } = octokit();
    const file = await rest.repos.getContent({ ...PLACE, path: 'data/train.csv', ref: 'main' });
    expect(file.data).toMatchObject({ type: 'file', encoding: 'base64', size: 8 });
    const mediaType = { format: 'raw' };
    const raw = await rest.repos.getContent({ ...PLACE, path: 'data/train.csv', mediaType });
    expect(raw.data).toBe('a,b\n1,2\n');
    const directory = await rest.repos.getContent({ ...PLACE, path: 'data' });
    expect(directory.data).toMatchObject([{ name: 'train.csv', type: 'file', path: 'data/train.csv' }]);
    const root = await rest.repos.getContent({ ...PLACE, path: '' });
    expect(root.data).toMatchObject([{ name: 'README.md' }, { name: 'data', type: 'dir' }]);
    expect(await statusOf(rest.repos.getContent({ ...PLACE, path: 'missing' }))).toBe(404);
    await github
      .as('ada')
      .push(repository, { branch: 'main', message: 'm', files: { big: 'x'.repeat(1024 * 1024 + 1) } });
    const big = await rest.repos.getContent({ ...PLACE, path: 'big' });
    expect(big.data).toMatchObject({ content: '', encoding: 'none', size: 1024 * 1024 + 1 });
  });
});

describe('git over HTTP', () => {
  it('clones a private repository with a token only, also shallow and by the toolkit’s host name', async () => {
    await expect(clone('denied')).rejects.toThrow(/could not read Username|Authentication failed/);
    const token = await tokenOf({ contents: 'read' });
    await clone('work', ['--depth', '1'], token);
    expect(await readFile(path.join(folder, 'work/README.md'), 'utf8')).toBe('# Fraud\n');
    await expect(clone('missing', [], token, 'acme/nowhere')).rejects.toThrow(/not found/i);
  });

  it('takes pushes from those who may, and moves pull requests before the push returns', async () => {
    await clone('work', ['--quiet'], await tokenOf({ contents: 'read' }));
    await expect(pushChange('work', 'topic', 'one', await tokenOf({ contents: 'read' }))).rejects.toThrow(
      'Permission to acme/fraud.git denied to github-actions[bot].',
    );
    const writer = await tokenOf({ contents: 'write' });
    await pushChange('work', 'topic', 'one', writer);
    const { number } = await github.as('ada').openPullRequest(repository, { title: 'Topic', head: 'topic' });
    await pushChange('work', 'topic', 'two', writer);
    const head = await git('work', ['rev-parse', 'HEAD']);
    const { data } = await octokit().rest.pulls.get({ ...PLACE, pull_number: number });
    expect(data.head.sha).toBe(head);
    await git('work', ['fetch', '--quiet', 'origin', `refs/pull/${number}/merge`], writer);
    expect(await git('work', ['rev-parse', 'FETCH_HEAD^2'])).toBe(head);
    await expect(
      git('work', ['push', '--quiet', 'origin', `HEAD:refs/pull/${number}/head`], writer),
    ).rejects.toThrow(/hidden ref/);
  });

  it('refuses a job’s push of workflow files', async () => {
    const job = await tokenOf({ contents: 'write' });
    await clone('work', ['--quiet'], job);
    await git('work', ['checkout', '-q', '-b', 'flow']);
    await run('mkdir', ['-p', path.join(folder, 'work/.github/workflows')]);
    await writeFile(path.join(folder, 'work/.github/workflows/a.yml'), 'on: push\n');
    await expect(pushChange('work', 'flow', 'w', job)).rejects.toThrow(
      'refusing to allow a GitHub App to create or update workflow `.github/workflows/a.yml`',
    );
  });

  it('serves public repositories to anyone and asks for a name on push', async () => {
    await github.createRepository({ owner: 'acme', name: 'open', directory: path.join(import.meta.dirname) });
    await clone('open', [], undefined, 'acme/open.git');
    expect(await git('open', ['ls-files'])).toContain('github-server.test.ts');
    await expect(git('open', ['push', '--quiet', 'origin', 'HEAD:other'])).rejects.toThrow(
      /could not read Username/,
    );
  });
});

describe('a client that dies', () => {
  it('in the middle of a request blocks nobody and is no violation', async () => {
    const token = await tokenOf({ contents: 'write', issues: 'write' });
    const basic = Buffer.from(`x-access-token:${token.value}`).toString('base64');
    await abandon('/acme/fraud/git-receive-pack', `basic ${basic}`);
    await abandon('/api/v3/repos/acme/fraud/issues', `bearer ${token.value}`);
    expect((await octokit(token).rest.issues.create({ ...PLACE, title: 'still here' })).status).toBe(201);
  });
});

describe('events', () => {
  it('carry what a workflow is given', async () => {
    const { number } = await openPull('topic');
    const context = github.eventContext(repository);
    const pull = await pullRequestEvent(context, { number, action: 'opened' });
    expect(pull.payload).toMatchObject({
      ...{ action: 'opened', number, repository: { full_name: 'acme/fraud' } },
      pull_request: { head: { ref: 'topic' }, base: { ref: 'main' } },
    });
    expect(pull.environment.GITHUB_SHA).toBe(await repository.git.reference(`refs/pull/${number}/merge`));
    const push = await pushEvent(context, { branch: 'main', login: 'grace' });
    expect(push.environment).toMatchObject({
      ...{ GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main' },
      GITHUB_SHA: await repository.git.commitOf('main'),
    });
    const comment = github.as('grace').comment(repository, number, '/accept');
    const said = await issueCommentEvent(context, { commentId: comment.id });
    expect(said.payload).toMatchObject({ comment: { body: '/accept', author_association: 'COLLABORATOR' } });
    const schedule = await scheduleEvent(context, { cron: '7 5 * * *', login: 'grace' });
    expect(schedule.payload).toMatchObject({ schedule: '7 5 * * *' });
  });
});

describe('faults', () => {
  it('fail the next fitting requests and then stop', async () => {
    const { rest } = octokit();
    github.failNext({ method: 'GET', route: 'repos/get', status: 502, times: 2 });
    expect(await statusOf(rest.rateLimit.get())).toBe(200);
    expect(await statusOf(rest.repos.get(PLACE))).toBe(502);
    expect(await statusOf(rest.repos.get(PLACE))).toBe(502);
    expect(await statusOf(rest.repos.get(PLACE))).toBe(200);
    expect(github.pendingFaults).toEqual([]);
  });

  it('speak of the secondary rate limit with its delay', async () => {
    github.failNext({ status: 403, headers: { 'retry-after': '7' }, route: '/repos/{owner}/{repo}' });
    const error = await failure(octokit().rest.repos.get(PLACE));
    expect(error.message).toContain('secondary rate limit');
    expect(error.response?.headers['retry-after']).toBe('7');
  });

  it('drop a connection, or lose the answer of what was done', async () => {
    const { rest } = octokit();
    github.failNext({ status: 'drop' });
    expect((await failure(rest.repos.get(PLACE))).status).toBe(500);
    github.failNext({ route: 'issues/create', status: 500, performed: true });
    expect(await statusOf(rest.issues.create({ ...PLACE, title: 'done all the same' }))).toBe(500);
    expect([...repository.issues.values()].map(({ title }) => title)).toEqual(['done all the same']);
  });

  it('hit git too', async () => {
    github.failNext({ route: 'git-upload-pack', status: 503 });
    await expect(clone('work', [], await tokenOf({ contents: 'read' }))).rejects.toThrow('503');
  });
});

describe('the check against GitHub’s description', () => {
  it('reports an unknown route', async () => {
    expect(await statusOf(octokit().request('GET /repos/acme/fraud/hooks'))).toBe(404);
    expect(() => github.assertNoViolations()).toThrow(/GET .*\/hooks: the local GitHub has no such route/);
    expect(github.takeViolations()).toHaveLength(1);
    github.assertNoViolations();
  });

  it('covers every operation of the extract', () => {
    const served = ROUTES.map(({ operation }) => operation.operationId);
    const described = Object.values(GITHUB_DESCRIPTION.paths).flatMap((methods) => Object.values(methods));
    expect(served.toSorted()).toEqual(described.map(({ operationId }) => operationId).toSorted());
  });

  it('reports wrong bodies, unknown keys and unknown query parameters', async () => {
    const client = octokit();
    const wrong = client.request('POST /repos/acme/fraud/issues', { title: 'a', labels: 'not a list' });
    expect(await statusOf(wrong)).toBe(422);
    const unknown = client.request('POST /repos/acme/fraud/issues', { title: 'a', lables: [] });
    expect(await statusOf(unknown)).toBe(422);
    expect(await statusOf(client.request('GET /repos/acme/fraud/pulls?stat=all'))).toBe(422);
    const latest = client.request('POST /repos/acme/fraud/releases', { tag_name: 'v1', make_latest: true });
    expect(await statusOf(latest)).toBe(422);
    expect(github.takeViolations().map(({ problem }) => problem)).toEqual([
      ...['the request body is wrong', 'the request body has unknown keys'],
      ...['the query parameters are wrong', 'the request body is wrong'],
    ]);
    expect(repository.issues.size).toBe(0);
  });

  it('reports an answer of the server that is not as described', async () => {
    const issue = github.as('ada').openIssue(repository, { title: 'a' });
    Object.assign(issue, { number: 'one' });
    await octokit().rest.issues.listForRepo(PLACE);
    const [violation] = github.takeViolations();
    expect(violation).toMatchObject({ problem: 'the body of the answer 200 is wrong' });
    expect(violation?.details.join()).toContain('/0/number must be integer');
  });

  it('makes close throw', async () => {
    const server = await startGitHub();
    await fetch(`${server.apiUrl}/nothing`);
    await expect(server.close()).rejects.toThrow('no such route');
  });

  it('has nothing against Octokit as it comes, pointed here by the standard variables', async () => {
    const token = await tokenOf({ contents: 'read' });
    const program = `
      import { context, getOctokit } from '@actions/github';
      const { data } = await getOctokit(process.env.TOKEN).rest.repos.get(context.repo);
      console.log(data.full_name, context.serverUrl);`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
      env: { ...process.env, ...github.environment(repository), TOKEN: token.value },
    });
    expect(stdout.trim()).toBe(`acme/fraud ${github.serverUrl}`);
  });

  it('logs each request with its operation and status', async () => {
    await octokit().rest.repos.get(PLACE);
    expect(github.requests).toEqual([
      {
        ...{ method: 'GET', path: '/repos/acme/fraud', route: 'repos/get', status: 200 },
        login: 'github-actions[bot]',
      },
    ]);
  });
});

function createFraud(): Promise<Repository> {
  return github.createRepository({
    ...{ owner: 'acme', name: 'fraud', private: true },
    files: { 'README.md': '# Fraud\n', 'data/train.csv': 'a,b\n1,2\n' },
    collaborators: { ada: 'write', grace: 'maintain', eve: 'read' },
  });
}

function octokit(token: Token = github.createToken({ repository, permissions: WRITE_ALL })) {
  return getOctokit(token.value, { baseUrl: github.apiUrl, log: SILENT });
}

const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}

async function tokenOf(permissions: Permissions): Promise<Token> {
  return github.createToken({ repository, permissions });
}

/** Sends half a request and hangs up. */
async function abandon(route: string, authorization: string): Promise<void> {
  const { port } = new URL(github.apiUrl);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  const type = 'content-type: application/x-git-receive-pack-request';
  const head = ['host: x', 'user-agent: x', `authorization: ${authorization}`, type, 'content-length: 1000'];
  socket.write(`POST ${route} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n00`);
  await setTimeout(100);
  socket.destroy();
  await once(socket, 'close');
}

type RequestFailure = Error & {
  readonly status: number;
  readonly response?: { readonly data: unknown; readonly headers: Record<string, string> };
};

async function failure(request: Promise<unknown>): Promise<RequestFailure> {
  return request.then(
    () => Promise.reject(new Error('The request succeeded')),
    (error: RequestFailure) => error,
  );
}

function statusOf(request: Promise<{ readonly status: number } | { readonly id: number }>): Promise<number> {
  return request.then(
    (response) => ('status' in response ? response.status : 201),
    (error: RequestFailure) => error.status,
  );
}

let changes = 0;

function change(branch: string, content = 'change') {
  changes += 1;
  return { branch, message: 'change', files: { 'change.txt': `${content} ${changes}\n` } };
}

async function openPull(branch = 'topic', files?: Record<string, string | null>) {
  const push = change(branch);
  await github.as('ada').push(repository, { ...push, files: files ?? push.files });
  return github.as('ada').openPullRequest(repository, { title: 'A change', head: branch });
}

async function draftRelease(tag: string, fields: { target_commitish?: string } = {}) {
  return (await octokit().rest.repos.createRelease({ ...PLACE, tag_name: tag, draft: true, ...fields })).data;
}

type UploadedAsset = { id: number; name: string; size: number; digest: string; state: string };

async function upload(uploadUrl: string, name: string, data: Buffer): Promise<UploadedAsset> {
  const response = await octokit().request({
    ...{ method: 'POST', url: uploadUrl, name, data },
    headers: { 'content-type': 'application/octet-stream' },
  });
  return response.data as UploadedAsset;
}

async function download(assetId: number): Promise<ArrayBuffer> {
  const response = await octokit().rest.repos.getReleaseAsset({
    ...{ ...PLACE, asset_id: assetId, headers: { accept: 'application/octet-stream' } },
  });
  return response.data as unknown as ArrayBuffer;
}

const GIT_ENVIRONMENT = {
  PATH: process.env.PATH,
  ...{ GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0' },
  ...{ GIT_AUTHOR_NAME: 'T', GIT_AUTHOR_EMAIL: 't@example.org' },
  ...{ GIT_COMMITTER_NAME: 'T', GIT_COMMITTER_EMAIL: 't@example.org' },
};

async function clone(
  directory: string,
  options: readonly string[] = [],
  token?: Token,
  name = 'acme/fraud',
): Promise<void> {
  const address = `${github.serverUrl}/${name}`;
  await run('git', [...credentials(token), 'clone', '--quiet', ...options, address, directory], {
    ...{ cwd: folder, env: GIT_ENVIRONMENT },
  });
}

async function git(directory: string, options: readonly string[], token?: Token): Promise<string> {
  const { stdout } = await run('git', [...credentials(token), ...options], {
    ...{ cwd: path.join(folder, directory), env: GIT_ENVIRONMENT },
  });
  return stdout.trim();
}

async function pushChange(directory: string, branch: string, content: string, token: Token): Promise<void> {
  await writeFile(path.join(folder, directory, 'pushed.txt'), content);
  await git(directory, ['add', '--all']);
  await git(directory, ['commit', '--quiet', '--allow-empty', '-m', content]);
  await git(directory, ['push', '--quiet', 'origin', `HEAD:${branch}`], token);
}

/** As actions/checkout does it. */
function credentials(token: Token | undefined): string[] {
  if (token === undefined) return [];
  const basic = Buffer.from(`x-access-token:${token.value}`).toString('base64');
  return ['-c', `http.${github.serverUrl}/.extraheader=AUTHORIZATION: basic ${basic}`];
}
