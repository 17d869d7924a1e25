import { EXIT_CODE, InputError } from "./core.js";
import { describeComparison } from "./core-report.js";
import { chooseColumns, chooseModelColumns, groupCodes, labelledPositions, matchRows, openRole, readFeatures, readLabelledRows, readModelTable, scoreRows, takeScores } from "./stages-data.js";
import { runStage } from "./stages.js";
import { BOOTSTRAP_REPLICATES, DEFAULT_METRICS, buildSample, checkGroups, compareLatencies, compareModels, compareSizes, computeCurves, countFlips, orderCanonically, readTruth, renumber, takeValues } from "./core-comparison.js";
import { nextVersion } from "./core-release.js";
import { findMetric } from "./core-metrics.js";
import { findColumn, pickColumns, rowsOfTable, takeRows } from "./core-data.js";
import { parseDocument } from "./core-documents.js";
import { join, resolve } from "node:path";

// src/stages/comparison/build-comparison.ts
function buildComparison(facts) {
	const { header, request, champion, challenger, judged } = facts;
	const { exam, windows } = request;
	const { configuration } = exam;
	const version = proposedVersion(facts);
	return {
		kind: "comparison",
		schemaVersion: 1,
		model: configuration.model,
		task: configuration.task,
		...header,
		inputs: judged ? [...judged.inputs] : [],
		measured: {},
		verdict: judged?.judgement.verdict ?? "unchanged",
		promote: (judged?.judgement.promote ?? true) && !facts.selfReported,
		primary: judged?.primary ?? configuration.comparison.primary ?? DEFAULT_METRICS[configuration.task][0],
		...version === void 0 ? {} : { proposedVersion: version },
		...champion ? { champion: describeJudged(champion) } : {},
		challenger: describeJudged(challenger),
		exam: {
			...exam.commit === void 0 ? {} : { commit: exam.commit },
			changed: [...exam.changed],
			...exam.coversData ? {} : { coversData: false },
			...proposedOf(judged)
		},
		confidence: .95,
		metrics: judged ? [...judged.judgement.metrics] : [],
		gates: judged ? [...judged.judgement.gates] : [],
		slices: judged ? [...judged.judgement.slices] : [],
		...judged?.flips ? { flips: judged.flips } : {},
		...judged?.curves ? { curves: judged.curves } : {},
		...contractOf(champion, challenger),
		size: {
			...champion ? { champion: champion.bytes } : {},
			challenger: challenger.bytes
		},
		holdout: judged?.holdout ?? {
			rows: 0,
			digest: ""
		},
		...windows ? { windows } : {},
		...challenger.training ? { trainingData: challenger.training.data } : {},
		...challenger.training?.importance ? { importance: challenger.training.importance } : {},
		...parametersOf(champion, challenger)
	};
}
function describeJudged(model) {
	return {
		digest: model.digest,
		bytes: model.bytes,
		...model.version === void 0 ? {} : { version: model.version },
		origin: model.origin,
		...model.featureColumns ? { featureColumns: model.featureColumns.map((column) => column.name) } : {},
		...model.training ? { path: model.training.path } : {}
	};
}
function proposedOf(judged) {
	if (judged?.proposed === void 0) return {};
	return { proposed: judged.proposed };
}
function proposedVersion({ champion, challenger, judged, request }) {
	if (challenger.training === void 0 || judged === void 0) return void 0;
	if (champion !== void 0 && champion.manifest === void 0) return void 0;
	return nextVersion({
		...champion?.manifest ? { champion: champion.manifest } : {},
		signature: challenger.training.signature,
		task: request.exam.configuration.task,
		sameWeights: champion?.digest === challenger.digest
	}).version;
}
function contractOf(champion, challenger) {
	const before = champion?.manifest?.signature;
	const after = challenger.training?.signature;
	if (before === void 0 || after === void 0) return {};
	const changes = [...tensorChanges("input", before.inputs, after.inputs), ...tensorChanges("output", before.outputs, after.outputs)];
	return changes.length === 0 ? {} : { modelContract: { changes } };
}
function tensorChanges(side, before, after) {
	const describe = (tensor) => `${tensor.type} [${tensor.shape.map((size) => size ?? "?").join(", ")}]`;
	const gone = before.filter((tensor) => !after.some((candidate) => candidate.name === tensor.name));
	const come = after.filter((tensor) => !before.some((candidate) => candidate.name === tensor.name));
	const altered = after.flatMap((tensor) => {
		const old = before.find((candidate) => candidate.name === tensor.name);
		if (old === void 0 || describe(old) === describe(tensor)) return [];
		return [`${side} ${tensor.name} changed from ${describe(old)} to ${describe(tensor)}`];
	});
	return [
		...gone.map((tensor) => `${side} ${tensor.name} removed`),
		...come.map((tensor) => `${side} ${tensor.name} added (${describe(tensor)})`),
		...altered
	].map((change) => ({
		change,
		breaking: true
	}));
}
function parametersOf(champion, challenger) {
	const before = champion?.manifest?.parameters;
	const after = challenger.training?.parameters;
	if (before === void 0 || after === void 0) return {};
	const changed = [.../* @__PURE__ */ new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((what) => {
		if (before[what] === after[what]) return [];
		return [{
			what,
			...before[what] === void 0 ? {} : { before: String(before[what]) },
			...after[what] === void 0 ? {} : { after: String(after[what]) }
		}];
	});
	return changed.length === 0 ? {} : { parametersChanged: changed };
}

// src/stages/comparison/read-holdout.ts
async function readHoldout(request) {
	const { configuration } = request;
	await using data = await openRole(request.ports.engine, {
		role: "holdout",
		...request
	});
	const { cost, slices } = configuration.comparison;
	const costColumns = cost ? [cost.falsePositive, cost.falseNegative].filter((value) => typeof value === "string") : [];
	const sliceColumns = slices.flatMap((slice) => slice.kind === "column" && hasColumn(data, slice.column) ? [slice.column] : []);
	const rows = await readLabelledRows(data, configuration, [...costColumns, ...sliceColumns]);
	const labelled = labelledPositions(rows.target);
	if (labelled.length === 0) throw new InputError(`the holdout has ${rows.table.rowCount} rows, and none of them has a label in ${rows.target.name}`);
	return {
		rows,
		labelled,
		digest: await data.digest(),
		files: data.files,
		request
	};
}
function hasColumn(data, name) {
	return data.columns.some((column) => column.name === name);
}
function truthOf(holdout, knownClasses) {
	const { configuration } = holdout.request;
	const target = takeColumn(holdout.rows.target, holdout.labelled);
	return readTruth({
		task: configuration.task,
		target,
		positiveClass: configuration.data.positiveClass,
		knownClasses
	});
}
const TOLERATED_REFUSED_SHARE = .01;
function pairRows(truth, models) {
	const labelledCount = "classes" in truth ? truth.codes.length : truth.values.length;
	const kept = [];
	for (let row = 0; row < labelledCount; row++) if (models.every(({ scored }) => !scored.refused.has(row))) kept.push(row);
	for (const { name, scored } of models) {
		const reasons = [...new Set(scored.refused.values())].slice(0, 3).join("; ");
		for (const { words, refused, total } of countRefused(truth, scored.refused, labelledCount)) {
			if (refused <= TOLERATED_REFUSED_SHARE * total) continue;
			throw new InputError(`${name} gave no usable answer for ${refused} of ${total} ${words}: ${reasons}`);
		}
	}
	return {
		kept: Uint32Array.from(kept),
		refused: labelledCount - kept.length
	};
}
function countRefused(truth, refused, total) {
	const all = {
		words: "rows",
		refused: refused.size,
		total
	};
	if (!("classes" in truth)) return [all];
	const ofClass = truth.classes.map((name) => ({
		words: `rows of the class ${name}`,
		refused: 0,
		total: 0
	}));
	truth.codes.forEach((code, row) => {
		const counts = ofClass[code];
		counts.total++;
		if (refused.has(row)) counts.refused++;
	});
	return [all, ...ofClass];
}
function sampleOf({ holdout, truth, scored, kept, configuration }) {
	const { threshold } = configuration.comparison;
	const options = {
		threshold,
		...costsOf(holdout, kept, configuration),
		...queriesOf(holdout, kept, configuration)
	};
	const answers = {
		values: takeValues(scored.values, kept, scored.width),
		width: scored.width,
		...scored.labels ? { labels: takeValues(scored.labels, kept) } : {}
	};
	return buildSample(takeTruth(truth, kept), answers, options);
}
function takeTruth(truth, kept) {
	if ("classes" in truth) return {
		...truth,
		codes: takeValues(truth.codes, kept)
	};
	return {
		...truth,
		values: takeValues(truth.values, kept)
	};
}
function costsOf(holdout, kept, configuration) {
	const { cost } = configuration.comparison;
	if (cost === void 0) return {};
	return {
		falsePositiveCost: costOf(holdout, kept, cost.falsePositive),
		falseNegativeCost: costOf(holdout, kept, cost.falseNegative)
	};
}
function costOf(holdout, kept, cost) {
	if (typeof cost === "number") return cost;
	const column = findColumn(holdout.rows.table, cost);
	if (column?.kind !== "number") throw new InputError(`comparison.cost names the column ${JSON.stringify(cost)}, which is no number`);
	return takeValues(takeValues(column.values, holdout.labelled), kept);
}
function queriesOf(holdout, kept, configuration) {
	const { group } = holdout.rows;
	if (configuration.task !== "ranking" || group === void 0) return {};
	return { queries: renumber(takeValues(takeValues(groupCodes(group), holdout.labelled), kept)) };
}
function groupsOf(holdout, kept) {
	const { group } = holdout.rows;
	return group && renumber(takeValues(takeValues(groupCodes(group), holdout.labelled), kept));
}
function takeColumn(column, rows) {
	return takeRows({
		rowCount: rows.length,
		columns: [column]
	}, rows).columns[0];
}

// src/stages/comparison/score-on-holdout.ts
async function scoreOnHoldout(holdout, model, { truth, latencyRows }) {
	const { configuration, ports, log } = holdout.request;
	await using data = await openRole(ports.engine, {
		role: "holdout",
		...holdout.request,
		...model.features ? { features: withoutAnswer(model.features, configuration) } : {}
	});
	const columns = await columnsOf(model, data, holdout.request);
	const rows = pickColumns(data, columns.map(({ name }) => name));
	const order = await matchRows({
		data,
		name: model.name
	}, {
		labelled: holdout.rows,
		idName: configuration.data.id
	});
	const scores = await scoreRows({
		scorer: ports.scorer,
		model: {
			path: model.path,
			name: model.name
		},
		rows,
		configuration,
		classes: "classes" in truth ? truth.classes : [],
		onProgress: (done) => log.progress(`rows scored by the ${model.name}`, done, data.rowCount)
	});
	const positions = order === void 0 ? holdout.labelled : takeValues(order, holdout.labelled);
	const { values, width, labels, refused, binding } = takeScores(scores, positions);
	return {
		values,
		width,
		...labels ? { labels } : {},
		refused,
		binding,
		features: await readSliceFeatures(holdout, data, positions),
		...latencyRows > 0 ? { firstRows: await readFirstRows(rows, latencyRows) } : {}
	};
}
function withoutAnswer(features, { data }) {
	return {
		...features,
		withheld: data.target === void 0 ? [] : [data.target]
	};
}
async function columnsOf(model, data, { configuration, ports }) {
	if (model.featureColumns !== void 0) return chooseColumns(withColumns(configuration, model), data.columns);
	const { signature } = await ports.scorer.describe({
		path: model.path,
		name: model.name
	});
	const inputs = signature.inputs.map((input) => input.name);
	return chooseModelColumns(configuration, data.columns, inputs);
}
function withColumns(configuration, model) {
	if (model.featureColumns === void 0) return configuration;
	return {
		...configuration,
		data: {
			...configuration.data,
			columns: model.featureColumns.map((column) => column.name)
		}
	};
}
async function readSliceFeatures(holdout, data, positions) {
	const { slices } = holdout.request.configuration.comparison;
	const requests = slices.flatMap((slice) => slice.kind === "column" ? [slice.column] : []).flatMap((name) => {
		const column = data.columns.find((candidate) => candidate.name === name);
		if (column === void 0 || findColumn(holdout.rows.table, name)) return [];
		return [{
			name,
			as: readAs(column)
		}];
	});
	if (requests.length === 0) return {
		rowCount: positions.length,
		columns: []
	};
	return takeRows(await data.read(requests), positions);
}
async function readFirstRows(rows, count) {
	const requests = rows.columns.map((column) => ({
		name: column.name,
		as: readAs(column)
	}));
	for await (const { rowCount, columns } of rows.batches(requests, count)) return rowsOfTable({
		rowCount,
		columns: columns.filter((column) => column.kind !== "integer")
	});
	return rowsOfTable({
		rowCount: 0,
		columns: []
	});
}
function readAs({ type }) {
	return type === "string" || type === "other" ? "text" : "number";
}

// src/stages/comparison/find-slices.ts
const SLICE_COLUMN = "__contender_in_slice";
const MAX_SLICES_OF_COLUMN = 50;
async function findSlices(holdout, kept, models) {
	const { slices } = holdout.request.configuration.comparison;
	return (await Promise.all(slices.map(async (slice) => slice.kind === "column" ? sliceByColumn(columnOfSlice(holdout, models, slice), kept) : [{
		name: slice.name,
		rows: await sliceByCondition(holdout, kept, {
			slice,
			models
		})
	}]))).flat();
}
function columnOfSlice(holdout, models, slice) {
	const own = findColumn(holdout.rows.table, slice.column);
	if (own) return takeColumn(own, holdout.labelled);
	for (const { table } of models) {
		const feature = findColumn(table, slice.column);
		if (feature) return feature;
	}
	throw new InputError(`comparison.slices names the column ${JSON.stringify(slice.column)}, which neither the data nor the features have`);
}
function sliceByColumn(column, kept) {
	const rowsByValue = /* @__PURE__ */ new Map();
	kept.forEach((labelledRow, position) => {
		const value = column.kind === "text" ? column.dictionary[column.codes[labelledRow]] : numberText(column.values[labelledRow]);
		const name = `${column.name} = ${value ?? "(missing)"}`;
		const rows = rowsByValue.get(name) ?? [];
		rows.push(position);
		rowsByValue.set(name, rows);
	});
	return [...rowsByValue].sort(([leftName, left], [rightName, right]) => right.length - left.length || (leftName < rightName ? -1 : 1)).slice(0, MAX_SLICES_OF_COLUMN).map(([name, rows]) => ({
		name,
		rows: Uint32Array.from(rows)
	}));
}
function numberText(value) {
	return Number.isNaN(value) ? void 0 : String(value);
}
async function sliceByCondition(holdout, kept, { slice, models }) {
	const queries = models.flatMap(({ features }) => features ? [`(${features.sql.replace(/;\s*$/, "")}\n)`] : []);
	let refusal;
	for (const from of ["source", ...queries]) try {
		return pickRows(await askCondition(holdout, slice, from), holdout, kept);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		refusal = error;
	}
	throw refusal;
}
async function askCondition(holdout, slice, from) {
	const condition = `case when (${slice.where}\n) then 1 else 0 end`;
	const features = {
		sql: `select ${from === "source" ? "" : "*, "}${condition} as ${SLICE_COLUMN} from ${from} as rows_of_slice`,
		file: `comparison.slices (${slice.name})`
	};
	await using data = await openRole(holdout.request.ports.engine, {
		role: "holdout",
		...holdout.request,
		features: from === "source" ? features : withoutAnswer(features, holdout.request.configuration)
	});
	const [column] = (await readModelTable({
		data,
		name: `the slice ${slice.name}`
	}, [{
		name: SLICE_COLUMN,
		as: "number"
	}], {
		labelled: holdout.rows,
		idName: holdout.request.configuration.data.id
	})).columns;
	if (column?.kind === "number") return column.values;
	throw new Error(`the condition of the slice ${slice.name} was not read as a number`);
}
function pickRows(inSlice, holdout, kept) {
	const labelled = takeValues(inSlice, holdout.labelled);
	return Uint32Array.from([...kept.keys()].filter((position) => labelled[kept[position]] === 1));
}

// src/stages/comparison/judge.ts
async function judge(request, ports) {
	const { exam, champion, challenger } = request;
	const { configuration } = exam;
	const { log } = ports.world;
	const holdout = await log.group("Read the holdout", () => readHoldout({
		configuration,
		directory: exam.directory,
		windows: request.windows,
		ports,
		log
	}));
	const truth = truthOf(holdout, await classesOf([challenger, champion], configuration, ports));
	const scored = await log.group("Score the models", () => scoreBoth(holdout, truth, {
		champion,
		challenger
	}));
	const pairs = pairRows(truth, namedScores(scored, request));
	const { refused } = pairs;
	const kept = inCanonicalOrder(pairs.kept, {
		holdout,
		truth,
		scored
	});
	const unlabelled = holdout.rows.table.rowCount - holdout.labelled.length;
	if (unlabelled > 0) log.info(`${unlabelled} rows of the holdout have no label and are left out`);
	const paired = {
		...request,
		holdout,
		truth,
		scored,
		kept,
		ports
	};
	const input = await buildInput(paired, configuration);
	const judgement = await log.group("Compare", async () => compareModels(input));
	const proposed = judgeProposed(paired, input);
	const flips = input.champion && countFlips(input.champion, input.challenger);
	const curves = computeCurves(input.challenger, input.champion);
	const floor = checkGroups(input.challenger, input.groups);
	return {
		judgement,
		primary: input.rules.primary,
		...proposed ? { proposed } : {},
		...flips ? { flips } : {},
		...curves ? { curves } : {},
		holdout: {
			rows: kept.length,
			...positivesOf(input),
			...floor.groups === void 0 ? {} : { groups: floor.groups },
			...floor.groupsWithPositives === void 0 ? {} : { groupsWithPositives: floor.groupsWithPositives },
			digest: holdout.digest,
			...refused === 0 ? {} : { refusedRows: refused },
			...unlabelled === 0 ? {} : { unlabelledRows: unlabelled }
		},
		inputs: holdout.files.map((file) => ({
			role: "holdout",
			...file,
			rowsDigest: holdout.digest
		})),
		seed: input.seed
	};
}
function inCanonicalOrder(kept, { holdout, truth, scored }) {
	const { group } = holdout.rows;
	return orderCanonically({
		rows: kept,
		truth,
		scores: [scored.challenger, ...scored.champion ? [scored.champion] : []],
		...group ? { groups: takeColumn(group, holdout.labelled) } : {}
	});
}
async function classesOf(models, configuration, { scorer }) {
	if (configuration.task !== "multiclass-classification") return [];
	return (await Promise.all(models.map(async (model) => model ? (await scorer.describe({
		path: model.path,
		name: model.name
	})).classes ?? [] : []))).flat();
}
async function scoreBoth(holdout, truth, models) {
	const options = {
		truth,
		latencyRows: asksForLatency(holdout.request.configuration) ? LATENCY_ROWS : 0
	};
	const challenger = await scoreOnHoldout(holdout, models.challenger, options);
	if (models.champion === void 0) return { challenger };
	return {
		challenger,
		champion: await scoreOnHoldout(holdout, models.champion, options)
	};
}
function namedScores(scored, { challenger, champion }) {
	const own = [{
		name: challenger.name,
		scored: scored.challenger
	}];
	return champion && scored.champion ? [...own, {
		name: champion.name,
		scored: scored.champion
	}] : own;
}
async function buildInput(paired, configuration) {
	const { holdout, truth, scored, kept, champion, challenger, ports } = paired;
	const rules = rulesOf(configuration);
	const groups = groupsOf(holdout, kept);
	const sliced = (model, { features: table }) => [{
		table,
		...model.features ? { features: model.features } : {}
	}];
	const slices = await findSlices(holdout, kept, [...champion && scored.champion ? sliced(champion, scored.champion) : [], ...sliced(challenger, scored.challenger)]);
	const sample = (model) => sampleOf({
		holdout,
		truth,
		scored: model,
		kept,
		configuration
	});
	return {
		challenger: sample(scored.challenger),
		...scored.champion ? { champion: sample(scored.champion) } : {},
		...groups ? { groups } : {},
		metrics: metricsOf(configuration, rules),
		measured: await measure(paired, configuration),
		rules,
		slices,
		seed: seedOf(ports.world, [
			champion?.digest ?? "none",
			challenger.digest,
			holdout.digest,
			"comparison"
		]),
		replicates: BOOTSTRAP_REPLICATES,
		onProgress: (done, total) => ports.world.log.progress("resamples", done, total)
	};
}
function seedOf(world, parts) {
	return Number.parseInt(world.sha256(parts.join("\n")).slice(0, 8), 16);
}
function rulesOf({ comparison, task }) {
	const first = comparison.metrics.find((metric) => metric.kind === "named");
	return {
		primary: comparison.primary ?? first?.name ?? DEFAULT_METRICS[task][0],
		guardrails: comparison.guardrails,
		margins: comparison.margins,
		...comparison.gates ? { gates: comparison.gates } : {}
	};
}
function metricsOf({ comparison, task }, rules) {
	const listed = comparison.metrics.flatMap((metric) => metric.kind === "named" ? [metric.name] : []);
	const shown = listed.length > 0 ? listed : DEFAULT_METRICS[task];
	const asked = [...rules.guardrails, ...(rules.gates ?? []).map((gate) => gate.metric)];
	return [.../* @__PURE__ */ new Set([
		rules.primary,
		...shown,
		...asked
	])].flatMap((name) => {
		const lookup = findMetric(task, name);
		if (!lookup.found) throw new InputError(`${lookup.reason}; did you mean ${lookup.nearest}? Known: ${lookup.allowed.join(", ")}`);
		return lookup.metric.kind === "sample" ? [lookup.metric] : [];
	});
}
async function measure(paired, configuration) {
	const { champion, challenger } = paired;
	const size = compareSizes({
		...champion ? { champion: champion.bytes } : {},
		challenger: challenger.bytes
	});
	if (!asksForLatency(configuration)) return [size];
	return [size, await measureLatency(paired, configuration)];
}
function asksForLatency({ comparison }) {
	return [
		...comparison.metrics.map((metric) => metric.name),
		...(comparison.gates ?? []).map((gate) => gate.metric),
		...comparison.guardrails
	].includes("latency_p95_ms");
}
const LATENCY_ROWS = 1e3;
async function measureLatency(paired, { task, data }) {
	const { champion, challenger, scored, truth, ports } = paired;
	const judged = [{
		model: challenger,
		rows: scored.challenger.firstRows
	}];
	if (champion && scored.champion) judged.push({
		model: champion,
		rows: scored.champion.firstRows
	});
	const [own, champions] = await ports.scorer.measureLatency({
		models: judged.map(({ model }) => ({
			path: model.path,
			name: model.name
		})),
		rows: judged.flatMap(({ rows }) => rows ?? []),
		task,
		..."classes" in truth ? { classes: truth.classes } : {},
		...data.target === void 0 ? {} : { target: data.target },
		runs: 100
	});
	return compareLatencies({
		challenger: own,
		...champions ? { champion: champions } : {}
	});
}
function judgeProposed(paired, input) {
	const { changed } = paired.exam;
	if (!changed.some(({ what }) => what === "comparison" || what.startsWith("comparison."))) return void 0;
	try {
		const { verdict, promote } = judgeByProposal(paired, input);
		return {
			verdict,
			note: promote ? "would be promoted" : "would not be promoted"
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return {
			verdict: "error",
			note: `the proposed rules cannot be followed: ${error.message}`
		};
	}
}
function judgeByProposal(paired, input) {
	const { exam, holdout, truth, scored, kept } = paired;
	const configuration = {
		...exam.configuration,
		comparison: exam.proposed.comparison
	};
	const rules = rulesOf(configuration);
	const sample = (model) => sampleOf({
		holdout,
		truth,
		scored: model,
		kept,
		configuration
	});
	const { onProgress: _silent, ...rest } = input;
	return compareModels({
		...rest,
		challenger: sample(scored.challenger),
		...scored.champion ? { champion: sample(scored.champion) } : {},
		metrics: metricsOf(configuration, rules),
		rules
	});
}
function positivesOf(input) {
	if (input.challenger.task !== "binary-classification") return {};
	return { positives: input.challenger.labels.reduce((total, label) => total + label, 0) };
}

// src/stages/comparison/judged-models.ts
async function findChallenger({ setup, given, files }) {
	if (given !== void 0) return await modelAt(given, {
		name: `challenger ${given}`,
		files
	});
	const { model } = setup.configuration;
	const file = join(setup.evidenceDirectory, "training.json");
	const text = await files.readText(file);
	if (text === void 0) throw new InputError(`there is no challenger: ${file} does not exist; run train-model first, or name a model file with the input challenger (--challenger)`);
	const training = parseDocument("training", text, {
		file,
		model
	});
	if (training.verdict === "error") throw new InputError(`there is no challenger: training ended with an error: ${training.error.message}`);
	const found = await modelAt(join(setup.evidenceDirectory, training.path), {
		name: "challenger",
		files
	});
	if (found.digest !== training.digest) throw new InputError(`the model file ${found.path} has the digest ${found.digest}, but ${file} says ${training.digest}; train again`);
	const features = training.features && await readQuery(files, join(setup.evidenceDirectory, training.features));
	return {
		...found,
		origin: "training of this run",
		featureColumns: training.featureColumns,
		...features ? { features } : {},
		training
	};
}
async function findChampion({ model, wanted, registry, files }) {
	if (wanted === "none") return void 0;
	const isVersion = /^v?\d+\.\d+\.\d+/.test(wanted) && !await files.exists(wanted);
	if (wanted !== "release" && !isVersion) return await modelAt(wanted, {
		name: `champion ${wanted}`,
		files
	});
	if (registry === void 0) throw new InputError(`champion is ${wanted}, but no releases can be looked up here; give --registry DIR, a path, or \`none\``);
	const version = wanted.replace(/^v/, "");
	const release = isVersion ? await registry.findRelease(model, version) : await registry.findChampion(model);
	if (release === void 0) {
		if (!isVersion) return void 0;
		throw new InputError(`the model ${model} has no release ${version}`);
	}
	const directory = await files.temporaryDirectory("champion");
	return await fromRelease(await registry.download(release, directory), files);
}
async function fromRelease(release, files) {
	const { manifest, reference } = release;
	const features = release.featuresPath === void 0 ? void 0 : await readQuery(files, release.featuresPath);
	const name = `champion ${reference.version}`;
	return {
		...await modelAt(release.modelPath, {
			name,
			files
		}),
		version: reference.version,
		origin: `release ${reference.version}`,
		featureColumns: manifest.featureColumns,
		...features ? { features: {
			...features,
			file: `features.sql of release ${reference.version}`
		} } : {},
		manifest
	};
}
async function modelAt(path, { name, files }) {
	const absolute = resolve(path);
	const { sha256, bytes } = await files.digest(absolute);
	return {
		path: absolute,
		digest: sha256,
		bytes,
		origin: path,
		name
	};
}
async function readQuery(files, path) {
	const sql = await files.readText(path);
	if (sql === void 0) throw new InputError(`the features query ${path} does not exist`, { location: { file: path } });
	return {
		sql,
		file: path
	};
}

// src/stages/comparison/compare-models.ts
const COMPARISON_FAIL_ON = [
	"worse",
	"inconclusive",
	"never"
];
function runCompareModels(request, ports) {
	const { setup } = request;
	const target = {
		model: setup.configuration.model,
		evidenceDirectory: setup.evidenceDirectory
	};
	return runStage("comparison", {
		world: ports.world,
		target
	}, async (header) => {
		const document = await compare(request, ports, header);
		for (const line of describeComparison(document)) ports.world.log.info(line);
		ports.world.log.info(`verdict: ${document.verdict}, promote: ${document.promote}`);
		return {
			document,
			exitCode: exitCodeOfVerdict(document, request.failOn),
			outputs: {
				verdict: document.verdict,
				promote: String(document.promote),
				"champion-version": document.champion?.version ?? ""
			}
		};
	});
}
async function compare(request, ports, header) {
	const { setup } = request;
	const { files } = ports.world;
	const challenger = await withOwnFeatures(await findChallenger({
		setup,
		given: request.challenger,
		files
	}), request, ports);
	const found = await findChampion({
		model: request.exam.championModel,
		wanted: request.champion,
		registry: ports.registry,
		files
	});
	const champion = found && await withOwnFeatures(found, request, ports);
	const facts = {
		header,
		request,
		champion,
		challenger,
		selfReported: ports.world.context.event === "pull_request" && challenger.training?.command !== void 0
	};
	if (champion && champion.digest === challenger.digest && sameFeatures(champion, challenger)) {
		ports.world.log.info(`the challenger has the bytes of the ${champion.name}: nothing to compare`);
		return buildComparison({
			...facts,
			judged: void 0
		});
	}
	const judged = await judge({
		exam: request.exam,
		windows: request.windows,
		champion,
		challenger
	}, ports);
	return buildComparison({
		...facts,
		judged
	});
}
async function withOwnFeatures(model, { exam }, { world }) {
	if (model.training !== void 0 || model.manifest !== void 0) return model;
	const features = await readFeatures(world.files, exam.configuration, exam.headDirectory);
	return features === void 0 ? model : {
		...model,
		features
	};
}
function sameFeatures(champion, challenger) {
	const names = (model) => model.featureColumns?.map((column) => column.name).join("\n");
	const [before, after] = [names(champion), names(challenger)];
	return champion.features?.sql === challenger.features?.sql && (before === void 0 || after === void 0 || before === after);
}
function exitCodeOfVerdict(document, failOn) {
	if (document.promote || failOn === "never") return EXIT_CODE.passed;
	if ((document.verdict === "worse" || document.gates.some((gate) => gate.outcome === "fail")) && document.verdict !== "no-champion") return EXIT_CODE.failedVerdict;
	return failOn === "inconclusive" ? EXIT_CODE.failedVerdict : EXIT_CODE.passed;
}

export { COMPARISON_FAIL_ON, buildComparison, findChampion, runCompareModels };