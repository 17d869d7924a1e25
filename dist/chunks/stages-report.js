import { EXIT_CODE, InputError, OutsideError, exitCodeOf, messageOf } from "./core.js";
import { renderHtmlReport } from "./core-report-html.js";
import { PICTURE_BUDGET, decideReplacement, formatBytes, hasOutsideScores, judge, openComment, parseMarker, picturePath, renderComment, renderDriftSummaries, renderJobSummary, renderMarker, renderStatus, validAcceptance, worstFirst } from "./core-comparison.js";
import { DOCUMENT_KINDS, parseAnyDocument } from "./core-documents.js";
import { findPullRequestOf } from "./stages-other-jobs.js";
import { applyAcceptance, artifactOutputs, findAcceptance, isMissingPermission, isOwnAuthor, isWithoutSecrets, uploadEvidence } from "./stages.js";
import { recordUse } from "./stages-ledger.js";
import { THEMES, addReport, buildPictures, hasReport, parsePictureIndex, renderPictureIndex } from "./core-report-pictures.js";
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
	const commits = new Set(headCommitsOf(evidence));
	const foreign = [...commits].find((commit) => commit !== context.headCommit);
	const [any] = commits;
	return {
		commit: (commits.size > 1 ? foreign : any) ?? context.headCommit,
		mixed: commits.size > 1
	};
}
function documentsOf(evidence) {
	return evidence.flatMap(({ validation, training, comparison, drift }) => [
		validation,
		training,
		comparison,
		drift
	]).filter((document) => document !== void 0);
}
function headCommitsOf(evidence) {
	return documentsOf(evidence).flatMap((document) => document.source.headCommit ?? []);
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

// src/stages/report/collect-evidence.ts
const LIMITS = {
	files: 2e3,
	archiveBytes: 15e8,
	bytes: 2e8,
	wanted: (path) => /^([^/]+\/){0,2}[a-z]+\.json$/.test(path)
};
async function collectEvidence(request, ports) {
	const { pinned, workingDirectory } = request;
	const { world } = ports;
	const { context, files } = world;
	if (pinned.length === 0) {
		const patterns = request.evidence.length === 0 ? [request.evidenceDirectory] : request.evidence;
		if (context.upstream?.event === "pull_request" && request.evidence.length === 0) throw unpinned();
		const evidence = await readEvidence(patterns, {
			workingDirectory,
			files
		});
		if (context.upstream !== void 0) refuseOtherCommits(evidence, context.headCommit);
		return evidence;
	}
	const unpacked = [];
	for (const reference of pinned) unpacked.push(await unpack(reference, ports));
	const folders = unpacked.map(({ folder }) => folder);
	const evidence = await readEvidence(folders, {
		workingDirectory,
		files
	});
	refuseOtherCommits(evidence, context.headCommit);
	if (context.headCommit !== void 0) refuseUnnamedCommits(evidence);
	return context.event !== "issue_comment" && unpacked.some((one) => one.isForeign) ? evidence.map((one) => ({
		...one,
		selfReported: true
	})) : evidence;
}
function unpinned() {
	return new InputError("artifact-id is empty: the job that judges left no evidence; look at its log, and hand its outputs artifact-id and artifact-digest to this step");
}
async function unpack(reference, { world, artifacts }) {
	if (artifacts === void 0) throw new InputError("artifact-id is given, but there is no artifact service here (GitHub Enterprise Server, or no runner); download the files in a step before this one, and name them with the input evidence");
	const known = await artifacts.find(reference.id);
	if (known === void 0) throw new InputError(`there is no artifact ${reference.id} any more; run the job again that made it, so that it hands on a new one`);
	const folder = await world.files.temporaryDirectory("evidence");
	await artifacts.unpack(reference, folder, LIMITS);
	return {
		folder,
		isForeign: known.run !== world.context.run
	};
}
function refuseUnnamedCommits(evidence) {
	const unnamed = documentsOf(evidence).find(({ source }) => source.headCommit === void 0);
	if (unnamed === void 0) return;
	throw new InputError(`the ${unnamed.kind} of ${unnamed.model} names no commit, so no stage of this run wrote it; remove files committed below the evidence directory`);
}
function refuseOtherCommits(evidence, wanted) {
	const other = headCommitsOf(evidence).find((commit) => commit !== wanted);
	if (other === void 0 || wanted === void 0) return;
	throw new InputError(`the evidence is of the commit ${other.slice(0, 40)}, but this run is for ${wanted}; report what a job of this run made`);
}

// src/stages/report/sticky-comment.ts
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
function findShownEvidence(discussion, key, sha256) {
	const [existing] = findSticky(discussion, key ?? "report");
	const opened = existing && openComment(existing.body, sha256);
	if (opened === void 0 || opened.marker.commit !== discussion.pull.headCommit) return void 0;
	return opened.state.artifacts.length === 0 ? void 0 : opened.state.artifacts;
}
const JOB_LOGIN = "github-actions[bot]";
const FAILING = /^### (❌|⛔)/u;
const TURN_CODES = {
	failing: "fa",
	passing: "0c"
};
function planComment(request, discussion) {
	const { models, run, key, sha256, writer, artifacts = [], isPartial, jobs = 1 } = request;
	const [existing, ...spare] = findSticky(discussion, key ?? "report");
	const earlier = existing && openComment(existing.body, sha256);
	const { merged, body, marker } = renderComment({
		models,
		run,
		sha256,
		writer,
		artifacts,
		earlier,
		isPartial,
		expectsOthers: jobs > 1,
		...key === void 0 ? {} : { key }
	});
	const { headCommit } = discussion.pull;
	const { current, isNews, turn } = merged;
	const plan = {
		existing,
		spare,
		body,
		marker,
		current,
		turn
	};
	if (marker.commit !== void 0 && marker.commit !== headCommit) return {
		...plan,
		kind: "older"
	};
	if (existing === void 0) return {
		...plan,
		kind: "create"
	};
	if (earlier !== void 0) {
		if (isNews) return {
			...plan,
			kind: "update"
		};
		return {
			...plan,
			kind: current.size < models.length ? "older" : "unchanged"
		};
	}
	const known = parseMarker(existing.body);
	const isOlder = known && decideReplacement({
		existing: known,
		proposed: marker,
		headCommit
	}) === "older";
	const turned = FAILING.test(existing.body) !== FAILING.test(body);
	const toldBy = FAILING.test(body) ? "failing" : "passing";
	return {
		...plan,
		turn: turned ? toldBy : void 0,
		kind: isOlder ? "older" : "update"
	};
}
async function carryOutPlan(plan, discussion, host) {
	const { existing, spare } = plan;
	if (plan.kind !== "older") for (const { id } of spare) await host.comments.delete(id);
	switch (plan.kind) {
		case "create": return await createOne(plan, discussion.pull.number, host);
		case "update": return {
			comment: existing && await rewrite({
				...plan,
				existing
			}, discussion, host),
			hadTwin: false
		};
		default: return {
			comment: existing,
			hadTwin: false
		};
	}
}
async function createOne(plan, number, host) {
	const created = await host.comments.create(number, plan.body);
	const [oldest] = (await host.comments.list(number)).filter(({ author, body }) => author === created.author && parseMarker(body)?.key === plan.marker.key).sort((left, right) => left.id - right.id);
	if (oldest === void 0 || oldest.id === created.id) return {
		comment: created,
		hadTwin: false
	};
	await host.comments.delete(created.id);
	return {
		comment: oldest,
		hadTwin: true
	};
}
async function rewrite(plan, discussion, host) {
	const { existing, body, turn } = plan;
	if (turn !== void 0 && findTurns(plan.marker, turn, discussion).length === 0) await host.comments.create(discussion.pull.number, renderTurn(plan, turn));
	return await host.comments.update(existing.id, body);
}
function renderTurn({ existing, body, marker }, turn) {
	const [title = ""] = body.split("\n");
	return `${turn === "failing" ? "Now failing" : "No longer failing"}: ${title.replace(/^### /, "")} ([report](${existing.url}))\n\n${renderMarker(turnMarker(marker, turn))}\n`;
}
function findTurns(marker, turn, { comments, viewer }) {
	const wanted = turnMarker(marker, turn);
	return comments.filter(({ author, body }) => {
		const told = isOwnAuthor(author, viewer) ? parseMarker(body) : void 0;
		return told?.key === wanted.key && told.commit === wanted.commit && told.content === wanted.content;
	}).sort((left, right) => left.id - right.id);
}
async function removeRepeatedTurns({ marker }, discussion, host) {
	for (const turn of ["failing", "passing"]) for (const { id } of findTurns(marker, turn, discussion).slice(1)) await host.comments.delete(id);
}
function turnMarker({ key, commit }, turn) {
	return {
		key: `turn.${key}`,
		commit,
		content: TURN_CODES[turn]
	};
}
function findSticky({ comments, viewer }, key) {
	const own = comments.filter(({ author, body }) => isOwnAuthor(author, viewer) && parseMarker(body)?.key === key).sort((left, right) => left.id - right.id);
	const writer = ((viewer === void 0 ? own.find(({ author }) => author === JOB_LOGIN) : void 0) ?? own[0])?.author;
	return own.filter(({ author }) => author === writer);
}

// src/stages/report/find-target.ts
async function findTarget({ given, key }, { world, host }) {
	const { context, log } = world;
	if (context.event === "issue_comment") return await findShown(key, {
		world,
		host
	});
	const { upstream } = context;
	if (upstream?.event !== "pull_request" || host === void 0) return { number: given ?? context.pullRequest };
	const pull = await findPullRequestOf(upstream, host);
	if (pull === void 0) {
		log.info(`no open pull request has the head ${upstream.headCommit.slice(0, 12)} any more; nobody is told`);
		return "gone";
	}
	if (given !== void 0 && given !== pull.number) throw new InputError(`the input pull-request is ${given}, but the run ${upstream.run} was for #${pull.number}; leave it out, since the pull request is found by its head`);
	return { number: pull.number };
}
async function findShown(key, { world, host }) {
	const { context, log, sha256 } = world;
	if (context.pullRequest === void 0 || host === void 0) {
		log.info("the comment is on no pull request; there is nothing to report");
		return "gone";
	}
	const discussion = await readDiscussion(context.pullRequest, host);
	const shown = findShownEvidence(discussion, key, sha256);
	if (shown !== void 0) return {
		number: context.pullRequest,
		discussion,
		shown
	};
	log.info(`pull request ${context.pullRequest} has no report of its head whose evidence is kept; the next run will see what was accepted`);
	return "gone";
}

// src/stages/report/settle-evidence.ts
const ABOUT_PULL_REQUESTS = [
	"pull_request",
	"workflow_run",
	"issue_comment"
];
async function settleEvidence(evidence, { discussion, host, troubles, world }) {
	const { comparison, training } = evidence;
	if (comparison === void 0 || comparison.verdict === "error") return evidence;
	const acceptance = discussion === void 0 || host === void 0 || comparison.promote ? void 0 : await troubles.survive(() => findAcceptance(discussion.comments, comparison.challenger.digest, host));
	const ownWord = isOwnWord(comparison, training) && ABOUT_PULL_REQUESTS.includes(world.context.event);
	return {
		...evidence,
		comparison: applyAcceptance(comparison, acceptance),
		...ownWord ? { selfReported: true } : {}
	};
}
function isOwnWord(comparison, training) {
	return (training !== void 0 && training.verdict !== "error" && training.command !== void 0 || training !== void 0 && comparison.exam.fetchRunsChange === true) && comparison.challenger.origin === "training of this run" || hasOutsideScores(comparison);
}

// src/stages/report/share-report.ts
async function shareReport({ evidenceDirectory, workingDirectory, key }, { evidence, run, world, artifacts }) {
	const folder = {
		subject: key === void 0 ? "report_html" : `report_html_${key}`,
		evidenceDirectory: resolve(workingDirectory, evidenceDirectory),
		patterns: ["report.html", ...evidence.map(({ model }) => `${model}/**`)]
	};
	const artifact = await uploadEvidence(folder, {
		world,
		artifacts
	});
	return {
		run: artifact !== void 0 && run.runUrl !== void 0 ? {
			...run,
			reportUrl: `${run.runUrl}/artifacts/${artifact.id}`
		} : run,
		artifacts: artifact === void 0 ? [] : [artifact],
		outputs: artifactOutputs(artifact)
	};
}

// src/stages/report/draw-report.ts
function drawReport(wanted, drawing) {
	const files = {};
	let bytesLeft = PICTURE_BUDGET.report;
	const models = wanted.map(({ evidence, pictures }) => {
		const shown = {};
		for (const picture of pictures) {
			const drawn = drawPicture(picture, evidence.model, drawing);
			if (drawn.largest > PICTURE_BUDGET.picture || drawn.bytes > bytesLeft) {
				drawing.log.info(leftOut(picture.kind, evidence.model, drawn));
				continue;
			}
			bytesLeft -= drawn.bytes;
			Object.assign(files, drawn.files);
			shown[picture.kind] = drawn.shown;
		}
		return withPictures(evidence, shown);
	});
	const paths = Object.keys(files).sort();
	if (paths.length === 0) return void 0;
	return {
		models,
		files,
		report: {
			...drawing.place,
			files: paths
		}
	};
}
function withPictures(evidence, pictures) {
	return Object.keys(pictures).length === 0 ? evidence : {
		...evidence,
		pictures
	};
}
function drawPicture({ kind, chart, alternative }, model, { place, renderer, sha256 }) {
	const light = renderer.render(chart, "light");
	const dark = renderer.render(chart, "dark");
	const hash = sha256(light + dark).slice(0, 16);
	const pathOf = (theme) => picturePath({
		...place,
		model,
		kind,
		theme,
		hash
	});
	const [lightPath, darkPath] = THEMES.map(pathOf);
	const sizes = [light, dark].map((text) => Buffer.byteLength(text));
	return {
		files: {
			[lightPath]: light,
			[darkPath]: dark
		},
		shown: {
			paths: {
				light: lightPath,
				dark: darkPath
			},
			alternative
		},
		bytes: sizes.reduce((sum, size) => sum + size, 0),
		largest: Math.max(...sizes)
	};
}
function leftOut(kind, model, { bytes }) {
	const { picture, report } = PICTURE_BUDGET;
	return `${model} is reported without the picture ${kind} (${formatBytes(bytes)} in both themes): one may have ${formatBytes(picture)}, all of a report together ${formatBytes(report)}`;
}

// src/stages/report/pictures.ts
async function drawPictures(request, discussion, work) {
	const store = await work.tools.store();
	const drawn = store && await draw(request, discussion.pull.number, work);
	if (store === void 0 || drawn === void 0) return request;
	const withPictures = {
		...request,
		models: drawn.models
	};
	if (planComment(withPictures, discussion).kind === "older") return withPictures;
	try {
		await store.update((stored) => revise(stored, drawn, work.host));
		return withPictures;
	} catch (error) {
		tellRefusal(error, work.world);
		return request;
	}
}
async function draw({ models, key = "report", sha256 }, pullRequest, { tools, world }) {
	const wanted = models.map((evidence) => ({
		evidence,
		pictures: picturesOf(evidence)
	}));
	if (wanted.every(({ pictures }) => pictures.length === 0)) return void 0;
	return drawReport(wanted, {
		place: {
			pullRequest,
			key
		},
		sha256,
		renderer: await tools.renderer(),
		log: world.log
	});
}
function picturesOf({ comparison }) {
	if (comparison === void 0 || comparison.verdict === "error" || comparison.verdict === "unchanged") return [];
	return buildPictures(comparison);
}
async function revise({ paths, index }, { files, report }, host) {
	const known = parsePictureIndex(index);
	if (hasReport(known, report) && report.files.every((file) => paths.has(file))) return void 0;
	const open = known.length < 50 ? /* @__PURE__ */ new Set() : new Set(await host.pulls.listOpen());
	const reports = addReport(known, report, (number) => open.has(number));
	return {
		keep: reports.flatMap((one) => one.files),
		index: renderPictureIndex(reports),
		add: files,
		message: `Pictures of pull request ${report.pullRequest}`
	};
}
function tellRefusal(error, { log, context }) {
	if (!(error instanceof InputError) && !(error instanceof OutsideError)) throw error;
	if (isMissingPermission(error) && isWithoutSecrets(context)) return;
	log.warning(`the comment has no pictures: ${messageOf(error)}`);
}

// src/stages/report/publish-comment.ts
const ROUNDS = 10;
const LOOKS = 2;
const PAUSE_MILLISECONDS = 1500;
const SLOT_MILLISECONDS = 500;
const MOST_SLOTS = 16;
async function publishComment(first, { request, discussion }, ports) {
	const { host, job } = ports;
	if (!isWrite(first)) return (await carryOutPlan(first, discussion, host)).comment;
	if (job.total > 1) return await writeTogether(request, discussion, ports);
	const { comment, hadTwin } = await carryOutPlan(first, discussion, host);
	return hadTwin ? await writeTogether(request, discussion, ports) : comment;
}
async function writeTogether(request, discussion, ports) {
	const { host, job, sleep } = ports;
	let comment;
	let [looks, hasWritten] = [0, false];
	for (let round = 0; round < ROUNDS; round += 1) {
		const seen = await readAgain(discussion, host);
		const plan = planComment(request, seen);
		if (hasWritten) await removeRepeatedTurns(plan, seen, host);
		const written = await carryOutPlan(plan, seen, host);
		({comment} = written);
		hasWritten ||= isWrite(plan);
		looks = isWrite(plan) ? 0 : looks + 1;
		if (plan.kind === "older" || looks === LOOKS || !hasWritten) return comment;
		await sleep(pauseBefore(round, placeOf(job, request.writer)));
	}
	ports.warn("other jobs wrote to the comment of the pull request again and again; it may lack models of this job, so run this job again");
	return comment;
}
function isWrite({ kind }) {
	return kind === "create" || kind === "update";
}
function placeOf(job, writer = "0") {
	return job.total > 1 ? job : {
		index: Number.parseInt(writer, 16) % MOST_SLOTS,
		total: MOST_SLOTS
	};
}
function pauseBefore(round, { index, total }) {
	const slots = Math.min(Math.max(total, 1), MOST_SLOTS);
	return PAUSE_MILLISECONDS * (1 + round / 2) + (index + round) % slots * SLOT_MILLISECONDS;
}
async function readAgain(discussion, host) {
	const { number } = discussion.pull;
	const [pull, comments] = await Promise.all([host.pulls.get(number), host.comments.list(number)]);
	return {
		...discussion,
		pull,
		comments
	};
}

// src/stages/report/tell-host.ts
const ALONE = {
	index: 0,
	total: 1
};
async function tellHost(telling, host) {
	const { models, run, request, discussion, troubles, ports } = telling;
	if (models.length === 0) return {};
	let wanted = await planRequest(telling, host);
	let plan = discussion && request.comment ? planComment(wanted, discussion) : void 0;
	if (plan?.kind !== "unchanged") {
		const current = models.filter(({ model }) => plan?.current.has(model) ?? true);
		const target = plan?.existing?.url ?? run.runUrl;
		wanted = {
			...wanted,
			isPartial: !await setStatuses({
				...telling,
				models: current
			}, host, target)
		};
		plan = plan && discussion && planComment(wanted, discussion);
		await countUses(telling);
	}
	if (plan === void 0 || discussion === void 0) return {};
	const { log } = ports.world;
	if (plan.kind === "older") log.info(`pull request ${discussion.pull.number} is at ${discussion.pull.headCommit.slice(0, 12)} by now, or a newer run reported it; its comment stays`);
	const comment = await troubles.survive(() => publishComment(plan, {
		request: wanted,
		discussion
	}, {
		host,
		job: request.job ?? ALONE,
		sleep: ports.sleep,
		warn: (message) => log.warning(message)
	}));
	return {
		kind: plan.kind,
		...comment === void 0 ? {} : { url: comment.url }
	};
}
async function planRequest({ models, run, request, discussion, artifacts, ports }, host) {
	const { world, pictures } = ports;
	const { job = ALONE, key } = request;
	const { context, sha256 } = world;
	const wanted = {
		models,
		run,
		key,
		sha256,
		writer: sha256(`${context.workflow ?? ""}/${context.job ?? ""}/${job.index}`).slice(0, 8),
		jobs: job.total,
		artifacts
	};
	if (request.pictures !== true || pictures === void 0 || discussion === void 0 || !request.comment) return wanted;
	return await drawPictures(wanted, discussion, {
		tools: pictures,
		host,
		world
	});
}
async function setStatuses({ models, run, troubles, ports }, host, url) {
	const { context } = ports.world;
	const { event, pullRequest } = context;
	if (!(pullRequest !== void 0 || event === "push" || event === "merge_group")) return true;
	let areSet = true;
	for (const evidence of models) {
		const commit = commitOfEvidence([evidence], context).commit ?? run.commit;
		if (commit === void 0) continue;
		const status = {
			...renderStatus(evidence),
			...url === void 0 ? {} : { targetUrl: url }
		};
		areSet = await troubles.survive(() => host.statuses.set(commit, status).then(() => true)) === true && areSet;
	}
	return areSet;
}
async function countUses({ models, request, troubles, ports }) {
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
			if (isWithoutSecrets(context)) return;
		} else log.error(messageOf(error));
		if (code > this.#exitCode) this.#exitCode = code;
	}
};

// src/stages/report/report-metrics.ts
const NOTHING_TO_REPORT = {
	exitCode: EXIT_CODE.passed,
	outputs: {},
	comment: void 0
};
async function runReportMetrics(request, ports) {
	checkKey(request.key);
	const target = await findTarget({
		given: request.pullRequest,
		key: request.key
	}, ports);
	if (target === "gone") return NOTHING_TO_REPORT;
	const { shown } = target;
	const aimed = {
		...ports,
		world: aimAt(target, ports.world)
	};
	return await reportTo(target, shown === void 0 ? request : {
		...request,
		pinned: shown
	}, aimed);
}
async function reportTo({ number, discussion: known }, request, ports) {
	const { world, host } = ports;
	const troubles = new Troubles(world);
	const asked = number === void 0 || host === void 0 ? void 0 : troubles.survive(async () => known ?? await readDiscussion(number, host));
	asked?.catch(() => void 0);
	const evidence = await collectEvidence(request, {
		world,
		artifacts: ports.artifacts
	});
	const run = referToRun(evidence, world);
	if (number !== void 0 && host === void 0) world.log.warning(`there is no token, so pull request ${number} is not told`);
	const discussion = await asked;
	const settled = await Promise.all(evidence.map((one) => settleEvidence(one, {
		discussion,
		host,
		troubles,
		world
	})));
	const isAnswer = world.context.event === "issue_comment";
	const models = settled.filter((one) => isAnswer ? isAccepted(one) : number !== void 0 || wasJudged(one));
	if (isAnswer && models.length === 0) {
		world.log.info("no comment of somebody who may write accepts these bytes; the report stays as it is");
		return NOTHING_TO_REPORT;
	}
	const shown = models.length > 0 ? models : settled.filter(hasCheckedData);
	const report = await writeReport(request, shown, {
		world,
		run
	});
	const shared = await shareReport(request, {
		evidence,
		run,
		world,
		artifacts: ports.artifacts
	});
	await ports.summary.write(renderSummary(shown, evidence, shared.run));
	const artifacts = request.pinned.length > 0 ? request.pinned : shared.artifacts;
	const telling = {
		models,
		run: shared.run,
		request,
		discussion,
		artifacts,
		troubles,
		ports
	};
	const told = host === void 0 ? {} : await tellHost(telling, host);
	const verdict = worstVerdict(shown) ?? evidence.map(({ drift }) => drift?.verdict ?? "error")[0] ?? "error";
	return {
		exitCode: troubles.exitCode,
		comment: told.kind,
		outputs: {
			verdict,
			evidence: request.evidenceDirectory,
			...shared.outputs,
			...report === void 0 ? {} : { report },
			...told.url === void 0 ? {} : { "comment-url": told.url }
		}
	};
}
function checkKey(key) {
	if (key === void 0 || /^[A-Za-z0-9_]+(-[A-Za-z0-9_]+)*$/.test(key)) return;
	throw new InputError(`the input key (--key) is ${JSON.stringify(key)}; write a name of letters, digits, _ and single -`);
}
function aimAt({ number, discussion }, world) {
	const found = {
		...number === void 0 ? {} : { pullRequest: number },
		...discussion === void 0 ? {} : { headCommit: discussion.pull.headCommit }
	};
	return {
		...world,
		context: {
			...world.context,
			...found
		}
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
function isAccepted({ comparison }) {
	if (comparison === void 0 || comparison.verdict === "error") return false;
	return validAcceptance(comparison) !== void 0;
}
function wasJudged({ training, comparison }) {
	return training !== void 0 || comparison !== void 0;
}
function hasCheckedData({ validation }) {
	return validation !== void 0 && validation.verdict !== "error";
}
async function writeReport({ evidenceDirectory, workingDirectory }, models, { world, run }) {
	if (models.length === 0) return void 0;
	const report = join(evidenceDirectory, "report.html");
	await world.files.write(resolve(workingDirectory, report), renderHtmlReport(models, run));
	return report;
}
function renderSummary(models, evidence, run) {
	return [...models.length === 0 ? [] : [renderJobSummary(models, run)], ...renderDriftSummaries(evidence)].join("\n");
}
function worstVerdict(models) {
	const [worst] = worstFirst(models.map((evidence) => ({ judgement: judge(evidence) })));
	if (worst === void 0) return void 0;
	const { judgement } = worst;
	if (judgement.kind === "data") return judgement.validation.verdict;
	return judgement.kind === "failed" ? "error" : judgement.comparison.verdict;
}

export { commitOfEvidence, readEvidence, runReportMetrics };