import { EXIT_CODE, InputError, exitCodeOf, messageOf } from "./core.js";
import { renderHtmlReport } from "./core-report-html.js";
import { decideReplacement, escapeText, hasOutsideScores, judge, parseMarker, renderComment, renderDriftEvidence, renderJobSummary, renderMarker, renderStatus, worstFirst } from "./core-comparison.js";
import { applyAcceptance, findAcceptance, isMissingPermission, isOwnAuthor } from "./stages.js";
import { recordUse } from "./stages-ledger.js";
import { DOCUMENT_KINDS, parseAnyDocument } from "./core-documents.js";
import { basename, join, resolve } from "node:path";

// src/stages/report/read-evidence.ts
const FILE_NAMES = new Set(DOCUMENT_KINDS.map((kind) => `${kind}.json`));
async function readEvidence(patterns, place) {
	const found = [];
	for (const file of await findDocuments(patterns, place)) {
		const text = await place.files.readText(resolve(place.workingDirectory, file));
		if (text !== void 0) found.push({
			file,
			document: parseAnyDocument(text, file)
		});
	}
	if (found.length === 0) throw new InputError(`there is no evidence in ${patterns.join(", ")}; run compare-models first, or name files or folders with the input evidence (--evidence)`);
	return groupByModel(found);
}
function commitOfEvidence(evidence, context) {
	const commits = new Set(evidence.flatMap(({ validation, training, comparison, drift }) => [
		validation,
		training,
		comparison,
		drift
	]).flatMap((document) => document?.source.headCommit ?? []));
	const foreign = [...commits].find((commit) => commit !== context.headCommit);
	const [any] = commits;
	return {
		commit: (commits.size > 1 ? foreign : any) ?? context.headCommit,
		mixed: commits.size > 1
	};
}
async function findDocuments(patterns, { workingDirectory, files }) {
	const found = /* @__PURE__ */ new Set();
	for (const pattern of patterns) {
		const matches = await files.find([pattern], workingDirectory);
		const isFile = matches.length === 1 && matches[0] === pattern;
		const folder = pattern.replace(/[/\\]+$/, "");
		const below = matches.length > 0 ? matches : await files.find([`${folder}/*.json`, `${folder}/*/*.json`], workingDirectory);
		for (const file of below) if (isFile || FILE_NAMES.has(basename(file))) found.add(file);
	}
	return [...found].sort();
}
function groupByModel(found) {
	const models = /* @__PURE__ */ new Map();
	for (const one of found) {
		const { model, kind } = one.document;
		const documents = models.get(model) ?? /* @__PURE__ */ new Map();
		const twin = documents.get(kind);
		if (twin !== void 0) throw new InputError(`${twin.file} and ${one.file} are both the ${kind} of ${model}; name one of them with the input evidence (--evidence)`);
		models.set(model, documents.set(kind, one));
	}
	return [...models].sort(([left], [right]) => left < right ? -1 : 1).map(([model, documents]) => {
		const entries = [...documents.values()].map(({ document }) => [document.kind, document]);
		const { release: _published, ...evidence } = Object.fromEntries(entries);
		return {
			...evidence,
			model
		};
	});
}

// src/stages/report/sticky-comment.ts
const JOB_LOGIN = "github-actions[bot]";
const SEAL = /^<!-- contender-seal ([0-9a-f]{32}) -->$/;
const FAILING = /^### (❌|⛔)/u;
function planComment(request, discussion) {
	const { models, run, key, sha256 } = request;
	const comment = renderComment({
		models,
		run,
		sha256,
		...key === void 0 ? {} : { key }
	});
	const body = seal(comment, sha256);
	const { marker } = comment;
	const existing = findSticky(discussion, marker.key);
	const { headCommit } = discussion.pull;
	const plan = {
		existing,
		body,
		marker
	};
	if (marker.commit !== void 0 && marker.commit !== headCommit) return {
		...plan,
		kind: "older"
	};
	const known = existing && parseMarker(existing.body);
	if (existing === void 0 || known === void 0) return {
		...plan,
		kind: "create"
	};
	const replacement = decideReplacement({
		existing: known,
		proposed: marker,
		headCommit
	});
	if (replacement === "older") return {
		...plan,
		kind: "older"
	};
	const asWritten = replacement === "unchanged" && isSealed(existing.body, sha256);
	return {
		...plan,
		kind: asWritten ? "unchanged" : "update"
	};
}
async function carryOutPlan(plan, discussion, host) {
	const { number } = discussion.pull;
	switch (plan.kind) {
		case "create": return await createOne(plan, number, host);
		case "update": return plan.existing && await rewrite({
			...plan,
			existing: plan.existing
		}, discussion, host);
		default: return plan.existing;
	}
}
async function createOne(plan, number, host) {
	const created = await host.comments.create(number, plan.body);
	const [oldest] = (await host.comments.list(number)).filter(({ author, body }) => author === created.author && parseMarker(body)?.key === plan.marker.key).sort((left, right) => left.id - right.id);
	if (oldest === void 0 || oldest.id === created.id) return created;
	await host.comments.delete(created.id);
	const known = parseMarker(oldest.body);
	return (known && decideReplacement({
		existing: known,
		proposed: plan.marker,
		headCommit: plan.marker.commit
	})) === "replace" ? await host.comments.update(oldest.id, plan.body) : oldest;
}
async function rewrite(plan, discussion, host) {
	const { existing, body } = plan;
	if (FAILING.test(existing.body) !== FAILING.test(body) && !wasTold(plan, discussion)) await host.comments.create(discussion.pull.number, renderTurn(plan));
	return await host.comments.update(existing.id, body);
}
function renderTurn({ existing, body, marker }) {
	const [title = ""] = body.split("\n");
	return `${FAILING.test(body) ? "Now failing" : "No longer failing"}: ${title.replace(/^### /, "")} ([report](${existing.url}))\n\n${renderMarker(turnMarker(marker))}\n`;
}
function wasTold({ marker }, { comments, viewer }) {
	const wanted = turnMarker(marker);
	return comments.some(({ author, body }) => {
		const told = isOwnAuthor(author, viewer) ? parseMarker(body) : void 0;
		return told?.key === wanted.key && told.commit === wanted.commit && told.content === wanted.content;
	});
}
function turnMarker({ key, commit, content }) {
	return {
		key: `turn.${key}`,
		commit,
		content
	};
}
function findSticky({ comments, viewer }, key) {
	const own = comments.filter(({ author, body }) => isOwnAuthor(author, viewer) && parseMarker(body)?.key === key).sort((left, right) => left.id - right.id);
	return (viewer === void 0 ? own.find(({ author }) => author === JOB_LOGIN) : void 0) ?? own[0];
}
function seal({ body, marker }, sha256) {
	const line = renderMarker(marker);
	const text = body.trimEnd().slice(0, -line.length).trim();
	return `${text}\n\n<!-- contender-seal ${sha256(text).slice(0, 32)} -->\n${line}\n`;
}
function isSealed(body, sha256) {
	const lines = body.replaceAll("\r\n", "\n").trimEnd().split("\n");
	return SEAL.exec(lines.at(-2)?.trim() ?? "")?.[1] === sha256(lines.slice(0, -2).join("\n").trim()).slice(0, 32);
}

// src/stages/report/troubles.ts
var Troubles = class {
	#world;
	#exitCode = EXIT_CODE.passed;
	constructor(world) {
		this.#world = world;
	}
	get exitCode() {
		return this.#exitCode;
	}
	async survive(work) {
		try {
			return await work();
		} catch (error) {
			this.#note(error);
			return;
		}
	}
	#note(error) {
		const { log, context } = this.#world;
		const code = exitCodeOf(error);
		if (code === EXIT_CODE.bug) throw error;
		if (isMissingPermission(error)) {
			log.warning(messageOf(error));
			if (context.untrusted) return;
		} else log.error(messageOf(error));
		if (code > this.#exitCode) this.#exitCode = code;
	}
};

// src/stages/report/report-metrics.ts
async function runReportMetrics(request, ports) {
	checkKey(request.key);
	const { world, host } = ports;
	const troubles = new Troubles(world);
	const patterns = request.evidence.length === 0 ? [request.evidenceDirectory] : request.evidence;
	const place = {
		workingDirectory: request.workingDirectory,
		files: world.files
	};
	const evidence = await readEvidence(patterns, place);
	const number = request.pullRequest ?? world.context.pullRequest;
	const run = referToRun(evidence, world);
	if (number !== void 0 && host === void 0) world.log.warning(`there is no token, so pull request ${number} is not told`);
	const discussion = number === void 0 || host === void 0 ? void 0 : await troubles.survive(() => readDiscussion(number, host));
	const models = (await Promise.all(evidence.map((one) => settleAcceptance(one, {
		discussion,
		host,
		troubles,
		world
	})))).filter((one) => number !== void 0 || wasJudged(one));
	const report = await writeReport(request, models, {
		world,
		run
	});
	await ports.summary.write(renderSummary(models, evidence, run));
	const tell = {
		models,
		run,
		request,
		discussion,
		world,
		troubles
	};
	const told = host === void 0 ? {} : await tellHost(tell, host);
	await countUses(tell, ports);
	const verdict = worstVerdict(models) ?? evidence.map(({ drift }) => drift?.verdict ?? "error")[0] ?? "error";
	return {
		exitCode: troubles.exitCode,
		comment: told.kind,
		outputs: {
			verdict,
			evidence: request.evidenceDirectory,
			...report === void 0 ? {} : { report },
			...told.url === void 0 ? {} : { "comment-url": told.url }
		}
	};
}
function checkKey(key) {
	if (key === void 0 || /^[A-Za-z0-9_]+(-[A-Za-z0-9_]+)*$/.test(key)) return;
	throw new InputError(`the input key (--key) is ${JSON.stringify(key)}; write a name of letters, digits, _ and single -`);
}
async function readDiscussion(number, host) {
	const [pull, comments, viewer] = await Promise.all([
		host.pulls.get(number),
		host.comments.list(number),
		host.viewer()
	]);
	return {
		pull,
		comments,
		viewer
	};
}
function referToRun(evidence, { context, log }) {
	const { commit, mixed } = commitOfEvidence(evidence, context);
	if (mixed) log.warning("the evidence is of several commits; run all stages again on one of them");
	return {
		commit,
		run: context.run,
		attempt: context.attempt,
		runUrl: context.runUrl
	};
}
async function settleAcceptance(evidence, { discussion, host, troubles, world }) {
	const { comparison, training } = evidence;
	if (comparison === void 0 || comparison.verdict === "error") return evidence;
	const acceptance = discussion === void 0 || host === void 0 || comparison.promote ? void 0 : await troubles.survive(() => findAcceptance(discussion.comments, comparison.challenger.digest, host));
	const { event } = world.context;
	const selfReported = ((training !== void 0 && training.verdict !== "error" && training.command !== void 0 || training !== void 0 && comparison.exam.fetchRunsChange === true) && comparison.challenger.origin === "training of this run" || hasOutsideScores(comparison)) && (event === "pull_request" || event === "workflow_run");
	return {
		...evidence,
		comparison: applyAcceptance(comparison, acceptance),
		...selfReported ? { selfReported } : {}
	};
}
function wasJudged({ training, comparison }) {
	return training !== void 0 || comparison !== void 0;
}
async function writeReport({ evidenceDirectory, workingDirectory }, models, { world, run }) {
	if (models.length === 0) return void 0;
	const report = join(evidenceDirectory, "report.html");
	await world.files.write(resolve(workingDirectory, report), renderHtmlReport(models, run));
	return report;
}
function renderSummary(models, evidence, run) {
	const parts = models.length === 0 ? [] : [renderJobSummary(models, run)];
	for (const { model, drift } of evidence) {
		if (drift === void 0) continue;
		parts.push(drift.verdict === "error" ? `### Drift check of ${escapeText(model)} stopped\n\n${escapeText(drift.error.message, 600)}\n` : `### Drift check of ${escapeText(model)}: ${drift.verdict}\n\n${renderDriftEvidence(drift)}\n`);
	}
	return parts.join("\n");
}
async function tellHost(telling, host) {
	const { models, run, request, discussion, world, troubles } = telling;
	if (models.length === 0) return {};
	const plan = discussion && request.comment ? planComment({
		models,
		run,
		key: request.key,
		sha256: world.sha256
	}, discussion) : void 0;
	if (plan?.kind !== "unchanged") await setStatuses(telling, host, plan?.existing?.url ?? run.runUrl);
	if (plan === void 0 || discussion === void 0) return {};
	if (plan.kind === "older") world.log.info(`pull request ${discussion.pull.number} is at ${discussion.pull.headCommit.slice(0, 12)} by now; its comment stays`);
	const url = (await troubles.survive(() => carryOutPlan(plan, discussion, host)))?.url;
	return {
		kind: plan.kind,
		...url === void 0 ? {} : { url }
	};
}
async function setStatuses({ models, run, request, world, troubles }, host, url) {
	const { event, pullRequest } = world.context;
	if (!(request.pullRequest !== void 0 || pullRequest !== void 0 || event === "push" || event === "merge_group")) return;
	for (const evidence of models) {
		const commit = commitOfEvidence([evidence], world.context).commit ?? run.commit;
		if (commit === void 0) continue;
		const status = {
			...renderStatus(evidence),
			...url === void 0 ? {} : { targetUrl: url }
		};
		await troubles.survive(() => host.statuses.set(commit, status));
	}
}
async function countUses({ models, request, troubles }, ports) {
	for (const { comparison, selfReported } of models) {
		if (comparison === void 0 || comparison.verdict === "error") continue;
		const recording = {
			comparison,
			selfReported,
			pullRequest: request.pullRequest
		};
		await troubles.survive(() => recordUse(recording, ports));
	}
}
function worstVerdict(models) {
	const [worst] = worstFirst(models.map((evidence) => ({ judgement: judge(evidence) })));
	if (worst === void 0) return void 0;
	return worst.judgement.kind === "failed" ? "error" : worst.judgement.comparison.verdict;
}

export { commitOfEvidence, readEvidence, runReportMetrics };