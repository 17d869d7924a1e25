import { __toESM } from "./rolldown-runtime.js";
import { InputError } from "./core.js";
import { STORABLE_NAME, checkLock, parseManifest } from "./core-documents.js";
import { require_dist } from "./vendor-yaml.js";
import { require_semver } from "./vendor-semver.js";

// src/core/release/checksums.ts
const CHECKSUMS_NAME = "SHA256SUMS";
const LINE = /^(?<sha256>[0-9a-f]{64}) [ *](?<name>(?!\.{1,2}$)[^\\/]+)$/;
function renderChecksums(checksums) {
	return [...checksums].sort((left, right) => left.name < right.name ? -1 : 1).map(({ name, sha256 }) => `${sha256}  ${name}\n`).join("");
}
function parseChecksums(text, file) {
	const checksums = [];
	const seen = /* @__PURE__ */ new Set();
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		if (line === "") continue;
		const location = {
			file,
			line: index + 1
		};
		const groups = LINE.exec(line)?.groups;
		if (groups === void 0) throw new InputError(`${file}, line ${location.line}: ${JSON.stringify(line.slice(0, 200))} is no checksum; a line is the SHA-256 in hex, two spaces and a file name`, { location });
		if (seen.has(groups.name)) throw new InputError(`${file}, line ${location.line}: ${groups.name} comes twice`, { location });
		seen.add(groups.name);
		checksums.push({
			name: groups.name,
			sha256: groups.sha256
		});
	}
	return checksums;
}

// src/core/release/model-identity.ts
const MODEL_LINE = "model.onnx";
function digestOfModel(model, files, sha256) {
	if (files.length === 0) return model;
	return sha256(renderChecksums([{
		name: MODEL_LINE,
		sha256: model
	}, ...files]));
}

// src/core/release/lock-file.ts
var import_dist = require_dist();
const HEADER = "# Written by Contender; do not edit. A retraining pull request moves it, merging that releases the model.\n";
function renderLock(lock) {
	const metrics = Object.entries(lock.metrics).sort(([left], [right]) => left < right ? -1 : 1);
	const ordered = {
		schemaVersion: lock.schemaVersion,
		model: lock.model,
		version: lock.version,
		digest: lock.digest,
		...lock.champion && { champion: {
			version: lock.champion.version,
			digest: lock.champion.digest
		} },
		trainingData: lock.trainingData,
		windows: {
			training: orderedWindow(lock.windows.training),
			holdout: orderedWindow(lock.windows.holdout)
		},
		metrics: Object.fromEntries(metrics)
	};
	return HEADER + (0, import_dist.stringify)(ordered, { lineWidth: 0 });
}
function parseLock(text, file) {
	const lineCounter = new import_dist.LineCounter();
	const document = (0, import_dist.parseDocument)(text, {
		lineCounter,
		prettyErrors: false
	});
	const problem = document.errors[0];
	if (problem !== void 0) {
		const { line, col } = lineCounter.linePos(problem.pos[0]);
		throw new InputError(`${file}, line ${line}: ${problem.message}; only Contender writes this file: take it back with git checkout`, { location: {
			file,
			line,
			column: col
		} });
	}
	return checkLock(document.toJS({ maxAliasCount: 0 }), file);
}
function orderedWindow(window) {
	return {
		...window.from !== void 0 && { from: window.from },
		...window.to !== void 0 && { to: window.to }
	};
}

// src/core/release/tag.ts
var import_semver = /* @__PURE__ */ __toESM(require_semver(), 1);
const TAG = /^(?<model>[a-z0-9][a-z0-9-]*)@v(?<version>[^@]+)$/;
function formatTag(model, version) {
	if (import_semver.default.valid(version) !== version) throw new Error(`${version} is no semantic version`);
	return `${model}@v${version}`;
}
function parseTag(tag) {
	const groups = TAG.exec(tag)?.groups;
	if (groups === void 0) return void 0;
	const { model, version } = groups;
	return import_semver.default.valid(version) === version ? {
		model,
		version
	} : void 0;
}
function isPrerelease(version) {
	return import_semver.default.prerelease(version) !== null;
}
function compareVersions(left, right) {
	return import_semver.default.compare(left, right);
}
function championVersions(model, tags) {
	return tags.map(parseTag).filter((tag) => tag !== void 0 && tag.model === model && !isPrerelease(tag.version)).map((tag) => tag.version).sort((left, right) => compareVersions(right, left));
}

// src/core/release/check-release.ts
const MANIFEST_NAME = "manifest.json";
function isStorableName(name) {
	return STORABLE_NAME.test(name);
}
function checkAssets(assets) {
	const names = /* @__PURE__ */ new Set();
	for (const { name, bytes } of assets) {
		if (!isStorableName(name) || name === "SHA256SUMS" || name === "release.json") throw new InputError(`${JSON.stringify(name)} cannot be the name of an asset; use letters, digits, dots, - and _ (${CHECKSUMS_NAME} and release.json are written by the registry)`);
		if (names.has(name)) throw new InputError(`two assets are called ${name}; rename one of them`);
		if (bytes === 0) throw new InputError(`the asset ${name} is empty; a release holds no empty files`);
		names.add(name);
	}
}
function findAssetProblems(expected, present) {
	return expected.flatMap(({ name, sha256 }) => {
		if (!present.has(name)) return [{
			name,
			problem: "is missing"
		}];
		const actual = present.get(name);
		if (actual === void 0 || actual === sha256) return [];
		return [{
			name,
			problem: `has the SHA-256 ${actual}, ${CHECKSUMS_NAME} says ${sha256}`
		}];
	});
}
function refuseProblems(release, problems) {
	if (problems.length === 0) return;
	const list = problems.map(({ name, problem }) => `${name} ${problem}`).join("; ");
	throw new InputError(`the release ${release} is not whole: ${list}; publish the model again under a new version`);
}
function readReleaseChecksums(text, release) {
	if (text === void 0) throw new InputError(`the release ${release} has no ${CHECKSUMS_NAME}, so it was not made by Contender`);
	const checksums = parseChecksums(text, `${CHECKSUMS_NAME} of ${release}`);
	if (!checksums.some(({ name }) => name === "manifest.json")) throw new InputError(`the release ${release} has no ${MANIFEST_NAME} in its ${CHECKSUMS_NAME}`);
	return checksums;
}
function checkManifest(text, release, { checksums, sha256 }) {
	const manifest = parseManifest(text, `${MANIFEST_NAME} of ${release.tag}`);
	if (manifest.model !== release.model) throw new InputError(`${MANIFEST_NAME} of ${release.tag} is of the model ${manifest.model}`);
	checkModelFiles(manifest, release.tag, {
		checksums,
		sha256
	});
	const { features } = manifest;
	if (features !== void 0 && !checksums.some(({ name }) => name === features)) throw new InputError(`${MANIFEST_NAME} of ${release.tag} names the features query ${features}, which is missing`);
	const { scores } = manifest;
	if (scores !== void 0 && !checksums.some(({ name }) => name === scores)) throw new InputError(`${MANIFEST_NAME} of ${release.tag} names the scores ${scores}, which are missing`);
	const { fingerprint } = manifest;
	if (fingerprint !== void 0 && !checksums.some(({ name }) => name === fingerprint)) throw new InputError(`${MANIFEST_NAME} of ${release.tag} names the training fingerprint ${fingerprint}, which is missing`);
	return manifest;
}
function checkModelFiles(manifest, tag, { checksums, sha256 }) {
	const { files = [], file, digest } = manifest;
	const refuse = (what, expected, actual) => {
		throw new InputError(`${MANIFEST_NAME} of ${tag} names ${what} with the SHA-256 ${expected}, ${CHECKSUMS_NAME} ${actual === void 0 ? "does not have it" : `says ${actual}`}; publish the model again under a new version`);
	};
	const find = (wanted) => checksums.find(({ name }) => name === wanted)?.sha256;
	for (const weights of files) {
		const actual = find(weights.name);
		if (actual !== weights.sha256) refuse(`the weights ${weights.name}`, weights.sha256, actual);
	}
	const model = find(file);
	const actual = model === void 0 ? void 0 : digestOfModel(model, files, sha256);
	if (actual !== digest) refuse(`the model ${file}`, digest, actual);
}
function refuseLowerVersion(model, version, champion) {
	if (champion === void 0 || isPrerelease(version) || compareVersions(version, champion) > 0) return;
	throw new InputError(`${model} ${version} is not higher than its champion ${champion}; releases only move forward: leave the version to auto, also to go back to an older model`);
}
function versionTaken(tag) {
	return new InputError(`${tag} is published with other bytes; leave the version to auto or take a higher one`);
}

// src/core/release/next-version.ts
const FIRST_VERSION = "1.0.0";
function nextVersion(request) {
	const { champion } = request;
	if (champion === void 0) return {
		version: FIRST_VERSION,
		change: "first",
		reason: "first model"
	};
	const [change, reason] = changeSince(champion, request);
	return {
		version: import_semver.default.inc(champion.version, change),
		change,
		reason
	};
}
function changeSince(champion, request) {
	if (champion.task !== request.task) return ["major", `task changed from ${champion.task} to ${request.task}`];
	const [before, after] = [champion.signature, request.signature];
	if (before === void 0 && after !== void 0) return ["major", "the model is an ONNX file now"];
	if (before !== void 0 && after === void 0) return ["major", "the model is no ONNX file any more"];
	if (request.breaking === true) return ["major", "breaking change of the model contract"];
	if (request.breaking === void 0 && before !== void 0 && after !== void 0) {
		if (!sameTensors(before.inputs, after.inputs)) return ["major", "inputs changed"];
		if (!sameTensors(before.outputs, after.outputs)) return ["major", "outputs changed"];
	}
	return request.sameWeights ? ["patch", "same weights"] : ["minor", "new weights"];
}
function breakingOf(contract) {
	return contract === void 0 ? {} : { breaking: contract.changes.some(({ breaking }) => breaking) };
}
function sameTensors(left, right) {
	return canonicalTensors(left) === canonicalTensors(right);
}
function canonicalTensors(tensors) {
	return tensors.map(({ name, type, shape }) => JSON.stringify([
		name,
		type,
		shape.map((size) => typeof size === "number" ? size : null)
	])).sort().join("\n");
}

// src/core/release/asset-names.ts
const MODEL_ASSET = "model.onnx";
const FEATURES_ASSET = "features.sql";
const SCORES_ASSET = "scores.parquet";
const FINGERPRINT_ASSET = "training-fingerprint.bin";
const TAKEN = new Set([
	MANIFEST_NAME,
	CHECKSUMS_NAME,
	FEATURES_ASSET,
	SCORES_ASSET,
	FINGERPRINT_ASSET,
	"MODEL_CARD.md",
	"comparison.json",
	"contract.yml",
	"reference-profile.json",
	"release.json",
	"training.json",
	"validation.json"
].map((name) => name.toLowerCase()));
function isOfModel(name) {
	return !TAKEN.has(name.toLowerCase());
}
function checkModelName(name, key) {
	if (TAKEN.has(name.toLowerCase())) throw new InputError(`${key} calls the model ${name}, which is the name of another file of a release; choose another`);
	if (!isStorableName(name)) throw new InputError(`${key} calls the model ${JSON.stringify(name)}, and a release keeps a name as it is only with letters, digits, single dots and -_+@; choose such a name`);
}
function checkWeightsNames(names, model) {
	const taken = /* @__PURE__ */ new Set([MODEL_ASSET, model.toLowerCase()]);
	for (const name of names) {
		const lower = name.toLowerCase();
		const shown = JSON.stringify(name.slice(0, 200));
		if (!isStorableName(name)) throw new InputError(`the trained model keeps weights in ${shown}, and a release keeps a name as it is only without folders and with letters, digits, single dots and -_+@; save them right beside the model under such a name, as weights.bin`);
		if (!isOfModel(name) || taken.has(lower)) throw new InputError(`the trained model keeps weights in ${shown}, which is the name of another file of a release; save them under another one, as weights.bin`);
		taken.add(lower);
	}
}

// src/core/release/manifest.ts
function buildManifest(comparison, training, facts) {
	checkSameModel(comparison, training);
	const task = comparison.task ?? training.task;
	if (task === void 0) throw new InputError("neither comparison.json nor training.json names the task");
	const windows = comparison.windows ?? training.windows;
	const previous = comparison.champion?.version;
	return {
		schemaVersion: 1,
		model: comparison.model,
		version: facts.version,
		task,
		file: facts.file,
		digest: training.digest,
		bytes: training.bytes,
		...training.files !== void 0 && { files: training.files },
		...training.signature !== void 0 && { signature: training.signature },
		...facts.scores !== void 0 && { scores: facts.scores },
		featureColumns: training.featureColumns,
		...facts.features !== void 0 && { features: facts.features },
		...facts.fingerprint !== void 0 && { fingerprint: facts.fingerprint },
		primary: comparison.primary,
		metrics: challengerMetrics(comparison.metrics),
		parameters: training.parameters,
		...training.learner !== void 0 && { learner: training.learner },
		...training.command !== void 0 && { command: training.command },
		seed: training.seed,
		trainingData: training.data,
		holdoutData: comparison.holdout.digest,
		...windows !== void 0 && { windows },
		recipe: training.recipe,
		...previous !== void 0 && { previous },
		...facts.commit !== void 0 && { commit: facts.commit },
		...facts.run !== void 0 && { run: facts.run },
		verdict: comparison.verdict,
		...comparison.accepted !== void 0 && { accepted: comparison.accepted },
		tool: comparison.tool
	};
}
function checkSameModel(comparison, training) {
	if (comparison.model !== training.model) throw new InputError(`comparison.json is of the model ${comparison.model}, training.json of ${training.model}; take both from one run`);
	if (comparison.challenger.digest !== training.digest) throw new InputError(`comparison.json judged the model ${comparison.challenger.digest}, training.json made ${training.digest}; compare again before the release`);
}
function challengerMetrics(metrics) {
	return Object.fromEntries(metrics.flatMap(({ name, challenger }) => {
		if (challenger === void 0) return [];
		const { value, interval } = challenger;
		return [[name, interval === void 0 ? { value } : {
			value,
			interval
		}]];
	}));
}

// src/core/release/decide-source.ts
function decideSource(facts) {
	const reasons = [];
	const chosen = chooseSource(facts, reasons);
	if (chosen === void 0) {
		reasons.push("judged in this run");
		return {
			source: "train",
			judgement: "again",
			reasons
		};
	}
	const { source, bytes } = chosen;
	if (bytes.digest === facts.current.championDigest) {
		reasons.push(`the champion already has the bytes ${short(bytes.digest)}`);
		return {
			source: "champion",
			digest: bytes.digest,
			judgement: "not needed",
			reasons
		};
	}
	const doubt = doubtAbout(bytes.judgement, facts.current);
	reasons.push(doubt ?? "champion and training data are those it was judged with");
	return {
		source,
		digest: bytes.digest,
		judgement: doubt === void 0 ? "stands" : "again",
		reasons
	};
}
function chooseSource(facts, reasons) {
	const { given, lock, judged } = facts;
	if (given !== void 0) {
		reasons.push(`the model ${short(given.digest)} was given as input`);
		return {
			source: "given",
			bytes: given
		};
	}
	if (lock !== void 0) {
		const obstacle = obstacleOfLock(lock, facts.current);
		reasons.push(obstacle ?? `this push changed the lock file to the candidate ${short(lock.digest)}`);
		if (obstacle === void 0) return {
			source: "candidate",
			bytes: lock
		};
	}
	if (judged !== void 0) {
		const obstacle = obstacleOfJudged(judged, facts.current);
		reasons.push(obstacle ?? `the merged pull request's run judged the model ${short(judged.digest)}`);
		if (obstacle === void 0) return {
			source: "judged",
			bytes: judged
		};
	}
}
function obstacleOfLock(lock, current) {
	if (!lock.changedByPush) return "this push did not change the digest in the lock file";
	if (!lock.available && lock.digest !== current.championDigest) return `the draft of the candidate ${short(lock.digest)} is gone`;
}
function obstacleOfJudged(judged, current) {
	if (!judged.sameRepository) return `the model ${short(judged.digest)} was judged in the run of a fork, whose bytes are never published`;
	if (!judged.available && judged.digest !== current.championDigest) return `the model ${short(judged.digest)} that was judged is gone`;
}
function doubtAbout(judgement, current) {
	if (judgement === void 0) return "judged here, since there is no judgement of these bytes";
	if (judgement.championDigest !== current.championDigest) return `judged again, since the champion moved from ${short(judgement.championDigest)} to ${short(current.championDigest)}`;
	if (judgement.trainingData !== current.trainingData) return "judged again, since the training data are no longer those it was judged with";
}
function short(digest) {
	return digest === void 0 ? "none" : digest.slice(0, 12);
}

export { CHECKSUMS_NAME, FEATURES_ASSET, FINGERPRINT_ASSET, MANIFEST_NAME, MODEL_ASSET, SCORES_ASSET, breakingOf, buildManifest, championVersions, checkAssets, checkManifest, checkModelName, checkWeightsNames, decideSource, digestOfModel, findAssetProblems, formatTag, isOfModel, isPrerelease, nextVersion, parseChecksums, parseLock, parseTag, readReleaseChecksums, refuseLowerVersion, refuseProblems, renderChecksums, renderLock, versionTaken };