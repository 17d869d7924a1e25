import { EXIT_CODE, InputError, OutsideError } from "./core.js";
import { recordUseIfPossible } from "./stages-ledger.js";
import { applyAcceptance, besideText, findAcceptance, identifyListed, identifyModel, runStage } from "./stages.js";
import { FEATURES_ASSET, FINGERPRINT_ASSET, MANIFEST_NAME, MODEL_ASSET, SCORES_ASSET, breakingOf, buildManifest, decideSource, digestOfModel, isOfModel, nextVersion, parseLock, parseTag, refuseLowerVersion } from "./core-release.js";
import { lockFileNameOf } from "./core-configuration.js";
import { parseDocument, serializeDocument } from "./core-documents.js";
import { codeSpan, escapeText, makeVisible, renderModelCard, renderReleaseNotes, renderStatus } from "./core-comparison.js";
import { basename, dirname, join, relative, resolve, sep } from "node:path";

// src/stages/release/lock-path.ts
function lockPathOf(setup, topDirectory) {
	if (setup.configFile === void 0) return void 0;
	const lockFile = lockFileNameOf(basename(setup.configFile));
	const path = relative(topDirectory, resolve(setup.baseDirectory, lockFile));
	return path.startsWith("..") ? void 0 : path.split(sep).join("/");
}

// src/stages/release/find-draft.ts
function digestOfDraft(draft, { sha256 }) {
	const own = draft.assets.filter(({ name }) => isOfModel(name));
	const model = own.length === 1 ? own[0] : own.find(({ name }) => name === MODEL_ASSET);
	if (model?.sha256 === void 0) return void 0;
	const weights = [];
	for (const { name, sha256: digest } of own) {
		if (name === model.name) continue;
		if (digest === void 0) return void 0;
		weights.push({
			name,
			sha256: digest
		});
	}
	return digestOfModel(model.sha256, weights, sha256);
}
async function findDraft(wanted, { registry, world }) {
	for (const draft of await registry.listDrafts(wanted.model)) {
		const digest = digestOfDraft(draft, world);
		if (digest !== void 0 && digest !== wanted.digest) continue;
		const downloaded = await downloadWhole(draft, {
			registry,
			world
		});
		if (downloaded?.manifest.digest === wanted.digest) return downloaded;
	}
}
async function downloadWhole(draft, { registry, world }) {
	try {
		return await registry.download(draft, await world.files.temporaryDirectory("draft"));
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		world.log.info(`the draft ${draft.tag} is passed over: ${error.message}`);
		return;
	}
}

// src/stages/release/assemble.ts
async function assembleRelease(request, world) {
	const { judged, setup, version, commit, target } = request;
	const { comparison, training } = judged;
	const { run } = world.context;
	const file = training.signature === void 0 ? basename(training.path) : MODEL_ASSET;
	const manifest = buildManifest(comparison, training, {
		version,
		file,
		...judged.scoresPath === void 0 ? {} : { scores: SCORES_ASSET },
		...judged.featuresPath === void 0 ? {} : { features: FEATURES_ASSET },
		...judged.fingerprintPath === void 0 ? {} : { fingerprint: FINGERPRINT_ASSET },
		...commit === void 0 ? {} : { commit },
		...run === void 0 ? {} : { run }
	});
	const facts = {
		comparison,
		training,
		manifest
	};
	const written = await writeTexts(world, {
		[MANIFEST_NAME]: `${JSON.stringify(manifest, null, 2)}\n`,
		"MODEL_CARD.md": renderModelCard(facts),
		"comparison.json": serializeDocument(comparison),
		...judged.validation === void 0 ? {} : referenceProfile(judged.validation)
	});
	const contract = setup.configuration.contract;
	const contractPath = contract === void 0 ? void 0 : resolve(setup.baseDirectory, contract);
	const hasContract = contractPath !== void 0 && await world.files.exists(contractPath);
	const { training: trainingPath, validation: validationPath } = judged.documents;
	const copied = [
		[file, judged.modelPath],
		...(training.files ?? []).map(({ name }) => [name, join(dirname(judged.modelPath), name)]),
		[SCORES_ASSET, judged.scoresPath],
		[FEATURES_ASSET, judged.featuresPath],
		[FINGERPRINT_ASSET, judged.fingerprintPath],
		["training.json", trainingPath],
		["validation.json", validationPath],
		["contract.yml", hasContract ? contractPath : void 0]
	];
	return {
		manifest,
		model: manifest.model,
		version,
		...describeRelease(judged, manifest),
		commit: target,
		assets: [...copied.flatMap(([name, path]) => path === void 0 ? [] : [{
			name,
			path
		}]), ...written]
	};
}
function describeRelease({ comparison, training }, manifest) {
	return {
		title: `${manifest.model} ${manifest.version}`,
		notes: renderReleaseNotes({
			comparison,
			training,
			manifest
		})
	};
}
function referenceProfile({ datasets }) {
	const profile = datasets.find(({ name }) => name === "holdout") ?? datasets.find(({ name }) => name === "training");
	if (profile === void 0) return {};
	return { "reference-profile.json": `${JSON.stringify({
		schemaVersion: 1,
		...profile
	}, null, 2)}\n` };
}
async function writeTexts(world, texts) {
	const directory = await world.files.temporaryDirectory("release");
	const written = [];
	for (const [name, text] of Object.entries(texts)) {
		const path = join(directory, name);
		await world.files.write(path, text);
		written.push({
			name,
			path
		});
	}
	return written;
}

// src/stages/release/choose-version.ts
const MOST_TAKEN = 50;
async function chooseVersion({ wanted, judged, champion, registry }) {
	const { model, task: comparedTask } = judged.comparison;
	if (wanted !== "auto") {
		if (parseTag(`${model}@v${wanted}`) === void 0) throw new InputError(`the input version (--version) is ${JSON.stringify(wanted)}; write auto or a semantic version such as 1.2.0`);
		refuseLowerVersion(model, wanted, champion?.manifest.version);
		return wanted;
	}
	const { training } = judged;
	const task = comparedTask ?? training.task;
	if (task === void 0) throw new InputError("neither comparison.json nor training.json names the task");
	let previous = champion?.manifest;
	for (let tried = 0; tried < MOST_TAKEN; tried += 1) {
		const { version } = nextVersion({
			...previous === void 0 ? {} : { champion: previous },
			signature: training.signature,
			task,
			sameWeights: champion?.manifest.digest === training.digest,
			...breakingOf(judged.comparison.modelContract)
		});
		const taken = await registry.findRelease(model, version);
		if (taken === void 0 || taken.draft) return version;
		previous = {
			task,
			signature: training.signature,
			...champion?.manifest,
			version
		};
	}
	throw new InputError(`${MOST_TAKEN} versions in a row are taken; name one with the input version (--version)`);
}

// src/stages/release/read-judgement.ts
async function readJudgement(folder, model, { files }) {
	const ownFolder = join(folder, model);
	const directory = await files.exists(join(ownFolder, "comparison.json")) ? ownFolder : folder;
	const place = {
		directory,
		model,
		files
	};
	const comparison = await readDocument("comparison", place);
	if (comparison === void 0) return void 0;
	const training = await readDocument("training", place);
	if (training === void 0) throw new InputError(`${join(directory, "training.json")} does not exist, and says what the model reads and how it was made; run train-model before compare-models`);
	const validation = await readDocument("validation", place);
	const judged = {
		comparison: refuseFailed(comparison, directory),
		training: refuseFailed(training, directory),
		validation: validation === void 0 || validation.verdict === "error" ? void 0 : validation
	};
	const { scores } = judged.comparison.challenger;
	const { fingerprint } = judged.training;
	return {
		...judged,
		modelPath: join(directory, judged.training.path),
		featuresPath: judged.training.features === void 0 ? void 0 : join(directory, judged.training.features),
		scoresPath: scores === void 0 ? void 0 : join(directory, scores.path),
		fingerprintPath: fingerprint === void 0 ? void 0 : join(directory, fingerprint.path),
		documents: documentPaths(directory, judged.validation !== void 0)
	};
}
async function readReleasedJudgement(release, { files }) {
	const { directory } = release;
	const { scores, fingerprint } = release.manifest;
	const place = {
		directory,
		model: release.manifest.model,
		files
	};
	const [comparison, training, validation] = [
		await readDocument("comparison", place),
		await readDocument("training", place),
		await readDocument("validation", place)
	];
	if (comparison === void 0 || training === void 0) throw new InputError(`the draft ${release.reference.tag} has no comparison.json and training.json; delete it and let the retraining run again`);
	return {
		comparison: refuseFailed(comparison, directory),
		training: refuseFailed(training, directory),
		validation: validation === void 0 || validation.verdict === "error" ? void 0 : validation,
		modelPath: release.modelPath,
		featuresPath: release.featuresPath,
		scoresPath: scores === void 0 ? void 0 : join(directory, scores),
		fingerprintPath: fingerprint === void 0 ? void 0 : join(directory, fingerprint),
		documents: documentPaths(directory, validation !== void 0)
	};
}
async function readDocument(kind, { directory, model, files }) {
	const file = join(directory, `${kind}.json`);
	const text = await files.readText(file);
	return text === void 0 ? void 0 : parseDocument(kind, text, {
		file,
		model
	});
}
function refuseFailed(document, directory) {
	if (document.verdict !== "error") return document;
	throw new InputError(`nothing can be published: ${join(directory, `${document.kind}.json`)} ended with an error: ${document.error.message}`);
}
function documentPaths(directory, validated) {
	return {
		comparison: join(directory, "comparison.json"),
		training: join(directory, "training.json"),
		...validated ? { validation: join(directory, "validation.json") } : {}
	};
}

// src/stages/release/candidate.ts
async function findCandidate(setup, ports) {
	const { repository, world } = ports;
	const path = lockPathOf(setup, repository.directory);
	if (path === void 0) return void 0;
	const lock = await readLockAt("HEAD", path, repository);
	if (lock === void 0) return void 0;
	const { model } = setup.configuration;
	if (lock.model !== model) throw new InputError(`${path} is of the model ${lock.model}, its config names ${model}`, { location: { file: path } });
	const changedByPush = await wasChangedByPush(lock, path, ports);
	const nothing = {
		lock,
		changedByPush,
		draft: void 0,
		judged: void 0,
		trainingDataUnchanged: false
	};
	if (!changedByPush) return nothing;
	const draft = await findDraft({
		model,
		digest: lock.digest
	}, ports);
	if (draft === void 0) return nothing;
	const judged = await readReleasedJudgement(draft, world);
	const ofTheseBytes = judged.comparison.challenger.digest === lock.digest && judged.training.digest === lock.digest;
	return {
		...nothing,
		draft,
		judged: ofTheseBytes ? judged : void 0,
		trainingDataUnchanged: await isTrainingDataUnchanged(judged.training, setup, world)
	};
}
async function readLockAt(revision, path, repository) {
	const commit = await repository.resolveCommit(revision);
	const content = commit === void 0 ? void 0 : await repository.readFileAt(commit, path);
	return content === void 0 ? void 0 : parseLock(new TextDecoder().decode(content), path);
}
async function wasChangedByPush(lock, path, ports) {
	const { repository, world } = ports;
	const head = await repository.resolveCommit("HEAD");
	const before = world.context.beforeCommit ?? (head === void 0 ? void 0 : (await repository.parentsOf(head))[0]);
	if (before === void 0) return true;
	try {
		await repository.fetchCommit(before);
		const content = await repository.readFileAt(before, path);
		if (content === void 0) return true;
		return parseLock(new TextDecoder().decode(content), `${path} (before)`).digest !== lock.digest;
	} catch (error) {
		if (!(error instanceof OutsideError) && !(error instanceof InputError)) throw error;
		world.log.info(`the lock file before this push cannot be read (${error.message}); it counts as changed`);
		return true;
	}
}
async function isTrainingDataUnchanged(training, setup, { files, log }) {
	const read = training.inputs.filter(({ role, sha256 }) => role === "training" && sha256 !== void 0);
	for (const { path, sha256 } of read) {
		const absolute = resolve(setup.baseDirectory, path);
		if ((await files.exists(absolute) ? (await files.digest(absolute)).sha256 : "gone") === sha256) continue;
		log.info(`the training data ${path} are not those the candidate was trained with`);
		return false;
	}
	if (training.windows !== void 0) return read.length > 0;
	const { data } = setup.configuration;
	const declared = (data.training ?? data.source)?.paths ?? [];
	const present = await files.find(declared, setup.baseDirectory);
	return read.length > 0 && present.length === read.length;
}

// src/stages/release/choose-source.ts
async function chooseSource(request, ports, champion) {
	const { world, registry, repository } = ports;
	const { setup, model: given } = request;
	const folder = request.evidence ?? setup.evidenceDirectory;
	const facts = {
		request,
		world,
		champion,
		evidence: await readJudgement(folder, setup.configuration.model, world)
	};
	if (given !== void 0) return await chooseGiven(facts, given);
	const candidate = repository === void 0 ? void 0 : await findCandidate(setup, {
		world,
		registry,
		repository
	});
	const decision = decideSource({
		...candidate === void 0 ? {} : { lock: describeCandidate(candidate) },
		current: {
			...championState(champion),
			...trainingState(candidate)
		}
	});
	if (decision.source === "champion") return {
		kind: "champion",
		reasons: decision.reasons
	};
	if (decision.source === "candidate" && candidate !== void 0) return await chooseCandidate(facts, decision, candidate);
	return await chooseEvidence(facts, decision.reasons);
}
async function chooseGiven(facts, given) {
	const { evidence, champion, world } = facts;
	const modelPath = resolve(given);
	const { digest } = await identifyModel({
		path: modelPath,
		name: `the model ${given}`
	}, world);
	const judged = evidence?.comparison.challenger.digest === digest ? evidence : void 0;
	const judgement = judged && judgementOf(judged.comparison);
	const decision = decideSource({
		given: {
			digest,
			...judgement === void 0 ? {} : { judgement }
		},
		current: {
			...championState(champion),
			...judgement?.trainingData === void 0 ? {} : { trainingData: judgement.trainingData }
		}
	});
	const { reasons } = decision;
	if (decision.source === "champion") return {
		kind: "champion",
		reasons
	};
	if (decision.judgement === "stands" && judged !== void 0) return {
		kind: "judged",
		judged: {
			...judged,
			modelPath
		},
		draft: void 0,
		reasons
	};
	const advice = "run compare-models with this file as its challenger first";
	return {
		kind: "again",
		next: "compare",
		digest,
		reasons: [...reasons, advice]
	};
}
async function chooseCandidate(facts, decision, { lock, judged, draft }) {
	const { champion, request } = facts;
	if (decision.judgement !== "stands" || judged === void 0 || draft === void 0) return await chooseEvidence(facts, decision.reasons);
	const version = champion?.manifest.version;
	if (lock.champion?.version !== version) return await chooseEvidence(facts, [...decision.reasons, `the champion is ${version ?? "gone"} by now`]);
	if (request.version !== "auto" && request.version !== draft.manifest.version) throw new InputError(`the input version is ${request.version}, but the merged candidate was judged and stored as ${draft.manifest.version}; leave the version to auto`);
	return {
		kind: "judged",
		judged,
		draft,
		reasons: decision.reasons
	};
}
async function chooseEvidence(facts, reasons) {
	const { champion, evidence } = facts;
	if (evidence === void 0) return {
		kind: "again",
		next: "train",
		reasons: [...reasons, "run train-model and compare-models first"]
	};
	const { comparison } = evidence;
	const { digest } = comparison.challenger;
	if (digest === champion?.manifest.digest && !await hasOtherFeatures(facts, comparison)) return {
		kind: "champion",
		reasons: [`the champion already has the bytes ${digest.slice(0, 12)}`]
	};
	if (comparison.champion?.digest !== champion?.manifest.digest) return {
		kind: "again",
		next: "train",
		digest,
		reasons: [`judged against the champion ${comparison.champion?.version ?? comparison.champion?.digest.slice(0, 12) ?? "none"}, which is ${champion?.manifest.version ?? "none"} by now; train and compare again`]
	};
	return {
		kind: "judged",
		judged: evidence,
		draft: void 0,
		reasons
	};
}
async function hasOtherFeatures({ champion, evidence, world }, comparison) {
	if (comparison.verdict === "unchanged") return false;
	const read = async (path) => path === void 0 ? void 0 : await world.files.readText(path);
	return await read(champion?.featuresPath) !== await read(evidence?.featuresPath);
}
function describeCandidate({ lock, changedByPush, draft, judged }) {
	return {
		digest: lock.digest,
		changedByPush,
		available: draft !== void 0,
		...judged === void 0 ? {} : { judgement: judgementOf(judged.comparison) }
	};
}
function championState(champion) {
	return champion === void 0 ? {} : { championDigest: champion.manifest.digest };
}
function trainingState(candidate) {
	if (candidate === void 0) return {};
	if (!candidate.trainingDataUnchanged) return { trainingData: "changed since" };
	const trainingData = candidate.judged?.comparison.trainingData;
	return trainingData === void 0 ? {} : { trainingData };
}
function judgementOf({ champion, trainingData }) {
	return {
		...champion === void 0 ? {} : { championDigest: champion.digest },
		...trainingData === void 0 ? {} : { trainingData }
	};
}

// src/stages/release/leftovers.ts
async function removeLeftovers(published, digest, { registry, world }) {
	for (const draft of await registry.listDrafts(published.model)) {
		const held = digestOfDraft(draft, world);
		const isEmpty = !draft.assets.some(({ name }) => isOfModel(name)) && draft.version === published.version;
		if (held !== digest && !isEmpty) continue;
		world.log.info(`deleting a draft of ${draft.tag} that an earlier run left`);
		await registry.deleteDraft(draft);
	}
}

// src/stages/release/publish-judged.ts
async function publishJudged(wanted, ports) {
	const { request, draft } = wanted;
	const stored = draft === void 0 ? await storeDraft(wanted, ports) : await asStored(draft, wanted.judged, ports);
	const assets = await describeAssets(stored, ports.world);
	if (request.draft) return {
		release: stored.draft,
		assets
	};
	return {
		release: await ports.registry.publish(stored.draft, stored.publication),
		assets
	};
}
async function findTarget({ world, repository, host }) {
	const commit = world.context.commit ?? await repository?.resolveCommit("HEAD");
	return {
		commit,
		target: commit ?? await host?.defaultBranch() ?? "none"
	};
}
async function settleAcceptance(comparison, ports) {
	const { host } = ports;
	const judged = applyAcceptance(comparison, void 0);
	const { commit } = await findTarget(ports);
	if (judged.promote || host === void 0 || commit === void 0) return {
		comparison: judged,
		pull: void 0
	};
	const merged = (await host.pulls.findByCommit(commit)).filter((pull) => pull.merged);
	for (const pull of merged) {
		const comments = await host.comments.list(pull.number);
		const acceptance = await findAcceptance(comments, judged.challenger.digest, host);
		if (acceptance) return {
			comparison: applyAcceptance(judged, acceptance),
			pull
		};
	}
	return {
		comparison: judged,
		pull: merged[0]
	};
}
async function storeDraft({ request, judged, champion }, ports) {
	const { world, registry } = ports;
	const version = await chooseVersion({
		wanted: request.version,
		judged,
		champion,
		registry
	});
	const { commit, target } = await findTarget(ports);
	const assembly = await assembleRelease({
		judged,
		setup: request.setup,
		version,
		commit,
		target
	}, world);
	return {
		draft: await createDraft(registry, assembly),
		publication: assembly,
		paths: new Map(assembly.assets.map(({ name, path }) => [name, path]))
	};
}
async function createDraft(registry, assembly) {
	const { manifest: _manifest, ...draft } = assembly;
	return await registry.createDraft(draft);
}
async function asStored(draft, judged, ports) {
	const { reference, manifest, directory } = draft;
	const { target } = await findTarget(ports);
	return {
		draft: reference,
		publication: {
			version: manifest.version,
			...describeRelease(judged, manifest),
			commit: target
		},
		paths: new Map(reference.assets.map(({ name }) => [name, resolve(directory, name)]))
	};
}
async function describeAssets({ draft, paths }, { files }) {
	const assets = [];
	for (const { name, bytes, sha256 } of draft.assets) {
		const path = paths.get(name);
		const digest = sha256 ?? (path === void 0 ? void 0 : (await files.digest(path)).sha256);
		if (digest !== void 0) assets.push({
			name,
			bytes,
			sha256: digest
		});
	}
	return assets.sort((left, right) => left.name < right.name ? -1 : 1);
}

// src/stages/release/refusal-issue.ts
const CONTENDER_LABEL = "contender";
async function settleRefusalIssue(refusal, host) {
	const { model } = refusal.comparison;
	const title = `${makeVisible(model, 100)}: the merged model was not published`;
	const body = renderRefusal(refusal);
	const existing = await findRefusalIssue(model, host);
	if (existing === void 0) return await host.issues.create({
		title,
		body,
		labels: [CONTENDER_LABEL]
	});
	if (existing.body.trim() === body.trim()) return existing;
	return await host.issues.update(existing.number, {
		title,
		body
	});
}
async function closeRefusalIssue(model, host) {
	const existing = await findRefusalIssue(model, host);
	if (existing !== void 0) await host.issues.update(existing.number, { state: "closed" });
}
async function findRefusalIssue(model, host) {
	const mark = markOf(model);
	return (await host.issues.findByLabel(CONTENDER_LABEL)).find(({ body }) => body.trimEnd().endsWith(mark));
}
function renderRefusal({ comparison, commit, pull }) {
	const { model, challenger } = comparison;
	const status = renderStatus({
		model,
		comparison
	});
	const merged = pull === void 0 ? `Commit ${commit}` : `Pull request #${pull.number} (merged as ${commit})`;
	const digits = challenger.digest.slice(0, 12);
	const choices = [
		...pull === void 0 ? [] : [`- **Accept it:** comment on #${pull.number}, with write permission and nothing else in the comment: \`/contender accept ${digits} <reason>\`; then run the release again.`],
		"- **Improve it:** push a change; what is judged better is published, and this issue closes itself.",
		"- **Take it back:** revert the merge. The champion is still the one that was there before."
	];
	return `${[
		`${merged} changed ${codeSpan(model)}, but its judgement does not let it pass, so nothing was published.`,
		`> ${escapeText(status.description, 400)}`,
		`The model that was judged has the digest \`${digits}\`.`,
		choices.join("\n"),
		markOf(model)
	].join("\n\n")}\n`;
}
function markOf(model) {
	return `<!-- contender kind=refusal model=${model.replaceAll("--", "-%2D")} -->`;
}

// src/stages/release/release-model.ts
async function runReleaseModel(request, ports) {
	const { setup } = request;
	const target = {
		model: setup.configuration.model,
		evidenceDirectory: setup.evidenceDirectory
	};
	let next;
	return {
		...await runStage("release", {
			world: ports.world,
			target
		}, async (header) => {
			const ending = await release(request, ports);
			next = ending.next;
			const document = buildDocument(ending, header, target.model);
			if (ending.verdict === "refused") ports.world.log.warning(`not published: ${ending.reason}`);
			else ports.world.log.info(`${ending.verdict}: ${ending.reason}`);
			return {
				document,
				exitCode: ending.exitCode ?? EXIT_CODE.passed,
				outputs: outputsOf(document)
			};
		}),
		next
	};
}
async function release(request, ports) {
	const { registry, world } = ports;
	const reference = await registry.findChampion(request.setup.configuration.model);
	const champion = reference && await registry.download(reference, await world.files.temporaryDirectory("champion"));
	const source = await chooseSource(request, ports, champion);
	switch (source.kind) {
		case "champion": return await keepChampion(champion, source.reasons, ports);
		case "again": {
			const { next, digest, reasons } = source;
			return {
				verdict: "refused",
				reason: reasons.join("; "),
				digest,
				next,
				exitCode: EXIT_CODE.failedVerdict
			};
		}
		case "judged": {
			const ending = await releaseJudged({
				request,
				champion,
				source
			}, ports);
			const { comparison } = source.judged;
			if (source.draft === void 0) await recordUseIfPossible({ comparison }, ports);
			return ending;
		}
	}
}
async function keepChampion(champion, reasons, ports) {
	const ending = {
		verdict: "unchanged",
		reason: reasons.join("; ")
	};
	if (champion === void 0) return ending;
	await tidyUp(champion.reference, champion.manifest.digest, ports);
	return {
		...ending,
		digest: champion.manifest.digest,
		release: champion.reference
	};
}
async function releaseJudged({ request, champion, source }, ports) {
	const { judged, draft, reasons } = source;
	const { digest } = judged.comparison.challenger;
	const { files = [] } = judged.training;
	const found = await identifyListed(judged.modelPath, files.map(({ name }) => name), ports.world);
	if (found.digest !== digest || judged.training.digest !== digest) return {
		verdict: "refused",
		reason: `the model file${besideText(files)} has the digest ${found.digest}, training.json says ${judged.training.digest}, and ${digest} was judged; only judged bytes are published`,
		digest,
		exitCode: EXIT_CODE.failedVerdict
	};
	const foreign = await findForeignScores(judged, ports.world) ?? await findForeignFingerprint(judged, ports.world);
	if (foreign !== void 0) return {
		verdict: "refused",
		reason: foreign,
		digest,
		exitCode: EXIT_CODE.failedVerdict
	};
	const { comparison, pull } = await settleAcceptance(judged.comparison, ports);
	if (!comparison.promote) return await refuse(comparison, pull, ports);
	const wanted = {
		request,
		champion,
		draft,
		judged: {
			...judged,
			comparison
		}
	};
	const { release: made, assets } = await publishJudged(wanted, ports);
	const ending = {
		digest,
		assets,
		release: made,
		reason: reasons.join("; ")
	};
	if (made.draft) return {
		...ending,
		verdict: "draft"
	};
	await tidyUp(made, digest, ports);
	return {
		...ending,
		verdict: "published"
	};
}
async function findForeignScores({ comparison, scoresPath }, { files }) {
	const { scores } = comparison.challenger;
	if (scores === void 0 || scoresPath === void 0) return void 0;
	const { sha256 } = await files.digest(scoresPath);
	if (sha256 === scores.sha256) return void 0;
	return `the scores ${scores.path} have the digest ${sha256}, and ${scores.sha256} was judged; compare again`;
}
async function findForeignFingerprint({ training, fingerprintPath }, { files }) {
	if (training.fingerprint === void 0 || fingerprintPath === void 0) return void 0;
	const { sha256 } = await files.digest(fingerprintPath);
	if (sha256 === training.fingerprint.sha256) return void 0;
	return `the fingerprint of the training rows has the digest ${sha256}, training.json says ${training.fingerprint.sha256}; train and compare again`;
}
async function refuse(comparison, pull, ports) {
	const { commit } = await findTarget(ports);
	const issue = await settleIssue(ports, (host) => settleRefusalIssue({
		comparison,
		commit: commit ?? "unknown",
		pull
	}, host));
	const where = issue === void 0 ? "" : `; see ${issue.url}`;
	return {
		verdict: "refused",
		reason: `the judgement is ${comparison.verdict} and does not let it pass, and nobody has accepted it${where}`,
		digest: comparison.challenger.digest
	};
}
async function tidyUp(published, digest, ports) {
	await removeLeftovers(published, digest, ports);
	await settleIssue(ports, (host) => closeRefusalIssue(published.model, host));
}
async function settleIssue({ host, world }, work) {
	if (host === void 0) return void 0;
	try {
		return await work(host);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		world.log.warning(error.message);
		return;
	}
}
function buildDocument(ending, header, model) {
	const { verdict, reason, digest, release: made, assets } = ending;
	return {
		kind: "release",
		schemaVersion: 1,
		model,
		...header,
		inputs: [],
		measured: {},
		verdict,
		...made === void 0 ? {} : {
			version: made.version,
			tag: made.tag,
			url: made.url
		},
		...digest === void 0 ? {} : { digest },
		assets: [...assets ?? []],
		reason
	};
}
function outputsOf({ verdict, version, tag, url, digest }) {
	return {
		verdict,
		version: version ?? "",
		tag: tag ?? "",
		url: url ?? "",
		digest: digest ?? "",
		published: String(verdict === "published")
	};
}

export { assembleRelease, chooseVersion, digestOfDraft, findCandidate, findDraft, lockPathOf, readDocument, readJudgement, readReleasedJudgement, runReleaseModel };