import type { CodeHost, HostComment, HostIssue, PullRequest } from '../../ports/code-host.ts';
import { isRefusedWith, request, requestOrUndefined, statusOf, translateError } from './errors.ts';
import type { Octokit } from './octokit.ts';
import type { RepositoryParameters } from './repository-name.ts';

const PULLS_READ = 'pull-requests: read';
const PULLS_WRITE = 'pull-requests: write';
const ISSUES_READ = 'issues: read';
const ISSUES_WRITE = 'issues: write';
const PAGE = 100;

export function createComments(octokit: Octokit, repository: RepositoryParameters): CodeHost['comments'] {
  return {
    async list(number) {
      const purpose = { what: `read the comments of #${number}`, permission: PULLS_READ };
      const comments = await request(purpose, () =>
        octokit.paginate(octokit.rest.issues.listComments, {
          ...repository,
          issue_number: number,
          per_page: PAGE,
        }),
      );
      return comments.map(commentOf);
    },
    async create(number, body) {
      const purpose = { what: `comment on #${number}`, permission: PULLS_WRITE };
      const { data } = await request(purpose, () =>
        octokit.rest.issues.createComment({ ...repository, issue_number: number, body }),
      );
      return commentOf(data);
    },
    async update(commentId, body) {
      const purpose = { what: `change the comment ${commentId}`, permission: PULLS_WRITE };
      const { data } = await request(purpose, () =>
        octokit.rest.issues.updateComment({ ...repository, comment_id: commentId, body }),
      );
      return commentOf(data);
    },
    async delete(commentId) {
      const purpose = { what: `delete the comment ${commentId}`, permission: PULLS_WRITE };
      await requestOrUndefined(purpose, () =>
        octokit.rest.issues.deleteComment({ ...repository, comment_id: commentId }),
      );
    },
  };
}

export function createPulls(octokit: Octokit, repository: RepositoryParameters): CodeHost['pulls'] {
  return {
    async get(number) {
      const purpose = { what: `read the pull request #${number}`, permission: PULLS_READ };
      const { data } = await request(purpose, () =>
        octokit.rest.pulls.get({ ...repository, pull_number: number }),
      );
      return pullRequestOf(data);
    },
    findByHead: (head, state) => findByHead(octokit, repository, { head, state }),
    async findByCommit(commit) {
      const purpose = { what: `find the pull requests of ${commit}`, permission: PULLS_READ };
      const pulls = await request(purpose, () =>
        octokit.paginate(octokit.rest.repos.listPullRequestsAssociatedWithCommit, {
          ...repository,
          commit_sha: commit,
          per_page: PAGE,
        }),
      );
      return pulls.map(pullRequestOf);
    },
    async listOpen() {
      const purpose = { what: 'list the open pull requests', permission: PULLS_READ };
      const pulls = await request(purpose, () =>
        octokit.paginate(octokit.rest.pulls.list, { ...repository, state: 'open', per_page: PAGE }),
      );
      return pulls.map(({ number }) => number);
    },
    async create(wanted) {
      const purpose = { what: 'create pull requests', permission: PULLS_WRITE };
      try {
        const { data } = await octokit.rest.pulls.create({ ...repository, ...wanted });
        return pullRequestOf(data);
      } catch (error) {
        if (!isRefusedWith(error, /a pull request already exists/i)) throw translateError(error, purpose);
        // Another run, or a first try whose answer was lost, was here.
        const head = wanted.head.includes(':') ? wanted.head : `${repository.owner}:${wanted.head}`;
        const open = await findByHead(octokit, repository, { head, state: 'open' });
        const existing = open.find((pull) => pull.baseBranch === wanted.base);
        if (existing === undefined) throw translateError(error, purpose);
        return existing;
      }
    },
    async update(number, change) {
      const purpose = { what: `change the pull request #${number}`, permission: PULLS_WRITE };
      const { data } = await request(purpose, () =>
        octokit.rest.pulls.update({ ...repository, pull_number: number, ...change }),
      );
      return pullRequestOf(data);
    },
    async requestReviewers(number, reviewers) {
      const purpose = {
        what: `ask ${reviewers.join(', ')} to review #${number}`,
        permission: PULLS_WRITE,
      };
      await request(purpose, () =>
        octokit.rest.pulls.requestReviewers({
          ...repository,
          pull_number: number,
          reviewers: [...reviewers],
        }),
      );
    },
  };
}

export function createIssues(octokit: Octokit, repository: RepositoryParameters): CodeHost['issues'] {
  return {
    async findByLabel(label) {
      const purpose = { what: `find the issues labelled ${label}`, permission: ISSUES_READ };
      const issues = await request(purpose, () =>
        octokit.paginate(octokit.rest.issues.listForRepo, {
          ...repository,
          labels: label,
          state: 'open',
          sort: 'created',
          direction: 'asc',
          per_page: PAGE,
        }),
      );
      return issues.filter((issue) => issue.pull_request === undefined).map(issueOf);
    },
    async create({ title, body, labels }) {
      const purpose = { what: 'open an issue', permission: ISSUES_WRITE };
      const { data } = await request(purpose, () =>
        octokit.rest.issues.create({ ...repository, title, body, labels: [...labels] }),
      );
      return issueOf(data);
    },
    async update(number, change) {
      const purpose = { what: `change the issue #${number}`, permission: ISSUES_WRITE };
      const { data } = await request(purpose, () =>
        octokit.rest.issues.update({ ...repository, issue_number: number, ...change }),
      );
      return issueOf(data);
    },
    async addLabels(number, labels) {
      if (labels.length === 0) return;
      const purpose = { what: `label #${number}`, permission: ISSUES_WRITE };
      await request(purpose, () =>
        octokit.rest.issues.addLabels({ ...repository, issue_number: number, labels: [...labels] }),
      );
    },
  };
}

/** The server's own filter by head is known to miss and to mix up forks, so the answer is filtered again. */
async function findByHead(
  octokit: Octokit,
  repository: RepositoryParameters,
  wanted: { readonly head: string; readonly state: 'open' | 'closed' | 'all' },
): Promise<readonly PullRequest[]> {
  const purpose = { what: `find the pull requests of ${wanted.head}`, permission: PULLS_READ };
  const pulls = await request(purpose, () =>
    octokit.paginate(octokit.rest.pulls.list, { ...repository, ...wanted, per_page: PAGE }),
  );
  const [owner = '', ...branch] = wanted.head.split(':');
  return pulls
    .filter(({ head }) => head.ref === branch.join(':') && sameLogin(head.user?.login ?? owner, owner))
    .map(pullRequestOf);
}

function sameLogin(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** Login of the token's owner; undefined for the token of an app, which may not ask. */
export async function viewerLogin(octokit: Octokit): Promise<string | undefined> {
  const purpose = { what: 'read the owner of the token', permission: 'metadata: read' };
  try {
    return (await octokit.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    if (statusOf(error) === 403) return undefined;
    throw translateError(error, purpose);
  }
}

type CommentData = {
  readonly id: number;
  readonly body?: string | null;
  readonly user: { readonly login: string } | null;
  readonly html_url: string;
  readonly created_at: string;
};

function commentOf(comment: CommentData): HostComment {
  return {
    id: comment.id,
    body: comment.body ?? '',
    author: comment.user?.login ?? 'ghost',
    url: comment.html_url,
    createdAt: comment.created_at,
  };
}

type IssueData = {
  readonly number: number;
  readonly title: string;
  readonly body?: string | null;
  readonly state: string;
  readonly html_url: string;
  readonly labels: readonly (string | { readonly name?: string | null })[];
};

function issueOf(issue: IssueData): HostIssue {
  return {
    number: issue.number,
    title: issue.title,
    body: issue.body ?? '',
    state: issue.state === 'open' ? 'open' : 'closed',
    url: issue.html_url,
    labels: issue.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
  };
}

type PullRequestData = IssueData & {
  readonly user: { readonly login: string } | null;
  readonly head: {
    readonly ref: string;
    readonly sha: string;
    readonly repo?: { readonly full_name: string } | null;
  };
  readonly base: { readonly ref: string; readonly sha: string };
  readonly merge_commit_sha?: string | null;
  readonly merged_at?: string | null;
  readonly created_at: string;
  readonly closed_at?: string | null;
};

function pullRequestOf(pull: PullRequestData): PullRequest {
  const merged = typeof pull.merged_at === 'string';
  return {
    ...issueOf(pull),
    merged,
    author: pull.user?.login ?? 'ghost',
    headRepository: pull.head.repo?.full_name,
    headBranch: pull.head.ref,
    headCommit: pull.head.sha,
    baseBranch: pull.base.ref,
    baseCommit: pull.base.sha,
    // Before the merge it names a test merge that moves with every push.
    mergeCommit: merged ? (pull.merge_commit_sha ?? undefined) : undefined,
    testMerge: merged ? undefined : (pull.merge_commit_sha ?? undefined),
    createdAt: pull.created_at,
    closedAt: pull.closed_at ?? undefined,
  };
}
