import { InputError, OutsideError } from "./core.js";
import { isLockFileName, parseConfiguration } from "./core-configuration.js";
import { parseDocument } from "./core-documents.js";
import { pathInRepository, readTextAt, repositoryPath } from "./stages.js";
import { join, resolve } from "node:path";

// src/stages/other-jobs/take-model.ts
const MODEL_LIMITS = {
	files: 2e3,
	archiveBytes: 15e8,
	bytes: 15e8,
	wanted: (path) => /^([^/]+\/)?(training\.json|model\/.+)$/.test(path)
};
const MOST_DOCUMENT_BYTES = 2e7;
const MOST_ARTIFACTS = 20;
const OTHER_JOB = "artifact of another job";
async function takeModel(model, place, { artifacts, world }) {
	const references = place.kind === "pinned" ? place.references : await findCandidates(model, place.run, artifacts);
	let stopped;
	for (const reference of references.slice(0, MOST_ARTIFACTS)) {
		const folder = await world.files.temporaryDirectory("artifact");
		await artifacts.unpack(reference, folder, MODEL_LIMITS);
		const found = await findModel(model, folder, world);
		if (found?.path !== void 0) return found.path;
		stopped ??= found?.stopped;
	}
	throw new InputError(describeAbsence(model, place, stopped));
}
async function findCandidates(model, run, artifacts) {
	return (await artifacts.listOfRun(run)).filter(({ name }) => name.startsWith(`contender-${model}-`));
}
async function findModel(model, folder, { files }) {
	for (const evidence of [folder, join(folder, model)]) {
		const file = join(evidence, "training.json");
		if (!await files.exists(file) || await files.size(file) > MOST_DOCUMENT_BYTES) continue;
		const training = readTraining(await files.readText(file) ?? "", model);
		if (training === void 0) continue;
		if (training.verdict === "error") return { stopped: training.error.message };
		const path = join(evidence, training.path);
		if (await files.exists(path)) return { path };
	}
}
function readTraining(text, model) {
	try {
		return parseDocument("training", text, {
			file: "training.json",
			model
		});
	} catch (error) {
		if (error instanceof InputError) return void 0;
		throw error;
	}
}
function describeAbsence(model, place, stopped) {
	const where = place.kind === "run" ? `the run ${place.run}` : "the job that artifact-id names";
	return `${stopped === void 0 ? `${where} left no model of ${model}: none of its artifacts contender-${model}-… holds one` : `${where} trained no model of ${model}; it says: ${stopped}`}; look at its log, and run it again`;
}

// src/stages/other-jobs/references.ts
function readArtifactReferences(inputs) {
	const ids = readValues(inputs.text("artifact-id"), "artifact-id");
	const digests = readValues(inputs.text("artifact-digest"), "artifact-digest");
	for (const name of ids.keys()) if (!digests.has(name)) throw unpaired("artifact-digest", name);
	for (const name of digests.keys()) if (!ids.has(name)) throw unpaired("artifact-id", name);
	return [...ids].map(([name, id]) => ({
		id: readId(id),
		digest: readDigest(digests.get(name) ?? "")
	}));
}
function readValues(text, input) {
	if (text === void 0) return /* @__PURE__ */ new Map();
	if (!text.startsWith("{")) {
		const values = text.split(/[\n,]/).map((value) => value.trim()).filter((value) => value !== "");
		return new Map(values.map((value, index) => [String(index + 1), value]));
	}
	let parsed;
	try {
		parsed = JSON.parse(text);
	} catch (cause) {
		throw new InputError(`the input ${input} is no JSON object: ${cause.message}`, { cause });
	}
	const entries = Object.entries(parsed);
	return new Map(entries.map(([name, value]) => [name, String(value)]));
}
function readId(text) {
	if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
	throw new InputError(`the input artifact-id is ${JSON.stringify(text.slice(0, 80))}; write the output artifact-id of the job that made the evidence`);
}
function readDigest(text) {
	const digest = text.replace(/^sha256:/, "");
	if (/^[0-9a-f]{64}$/.test(digest)) return digest;
	throw new InputError(`the input artifact-digest is ${JSON.stringify(text.slice(0, 80))}; write the output artifact-digest of the job that made the evidence (64 hex digits)`);
}
function unpaired(missing, name) {
	const which = /^\d+$/.test(name) ? `entry ${name}` : `the model ${JSON.stringify(name.slice(0, 100))}`;
	return new InputError(`the input ${missing} is missing for ${which}; artifact-id and artifact-digest are given together, from the outputs of one job`);
}

// src/stages/other-jobs/find-pull-request.ts
async function findPullRequestOf(upstream, host) {
	const { headRepository, headBranch, headCommit } = upstream;
	const [owner] = headRepository?.split("/") ?? [];
	if (owner === void 0 || headRepository === void 0) return void 0;
	const found = (await host.pulls.findByHead(`${owner}:${headBranch}`, "open")).filter((pull) => pull.headCommit === headCommit && pull.headRepository?.toLowerCase() === headRepository.toLowerCase());
	if (found.length <= 1) return found[0];
	const branch = await host.defaultBranch();
	const oldest = found.toSorted((left, right) => left.number - right.number);
	return oldest.find(({ baseBranch }) => baseBranch === branch) ?? oldest[0];
}
async function findSides({ testMerge, headCommit, baseCommit }, repository) {
	const [base, merged] = testMerge === void 0 ? [] : await readParents(testMerge, repository);
	if (testMerge !== void 0 && base !== void 0 && merged === headCommit) return {
		head: testMerge,
		base
	};
	return {
		head: headCommit,
		base: baseCommit
	};
}
async function readParents(commit, repository) {
	try {
		await repository.fetchCommit(commit);
		return await repository.parentsOf(commit);
	} catch (error) {
		if (error instanceof OutsideError) return [];
		throw error;
	}
}

// src/stages/other-jobs/visit-head.ts
async function visitHead(request, { repository, files }) {
	const { head, base, workingDirectory } = request;
	await repository.fetchCommit(head);
	await repository.fetchCommit(base);
	const root = await files.temporaryDirectory("head");
	const patterns = request.configs.map((pattern) => repositoryPath(repository, resolve(workingDirectory, pattern)));
	const configs = (await repository.listFilesAt(head, patterns)).filter((path) => !isLockFileName(path));
	for (const config of configs) {
		const own = await filesOf(config, {
			head,
			base,
			repository
		});
		await repository.exportFiles(head, [config, ...own], root);
	}
	return {
		root,
		workingDirectory: join(root, repositoryPath(repository, resolve(workingDirectory))),
		repository: lookAt(head, repository)
	};
}
async function filesOf(config, { head, base, repository }) {
	const configuration = await readConfiguration(config, head, repository);
	if (configuration === void 0) return [];
	const { data, contract } = configuration;
	const isNew = await repository.readFileAt(base, config) === void 0;
	const judging = [
		data.holdout,
		data.source,
		data.reference
	].flatMap((source) => source?.paths ?? []);
	const paths = [data.features, ...isNew ? [contract, ...judging] : []].filter((path) => path !== void 0);
	const directory = config.split("/").slice(0, -1).join("/");
	const patterns = paths.flatMap((path) => pathInRepository(repository, directory, path) ?? []);
	return patterns.length === 0 ? [] : await repository.listFilesAt(head, patterns);
}
async function readConfiguration(config, head, repository) {
	try {
		return parseConfiguration(await readTextAt(repository, head, config) ?? "", config);
	} catch (error) {
		if (error instanceof InputError) return void 0;
		throw error;
	}
}
function lookAt(head, repository) {
	const at = (revision) => revision === "HEAD" ? head : revision;
	return {
		...repository,
		resolveCommit: (revision) => repository.resolveCommit(at(revision)),
		parentsOf: (commit) => repository.parentsOf(at(commit)),
		readFileAt: (commit, path) => repository.readFileAt(at(commit), path),
		listFilesAt: (commit, patterns) => repository.listFilesAt(at(commit), patterns),
		identifyFiles: (commit, patterns) => repository.identifyFiles(at(commit), patterns),
		exportFiles: (commit, paths, directory) => repository.exportFiles(at(commit), paths, directory),
		changedFiles: (from, to) => repository.changedFiles(at(from), at(to))
	};
}

export { OTHER_JOB, findPullRequestOf, findSides, readArtifactReferences, takeModel, visitHead };