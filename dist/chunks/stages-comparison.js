import { EXIT_CODE, InputError } from "./core.js";
import { BOOTSTRAP_REPLICATES, DEFAULT_CONFIDENCE, DEFAULT_METRICS, DEFAULT_THRESHOLD, answerColumns, buildSample, checkGroups, chooseDesign, compareLatencies, compareModels, compareSizes, comparedNames, computeCurves, countUnits, describeByBlocks, describeByBootstrap, describeComparison, describeFlips, describeLeakage, describeRepeatedIds, describeWithoutInterval, logLine, numberEqualRows, orderCanonically, planSampling, readTruth, renumber, summarizeCalibration, takeSample, takeValues } from "./core-comparison.js";
import { ID_HASH_COLUMN, buildStoredScores, chooseScoreColumns, describeIdProblems, hashIds, matchIds, takeScoreValues } from "./core-scoring.js";
import { chooseColumns, chooseModelColumns, describeReading, groupCodes, labelledPositions, matchRows, openRole, readFeatures, readLabelledRows, readModelTable, scoreRows, takeScores } from "./stages-data.js";
import { cellText, findColumn, pickColumns, renderCsv, rowsOfTable, takeRows } from "./core-data.js";
import { besideText, identifyModel, runStage } from "./stages.js";
import { breakingOf, nextVersion } from "./core-release.js";
import { diffContracts } from "./core-onnx.js";
import { findOverlaps } from "./stages-leakage.js";
import { findMetric, sampleRowCount } from "./core-metrics.js";
import { isPlainlyPersonal } from "./core-personal-data.js";
import { readUses } from "./stages-ledger.js";
import { quote } from "./core-configuration.js";
import { allUnits, createResampler, dealIntoBlocks, drawReplicates, leaveOutUnits } from "./core-statistics.js";
import { parseDocument } from "./core-documents.js";
import { basename, dirname, join, resolve } from "node:path";

// src/stages/scores/read-score-table.ts
async function readScoreTable(request) {
	const { engine, name, baseDirectory, path, configuration } = request;
	const open = {
		name,
		baseDirectory,
		paths: [path]
	};
	await using data = await engine.open(open);
	const [file, ...others] = data.files;
	if (file === void 0 || others.length > 0) throw new InputError(`${name}: ${path} matches ${data.files.length} files; name one table`);
	const id = idColumnOf(request, data);
	const columns = chooseScoreColumns({
		table: `${name}: ${file.path}`,
		columns: data.columns.map((column) => column.name),
		id,
		task: configuration.task,
		classes: request.classes,
		target: configuration.data.target
	});
	const { scores, label } = columns;
	const scoreNames = scores.kind === "single" ? [scores.column] : scores.columns.map(({ column }) => column);
	const read = await data.read([
		{
			name: id,
			as: "text"
		},
		...scoreNames.map((column) => ({
			name: column,
			as: "number"
		})),
		...label === void 0 ? [] : [{
			name: label,
			as: "text"
		}]
	]);
	const values = read.columns.slice(1, 1 + scoreNames.length).map(numbersOf);
	const labels = label === void 0 ? void 0 : read.columns.at(-1);
	return {
		name,
		table: {
			columns,
			values,
			...labels?.kind === "text" ? { labels } : {}
		},
		ids: textOf(read.columns[0]),
		hashed: id === "id_hash" && configuration.data.id !== "id_hash",
		file,
		placesOf: (rows) => namePlaces(engine, open, rows)
	};
}
function classesOfScores({ table }) {
	const { scores } = table.columns;
	return scores.kind === "single" ? [] : scores.columns.map(({ className }) => className);
}
async function namePlaces(engine, open, rows) {
	if (rows.length === 0) return [];
	await using data = await engine.open(open);
	return await placeNames(data, rows);
}
async function placeNames(data, rows) {
	return (await data.places(rows)).map(({ file, line }) => `${file} ${/\.(parquet|parq|pq)$/i.test(file) ? "row" : "line"} ${line}`);
}
function idColumnOf({ name, path, configuration }, data) {
	const { id } = configuration.data;
	if (id === void 0) throw missingId(name);
	const names = data.columns.map((column) => column.name);
	const found = [id, ID_HASH_COLUMN].find((column) => names.includes(column));
	if (found !== void 0) return found;
	throw new InputError(`${name}: ${path} has no column ${JSON.stringify(id)} (data.id), by which its rows are matched with those of the holdout; it has ${names.map((column) => JSON.stringify(column)).join(", ")}`);
}
function missingId(name) {
	return new InputError(`${name}: scores are matched with the rows of the holdout by an id, and none is named; write data.id (or --id): a column that tells all rows apart`);
}
function numbersOf(column) {
	if (column.kind === "number") return column.values;
	throw new Error(`the scores in ${column.name} were not read as numbers`);
}
function textOf(column) {
	if (column?.kind === "text") return column;
	throw new Error("the ids of a score table were not read as text");
}

// src/stages/comparison/name-rows.ts
async function nameHoldoutRows(holdout, rows) {
	await using data = await openRole(holdout.request.ports.engine, {
		role: "holdout",
		...holdout.request
	});
	return (await placeNames(data, rows)).map((place) => `holdout ${place}`);
}

// src/stages/comparison/holdout-features.ts
function openFeatures(holdout, model) {
	const { configuration, ports } = holdout.request;
	return openRole(ports.engine, {
		role: "holdout",
		...holdout.request,
		...model.features ? { features: withoutAnswer(model.features, configuration) } : {}
	});
}
function withoutAnswer(features, { data }) {
	return {
		...features,
		withheld: data.target === void 0 ? [] : [data.target]
	};
}
async function positionsOf(holdout, model, data) {
	const order = await matchRows({
		data,
		name: model.name
	}, {
		labelled: holdout.rows,
		idName: holdout.request.configuration.data.id
	});
	return order === void 0 ? holdout.labelled : takeValues(order, holdout.labelled);
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
function readAs({ type }) {
	return type === "string" || type === "other" ? "text" : "number";
}

// src/stages/comparison/read-holdout.ts
async function readHoldout(request) {
	const { configuration } = request;
	await using data = await openRole(request.ports.engine, {
		role: "holdout",
		...request
	});
	request.log.info(describeReading(data));
	const { cost, slices } = configuration.comparison;
	const costColumns = cost ? [cost.falsePositive, cost.falseNegative].filter((value) => typeof value === "string") : [];
	const sliceColumns = slices.flatMap((slice) => slice.kind === "column" && hasColumn(data, slice.column) ? [slice.column] : []);
	const rows = await readLabelledRows(data, configuration, [...costColumns, ...sliceColumns]);
	const labelled = labelledPositions(rows.target);
	if (labelled.length === 0) throw new InputError(`the holdout has ${rows.table.rowCount} rows, and none of them has a label in ${rows.target.name}`);
	const repeatedIds = rows.id === void 0 ? 0 : countRepeated(takeColumn(rows.id, labelled));
	if (repeatedIds > 0) request.log.warning(describeRepeatedIds(repeatedIds, labelled.length));
	return {
		rows,
		labelled,
		repeatedIds,
		digest: await data.digest(),
		files: data.files,
		request
	};
}
function countRepeated(column) {
	const codes = groupCodes(column);
	const seen = /* @__PURE__ */ new Set();
	let repeated = 0;
	for (const code of codes) {
		if (code === -1) continue;
		if (seen.has(code)) repeated++;
		seen.add(code);
	}
	return repeated;
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
function dependenceColumn({ rows, repeatedIds }) {
	return rows.group ?? (repeatedIds > 0 ? rows.id : void 0);
}
function groupsOf(holdout, kept) {
	const group = dependenceColumn(holdout);
	return group && renumber(takeValues(takeValues(groupCodes(group), holdout.labelled), kept));
}
function takeColumn(column, rows) {
	return takeRows({
		rowCount: rows.length,
		columns: [column]
	}, rows).columns[0];
}

// src/stages/scores/rows-to-score.ts
async function readRowsToScore(holdout, model) {
	const { target, id } = holdout.request.configuration.data;
	const ids = holdout.rows.id;
	if (id === void 0 || ids === void 0) throw missingId("scoring.command");
	await using data = await openFeatures(holdout, model);
	const positions = await positionsOf(holdout, model, data);
	const requests = data.columns.filter(({ name }) => name !== target && name !== id).map(({ name, type }) => ({
		name,
		as: asTrained(type)
	}));
	const features = takeRows(await data.read(requests), positions);
	return {
		rowCount: features.rowCount,
		columns: [takeColumn(ids, holdout.labelled), ...features.columns]
	};
}
async function readOwnSliceFeatures(holdout, model) {
	if (!holdout.request.configuration.comparison.slices.some((slice) => slice.kind === "column" && findColumn(holdout.rows.table, slice.column) === void 0)) return {
		rowCount: holdout.labelled.length,
		columns: []
	};
	await using data = await openFeatures(holdout, model);
	return await readSliceFeatures(holdout, data, await positionsOf(holdout, model, data));
}
function asTrained(type) {
	return type === "number" ? "number" : "text";
}

// src/stages/scores/join-scores.ts
async function joinScores({ holdout, truth, model, read }, { sha256 }) {
	const { task } = holdout.request.configuration;
	const ids = idsOf(holdout, read.name);
	const { rows, problems } = matchIds({
		holdout: read.hashed ? hashIds(ids, sha256) : ids,
		labelled: holdout.labelled,
		table: read.ids
	});
	await refuseIdProblems(problems, holdout, read);
	const classes = "classes" in truth ? truth.classes : [];
	const taken = takeScoreValues({
		table: read.table,
		task,
		classes,
		rows
	});
	if ("problem" in taken) {
		const [place] = await read.placesOf([taken.row]);
		throw new InputError(`${read.name}: ${place}: ${taken.problem}`);
	}
	return {
		...taken,
		refused: new Map(taken.refused.map(({ row, reason }) => [row, reason])),
		features: await readOwnSliceFeatures(holdout, model)
	};
}
function idsOf(holdout, name) {
	const { id } = holdout.rows;
	if (id === void 0) throw missingId(name);
	if (id.kind === "text") return id;
	throw new Error("the ids of the holdout were not read as text");
}
async function refuseIdProblems(problems, holdout, read) {
	const isOfHoldout = (kind) => /holdout$/i.test(kind) || kind === "missing";
	const named = [];
	for (const [kind, { count, first }] of Object.entries(problems)) {
		const places = count === 0 ? [] : isOfHoldout(kind) ? await nameHoldoutRows(holdout, first) : await read.placesOf(first);
		named.push([kind, {
			count,
			places
		}]);
	}
	const idName = holdout.request.configuration.data.id ?? "id";
	const words = describeIdProblems(Object.fromEntries(named), idName);
	if (words !== "") throw new InputError(`${read.name}: ${read.file.path} does not fit the holdout: ${words}`);
}

// src/stages/scores/store-scores.ts
const SCORES_FOLDER = "scores";
async function storeScores({ holdout, truth, side, by, scored, evidenceDirectory }, world) {
	const ids = idsOf(holdout, `${side}-scores`);
	const table = buildStoredScores({
		ids: hashIds({
			...ids,
			codes: takeValues(ids.codes, holdout.labelled)
		}, world.sha256),
		values: scored.values,
		width: scored.width,
		...scored.labels ? { labels: scored.labels } : {},
		classes: "classes" in truth ? truth.classes : []
	});
	const path = `${SCORES_FOLDER}/${side}.parquet`;
	const file = join(evidenceDirectory, path);
	await holdout.request.ports.engine.writeParquet(file, table);
	return {
		by,
		path,
		sha256: (await world.files.digest(file)).sha256
	};
}
async function removeStoredScores(evidenceDirectory, world) {
	await world.files.remove(join(evidenceDirectory, SCORES_FOLDER));
}

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
		measured: judged?.latency ? { latency: judged.latency } : {},
		verdict: judged?.judgement.verdict ?? "unchanged",
		promote: (judged?.judgement.promote ?? true) && !facts.selfReported,
		...facts.selfReported ? { selfReported: true } : {},
		primary: judged?.primary ?? configuration.comparison.primary ?? DEFAULT_METRICS[configuration.task][0],
		...version === void 0 ? {} : { proposedVersion: version },
		...champion ? { champion: describeJudged(champion, {
			scores: judged?.scores?.champion,
			told: judged?.told.champion
		}) } : {},
		challenger: describeJudged(challenger, {
			scores: judged?.scores?.challenger,
			told: judged?.told.challenger
		}),
		exam: {
			...exam.commit === void 0 ? {} : { commit: exam.commit },
			changed: [...exam.changed],
			...exam.coversData ? {} : { coversData: false },
			...exam.fetchRunsChange ? { fetchRunsChange: true } : {},
			...proposedOf(judged)
		},
		confidence: judged?.judgement.confidence ?? .95,
		metrics: judged ? [...judged.judgement.metrics] : [],
		gates: judged ? [...judged.judgement.gates] : [],
		slices: judged ? [...judged.judgement.slices] : [],
		...judged?.flips ? { flips: judged.flips } : {},
		...judged?.calibration ? { calibration: judged.calibration } : {},
		...judged?.curves ? { curves: judged.curves } : {},
		...contractOf(facts),
		...sizeOf(champion, challenger),
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
function describeJudged(model, { scores, told }) {
	return {
		digest: model.digest,
		bytes: model.bytes,
		...model.version === void 0 ? {} : { version: model.version },
		origin: model.origin,
		...model.featureColumns ? { featureColumns: model.featureColumns.map((column) => column.name) } : {},
		...model.training ? { path: model.training.path } : {},
		...scores ? { scores } : {},
		...told
	};
}
function sizeOf(champion, challenger) {
	if (challenger.scoresOnly === true) return {};
	const before = champion?.scoresOnly === true ? void 0 : champion?.bytes;
	return { size: {
		...before === void 0 ? {} : { champion: before },
		challenger: challenger.bytes
	} };
}
function proposedOf(judged) {
	if (judged?.proposed === void 0) return {};
	return { proposed: judged.proposed };
}
function contractOf({ champion, judged, contract }) {
	if (contract !== void 0) return { modelContract: contract };
	return champion !== void 0 && judged === void 0 ? { modelContract: { changes: [] } } : {};
}
function proposedVersion(facts) {
	const { champion, challenger, judged, request, contract } = facts;
	if (challenger.training === void 0 || judged === void 0) return void 0;
	if (champion !== void 0 && champion.manifest === void 0) return void 0;
	return nextVersion({
		...champion?.manifest ? { champion: champion.manifest } : {},
		signature: challenger.training.signature,
		task: request.exam.configuration.task,
		sameWeights: champion?.digest === challenger.digest,
		...breakingOf(contract)
	}).version;
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

// src/stages/comparison/describe-contracts.ts
const SAID_ELSEWHERE = ["parameters", "size"];
const MOST_CHANGES = 100;
async function compareContracts(models, scorer) {
	const { champion, challenger } = models;
	if (champion.digest === challenger.digest) return { changes: [] };
	const before = await scorer.describe({
		path: champion.path,
		name: champion.name
	});
	const after = await scorer.describe({
		path: challenger.path,
		name: challenger.name
	});
	return documentChanges(diffContracts(before.contract, after.contract));
}
function documentChanges(changes) {
	const shown = changes.filter(({ kind }) => !SAID_ELSEWHERE.includes(kind));
	const sorted = [...shown.filter(({ breaking }) => breaking), ...shown.filter(({ breaking }) => !breaking)].map(({ change, breaking }) => ({
		change,
		breaking
	}));
	if (sorted.length <= MOST_CHANGES) return { changes: sorted };
	const left = sorted.slice(MOST_CHANGES);
	const more = {
		change: `${left.length} more changes`,
		breaking: left.some(({ breaking }) => breaking)
	};
	return { changes: [...sorted.slice(0, MOST_CHANGES), more] };
}

// src/stages/scores/score-by-command.ts
const SCORES_FILE = "scores.csv";
async function scoreByCommand(scoring, { files, commands, log }) {
	const { command, model } = scoring;
	const temporary = await files.temporaryDirectory("scores");
	const rows = join(temporary, "holdout.csv");
	const scores = join(temporary, SCORES_FILE);
	await files.writeChunks(rows, renderCsv(scoring.rows));
	const result = await commands.run({
		command,
		directory: scoring.directory,
		environment: {
			CONTENDER_MODEL_PATH: model.path,
			CONTENDER_HOLDOUT_DATA: rows,
			CONTENDER_SCORES_PATH: scores,
			CONTENDER_TASK: scoring.task
		},
		timeLimitSeconds: scoring.timeLimitSeconds,
		onOutput: (line) => log.info(line)
	});
	const subject = `scoring.command, run for the ${model.name},`;
	if (result.exitCode !== 0) throw new InputError(`${subject} ended with code ${result.exitCode}: ${command}; its last words: ${result.lastOutput.trim().slice(-500)}`);
	if (!await files.exists(scores)) throw new InputError(`${subject} ended well but wrote no table of scores to the path in CONTENDER_SCORES_PATH (CSV with the id and a score): ${command}`);
	return {
		directory: temporary,
		file: SCORES_FILE
	};
}

// src/stages/scores/score-source.ts
function chooseScoreSource(request) {
	const { model, side, given, configuration, holdoutDigest } = request;
	if (given !== void 0) return {
		by: "table",
		path: given,
		name: `${side}-scores`
	};
	const { manifest, training, releasedScores } = model;
	const described = manifest ?? training;
	if (described?.signature !== void 0) return { by: "model" };
	const isSameExam = manifest?.holdoutData === holdoutDigest && manifest.task === configuration.task;
	if (releasedScores !== void 0 && isSameExam) return {
		by: "release",
		path: releasedScores,
		name: `scores of ${model.name}`
	};
	const { scoring } = configuration;
	if (scoring?.command !== void 0) return {
		by: "command",
		command: scoring.command,
		timeLimitSeconds: scoring.timeLimitSeconds
	};
	if (described === void 0) return { by: "model" };
	const reason = releasedScores === void 0 ? "" : ", and the scores of its release are of another holdout";
	throw new InputError(`${model.name} is no ONNX model${reason}; write scoring.command in the config (on a pull request that of the base branch counts), or give a table of its scores as ${side}-scores (--${side}-scores)`);
}

// src/stages/scores/read-scores.ts
async function findScores(request, ports) {
	const { holdout, model, side, given } = request;
	const { configuration } = holdout.request;
	const source = chooseScoreSource({
		model,
		side,
		given,
		configuration,
		holdoutDigest: holdout.digest
	});
	if (source.by === "model") return void 0;
	if (source.by === "command") return {
		by: "command",
		read: await readFromCommand(request, source, ports)
	};
	const { path, name, by } = source;
	const place = by === "table" ? {
		baseDirectory: ".",
		path
	} : {
		baseDirectory: dirname(path),
		path: basename(path)
	};
	ports.world.log.info(`${model.name}: judged by its scores in ${place.path}`);
	return {
		by,
		read: await readTable(request, {
			...place,
			name
		})
	};
}
async function readFromCommand(request, { command, timeLimitSeconds }, { world, commands }) {
	const { holdout, model, directory } = request;
	const { task } = holdout.request.configuration;
	const { files, log } = world;
	const rows = await readRowsToScore(holdout, model);
	const written = await log.group(`Score the ${model.name} by scoring.command`, () => scoreByCommand({
		command,
		timeLimitSeconds,
		model,
		task,
		rows,
		directory
	}, {
		files,
		commands,
		log
	}));
	return await readTable(request, {
		baseDirectory: written.directory,
		path: written.file,
		name: `scoring.command for the ${model.name}`
	});
}
function readTable({ holdout, classes }, place) {
	const { configuration, ports } = holdout.request;
	return readScoreTable({
		engine: ports.engine,
		configuration,
		classes,
		...place
	});
}

// src/stages/scores/both-scores.ts
async function findBothScores(holdout, { exam, champion, challenger, scores }, ports) {
	const truth = truthOf(holdout, []);
	const common = {
		holdout,
		classes: "classes" in truth ? truth.classes : [],
		directory: resolve(exam.headDirectory)
	};
	const found = async (side, model) => model && await findScores({
		...common,
		model,
		side,
		given: scores[side]
	}, ports);
	const own = await found("challenger", challenger);
	const champions = await found("champion", champion);
	return {
		...own ? { challenger: own } : {},
		...champions ? { champion: champions } : {}
	};
}
function isAny({ challenger, champion }) {
	return challenger !== void 0 || champion !== void 0;
}
async function storeBothScores(request, world) {
	const { found, scored, ...common } = request;
	const store = async (side) => {
		const [scores, own] = [found[side], scored[side]];
		if (scores === void 0 || own === void 0) return {};
		return { [side]: await storeScores({
			...common,
			side,
			by: scores.by,
			scored: own
		}, world) };
	};
	if (!isAny(found)) return void 0;
	return {
		...await store("challenger"),
		...await store("champion")
	};
}
function describeTables(found) {
	return ["challenger", "champion"].flatMap((side) => {
		const scores = found[side];
		if (scores?.by !== "table") return [];
		return [{
			role: `${side}-scores`,
			...scores.read.file,
			rows: scores.read.ids.codes.length
		}];
	});
}

// src/stages/comparison/compared-rules.ts
function rulesOf({ comparison, task }) {
	const first = comparison.metrics.find((metric) => metric.kind === "named");
	return {
		primary: comparison.primary ?? first?.name ?? DEFAULT_METRICS[task][0],
		guardrails: comparison.guardrails,
		margins: comparison.margins,
		...comparison.gates ? { gates: comparison.gates } : {}
	};
}
function metricsOf(configuration) {
	const { comparison, task } = configuration;
	const asSql = comparison.metrics.flatMap((metric) => metric.kind === "sql" ? [metric.name] : []);
	return comparedNames(configuration).flatMap((name) => {
		if (asSql.includes(name)) return [];
		const lookup = findMetric(task, name);
		if (!lookup.found) throw new InputError(`${lookup.reason}; did you mean ${lookup.nearest}? Known: ${lookup.allowed.join(", ")}`);
		return lookup.metric.kind === "sample" ? [lookup.metric] : [];
	});
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
		const shown = value !== void 0 && isPlainlyPersonal(value) ? "(hidden)" : value;
		const name = `${column.name} = ${shown ?? "(missing)"}`;
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

// src/stages/comparison/holdout-use.ts
function countHoldoutUses(judged, ports) {
	const { championModel, configuration } = judged.exam;
	const subject = {
		holdout: judged.holdout.digest,
		challenger: judged.challenger.digest
	};
	const budget = configuration.comparison.holdoutBudget;
	return readUses({
		model: championModel,
		budget,
		...subject
	}, ports);
}
function spendingOf({ comparison }, counted) {
	if (comparison.holdoutBudget === "warn" || counted === void 0) return {};
	return { holdoutUse: counted.use };
}
function describeUses({ holdoutUse }, counted) {
	if (counted === void 0) return {};
	return {
		uses: counted.uses,
		...holdoutUse === void 0 ? {} : { use: holdoutUse }
	};
}

// src/stages/comparison/measure-models.ts
const LATENCY_ROWS = 1e3;
function asksForLatency({ comparison }) {
	return [
		...comparison.metrics.map((metric) => metric.name),
		...(comparison.gates ?? []).map((gate) => gate.metric),
		...comparison.guardrails
	].includes("latency_p95_ms");
}
async function measureModels(request, scorer) {
	const { models, configuration } = request;
	const sizes = measureSizes(models);
	if (!asksForLatency(configuration) || isAny(models.found)) return sizes;
	return [...sizes, await measureLatency(request, scorer)];
}
function measureSizes({ champion, challenger }) {
	if (challenger.scoresOnly === true) return [];
	const before = champion === void 0 || champion.scoresOnly === true ? {} : { champion: champion.bytes };
	return [compareSizes({
		...before,
		challenger: challenger.bytes
	})];
}
async function measureLatency({ models, scored, truth, configuration }, scorer) {
	const { champion, challenger } = models;
	const { task, data } = configuration;
	const judged = [{
		model: challenger,
		rows: scored.challenger.firstRows
	}];
	if (champion && scored.champion) judged.push({
		model: champion,
		rows: scored.champion.firstRows
	});
	const [own, champions] = await scorer.measureLatency({
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
		...champions ? { champion: champions } : {},
		batchRows: scored.challenger.firstRows?.rowCount ?? 0
	});
}

// src/stages/comparison/seed.ts
function seedPart(model) {
	if (model === void 0) return "none";
	return model.scoresOnly === true ? "scores" : model.digest;
}
function seedOf(world, parts) {
	return Number.parseInt(world.sha256(parts.join("\n")).slice(0, 8), 16);
}

// src/stages/comparison/sql-metrics.ts
const DRAWN_ROWS_AT_ONCE = 2e6;
async function estimateSqlMetrics(request) {
	const metrics = request.configuration.comparison.metrics.filter((metric) => metric.kind === "sql");
	if (metrics.length === 0) return [];
	const { holdout } = request;
	await using data = await openRole(holdout.request.ports.engine, {
		role: "holdout",
		...holdout.request,
		repeatable: true
	});
	const provided = [];
	for (const metric of metrics) provided.push(await estimateInOneRow(metric, request, data));
	return provided;
}
async function estimateInOneRow(metric, request, data) {
	try {
		return await estimateOne(metric, request, data);
	} catch (error) {
		if (!(error instanceof InputError) || metric.location === void 0) throw error;
		throw new InputError(error.message, {
			location: metric.location,
			cause: error
		});
	}
}
async function estimateOne(metric, request, data) {
	const { input } = request;
	await using aggregate = await openAggregate(metric, request, data);
	const whole = await estimatePart(metric, {
		input,
		aggregate
	});
	const slices = /* @__PURE__ */ new Map();
	const wanted = asksForSlices(metric, input) ? input.slices.filter((slice) => slice.rows.length >= 50) : [];
	const sharing = wanted.reduce((total, slice) => total + slice.rows.length, 0);
	for (const { name, rows } of wanted) slices.set(name, await estimatePart(metric, {
		input,
		aggregate,
		slice: {
			rows,
			sharing
		}
	}));
	return {
		whole,
		slices
	};
}
function asksForSlices({ name }, { rules }) {
	if (rules.primary === name) return true;
	return (rules.gates ?? []).some((gate) => gate.metric === name && gate.slices !== void 0);
}
function openAggregate(metric, { configuration, holdout, truth, scored, kept, input }, data) {
	const group = dependenceColumn(holdout);
	const { id, sensitive } = configuration.data;
	const classes = "classes" in truth ? truth.classes : [];
	const challenger = answerColumns(input.challenger, classes);
	const champion = input.champion && answerColumns(input.champion, classes);
	return data.aggregate({
		subject: `comparison.metrics: the SQL of ${quote(metric.name)}`,
		sql: metric.sql,
		rows: takeValues(holdout.labelled, kept),
		ranks: numberEqualRows({
			rows: kept,
			truth,
			scores: [scored.challenger, ...scored.champion ? [scored.champion] : []],
			...group ? { groups: takeColumn(group, holdout.labelled) } : {}
		}),
		shared: challenger.shared,
		models: [challenger.own, ...champion ? [champion.own] : []],
		withheld: [...id === void 0 ? [] : [id], ...sensitive]
	});
}
async function estimatePart({ name, direction }, { input, aggregate, slice }) {
	const sample = slice ? takeSample(input.challenger, slice.rows) : input.challenger;
	const groups = slice && input.groups ? takeValues(input.groups, slice.rows) : input.groups;
	const design = chooseDesign({
		challenger: sample,
		...groups ? { groups } : {}
	});
	const resampler = createResampler(design);
	await aggregate.choose({
		...slice ? { rows: slice.rows } : {},
		units: resampler.unitOfRow
	});
	const isGrouped = design.kind === "groups";
	const plan = planSampling({
		rows: sampleRowCount(sample),
		units: resampler.unitCount,
		isGrouped,
		...slice ? { sharing: slice.sharing } : {}
	});
	const units = countUnits({
		challenger: sample,
		...groups ? { groups } : {}
	});
	const described = {
		metric: {
			name,
			direction
		},
		isGrouped,
		units
	};
	const work = {
		aggregate,
		resampler,
		seed: input.seed
	};
	const values = (await aggregate.compute(allUnits(resampler))).map(([value]) => value);
	if (!aggregate.isResamplable) {
		const [challenger, champion] = values.map((value) => ({ value }));
		return describeWithoutInterval({
			...described,
			challenger,
			...champion ? { champion } : {}
		}, "it counts distinct values or picks out single rows, and resamples cannot tell how that varies");
	}
	if (plan.kind === "blocks") {
		const [challenger, champion] = await computeBlocks(work, plan.blocks, values);
		return describeByBlocks({
			...described,
			challenger,
			...champion ? { champion } : {}
		});
	}
	const progress = slice ? void 0 : input.onProgress;
	const [challenger, champion] = await bootstrap({
		...work,
		plan,
		values,
		progress
	});
	return describeByBootstrap({
		...described,
		challenger,
		...champion ? { champion } : {}
	});
}
async function computeBlocks({ aggregate, resampler, seed }, blocks, values) {
	const doubled = await aggregate.compute(allUnits(resampler, 2));
	const dealt = await aggregate.compute(dealIntoBlocks(resampler, seed, blocks));
	return values.map((value, model) => ({
		value,
		doubled: doubled[model][0],
		blocks: dealt[model]
	}));
}
async function bootstrap({ aggregate, resampler, seed, plan, values, progress }) {
	const compute = (total, draw) => computeInParts({
		aggregate,
		resampler,
		models: values.length,
		total,
		draw,
		progress
	});
	const replicates = await compute(plan.replicates, (range) => drawReplicates(resampler, seed, range));
	const jackknife = plan.jackknife ? await compute(resampler.unitCount, (range) => leaveOutUnits(resampler, range)) : void 0;
	return values.map((value, model) => ({
		value,
		replicates: replicates[model],
		...jackknife ? { jackknife: jackknife[model] } : {}
	}));
}
async function computeInParts(work) {
	const { total, resampler } = work;
	const results = Array.from({ length: work.models }, () => new Float64Array(total));
	const step = Math.max(1, Math.floor(DRAWN_ROWS_AT_ONCE / resampler.rowCount));
	for (let from = 0; from < total; from += step) {
		const to = Math.min(total, from + step);
		const values = await work.aggregate.compute(work.draw({
			from,
			to
		}));
		for (const [model, found] of values.entries()) results[model].set(found, from);
		work.progress?.(to, total);
	}
	return results;
}

// src/stages/comparison/comparison-input.ts
function inCanonicalOrder(kept, { holdout, truth, scored }) {
	const group = dependenceColumn(holdout);
	return orderCanonically({
		rows: kept,
		truth,
		scores: [scored.challenger, ...scored.champion ? [scored.champion] : []],
		...group ? { groups: takeColumn(group, holdout.labelled) } : {}
	});
}
async function buildInput(paired, configuration) {
	const { models, holdout, truth, scored, kept, champion, challenger, ports } = paired;
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
	const input = {
		challenger: sample(scored.challenger),
		...scored.champion ? { champion: sample(scored.champion) } : {},
		...groups ? { groups } : {},
		metrics: metricsOf(configuration),
		measured: await measureModels({
			models,
			scored,
			truth,
			configuration
		}, ports.scorer),
		rules,
		...spendingOf(configuration, paired.counted),
		slices,
		seed: seedOf(ports.world, [
			seedPart(champion),
			seedPart(challenger),
			holdout.digest,
			"comparison"
		]),
		replicates: BOOTSTRAP_REPLICATES,
		onProgress: (done, total) => ports.world.log.progress("resamples", done, total)
	};
	return {
		...input,
		provided: await estimateSqlMetrics({
			...paired,
			configuration,
			input
		})
	};
}

// src/stages/comparison/find-flips.ts
const HASH_DIGITS = 16;
function findFlips(request, { sha256 }) {
	const { champion, challenger, slices } = request.input;
	if (champion === void 0) return void 0;
	return describeFlips({
		champion,
		challenger,
		slices,
		threshold: thresholdOf(request),
		idHashOf: hashIdsOf(request, sha256)
	});
}
function thresholdOf({ holdout, scored }) {
	const { task, comparison } = holdout.request.configuration;
	if (task !== "binary-classification") return void 0;
	const own = scored.challenger.labels ?? scored.champion?.labels;
	return comparison.threshold ?? (own === void 0 ? .5 : void 0);
}
function hashIdsOf({ holdout, kept }, sha256) {
	const { id } = holdout.rows;
	if (id === void 0) return void 0;
	const { model } = holdout.request.configuration;
	return (row) => {
		const text = cellText(id, holdout.labelled[kept[row]]);
		return text === void 0 ? void 0 : sha256(`${model}:${text}`).slice(0, HASH_DIGITS);
	};
}

// src/stages/comparison/judge-proposal.ts
async function judgeProposed(paired, input) {
	const { changed } = paired.exam;
	if (!changed.some(({ what }) => what === "comparison" || what.startsWith("comparison."))) return void 0;
	try {
		const { verdict, promote } = await judgeByProposal(paired, input);
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
async function judgeByProposal(paired, input) {
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
	const { onProgress: _silent, holdoutUse: _ofTheBase, provided: _others, ...rest } = input;
	const proposed = {
		...rest,
		challenger: sample(scored.challenger),
		...scored.champion ? { champion: sample(scored.champion) } : {},
		metrics: metricsOf(configuration),
		rules,
		...spendingOf(configuration, paired.counted)
	};
	return compareModels({
		...proposed,
		provided: await estimateSqlMetrics({
			...paired,
			configuration,
			input: proposed
		})
	});
}

// src/stages/comparison/score-on-holdout.ts
async function scoreOnHoldout(holdout, model, { truth, latencyRows }) {
	const { configuration, ports, log } = holdout.request;
	await using data = await openFeatures(holdout, model);
	const columns = await columnsOf(model, data, holdout.request);
	const rows = pickColumns(data, columns.map(({ name }) => name));
	const positions = await positionsOf(holdout, model, data);
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

// src/stages/comparison/score-both.ts
async function classesOf({ champion, challenger, found }, { task }, scorer) {
	if (task !== "multiclass-classification") return [];
	const known = async (model, scores) => {
		if (scores !== void 0) return classesOfScores(scores.read);
		if (model === void 0) return [];
		return (await scorer.describe({
			path: model.path,
			name: model.name
		})).classes ?? [];
	};
	return [...await known(challenger, found.challenger), ...await known(champion, found.champion)];
}
async function scoreBoth({ holdout, truth, models }, world) {
	const { champion, challenger, found } = models;
	const latencyRows = asksForLatency(holdout.request.configuration) ? LATENCY_ROWS : 0;
	const score = (model, scores) => scores === void 0 ? scoreOnHoldout(holdout, model, {
		truth,
		latencyRows
	}) : joinScores({
		holdout,
		truth,
		model,
		read: scores.read
	}, world);
	const own = await score(challenger, found.challenger);
	if (champion === void 0) return { challenger: own };
	return {
		challenger: own,
		champion: await score(champion, found.champion)
	};
}

// src/stages/comparison/tell-scoring.ts
const MOST_NAMED = 5;
async function tellBoth([challenger, champion], holdout, log) {
	if (challenger === void 0) throw new Error("no challenger was scored");
	const own = await tellScoring(challenger, holdout, log);
	if (champion === void 0) return { challenger: own };
	return {
		challenger: own,
		champion: await tellScoring(champion, holdout, log)
	};
}
async function tellScoring({ name, scored }, holdout, log) {
	const { binding } = scored;
	const refused = await describeRefused(scored, holdout);
	if (binding) {
		log.info(`${name}: its inputs take their columns ${binding.by}`);
		for (const note of binding.notes) log.info(`${name}: ${logLine(note)}`);
	}
	if (refused) {
		const more = refused.rows > refused.first.length ? " and others" : "";
		log.warning(`${name} gave no answer for ${refused.rows} of ${holdout.labelled.length} rows, which are left out for both models: ${logLine(refused.reasons.join("; "))} (${refused.first.join(", ")}${more})`);
	}
	return {
		...binding ? { binding: {
			by: binding.by,
			notes: [...binding.notes]
		} } : {},
		...refused ? { refused } : {}
	};
}
async function describeRefused({ refused }, holdout) {
	if (refused.size === 0) return void 0;
	const first = [...refused.keys()].sort((left, right) => left - right).slice(0, MOST_NAMED);
	const places = await nameHoldoutRows(holdout, first.map((position) => holdout.labelled[position]));
	const reasons = [...new Set(refused.values())].slice(0, MOST_NAMED);
	return {
		rows: refused.size,
		reasons,
		first: [...places]
	};
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
	const counted = await countHoldoutUses({
		exam,
		challenger,
		holdout
	}, ports);
	const found = await findBothScores(holdout, request, ports);
	const models = {
		champion,
		challenger,
		found
	};
	const truth = truthOf(holdout, await classesOf(models, configuration, ports.scorer));
	if (truth.task === "binary-classification") log.info(`positive class: ${logLine(truth.classes[1] ?? "")}`);
	const scored = await log.group("Score the models", () => scoreBoth({
		holdout,
		truth,
		models
	}, ports.world));
	const { evidenceDirectory } = request.scores;
	const stored = await storeBothScores({
		holdout,
		truth,
		found,
		scored,
		evidenceDirectory
	}, ports.world);
	const pairs = pairRows(truth, namedScores(scored, request));
	const told = await tellBoth(namedScores(scored, request), holdout, log);
	const kept = inCanonicalOrder(pairs.kept, {
		holdout,
		truth,
		scored
	});
	const unlabelled = countUnlabelled(holdout);
	if (unlabelled > 0) log.info(`${unlabelled} rows of the holdout have no label and are left out`);
	const paired = {
		...request,
		models,
		holdout,
		truth,
		scored,
		kept,
		counted,
		ports
	};
	const input = await buildInput(paired, configuration);
	const overlaps = await log.group("Look for holdout rows in the training data", () => findOverlaps({
		holdout,
		champion,
		challenger
	}, ports.world));
	const judgement = await log.group("Compare", async () => compareModels(input));
	const proposed = await judgeProposed(paired, input);
	const flips = findFlips({
		input,
		holdout,
		scored,
		kept
	}, ports.world);
	const calibration = summarizeCalibration(input);
	const latency = input.measured.find((measured) => measured.latency)?.latency;
	const curves = computeCurves(input.challenger, input.champion, thresholdOf({
		holdout,
		scored
	}));
	return {
		judgement,
		primary: input.rules.primary,
		...proposed ? { proposed } : {},
		...flips ? { flips } : {},
		...calibration ? { calibration } : {},
		...latency ? { latency } : {},
		...curves ? { curves } : {},
		holdout: {
			...describeRows(paired, input, pairs.refused),
			...overlaps,
			...describeUses(input, counted)
		},
		inputs: [
			...holdout.files.map((file) => ({
				role: "holdout",
				...file,
				rowsDigest: holdout.digest
			})),
			...describeTables(found),
			...counted ? [counted.input] : []
		],
		...stored ? { scores: stored } : {},
		told,
		seed: input.seed
	};
}
function describeRows({ holdout, kept }, input, refused) {
	const floor = checkGroups(input.challenger, input.groups);
	const unlabelled = countUnlabelled(holdout);
	return {
		rows: kept.length,
		...positivesOf(input),
		...floor.groups === void 0 ? {} : { groups: floor.groups },
		...floor.groupsWithPositives === void 0 ? {} : { groupsWithPositives: floor.groupsWithPositives },
		digest: holdout.digest,
		...refused === 0 ? {} : { refusedRows: refused },
		...unlabelled === 0 ? {} : { unlabelledRows: unlabelled },
		...holdout.repeatedIds === 0 ? {} : { repeatedIds: holdout.repeatedIds }
	};
}
function countUnlabelled({ rows, labelled }) {
	return rows.table.rowCount - labelled.length;
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
function positivesOf(input) {
	if (input.challenger.task !== "binary-classification") return {};
	return { positives: input.challenger.labels.reduce((total, label) => total + label, 0) };
}

// src/stages/comparison/judged-models.ts
async function findChallenger({ setup, given, origin, scores, world }) {
	if (given !== void 0 && origin !== void 0) return {
		...await modelAt(given, "challenger", world),
		origin
	};
	if (given !== void 0) return await modelAt(given, `challenger ${given}`, world);
	const { files } = world;
	const { model } = setup.configuration;
	const file = join(setup.evidenceDirectory, "training.json");
	const text = await files.readText(file);
	if (text === void 0 && scores !== void 0) return await scoresAlone("challenger", scores, files);
	if (text === void 0) throw new InputError(`there is no challenger: ${file} does not exist; run train-model first, or name a model file with the input challenger (--challenger)`);
	const training = parseDocument("training", text, {
		file,
		model
	});
	if (training.verdict === "error") throw new InputError(`there is no challenger: training ended with an error: ${training.error.message}`);
	const found = await modelAt(join(setup.evidenceDirectory, training.path), "challenger", world);
	if (found.digest !== training.digest) throw new InputError(`the model file ${found.path}${besideText(found.files)} has the digest ${found.digest}, but ${file} says ${training.digest}; train again`);
	const features = training.features && await readQuery(files, join(setup.evidenceDirectory, training.features));
	return {
		...found,
		origin: "training of this run",
		featureColumns: training.featureColumns,
		...features ? { features } : {},
		...training.fingerprint ? { fingerprint: {
			path: join(setup.evidenceDirectory, training.fingerprint.path),
			sha256: training.fingerprint.sha256
		} } : {},
		training
	};
}
async function findChampion({ model, wanted, scores, registry, world }) {
	const { files } = world;
	if (wanted === "none" && scores !== void 0) throw new InputError("champion is none, but champion-scores names a table; leave one of them out (champion-scores alone is enough where there is no release)");
	if (wanted === "none") return void 0;
	const isVersion = /^v?\d+\.\d+\.\d+/.test(wanted) && !await files.exists(wanted);
	if (wanted !== "release" && !isVersion) return await modelAt(wanted, `champion ${wanted}`, world);
	if (registry === void 0 && scores !== void 0 && !isVersion) return await scoresAlone("champion", scores, files);
	if (registry === void 0) throw new InputError(`champion is ${wanted}, but no releases can be looked up here; give --registry DIR, a path, or \`none\``);
	const version = wanted.replace(/^v/, "");
	const release = isVersion ? await registry.findRelease(model, version) : await registry.findChampion(model);
	if (release === void 0) {
		if (!isVersion) return scores === void 0 ? void 0 : await scoresAlone("champion", scores, files);
		throw new InputError(`the model ${model} has no release ${version}`);
	}
	const directory = await files.temporaryDirectory("champion");
	return await fromRelease(await registry.download(release, directory), world);
}
async function fromRelease(release, world) {
	const { manifest, reference } = release;
	const { files } = world;
	const features = release.featuresPath === void 0 ? void 0 : await readQuery(files, release.featuresPath);
	const found = await modelAt(release.modelPath, `champion ${reference.version}`, world);
	if (found.digest !== manifest.digest) throw new InputError(`the model of release ${reference.version}${besideText(found.files)} has the digest ${found.digest}, but its manifest says ${manifest.digest}; publish the model again under a new version`);
	return {
		...found,
		version: reference.version,
		origin: `release ${reference.version}`,
		featureColumns: manifest.featureColumns,
		...features ? { features: {
			...features,
			file: `features.sql of release ${reference.version}`
		} } : {},
		manifest,
		...manifest.scores === void 0 ? {} : { releasedScores: join(resolve(release.directory), manifest.scores) },
		...manifest.fingerprint === void 0 ? {} : { fingerprint: { path: join(resolve(release.directory), manifest.fingerprint) } }
	};
}
async function scoresAlone(side, path, files) {
	const absolute = resolve(path);
	const { sha256: digest, bytes } = await files.digest(absolute);
	return {
		path: absolute,
		digest,
		bytes,
		files: [],
		origin: path,
		name: side,
		scoresOnly: true
	};
}
async function modelAt(path, name, world) {
	const absolute = resolve(path);
	return {
		path: absolute,
		...await identifyModel({
			path: absolute,
			name
		}, world),
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
async function withOwnFeatures(model, { configuration, headDirectory }, files) {
	if (model.training !== void 0 || model.manifest !== void 0) return model;
	const features = await readFeatures(files, configuration, headDirectory);
	return features === void 0 ? model : {
		...model,
		features
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
		for (const alert of describeLeakage(document).alerts) ports.world.log.warning(`leakage: ${alert}`);
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
	if (request.exam.configuration.data.weight !== void 0) ports.world.log.warning("data.weight is for training: a comparison counts every row of the holdout once");
	await removeStoredScores(setup.evidenceDirectory, ports.world);
	const { world } = ports;
	const challenger = await withOwnFeatures(await findChallenger({
		setup,
		given: request.challenger,
		origin: request.challengerOrigin,
		scores: request.challengerScores,
		world
	}), request.exam, world.files);
	const found = await findChampion({
		model: request.exam.championModel,
		wanted: request.champion,
		scores: request.championScores,
		registry: ports.registry,
		world
	});
	const champion = found && await withOwnFeatures(found, request.exam, world.files);
	const facts = {
		header,
		request,
		champion,
		challenger
	};
	if (champion && champion.digest === challenger.digest && sameFeatures(champion, challenger)) {
		ports.world.log.info(`the challenger has the bytes of the ${champion.name}: nothing to compare`);
		return buildComparison({
			...facts,
			judged: void 0,
			selfReported: ranForeignCode(challenger, request.exam, ports)
		});
	}
	const { exam, windows } = request;
	const scores = {
		challenger: request.challengerScores,
		champion: request.championScores,
		evidenceDirectory: setup.evidenceDirectory
	};
	const judged = await judge({
		exam,
		windows,
		champion,
		challenger,
		scores
	}, ports);
	const selfReported = ranForeignCode(challenger, exam, ports) || hasOwnWord(judged, ports);
	const contract = champion && judged.scores === void 0 ? await compareContracts({
		champion,
		challenger
	}, ports.scorer) : void 0;
	return buildComparison({
		...facts,
		contract,
		judged,
		selfReported
	});
}
function ranForeignCode(challenger, exam, { world }) {
	const { training } = challenger;
	const ran = training?.command !== void 0 || training !== void 0 && exam.fetchRunsChange;
	return world.context.event === "pull_request" && ran;
}
function hasOwnWord({ scores }, { world }) {
	const { event } = world.context;
	return [scores?.challenger, scores?.champion].some((one) => one !== void 0 && one.by !== "release") && (event === "pull_request" || event === "workflow_run");
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

export { COMPARISON_FAIL_ON, buildComparison, classesOf, findChampion, findScores, groupsOf, inCanonicalOrder, joinScores, modelAt, pairRows, readHoldout, rulesOf, runCompareModels, sampleOf, scoreOnHoldout, seedOf, seedPart, truthOf, withOwnFeatures };