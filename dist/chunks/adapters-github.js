import { HISTORY_NAME, InputError, MAXIMUM_HISTORY_BYTES, MissingPermissionError, OutsideError, renderAddition } from "./core.js";
import { PICTURE_BRANCH } from "./core-comparison.js";
import { CHECKSUMS_NAME, MANIFEST_NAME, championVersions, checkAssets, checkManifest, findAssetProblems, formatTag, isPrerelease, parseTag, readReleaseChecksums, refuseLowerVersion, refuseProblems, renderChecksums, versionTaken } from "./core-release.js";
import { PICTURE_INDEX } from "./core-report-pictures.js";
import { GitHub, getOctokit, retry, throttling } from "./vendor-octokit.js";
import path from "node:path";
import { createReadStream, createWriteStream, openAsBlob } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { createHash } from "node:crypto";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";

// src/adapters/github/pacer.ts
function createPacer(options) {
	let tokens = options.burst;
	let countedAt = options.now();
	return async () => {
		const time = options.now();
		tokens = Math.min(options.burst, tokens + (time - countedAt) / 1e3 * options.perSecond);
		countedAt = time;
		tokens -= 1;
		if (tokens < 0) await options.sleep(-tokens / options.perSecond * 1e3);
	};
}

// src/adapters/github/octokit.ts
const API_VERSION = "2022-11-28";
const MAXIMUM_WAIT_SECONDS = 600;
const UNNAMED_WAIT_SECONDS = 60;
const RETRIES = 3;
const BURST = 20;
const FINAL_STATUSES = [
	400,
	401,
	403,
	404,
	406,
	409,
	410,
	415,
	422,
	429,
	451
];
function createOctokit(options) {
	if (options.token.trim() === "") throw new InputError("the GitHub token is empty; leave out github-token, or set GITHUB_TOKEN on a laptop");
	const budget = createWaitBudget(options);
	const pace = createPacer({
		burst: BURST,
		perSecond: 1,
		now: Date.now,
		sleep: (time) => setTimeout(time)
	});
	const settings = {
		...options.apiUrl !== void 0 && { baseUrl: options.apiUrl },
		userAgent: options.userAgent,
		log: silentLog,
		retry: retrySettings(options),
		throttle: {
			onRateLimit: budget.grant,
			onSecondaryRateLimit: budget.grant,
			fallbackSecondaryRateRetryAfter: UNNAMED_WAIT_SECONDS,
			write: queueThrough(pace),
			notifications: queueThrough(() => Promise.resolve())
		}
	};
	return getOctokit(options.token, settings, versionAndDelays(budget), retry, throttling);
}
function createStorageClient(options) {
	return new (GitHub.plugin(retry))({
		userAgent: options.userAgent,
		log: silentLog,
		retry: retrySettings(options)
	});
}
function retrySettings(options) {
	return {
		doNotRetry: FINAL_STATUSES,
		retries: RETRIES,
		retryAfterBaseValue: options.retryMilliseconds ?? 1e3
	};
}
function createWaitBudget(options) {
	let secondsLeft = options.maximumWaitSeconds ?? MAXIMUM_WAIT_SECONDS;
	return { grant(seconds, { method, url }) {
		if (seconds > secondsLeft) return false;
		secondsLeft -= seconds;
		if (seconds > 1) options.onWait?.(`GitHub asks to wait ${seconds} s before ${method} ${url}`);
		return true;
	} };
}
function versionAndDelays(budget) {
	return ({ hook }) => {
		hook.before("request", (request) => {
			request.headers["x-github-api-version"] = API_VERSION;
		});
		hook.error("request", async (error, request) => {
			const { status, message, response } = error;
			const seconds = Number(response?.headers["retry-after"]);
			if (seconds > 0 && status >= 500 && budget.grant(seconds, request)) await setTimeout(seconds * 1e3);
			if (seconds > 0 && (status === 403 || status === 429) && !/secondary rate/i.test(message)) error.message = `${message} (secondary rate limit)`;
			throw error;
		});
		return {};
	};
}
function queueThrough(pace) {
	return { key: () => ({ schedule: async (_options, work) => {
		await pace();
		return work();
	} }) };
}
const silentLog = {
	debug: ignore,
	info: ignore,
	warn: ignore,
	error: ignore
};
function ignore() {}

// src/adapters/github/repository-name.ts
function parseRepositoryName(repository) {
	const groups = /^(?<owner>[\w.-]+)\/(?<repo>[\w.-]+)$/.exec(repository)?.groups;
	if (groups === void 0) throw new InputError(`${JSON.stringify(repository)} names no repository; write owner/name`);
	return {
		owner: groups.owner,
		repo: groups.repo
	};
}

// src/adapters/github/errors.ts
async function request(purpose, send) {
	try {
		return await send();
	} catch (error) {
		throw translateError(error, purpose);
	}
}
async function requestOrUndefined(purpose, send) {
	try {
		return await send();
	} catch (error) {
		if (statusOf(error) === 404) return void 0;
		throw translateError(error, purpose);
	}
}
function statusOf(error) {
	return isRequestError(error) ? error.status : void 0;
}
function isRefusedWith(error, words) {
	if (statusOf(error) !== 422) return false;
	const { message, response } = error;
	return words.test(message) || words.test(JSON.stringify(response?.data ?? null));
}
function translateError(error, purpose) {
	if (!isRequestError(error)) return error;
	const { status, response } = error;
	const said = `${status} ${firstLine(error.message)}`;
	if (response === void 0) return new OutsideError(`GitHub could not be reached to ${purpose.what}: ${firstLine(error.message)}`, { cause: error });
	if (status === 401) {
		const message = `GitHub refused the token when asked to ${purpose.what} (${said}); give a github-token that is valid and has not ended`;
		return new InputError(message, { cause: error });
	}
	if (status === 403 && !isLimit(error)) return missingPermission(error, purpose, said);
	if (status === 404) return notFound(error, purpose, said);
	if (status === 410) {
		const message = `GitHub could not ${purpose.what} (${said}): the feature is switched off in this repository; switch it on in its settings`;
		return new InputError(message, { cause: error });
	}
	const tried = status >= 500 || isLimit(error) ? "failed after retries to" : "refused to";
	return new OutsideError(`GitHub ${tried} ${purpose.what}: ${said}${requestId(error)}`, { cause: error });
}
function missingPermission(error, purpose, said) {
	const { permission } = purpose;
	if (/not permitted to create or approve pull requests/i.test(error.message)) return new MissingPermissionError(`the repository forbids actions to ${purpose.what} (${said}); allow it under Settings, Actions, General, "Allow GitHub Actions to create and approve pull requests"`, {
		permission,
		reason: "setting",
		cause: error
	});
	return new MissingPermissionError(`the token may not ${purpose.what} (${said}); add under "permissions:" of the job: ${permission}`, {
		permission,
		reason: "permission",
		cause: error
	});
}
function notFound(error, purpose, said) {
	const message = `GitHub found nothing when asked to ${purpose.what} (${said}): it does not exist, or the token may not; the permission under "permissions:" of the job is ${purpose.permission}`;
	const { permission } = purpose;
	if (!permission.endsWith("write")) return new InputError(message, { cause: error });
	return new MissingPermissionError(message, {
		permission,
		reason: "permission",
		cause: error
	});
}
function isLimit({ message, response }) {
	return /rate limit/i.test(message) || response?.headers["x-ratelimit-remaining"] === "0";
}
function requestId({ response }) {
	const id = response?.headers["x-github-request-id"];
	return id === void 0 ? "" : ` (request id ${id})`;
}
function firstLine(message) {
	return (message.split("\n")[0] ?? "").slice(0, 500);
}
function isRequestError(error) {
	return error instanceof Error && error.name === "HttpError" && "status" in error;
}

// src/adapters/github/until-won.ts
const TRIES = 12;
const RETRY_MILLISECONDS = 300;
async function tryUntilWon(attempt, written, retryMilliseconds = RETRY_MILLISECONDS) {
	for (let tried = 0; tried < TRIES; tried += 1) {
		if (tried > 0) await setTimeout(Math.random() * retryMilliseconds * tried);
		if (await attempt()) return;
	}
	throw new OutsideError(`the branch ${written.branch} moved each of the ${TRIES} times that ${written.what} written; run this again`);
}

// src/adapters/github/branch-history.ts
function createBranchHistory(options) {
	const { branches, retryMilliseconds } = options;
	return {
		isLocal: false,
		async read(file) {
			const head = await branches.head(HISTORY_NAME);
			return head === void 0 ? void 0 : textOf(await readAt(branches, head, file));
		},
		async append(file, linesFor) {
			const written = {
				branch: HISTORY_NAME,
				what: `${file} was`
			};
			await tryUntilWon(() => tryAppend(branches, file, linesFor), written, retryMilliseconds);
		}
	};
}
async function tryAppend(branches, file, linesFor) {
	const head = await branches.head(HISTORY_NAME);
	const current = head === void 0 ? void 0 : await readAt(branches, head, file);
	const lines = linesFor(textOf(current) ?? "");
	if (lines.length === 0) return true;
	const addition = Buffer.from(renderAddition(current, lines));
	return await branches.commit({
		branch: HISTORY_NAME,
		parent: head,
		expected: head,
		message: `Add to ${file}`,
		files: { [file]: Buffer.concat([current ?? Buffer.alloc(0), addition]) }
	}) !== void 0;
}
async function readAt(branches, head, file) {
	return await branches.readFile(head, file, { maximumBytes: MAXIMUM_HISTORY_BYTES });
}
function textOf(content) {
	return content && new TextDecoder().decode(content);
}

// src/adapters/github/create-commit.ts
async function createCommit(octokit, repository, { message, parents, base, files }) {
	const tree = await octokit.rest.git.createTree({
		...repository,
		...base !== void 0 && { base_tree: await treeOf(octokit, repository, base) },
		tree: await describeFiles(octokit, repository, files)
	});
	return (await octokit.rest.git.createCommit({
		...repository,
		message,
		tree: tree.data.sha,
		parents: [...parents]
	})).data.sha;
}
async function treeOf(octokit, repository, commit) {
	return (await octokit.rest.git.getCommit({
		...repository,
		commit_sha: commit
	})).data.tree.sha;
}
async function describeFiles(octokit, repository, files) {
	const described = [];
	for (const [path, content] of Object.entries(files)) {
		const file = {
			path,
			mode: "100644",
			type: "blob"
		};
		if (typeof content === "string") described.push({
			...file,
			content
		});
		else if (content instanceof Uint8Array) {
			const blob = {
				content: Buffer.from(content).toString("base64"),
				encoding: "base64"
			};
			const { data } = await octokit.rest.git.createBlob({
				...repository,
				...blob
			});
			described.push({
				...file,
				sha: data.sha
			});
		} else described.push({
			...file,
			sha: content.content
		});
	}
	return described;
}

// src/adapters/github/replace-branch.ts
const WRITE$1 = "contents: write";
async function listFiles(octokit, repository, commit) {
	const purpose = {
		what: `list the files of ${commit}`,
		permission: "contents: read"
	};
	const { data } = await request(purpose, () => octokit.rest.git.getTree({
		...repository,
		tree_sha: commit,
		recursive: "true"
	}));
	if (data.truncated) throw new OutsideError(`GitHub lists only a part of the files of ${commit}`);
	return data.tree.filter(({ type }) => type === "blob").map(({ path, sha }) => ({
		path,
		content: sha
	}));
}
async function replaceBranch(octokit, repository, { branch, expected, message, files }) {
	const purpose = {
		what: `write the branch ${branch}`,
		permission: WRITE$1
	};
	const commit = await request(purpose, () => createCommit(octokit, repository, {
		message,
		files,
		parents: [],
		base: void 0
	}));
	try {
		if (expected === void 0) await octokit.rest.git.createRef({
			...repository,
			ref: `refs/heads/${branch}`,
			sha: commit
		});
		else await swap(octokit, repository, {
			branch,
			expected,
			commit
		});
		return commit;
	} catch (error) {
		const head = await headOf$1(octokit, repository, branch);
		if (head === commit) return commit;
		if (head !== expected) return void 0;
		throw translateRefusal(error, purpose);
	}
}
const UPDATE_REFS = `mutation ($input: UpdateRefsInput!) {
  updateRefs(input: $input) { clientMutationId }
}`;
async function swap(octokit, repository, { branch, expected, commit }) {
	const { data } = await octokit.rest.repos.get(repository);
	await octokit.graphql(UPDATE_REFS, { input: {
		repositoryId: data.node_id,
		refUpdates: [{
			name: `refs/heads/${branch}`,
			beforeOid: expected,
			afterOid: commit,
			force: true
		}]
	} });
}
async function headOf$1(octokit, repository, branch) {
	const purpose = {
		what: `read the branch ${branch}`,
		permission: "contents: read"
	};
	return (await requestOrUndefined(purpose, () => octokit.rest.git.getRef({
		...repository,
		ref: `heads/${branch}`
	})))?.data.object.sha;
}
function translateRefusal(error, purpose) {
	if (!isGraphqlRefusal(error)) return translateError(error, purpose);
	const said = error.errors.map(({ message }) => message).join("; ").slice(0, 500);
	const { permission } = purpose;
	if (error.errors.some(({ type }) => type === "FORBIDDEN")) return new MissingPermissionError(`the token may not ${purpose.what} (${said}); add under "permissions:" of the job: ${permission}`, {
		permission,
		reason: "permission",
		cause: error
	});
	return new OutsideError(`GitHub refused to ${purpose.what}: ${said}`, { cause: error });
}
function isGraphqlRefusal(error) {
	return error instanceof Error && error.name === "GraphqlResponseError" && "errors" in error;
}

// src/adapters/github/branches.ts
const READ = "contents: read";
const WRITE = "contents: write";
const PAGE$3 = 100;
function createBranches(octokit, repository) {
	return {
		head: (branch) => headOf(octokit, repository, branch),
		readFile: (revision, path, limit) => readFile$1(octokit, repository, {
			revision,
			path,
			...limit
		}),
		commitsBetween: (base, head) => commitsBetween(octokit, repository, `${base}...${head}`),
		commit: (wanted) => commitFiles(octokit, repository, wanted),
		list: (commit) => listFiles(octokit, repository, commit),
		replace: (wanted) => replaceBranch(octokit, repository, wanted),
		async delete(branch) {
			const purpose = {
				what: `delete the branch ${branch}`,
				permission: WRITE
			};
			try {
				await octokit.rest.git.deleteRef({
					...repository,
					ref: `heads/${branch}`
				});
			} catch (error) {
				if (!isRefusedWith(error, /does not exist/i)) throw translateError(error, purpose);
			}
		}
	};
}
async function headOf(octokit, repository, branch) {
	const purpose = {
		what: `read the branch ${branch}`,
		permission: READ
	};
	return (await requestOrUndefined(purpose, () => octokit.rest.git.getRef({
		...repository,
		ref: `heads/${branch}`
	})))?.data.object.sha;
}
async function readFile$1(octokit, repository, { revision, path, maximumBytes = Number.POSITIVE_INFINITY }) {
	const purpose = {
		what: `read ${path} at ${revision}`,
		permission: READ
	};
	const file = (await requestOrUndefined(purpose, () => octokit.rest.repos.getContent({
		...repository,
		path,
		ref: revision
	})))?.data;
	if (file === void 0 || Array.isArray(file) || file.type !== "file") return void 0;
	if (file.size > maximumBytes) throw new InputError(`${path} at ${revision} has ${file.size} bytes, and at most ${maximumBytes} are read; make it smaller by hand`);
	if ("content" in file && (file.content !== "" || file.size === 0)) return Buffer.from(file.content, "base64");
	const blob = await request(purpose, () => octokit.rest.git.getBlob({
		...repository,
		file_sha: file.sha
	}));
	return Buffer.from(blob.data.content, "base64");
}
async function commitsBetween(octokit, repository, basehead) {
	const purpose = {
		what: `compare ${basehead}`,
		permission: READ
	};
	const commits = [];
	for (let page = 1;; page += 1) {
		const { data } = await request(purpose, () => octokit.rest.repos.compareCommitsWithBasehead({
			...repository,
			basehead,
			page,
			per_page: PAGE$3
		}));
		for (const { sha, commit, author } of data.commits) commits.push({
			id: sha,
			message: commit.message,
			author: author?.login ?? commit.author?.name ?? ""
		});
		if (data.commits.length < PAGE$3) return commits.reverse();
	}
}
async function commitFiles(octokit, repository, wanted) {
	const purpose = {
		what: `write a commit to the branch ${wanted.branch}`,
		permission: WRITE
	};
	const { parent, expected, message, files } = wanted;
	const parents = [...new Set([expected, parent].filter((id) => id !== void 0))];
	const commit = await request(purpose, () => createCommit(octokit, repository, {
		message,
		files,
		parents,
		base: parent
	}));
	return await moveBranch(octokit, repository, {
		...wanted,
		commit,
		purpose
	});
}
async function moveBranch(octokit, repository, { branch, expected, commit, purpose }) {
	try {
		if (expected === void 0) await octokit.rest.git.createRef({
			...repository,
			ref: `refs/heads/${branch}`,
			sha: commit
		});
		else await octokit.rest.git.updateRef({
			...repository,
			ref: `heads/${branch}`,
			sha: commit,
			force: false
		});
		return commit;
	} catch (error) {
		if (!isRefusedWith(error, /already exists|does not exist|not a fast forward/i)) throw translateError(error, purpose);
		return await headOf(octokit, repository, branch) === commit ? commit : void 0;
	}
}

// src/adapters/github/discussion.ts
const PULLS_READ = "pull-requests: read";
const PULLS_WRITE = "pull-requests: write";
const ISSUES_READ = "issues: read";
const ISSUES_WRITE = "issues: write";
const PAGE$2 = 100;
function createComments(octokit, repository) {
	return {
		async list(number) {
			const purpose = {
				what: `read the comments of #${number}`,
				permission: PULLS_READ
			};
			return (await request(purpose, () => octokit.paginate(octokit.rest.issues.listComments, {
				...repository,
				issue_number: number,
				per_page: PAGE$2
			}))).map(commentOf);
		},
		async create(number, body) {
			const purpose = {
				what: `comment on #${number}`,
				permission: PULLS_WRITE
			};
			const { data } = await request(purpose, () => octokit.rest.issues.createComment({
				...repository,
				issue_number: number,
				body
			}));
			return commentOf(data);
		},
		async update(commentId, body) {
			const purpose = {
				what: `change the comment ${commentId}`,
				permission: PULLS_WRITE
			};
			const { data } = await request(purpose, () => octokit.rest.issues.updateComment({
				...repository,
				comment_id: commentId,
				body
			}));
			return commentOf(data);
		},
		async delete(commentId) {
			const purpose = {
				what: `delete the comment ${commentId}`,
				permission: PULLS_WRITE
			};
			await requestOrUndefined(purpose, () => octokit.rest.issues.deleteComment({
				...repository,
				comment_id: commentId
			}));
		}
	};
}
function createPulls(octokit, repository) {
	return {
		async get(number) {
			const purpose = {
				what: `read the pull request #${number}`,
				permission: PULLS_READ
			};
			const { data } = await request(purpose, () => octokit.rest.pulls.get({
				...repository,
				pull_number: number
			}));
			return pullRequestOf(data);
		},
		findByHead: (head, state) => findByHead(octokit, repository, {
			head,
			state
		}),
		async findByCommit(commit) {
			const purpose = {
				what: `find the pull requests of ${commit}`,
				permission: PULLS_READ
			};
			return (await request(purpose, () => octokit.paginate(octokit.rest.repos.listPullRequestsAssociatedWithCommit, {
				...repository,
				commit_sha: commit,
				per_page: PAGE$2
			}))).map(pullRequestOf);
		},
		async listOpen() {
			return (await request({
				what: "list the open pull requests",
				permission: PULLS_READ
			}, () => octokit.paginate(octokit.rest.pulls.list, {
				...repository,
				state: "open",
				per_page: PAGE$2
			}))).map(({ number }) => number);
		},
		async create(wanted) {
			const purpose = {
				what: "create pull requests",
				permission: PULLS_WRITE
			};
			try {
				const { data } = await octokit.rest.pulls.create({
					...repository,
					...wanted
				});
				return pullRequestOf(data);
			} catch (error) {
				if (!isRefusedWith(error, /a pull request already exists/i)) throw translateError(error, purpose);
				const existing = (await findByHead(octokit, repository, {
					head: wanted.head.includes(":") ? wanted.head : `${repository.owner}:${wanted.head}`,
					state: "open"
				})).find((pull) => pull.baseBranch === wanted.base);
				if (existing === void 0) throw translateError(error, purpose);
				return existing;
			}
		},
		async update(number, change) {
			const purpose = {
				what: `change the pull request #${number}`,
				permission: PULLS_WRITE
			};
			const { data } = await request(purpose, () => octokit.rest.pulls.update({
				...repository,
				pull_number: number,
				...change
			}));
			return pullRequestOf(data);
		},
		async requestReviewers(number, reviewers) {
			const purpose = {
				what: `ask ${reviewers.join(", ")} to review #${number}`,
				permission: PULLS_WRITE
			};
			await request(purpose, () => octokit.rest.pulls.requestReviewers({
				...repository,
				pull_number: number,
				reviewers: [...reviewers]
			}));
		}
	};
}
function createIssues(octokit, repository) {
	return {
		async findByLabel(label) {
			const purpose = {
				what: `find the issues labelled ${label}`,
				permission: ISSUES_READ
			};
			return (await request(purpose, () => octokit.paginate(octokit.rest.issues.listForRepo, {
				...repository,
				labels: label,
				state: "open",
				sort: "created",
				direction: "asc",
				per_page: PAGE$2
			}))).filter((issue) => issue.pull_request === void 0).map(issueOf);
		},
		async create({ title, body, labels }) {
			const { data } = await request({
				what: "open an issue",
				permission: ISSUES_WRITE
			}, () => octokit.rest.issues.create({
				...repository,
				title,
				body,
				labels: [...labels]
			}));
			return issueOf(data);
		},
		async update(number, change) {
			const purpose = {
				what: `change the issue #${number}`,
				permission: ISSUES_WRITE
			};
			const { data } = await request(purpose, () => octokit.rest.issues.update({
				...repository,
				issue_number: number,
				...change
			}));
			return issueOf(data);
		},
		async addLabels(number, labels) {
			if (labels.length === 0) return;
			const purpose = {
				what: `label #${number}`,
				permission: ISSUES_WRITE
			};
			await request(purpose, () => octokit.rest.issues.addLabels({
				...repository,
				issue_number: number,
				labels: [...labels]
			}));
		}
	};
}
async function findByHead(octokit, repository, wanted) {
	const purpose = {
		what: `find the pull requests of ${wanted.head}`,
		permission: PULLS_READ
	};
	const pulls = await request(purpose, () => octokit.paginate(octokit.rest.pulls.list, {
		...repository,
		...wanted,
		per_page: PAGE$2
	}));
	const [owner = "", ...branch] = wanted.head.split(":");
	return pulls.filter(({ head }) => head.ref === branch.join(":") && sameLogin(head.user?.login ?? owner, owner)).map(pullRequestOf);
}
function sameLogin(left, right) {
	return left.toLowerCase() === right.toLowerCase();
}
async function viewerLogin(octokit) {
	const purpose = {
		what: "read the owner of the token",
		permission: "metadata: read"
	};
	try {
		return (await octokit.rest.users.getAuthenticated()).data.login;
	} catch (error) {
		if (statusOf(error) === 403) return void 0;
		throw translateError(error, purpose);
	}
}
function commentOf(comment) {
	return {
		id: comment.id,
		body: comment.body ?? "",
		author: comment.user?.login ?? "ghost",
		url: comment.html_url,
		createdAt: comment.created_at
	};
}
function issueOf(issue) {
	return {
		number: issue.number,
		title: issue.title,
		body: issue.body ?? "",
		state: issue.state === "open" ? "open" : "closed",
		url: issue.html_url,
		labels: issue.labels.map((label) => typeof label === "string" ? label : label.name ?? "")
	};
}
function pullRequestOf(pull) {
	const merged = typeof pull.merged_at === "string";
	return {
		...issueOf(pull),
		merged,
		author: pull.user?.login ?? "ghost",
		headRepository: pull.head.repo?.full_name,
		headBranch: pull.head.ref,
		headCommit: pull.head.sha,
		baseBranch: pull.base.ref,
		baseCommit: pull.base.sha,
		mergeCommit: merged ? pull.merge_commit_sha ?? void 0 : void 0,
		testMerge: merged ? void 0 : pull.merge_commit_sha ?? void 0,
		createdAt: pull.created_at,
		closedAt: pull.closed_at ?? void 0
	};
}

// src/adapters/github/code-host.ts
const MAX_DESCRIPTION_CHARACTERS = 140;
function createCodeHost(octokit, repositoryName) {
	const repository = parseRepositoryName(repositoryName);
	return {
		repository: {
			owner: repository.owner,
			name: repository.repo
		},
		comments: createComments(octokit, repository),
		pulls: createPulls(octokit, repository),
		issues: createIssues(octokit, repository),
		branches: createBranches(octokit, repository),
		statuses: { set: (commit, status) => setStatus(octokit, repository, {
			commit,
			status
		}) },
		permissionOf: (login) => permissionOf(octokit, repository, login),
		async defaultBranch() {
			return (await request({
				what: "read the repository",
				permission: "contents: read"
			}, () => octokit.rest.repos.get(repository))).data.default_branch;
		},
		viewer: () => viewerLogin(octokit)
	};
}
async function setStatus(octokit, repository, { commit, status }) {
	const purpose = {
		what: `set the status ${status.context}`,
		permission: "statuses: write"
	};
	await request(purpose, () => octokit.rest.repos.createCommitStatus({
		...repository,
		sha: commit,
		context: status.context,
		state: status.state,
		description: shortened(status.description),
		...status.targetUrl !== void 0 && { target_url: status.targetUrl }
	}));
}
function shortened(description) {
	if (description.length <= MAX_DESCRIPTION_CHARACTERS) return description;
	return `${description.slice(0, 139).replace(/[\ud800-\udbff]$/, "")}…`;
}
async function permissionOf(octokit, repository, login) {
	const purpose = {
		what: `read the permission of ${login}`,
		permission: "metadata: read"
	};
	const permission = (await requestOrUndefined(purpose, () => octokit.rest.repos.getCollaboratorPermissionLevel({
		...repository,
		username: login
	})))?.data.permission;
	return permission === "admin" || permission === "write" || permission === "read" ? permission : "none";
}

// src/adapters/github/prepared-assets.ts
const MAX_ASSET_BYTES = 2 ** 31 - 1;
async function withPreparedAssets(wanted, work) {
	const assets = [];
	for (const { name, path: file } of wanted) assets.push(await describeFile(name, file));
	checkAssets(assets);
	const directory = await mkdtemp(path.join(tmpdir(), "contender-release-"));
	try {
		const file = path.join(directory, CHECKSUMS_NAME);
		await writeFile(file, renderChecksums(assets));
		const checksums = await describeFile(CHECKSUMS_NAME, file);
		return await work({
			assets: [...assets, checksums],
			contentDigest: checksums.sha256
		});
	} finally {
		await rm(directory, {
			recursive: true,
			force: true
		});
	}
}
async function describeFile(name, file) {
	const { size } = await stat(file).catch((cause) => {
		throw new InputError(`the asset ${name} cannot be read: ${cause.message}`, {
			location: { file },
			cause
		});
	});
	if (size > MAX_ASSET_BYTES) throw new InputError(`the asset ${name} has ${size} bytes; GitHub takes less than 2 GiB`, { location: { file } });
	const hash = createHash("sha256");
	await pipeline(createReadStream(file), hash);
	return {
		name,
		path: file,
		bytes: size,
		sha256: hash.digest("hex")
	};
}

// src/adapters/github/release-assets.ts
const PAGE$1 = 100;
const ROUNDS = 5;
const DOWNLOAD_TRIES = 3;
const IMMUTABLE = /immutable release/i;
async function listAssets(host, releaseId) {
	const { octokit, repository } = host;
	return await request({
		what: "read the assets of a release",
		permission: "contents: read"
	}, () => octokit.paginate(octokit.rest.repos.listReleaseAssets, {
		...repository,
		release_id: releaseId,
		per_page: PAGE$1
	}));
}
function digestOf(asset) {
	return asset.digest?.startsWith("sha256:") ? asset.digest.slice(7) : void 0;
}
async function settleAssets(host, upload) {
	let problem;
	for (let round = 0; round < ROUNDS; round += 1) {
		if (problem !== void 0) await setTimeout(round ** 2 * host.retryMilliseconds);
		problem = void 0;
		const present = await listAssets(host, upload.releaseId);
		const good = present.filter((asset) => isWanted(asset, upload.assets));
		for (const asset of present) if (!good.includes(asset)) await deleteAsset(host, asset);
		const missing = upload.assets.filter(({ name }) => !good.some((asset) => asset.name === name));
		if (missing.length === 0 && good.length === present.length) return good;
		for (const asset of missing) problem = await uploadAsset(host, upload, asset) ?? problem;
	}
	throw translateError(problem, {
		what: "upload the assets of a release",
		permission: "contents: write"
	}) ?? new OutsideError("the assets of the release keep changing while they are uploaded");
}
function isWanted(asset, wanted) {
	const local = wanted.find(({ name }) => name === asset.name);
	if (local === void 0 || asset.state !== "uploaded" || asset.size !== local.bytes) return false;
	return (digestOf(asset) ?? local.sha256) === local.sha256;
}
async function uploadAsset(host, { uploadUrl }, asset) {
	const address = new URL(uploadUrl.replace(/\{.*\}$/, ""));
	address.searchParams.set("name", asset.name);
	try {
		await host.octokit.request({
			method: "POST",
			url: address.href,
			headers: { "content-type": "application/octet-stream" },
			data: await openAsBlob(asset.path),
			request: { retries: 0 }
		});
		return;
	} catch (error) {
		if (isRefusedWith(error, IMMUTABLE)) throw new InputError("the release is immutable already; publish the model under a new version", { cause: error });
		if (isRefusedWith(error, /already_exists/) || (statusOf(error) ?? 0) >= 500) return error;
		throw translateError(error, {
			what: `upload ${asset.name}`,
			permission: "contents: write"
		});
	}
}
async function deleteAsset(host, asset) {
	const { octokit, repository } = host;
	const purpose = {
		what: `delete the asset ${asset.name}`,
		permission: "contents: write"
	};
	await requestOrUndefined(purpose, () => octokit.rest.repos.deleteReleaseAsset({
		...repository,
		asset_id: asset.id
	}));
}
async function fetchDigest(host, asset) {
	return await readAsset(host, asset, () => new Writable({ write: (_chunk, _encoding, done) => done() }));
}
async function downloadAsset(host, asset, file) {
	const partial = `${file}.partial`;
	const sha256 = await readAsset(host, asset, () => createWriteStream(partial));
	await rename(partial, file);
	return sha256;
}
async function readAsset(host, asset, openSink) {
	const purpose = {
		what: `download ${asset.name}`,
		permission: "contents: read"
	};
	let problem = "";
	for (let attempt = 1; attempt <= DOWNLOAD_TRIES; attempt += 1) {
		if (attempt > 1) await setTimeout((attempt - 1) ** 2 * host.retryMilliseconds);
		const body = await openAsset(host, asset, purpose);
		const hash = createHash("sha256");
		let bytes = 0;
		const measure = async function* (chunks) {
			for await (const chunk of chunks) {
				bytes += chunk.length;
				hash.update(chunk);
				yield chunk;
			}
		};
		try {
			await pipeline(body, measure, openSink());
		} catch (error) {
			if (isFileError(error)) throw error;
			problem = error.message;
			continue;
		}
		if (bytes === asset.size) return hash.digest("hex");
		problem = `${bytes} of ${asset.size} bytes came`;
	}
	throw new OutsideError(`GitHub failed after retries to ${purpose.what}: ${problem}`);
}
async function openAsset(host, asset, purpose) {
	const { octokit, storage, repository } = host;
	const headers = { accept: "application/octet-stream" };
	const streaming = { parseSuccessResponseBody: false };
	return await request(purpose, async () => {
		const answer = await octokit.request("GET /repos/{owner}/{repo}/releases/assets/{asset_id}", {
			...repository,
			asset_id: asset.id,
			headers,
			request: {
				...streaming,
				redirect: "manual"
			}
		});
		const body = answer.data;
		const { location } = answer.headers;
		if (location === void 0) return body;
		await body?.cancel();
		return (await storage.request({
			method: "GET",
			url: location,
			headers,
			request: streaming
		})).data;
	});
}
function isFileError(error) {
	return error instanceof Error && "syscall" in error && ["open", "write"].includes(String(error.syscall));
}

// src/adapters/github/release-download.ts
const PARALLEL_DOWNLOADS$1 = 4;
async function downloadRelease(host, release, directory) {
	await mkdir(directory, { recursive: true });
	const stored = (await listAssets(host, Number(release.id))).filter(({ state }) => state === "uploaded");
	const { checksums } = await readChecksums(host, {
		tag: release.tag,
		stored,
		directory
	});
	refuseProblems(release.tag, findAssetProblems(checksums, digestsOf(stored)));
	const present = await downloadAll(host, stored.filter(({ name }) => checksums.some((checksum) => checksum.name === name)), directory);
	refuseProblems(release.tag, findAssetProblems(checksums, present));
	const manifest = checkManifest(await readFile(path.join(directory, MANIFEST_NAME), "utf8"), release, {
		checksums,
		sha256: (text) => createHash("sha256").update(text).digest("hex")
	});
	return {
		reference: release,
		directory,
		manifest,
		modelPath: path.resolve(directory, manifest.file),
		...manifest.features !== void 0 && { featuresPath: path.resolve(directory, manifest.features) }
	};
}
async function findIncompleteAssets(host, draft) {
	const directory = await mkdtemp(path.join(tmpdir(), "contender-draft-"));
	try {
		const stored = draft.assets.filter(({ state }) => state === "uploaded");
		const { checksums, sha256 } = await readChecksums(host, {
			tag: draft.tag_name,
			stored,
			directory
		});
		return {
			problems: findAssetProblems(checksums, digestsOf(stored)),
			contentDigest: sha256
		};
	} finally {
		await rm(directory, {
			recursive: true,
			force: true
		});
	}
}
async function readChecksums(host, { tag, stored, directory }) {
	const asset = stored.find(({ name }) => name === CHECKSUMS_NAME);
	if (asset === void 0) return {
		checksums: readReleaseChecksums(void 0, tag),
		sha256: ""
	};
	const file = path.join(directory, CHECKSUMS_NAME);
	const sha256 = await downloadAsset(host, asset, file);
	return {
		checksums: readReleaseChecksums(await readFile(file, "utf8"), tag),
		sha256
	};
}
function digestsOf(stored) {
	return new Map(stored.map((asset) => [asset.name, digestOf(asset)]));
}
async function downloadAll(host, assets, directory) {
	const digests = /* @__PURE__ */ new Map();
	const waiting = [...assets];
	const worker = async () => {
		for (let asset = waiting.shift(); asset !== void 0; asset = waiting.shift()) digests.set(asset.name, await downloadAsset(host, asset, path.join(directory, asset.name)));
	};
	await Promise.all(Array.from({ length: PARALLEL_DOWNLOADS$1 }, worker));
	return digests;
}

// src/adapters/github/release-drafts.ts
const PAGE = 100;
const MAX_NOTES_CHARACTERS = 12e4;
async function getRelease(host, id) {
	const { octokit, repository } = host;
	return (await requestOrUndefined({
		what: "read a release",
		permission: "contents: write"
	}, () => octokit.rest.repos.getRelease({
		...repository,
		release_id: id
	})))?.data;
}
async function getReleaseByTag(host, tag) {
	const { octokit, repository } = host;
	return (await requestOrUndefined({
		what: `read the release ${tag}`,
		permission: "contents: read"
	}, () => octokit.rest.repos.getReleaseByTag({
		...repository,
		tag
	})))?.data;
}
async function listDraftReleases(host, model) {
	const { octokit, repository } = host;
	return (await request({
		what: "list the releases",
		permission: "contents: write"
	}, () => octokit.paginate(octokit.rest.repos.listReleases, {
		...repository,
		per_page: PAGE
	}))).filter(({ draft, tag_name }) => draft && parseTag(tag_name)?.model === model);
}
async function settleDraft(host, wanted, contentDigest) {
	const isSame = (draft) => contentDigestOf(draft) === contentDigest;
	let same = (await listDraftReleases(host, wanted.model)).filter(isSame);
	if (same.length === 0) {
		const created = await createDraftRelease(host, wanted, contentDigest);
		same = (await listDraftReleases(host, wanted.model)).filter(isSame);
		if (same.length === 0) same = [created];
	}
	const [kept, ...others] = [...same].sort((left, right) => left.id - right.id);
	for (const other of others) await deleteRelease(host, other.id);
	if (kept === void 0) throw new OutsideError("the draft of the release vanished while it was made");
	return kept;
}
async function createDraftRelease(host, wanted, contentDigest) {
	const { octokit, repository } = host;
	const fields = releaseFields(wanted.model, wanted, contentDigest);
	try {
		return (await octokit.rest.repos.createRelease({
			...repository,
			...fields,
			draft: true
		})).data;
	} catch (error) {
		throw releaseError(error, {
			what: "create a draft release",
			tag: fields.tag_name
		});
	}
}
async function updateRelease(host, draft, change) {
	const { octokit, repository } = host;
	const { data } = await octokit.rest.repos.updateRelease({
		...repository,
		...releaseFields(draft.model, change, draft.contentDigest),
		release_id: draft.id,
		...change.publish && { draft: false }
	});
	return data;
}
function isUpToDate(release, model, wanted) {
	const fields = releaseFields(model, wanted, contentDigestOf(release) ?? "");
	return release.tag_name === fields.tag_name && release.target_commitish === fields.target_commitish && release.name === fields.name && release.body === fields.body;
}
function releaseError(error, { what, tag }) {
	if (isRefusedWith(error, /used by an immutable release/i)) return new InputError(`${tag} was used by an immutable release; leave the version to auto or take a higher one`, { cause: error });
	return translateError(error, {
		what,
		permission: "contents: write"
	});
}
async function deleteRelease(host, id) {
	const { octokit, repository } = host;
	await requestOrUndefined({
		what: "delete a draft release",
		permission: "contents: write"
	}, () => octokit.rest.repos.deleteRelease({
		...repository,
		release_id: id
	}));
}
function releaseFields(model, wanted, contentDigest) {
	return {
		tag_name: formatTag(model, wanted.version),
		target_commitish: wanted.commit,
		name: wanted.title,
		body: `${wanted.notes.slice(0, MAX_NOTES_CHARACTERS)}\n\n${markOf(contentDigest)}`,
		prerelease: isPrerelease(wanted.version),
		make_latest: "false"
	};
}
function markOf(contentDigest) {
	return `<!-- contender-assets ${contentDigest} -->`;
}
function contentDigestOf(release) {
	return [...(release.body ?? "").matchAll(/<!-- contender-assets ([0-9a-f]{64}) -->/g)].at(-1)?.[1];
}
function wholeAssets(release) {
	return release.assets.filter(({ state }) => state === "uploaded").map((asset) => {
		const sha256 = digestOf(asset);
		return {
			name: asset.name,
			bytes: asset.size,
			...sha256 !== void 0 && { sha256 }
		};
	});
}

// src/adapters/github/model-registry.ts
const PARALLEL_DOWNLOADS = 4;
function createGithubModelRegistry(options) {
	const { octokit, userAgent, retryMilliseconds = 1e3 } = options;
	const host = {
		octokit,
		storage: createStorageClient({
			userAgent,
			retryMilliseconds
		}),
		repository: parseRepositoryName(options.repository),
		retryMilliseconds
	};
	return {
		findChampion: (model) => findChampion(host, model),
		async findRelease(model, version) {
			const release = await getReleaseByTag(host, formatTag(model, version));
			return release && referenceOf(release);
		},
		async listDrafts(model) {
			return (await listDraftReleases(host, model)).map(referenceOf).sort((left, right) => Number(right.id) - Number(left.id));
		},
		download: (release, directory) => downloadRelease(host, release, directory),
		createDraft: (wanted) => createDraft(host, wanted),
		publish: (draft, wanted) => publish(host, draft, wanted),
		deleteDraft: (draft) => deleteDraft(host, draft)
	};
}
async function findChampion(host, model) {
	const { octokit, repository } = host;
	const tags = (await request({
		what: "list the tags of the model",
		permission: "contents: read"
	}, () => octokit.paginate(octokit.rest.git.listMatchingRefs, {
		...repository,
		ref: `tags/${model}@v`
	}))).map(({ ref }) => ref.slice(10));
	for (const version of championVersions(model, tags)) {
		const release = await getReleaseByTag(host, formatTag(model, version));
		if (release !== void 0 && !release.draft && !release.prerelease) return referenceOf(release);
	}
}
async function createDraft(host, wanted) {
	return await withPreparedAssets(wanted.assets, async ({ assets, contentDigest }) => {
		const tag = formatTag(wanted.model, wanted.version);
		const published = await getReleaseByTag(host, tag);
		if (published !== void 0) {
			if (contentDigestOf(published) === contentDigest) return referenceOf(published);
			throw versionTaken(tag);
		}
		const draft = await settleDraft(host, wanted, contentDigest);
		const upload = {
			releaseId: draft.id,
			uploadUrl: draft.upload_url,
			assets
		};
		await verifyAssets(host, await settleAssets(host, upload), assets);
		return referenceOf(await refreshDraft(host, draft, wanted));
	});
}
async function verifyAssets(host, stored, assets) {
	const waiting = [...stored];
	const worker = async () => {
		for (let asset = waiting.shift(); asset !== void 0; asset = waiting.shift()) {
			const { name } = asset;
			const expected = assets.find((local) => local.name === name)?.sha256;
			const actual = await fetchDigest(host, asset);
			if (actual !== expected) throw new OutsideError(`${name} came back from GitHub with the SHA-256 ${actual} instead of ${expected}`);
		}
	};
	await Promise.all(Array.from({ length: PARALLEL_DOWNLOADS }, worker));
}
async function refreshDraft(host, draft, wanted) {
	const current = await getRelease(host, draft.id);
	if (current === void 0) throw new OutsideError(`the draft of ${draft.tag_name} was deleted while it was made`);
	if (!current.draft || isUpToDate(current, wanted.model, wanted)) return current;
	const contentDigest = contentDigestOf(draft) ?? "";
	try {
		return await updateRelease(host, {
			id: draft.id,
			model: wanted.model,
			contentDigest
		}, {
			...wanted,
			publish: false
		});
	} catch (error) {
		throw releaseError(error, {
			what: "change a draft release",
			tag: formatTag(wanted.model, wanted.version)
		});
	}
}
async function publish(host, draft, wanted) {
	const tag = formatTag(draft.model, wanted.version);
	const [current, published] = await Promise.all([getRelease(host, Number(draft.id)), getReleaseByTag(host, tag)]);
	if (published !== void 0) return await acceptPublished(host, {
		published,
		draft,
		current
	});
	if (current === void 0) throw new InputError(`the draft ${draft.tag} is gone; make it again before publishing`);
	if (!current.draft) throw new InputError(`the draft was published as ${current.tag_name} already, not as ${tag}`);
	const champion = await findChampion(host, draft.model);
	refuseLowerVersion(draft.model, wanted.version, champion?.version);
	const { problems, contentDigest } = await findIncompleteAssets(host, current);
	refuseProblems(`${current.tag_name} (a draft)`, problems);
	await publishDraft(host, {
		id: current.id,
		model: draft.model,
		contentDigest
	}, {
		wanted,
		tag,
		draft
	});
	const visible = await getReleaseByTag(host, tag);
	if (visible === void 0) throw new OutsideError(`GitHub published ${tag} but does not show it yet`);
	return referenceOf(visible);
}
async function publishDraft(host, identified, { wanted, tag, draft }) {
	try {
		await updateRelease(host, identified, {
			...wanted,
			publish: true
		});
	} catch (error) {
		const what = "publish a release";
		if (!isRefusedWith(error, /already_exists/)) throw releaseError(error, {
			what,
			tag
		});
		const published = await getReleaseByTag(host, tag);
		if (published === void 0) throw releaseError(error, {
			what,
			tag
		});
		await acceptPublished(host, {
			published,
			draft,
			current: await getRelease(host, identified.id)
		});
	}
}
async function acceptPublished(host, { published, draft, current }) {
	if (String(published.id) === draft.id) return referenceOf(published);
	if (!(current === void 0 ? sameAssets(referenceOf(published), draft) : contentDigestOf(published) === contentDigestOf(current))) throw versionTaken(published.tag_name);
	if (current?.draft) await deleteRelease(host, current.id);
	return referenceOf(published);
}
function sameAssets(left, right) {
	const describe = ({ assets }) => assets.map(({ name, bytes, sha256 }) => `${name} ${bytes} ${sha256}`).sort().join("\n");
	return describe(left) === describe(right);
}
async function deleteDraft(host, draft) {
	const current = await getRelease(host, Number(draft.id));
	if (current === void 0) return;
	if (!current.draft) throw new InputError(`${current.tag_name} is published; Contender deletes drafts alone`);
	await deleteRelease(host, current.id);
}
function referenceOf(release) {
	const tag = parseTag(release.tag_name);
	if (tag === void 0) throw new OutsideError(`GitHub answered with a release of another tag: ${release.tag_name}`);
	const newestAsset = release.assets.map(({ updated_at }) => updated_at).sort().at(-1);
	return {
		id: String(release.id),
		...tag,
		tag: release.tag_name,
		url: release.html_url,
		draft: release.draft,
		createdAt: release.published_at ?? newestAsset ?? release.created_at,
		assets: wholeAssets(release)
	};
}

// src/adapters/github/picture-branch.ts
const MAXIMUM_INDEX_BYTES = 2e6;
const README = "README.md";
const ABOUT = `Pictures that Contender shows in comments of pull requests. Each write replaces this branch by one commit, so that it
does not grow. It can be deleted at any time: comments then lose their pictures until their next report.
`;
function createPictureBranch(options) {
	const { branches, retryMilliseconds } = options;
	return { async update(revise) {
		await tryUntilWon(() => tryUpdate(branches, revise), {
			branch: PICTURE_BRANCH,
			what: "pictures were"
		}, retryMilliseconds);
	} };
}
async function tryUpdate(branches, revise) {
	const head = await branches.head(PICTURE_BRANCH);
	const files = head === void 0 ? [] : await branches.list(head);
	const contents = new Map(files.map(({ path, content }) => [path, content]));
	if (head !== void 0 && !contents.has("pictures.json")) throw new InputError(`the branch ${PICTURE_BRANCH} has no ${PICTURE_INDEX}, so that somebody else's work may be on it; rename or delete it, and pictures are shown again`);
	const index = head === void 0 ? void 0 : await branches.readFile(head, PICTURE_INDEX, { maximumBytes: MAXIMUM_INDEX_BYTES });
	const revision = await revise({
		paths: new Set(contents.keys()),
		index: index && new TextDecoder().decode(index)
	});
	if (revision === void 0) return true;
	return await branches.replace({
		branch: PICTURE_BRANCH,
		expected: head,
		message: revision.message,
		files: filesOf(revision, contents)
	}) !== void 0;
}
function filesOf({ keep, add, index }, contents) {
	const kept = keep.flatMap((path) => {
		const content = contents.get(path);
		return content === void 0 ? [] : [[path, { content }]];
	});
	return {
		...Object.fromEntries(kept),
		...add,
		[PICTURE_INDEX]: index,
		[README]: ABOUT
	};
}

export { createBranchHistory, createCodeHost, createGithubModelRegistry, createOctokit, createPictureBranch, createStorageClient, parseRepositoryName, request, requestOrUndefined, statusOf };