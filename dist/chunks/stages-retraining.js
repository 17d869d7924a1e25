import { EXIT_CODE, InputError, OutsideError } from "./core.js";
import { recordUseIfPossible } from "./stages-ledger.js";
import { assembleRelease, chooseVersion, digestOfDraft, findDraft, lockPathOf, readDocument, readJudgement, readReleasedJudgement } from "./stages-release.js";
import { besideText, identifyListed, isOwnAuthor, isPullRequestForbidden } from "./stages.js";
import { escapeText, isDashboard, renderDashboard, renderRetrainingBody, renderRetrainingTitle, renderStatus } from "./core-comparison.js";
import { parseLock, renderLock } from "./core-release.js";

// src/stages/retraining/candidate-commit.ts
const TRAILER = /^Contender-Candidate: (?<model>[a-z0-9][a-z0-9-]*) (?<version>\S+) sha256:(?<digest>[0-9a-f]{64})$/;
function branchOf(model) {
	return `contender/retrain-${model}`;
}
function renderCommitMessage({ model, version, digest }) {
	return `chore(${model}): propose ${version}\n\nThe lock file names the candidate that was trained and judged after the drift check.\n\nContender-Candidate: ${model} ${version} sha256:${digest}`;
}
function parseProposal(message) {
	const groups = TRAILER.exec(message.trimEnd().split("\n").at(-1) ?? "")?.groups;
	return groups === void 0 ? void 0 : groups;
}
function findForeignCommits(commits, viewer) {
	return commits.filter(({ author, message }) => parseProposal(message) === void 0 || !isOwnAuthor(author, viewer));
}

// src/stages/retraining/close-pull-request.ts
const MARK = "<!-- contender kind=retraining-closed -->";
async function closePullRequest(pull, reason, { host, viewer }) {
	if (!await wasClosedByUs(pull, {
		host,
		viewer
	})) await host.comments.create(pull.number, `The drift is gone, so this is not needed any more: ${escapeText(reason, 600)}.\n\nThe branch and the files of the candidate stay for a while; reopen this to take it all the same.\n\n${MARK}\n`);
	await host.pulls.update(pull.number, { state: "closed" });
}
async function wasClosedByUs(pull, { host, viewer }) {
	return (await host.comments.list(pull.number)).some(({ author, body }) => isOwnAuthor(author, viewer) && body.trimEnd().endsWith(MARK));
}

// src/stages/retraining/dashboard.ts
const DASHBOARD_LABEL = "contender-dashboard";
const TITLE = "Contender: champions, drift and retraining";
const STATE = /^<!-- contender-models (?<state>\S+) -->$/m;
const LONGEST_REASON = 300;
async function settleDashboard(model, host) {
	const existing = await findDashboard(host);
	const body = renderBody([...(existing === void 0 ? [] : parseModels(existing.body)).filter((other) => other.model !== model.model), shorten(model)]);
	if (existing === void 0) return await createOne(body, host);
	if (existing.body.trim() === body.trim()) return existing;
	return await host.issues.update(existing.number, { body });
}
async function findDashboard(host) {
	return (await host.issues.findByLabel(DASHBOARD_LABEL)).find(({ body }) => isDashboard(body));
}
async function createOne(body, host) {
	const created = await host.issues.create({
		title: TITLE,
		body,
		labels: [DASHBOARD_LABEL]
	});
	const oldest = await findDashboard(host);
	if (oldest === void 0 || oldest.number >= created.number) return created;
	await host.issues.update(created.number, { state: "closed" });
	return oldest;
}
function renderBody(models) {
	const sorted = [...models].sort((left, right) => left.model < right.model ? -1 : 1);
	const state = encodeURIComponent(JSON.stringify(sorted)).replaceAll("-", "%2D");
	const lines = renderDashboard(sorted).trimEnd().split("\n");
	return `${[
		...lines.slice(0, -1),
		`<!-- contender-models ${state} -->`,
		...lines.slice(-1)
	].join("\n")}\n`;
}
function parseModels(body) {
	const state = STATE.exec(body)?.groups?.state;
	if (state === void 0) return [];
	try {
		const models = JSON.parse(decodeURIComponent(state));
		return Array.isArray(models) ? models.filter((model) => isModel(model)) : [];
	} catch {
		return [];
	}
}
function isModel(value) {
	if (!hasTexts(value, ["model"])) return false;
	const { champion, lastCheck, retraining, openLink, snoozedUntil, withheld } = value;
	return (champion === void 0 || hasTexts(champion, ["version"]) && isOptionalText(champion.url)) && (lastCheck === void 0 || hasTexts(lastCheck, [
		"on",
		"verdict",
		"recommendation",
		"reason"
	])) && (retraining === void 0 || hasTexts(retraining, ["url"]) && typeof retraining.number === "number") && [
		openLink,
		snoozedUntil,
		withheld
	].every(isOptionalText);
}
function hasTexts(value, names) {
	if (typeof value !== "object" || value === null) return false;
	return names.every((name) => typeof Reflect.get(value, name) === "string");
}
function isOptionalText(value) {
	return value === void 0 || typeof value === "string";
}
function shorten(model) {
	const { lastCheck, withheld } = model;
	return {
		...model,
		...lastCheck === void 0 ? {} : { lastCheck: {
			...lastCheck,
			reason: lastCheck.reason.slice(0, LONGEST_REASON)
		} },
		...withheld === void 0 ? {} : { withheld: withheld.slice(0, LONGEST_REASON) }
	};
}

// src/stages/retraining/pauses.ts
const SNOOZE_LABEL = "contender:snooze";
const DAY = 864e5;
async function findPause(pulls, cooldownDays, world) {
	if (cooldownDays === 0) return void 0;
	const declined = pulls.filter((pull) => pull.state === "closed" && !pull.merged && pull.closedAt !== void 0).map((pull) => ({
		pull,
		until: Date.parse(pull.closedAt ?? "") + cooldownDays * DAY
	})).filter(({ until }) => until > world.now).sort((left, right) => right.until - left.until);
	for (const { pull, until } of declined) if (!await wasClosedByUs(pull, world)) return until;
}
function isOlderThan(moment, days, now) {
	return Date.parse(moment) + days * DAY <= now;
}

// src/stages/retraining/old-drafts.ts
async function removeOldDrafts(request, ports) {
	const { pulls, keepDays, current } = request;
	const { registry, world } = ports;
	const drafts = (await registry.listDrafts(request.model)).flatMap((draft) => {
		const digest = digestOfDraft(draft, world);
		return digest === void 0 || digest === current ? [] : [{
			draft,
			digest
		}];
	});
	if (drafts.length === 0) return;
	const open = pulls.filter(({ state }) => state === "open");
	const protectedDigests = /* @__PURE__ */ new Set();
	for (const pull of open) {
		const digest = await lockedDigest(pull, request, ports);
		if (digest !== void 0) protectedDigests.add(digest);
	}
	for (const pull of pulls) {
		const proposed = await proposedDigests(pull, request, ports);
		for (const { draft, digest } of drafts) {
			if (!proposed.has(digest) || protectedDigests.has(digest)) continue;
			if (!isOlderThan(pull.closedAt ?? draft.createdAt, keepDays, world.now())) continue;
			await removeDraft(draft, ports);
		}
	}
}
async function removeDraft(draft, { registry, world }) {
	world.log.info(`deleting the draft ${draft.tag} of a retraining that is over`);
	await registry.deleteDraft(draft);
}
async function proposedDigests(pull, request, ports) {
	const digests = (await ports.host.branches.commitsBetween(pull.baseCommit, pull.headCommit)).flatMap(({ message }) => parseProposal(message)?.digest ?? []);
	const locked = await lockedDigest(pull, request, ports);
	return new Set(locked === void 0 ? digests : [...digests, locked]);
}
async function lockedDigest(pull, { lockPath }, { host, world }) {
	const content = await host.branches.readFile(pull.headCommit, lockPath);
	if (content === void 0) return void 0;
	try {
		return parseLock(new TextDecoder().decode(content), `${lockPath} of #${pull.number}`).digest;
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		world.log.info(error.message);
		return;
	}
}

// src/stages/retraining/settle-branch.ts
const TRIES = 4;
async function settleBranch(request, host) {
	const { branch, base, lockPath, lockText, viewer } = request;
	for (let tried = 0; tried < TRIES; tried += 1) {
		const [parent, expected] = await Promise.all([host.branches.head(base), host.branches.head(branch)]);
		if (parent === void 0) throw new InputError(`there is no branch ${base} to propose a retraining for; correct the input base`);
		if (expected !== void 0) {
			const commits = await host.branches.commitsBetween(parent, expected);
			const foreign = findForeignCommits(commits, viewer);
			if (foreign.length > 0) return {
				head: expected,
				foreign
			};
			const content = await host.branches.readFile(expected, lockPath);
			if (commits.length > 0 && content !== void 0 && new TextDecoder().decode(content) === lockText) return {
				head: expected,
				written: false,
				author: commits[0]?.author
			};
		}
		const head = await host.branches.commit({
			branch,
			parent,
			expected,
			message: renderCommitMessage(request.proposal),
			files: { [lockPath]: lockText }
		});
		if (head !== void 0) {
			const [newest] = await host.branches.commitsBetween(parent, head);
			return {
				head,
				written: true,
				author: newest?.author
			};
		}
	}
	throw new OutsideError(`the branch ${branch} moved each time it was written; run this again`);
}

// src/stages/retraining/settle-pull-request.ts
function isSettled(open, wish) {
	return open !== void 0 && open.title === wish.title && open.body.replaceAll("\r\n", "\n").trim() === finished(wish).trim();
}
async function settlePullRequest(open, wish, { host, log }) {
	if (open !== void 0 && isSettled(open, wish)) return {
		operation: "unchanged",
		pull: open
	};
	const pull = open ?? await createUnlessForbidden(wish, {
		host,
		log
	});
	if (pull === void 0) return { operation: "forbidden" };
	if (!/<!-- contender-candidate [0-9a-f ]+ -->\s*$/.test(pull.body)) {
		await host.issues.addLabels(pull.number, wish.labels);
		await askReviewers(pull.number, wish.reviewers, {
			host,
			log
		});
	}
	const settled = await host.pulls.update(pull.number, {
		title: wish.title,
		body: finished(wish)
	});
	return {
		operation: open === void 0 ? "created" : "updated",
		pull: settled
	};
}
function finished({ body, head, digest }) {
	return `${body.trimEnd()}\n\n<!-- contender-candidate ${head} ${digest} -->\n`;
}
async function createUnlessForbidden({ title, body, branch, base }, { host, log }) {
	try {
		return await host.pulls.create({
			title,
			body,
			head: branch,
			base
		});
	} catch (error) {
		if (!isPullRequestForbidden(error)) throw error;
		log.warning(error.message);
		return;
	}
}
async function askReviewers(number, reviewers, { host, log }) {
	for (const reviewer of reviewers) try {
		await host.pulls.requestReviewers(number, [reviewer]);
	} catch (error) {
		if (!(error instanceof InputError) && !(error instanceof OutsideError)) throw error;
		log.warning(`${reviewer} was not asked to review: ${error.message}`);
	}
}

// src/stages/retraining/store-candidate.ts
async function storeCandidate({ setup, judged, champion, commit }, ports) {
	const { registry, world } = ports;
	const { model } = setup.configuration;
	const version = await chooseVersion({
		wanted: "auto",
		judged,
		champion,
		registry
	});
	const draft = await findDraft({
		model,
		digest: judged.training.digest
	}, ports);
	if (draft?.manifest.version === version && draft.manifest.previous === champion?.manifest.version) return {
		manifest: draft.manifest,
		judged: await readReleasedJudgement(draft, world)
	};
	const { manifest, ...request } = await assembleRelease({
		judged,
		setup,
		version,
		commit,
		target: commit
	}, world);
	await registry.createDraft(request);
	return {
		manifest,
		judged
	};
}
function buildLock({ manifest, judged }) {
	const { champion } = judged.comparison;
	return {
		schemaVersion: 1,
		model: manifest.model,
		version: manifest.version,
		digest: manifest.digest,
		...champion?.version === void 0 ? {} : { champion: {
			version: champion.version,
			digest: champion.digest
		} },
		trainingData: manifest.trainingData,
		windows: manifest.windows ?? {
			training: {},
			holdout: {}
		},
		metrics: manifest.metrics
	};
}

// src/stages/retraining/propose.ts
const JOB_LOGIN = "github-actions[bot]";
async function propose(facts, judged) {
	const { request, ports, champion, branch, lockPath, viewer, open } = facts;
	const { host, world } = ports;
	const base = request.base ?? await host.defaultBranch();
	const commit = await host.branches.head(base) ?? base;
	const stored = await storeCandidate({
		setup: request.setup,
		judged,
		champion,
		commit
	}, ports);
	const { model, version, digest } = stored.manifest;
	const settled = await settleBranch({
		branch,
		base,
		lockPath,
		viewer,
		lockText: renderLock(buildLock(stored)),
		proposal: {
			model,
			version,
			digest
		}
	}, host);
	if (settled.foreign !== void 0) {
		const reason = `${settled.foreign[0]?.author} has committed to ${branch}, and commits of others are never overwritten; merge or delete the branch to get the new candidate ${version}`;
		world.log.warning(reason);
		return {
			operation: "unchanged",
			reason,
			withheld: reason,
			pull: open,
			digest
		};
	}
	const wish = describeWish(facts, stored, {
		base,
		head: settled.head,
		author: settled.author
	});
	if (settled.written || !isSettled(open, wish)) {
		const { context, ...status } = renderStatus({
			model,
			comparison: stored.judged.comparison
		});
		await host.statuses.set(settled.head, {
			context,
			...status
		});
	}
	const result = await settlePullRequest(open, wish, {
		host,
		log: world.log
	});
	if (result.operation === "forbidden") {
		const openLink = compareLink(facts, wish);
		return {
			operation: "unchanged",
			reason: `actions may not open pull requests here; the branch ${branch} is ready, and this opens it: ${openLink}`,
			openLink,
			digest
		};
	}
	const { operation, pull } = result;
	return {
		operation,
		reason: `${version} is better, ${pull.url}`,
		pull,
		digest
	};
}
function describeWish(facts, stored, place) {
	const { request, drift, lockPath: lockFile, cooldownDays, viewer, branch } = facts;
	const { retraining } = request.setup.configuration;
	const { comparison } = stored.judged;
	const { version, digest } = stored.manifest;
	const text = {
		drift,
		comparison,
		version,
		lockFile,
		cooldownDays,
		token: viewer === void 0 && (place.author === void 0 || place.author === JOB_LOGIN) ? "job" : "app-or-person",
		run: referToRun(facts, stored)
	};
	return {
		branch,
		digest,
		base: place.base,
		head: place.head,
		title: renderRetrainingTitle(text),
		body: renderRetrainingBody(text),
		labels: request.labels.length > 0 ? request.labels : retraining.labels,
		reviewers: request.reviewers.length > 0 ? request.reviewers : retraining.reviewers
	};
}
function referToRun({ ports }, { judged }) {
	const { run, attempt, headCommit } = judged.comparison.source;
	const { owner, name } = ports.host.repository;
	const { serverUrl } = ports.world.context;
	return {
		commit: headCommit,
		run,
		attempt,
		...run !== void 0 && /^\d+$/.test(run) ? { runUrl: `${serverUrl}/${owner}/${name}/actions/runs/${run}` } : {}
	};
}
function compareLink({ ports, branch }, { base, title }) {
	const { owner, name } = ports.host.repository;
	const range = [base, branch].map((part) => part.split("/").map(encodeURIComponent).join("/")).join("...");
	return `${ports.world.context.serverUrl}/${owner}/${name}/compare/${range}?quick_pull=1&title=${encodeURIComponent(title)}`;
}

// src/stages/retraining/read-evidence.ts
async function readDrift(directory, model, { files }) {
	const drift = await readDocument("drift", {
		directory,
		model,
		files
	});
	if (drift === void 0) throw new InputError(`${directory}/drift.json does not exist; run check-drift before open-retraining-pr`);
	if (drift.verdict === "error") throw new InputError(`the drift check ended with an error: ${drift.error.message}`);
	return drift;
}
async function findCandidate(directory, champion, { model, world }) {
	const judged = await readOrExplain(directory, model, world);
	if (judged === void 0) return { withheld: "no candidate was trained and compared" };
	if (typeof judged === "string") return { withheld: judged };
	const { verdict, promote, challenger, champion: against } = judged.comparison;
	if (verdict !== "better") return { withheld: `the candidate is ${verdict}, not better` };
	if (!promote) return { withheld: "the candidate is better, but not every gate passes" };
	if (against?.digest !== champion?.manifest.digest) return { withheld: "the candidate was judged against another champion than that of now" };
	const { files = [] } = judged.training;
	const found = await identifyListed(judged.modelPath, files.map(({ name }) => name), world);
	if (found.digest !== challenger.digest || judged.training.digest !== challenger.digest) throw new InputError(`the candidate ${judged.modelPath}${besideText(files)} has the digest ${found.digest}, but ${challenger.digest} was judged; train and compare again`);
	return { judged };
}
async function findComparison(directory, model, { files }) {
	try {
		const comparison = await readDocument("comparison", {
			directory,
			model,
			files
		});
		return comparison === void 0 || comparison.verdict === "error" ? void 0 : comparison;
	} catch (error) {
		if (error instanceof InputError) return void 0;
		throw error;
	}
}
async function readOrExplain(directory, model, world) {
	try {
		return await readJudgement(directory, model, world);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		world.log.warning(error.message);
		return error.message;
	}
}

// src/stages/retraining/open-retraining-pr.ts
async function runOpenRetrainingPr(request, ports) {
	const facts = await gatherFacts(request, ports);
	const ending = await decide(facts);
	const { log } = ports.world;
	log.info(`${ending.operation}: ${ending.reason}`);
	await countRetraining(facts);
	await tidyDrafts(facts, ending);
	await tellDashboard(facts, ending);
	const url = ending.pull?.url ?? ending.openLink ?? "";
	return {
		operation: ending.operation,
		reason: ending.reason,
		exitCode: EXIT_CODE.passed,
		evidence: facts.directory,
		outputs: {
			verdict: facts.drift.verdict,
			operation: ending.operation,
			"pull-request": ending.pull === void 0 ? "" : String(ending.pull.number),
			url
		}
	};
}
async function gatherFacts(request, ports) {
	const { setup } = request;
	const { registry, host, world, repository } = ports;
	const { model, retraining } = setup.configuration;
	const directory = request.evidence ?? setup.evidenceDirectory;
	const drift = await readDrift(directory, model, world);
	const lockPath = lockPathOf(setup, repository?.directory ?? request.workingDirectory);
	if (lockPath === void 0) throw new InputError("a retraining is proposed by the lock file beside the config; write a contender.yml in the repository");
	const branch = branchOf(model);
	const { owner, name } = host.repository;
	const [reference, viewer, found] = await Promise.all([
		registry.findChampion(model),
		host.viewer(),
		host.pulls.findByHead(`${owner}:${branch}`, "all")
	]);
	const champion = reference && await registry.download(reference, await world.files.temporaryDirectory("champion"));
	const pulls = found.filter(({ headRepository }) => headRepository === `${owner}/${name}`);
	return {
		request,
		ports,
		drift,
		champion,
		directory,
		lockPath,
		branch,
		viewer,
		pulls,
		cooldownDays: request.cooldownDays ?? retraining.cooldownDays,
		open: pulls.find(({ state }) => state === "open")
	};
}
async function decide(facts) {
	const { drift, open, ports, champion, directory, request } = facts;
	if (open?.labels.includes("contender:snooze")) {
		const reason = `pull request ${open.number} has the label ${SNOOZE_LABEL}`;
		return {
			operation: "snoozed",
			reason,
			withheld: reason,
			pull: open
		};
	}
	if (drift.recommendation !== "retrain") return await settleWithoutRetraining(facts);
	const { model } = request.setup.configuration;
	const candidate = await findCandidate(directory, champion, {
		model,
		world: ports.world
	});
	if (candidate.judged === void 0) {
		const { withheld } = candidate;
		return {
			operation: "unchanged",
			reason: withheld,
			withheld,
			pull: open
		};
	}
	if (open === void 0) {
		const world = {
			host: ports.host,
			viewer: facts.viewer,
			now: ports.world.now()
		};
		const until = await findPause(facts.pulls, facts.cooldownDays, world);
		if (until !== void 0) {
			const snoozedUntil = new Date(until).toISOString().slice(0, 10);
			return {
				operation: "snoozed",
				reason: `the last one was declined; the next is opened after ${snoozedUntil}`,
				snoozedUntil
			};
		}
	}
	return await propose(facts, candidate.judged);
}
async function settleWithoutRetraining(facts) {
	const { drift, open, ports, viewer } = facts;
	const isGone = drift.recommendation === "none" && (drift.verdict === "stable" || drift.verdict === "drift");
	const ending = {
		operation: "unchanged",
		reason: drift.reason,
		pull: open
	};
	if (open === void 0 || !isGone) return ending;
	const { host } = ports;
	const commits = await host.branches.commitsBetween(open.baseBranch, open.headCommit);
	const foreign = findForeignCommits(commits, viewer);
	if (foreign.length > 0) {
		const reason = `the drift is gone, but ${foreign[0]?.author} has committed to ${facts.branch}: pull request ${open.number} stays open`;
		ports.world.log.warning(reason);
		return {
			...ending,
			reason,
			withheld: reason
		};
	}
	await closePullRequest(open, drift.reason, {
		host,
		viewer
	});
	return {
		operation: "closed",
		reason: `the drift is gone: ${drift.reason}`,
		pull: open
	};
}
async function countRetraining({ directory, request, ports }) {
	const { model } = request.setup.configuration;
	const comparison = await findComparison(directory, model, ports.world);
	if (comparison !== void 0) await recordUseIfPossible({ comparison }, ports);
}
async function tidyDrafts(facts, ending) {
	const { configuration } = facts.request.setup;
	const { lockPath, pulls, ports } = facts;
	const keepDays = configuration.release.keepDraftsDays;
	const wanted = {
		model: configuration.model,
		pulls,
		lockPath,
		current: ending.digest,
		keepDays
	};
	await removeOldDrafts(wanted, ports);
}
async function tellDashboard(facts, ending) {
	const { host, world } = facts.ports;
	try {
		await settleDashboard(describeModel(facts, ending), host);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		world.log.warning(`the dashboard issue was not written: ${error.message}`);
	}
}
function describeModel({ request, champion, drift }, ending) {
	const { pull, openLink, snoozedUntil, withheld, operation } = ending;
	const isOpen = pull !== void 0 && operation !== "closed";
	const on = drift.measured.createdAt?.slice(0, 10);
	return {
		model: request.setup.configuration.model,
		...champion && { champion: {
			version: champion.manifest.version,
			url: champion.reference.url
		} },
		...on !== void 0 && { lastCheck: {
			on,
			verdict: drift.verdict,
			recommendation: drift.recommendation,
			reason: drift.reason
		} },
		...isOpen && { retraining: {
			number: pull.number,
			url: pull.url
		} },
		...openLink !== void 0 && { openLink },
		...snoozedUntil !== void 0 && { snoozedUntil },
		...withheld !== void 0 && { withheld }
	};
}

export { runOpenRetrainingPr };