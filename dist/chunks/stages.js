import { DataUnavailableError, EXIT_CODE, InputError, OutsideError, exitCodeOf, messageOf as messageOf$1, once } from "./core.js";
import { FLAG_KEYS, configurationFromFlags, isLockFileName, lockFileNameOf, mergeExamConfiguration, parseConfiguration } from "./core-configuration.js";
import { DOCUMENT_KINDS, buildFailedDocument, parseAnyDocument, parseDocument, serializeDocument } from "./core-documents.js";
import { MINIMUM_EFFECTS, PREDICTION_NAME, chooseLevel, compareColumns, decideDrift, labelledSample, measurePerformanceChange, predictionColumn, readBothTruths } from "./core-drift.js";
import { quantile } from "./core-statistics.js";
import { BOOTSTRAP_REPLICATES, DEFAULT_METRICS, buildSample, checkGroups, compareLatencies, compareModels, compareSizes, computeCurves, countFlips, readTruth, resolveMargin, takeValues } from "./core-comparison.js";
import { parseWindow, resolveWindows } from "./core-windows.js";
import { cellText, findColumn, renderCsv, takeRows } from "./core-data.js";
import { findMetric } from "./core-metrics.js";
import { MANIFEST_NAME, buildManifest, decideSource, nextVersion, parseLock, parseTag, refuseLowerVersion, renderLock } from "./core-release.js";
import { codeSpan, decideReplacement, escapeText, isDashboard, judge as judge$1, makeVisible, parseMarker, renderComment, renderDashboard, renderDriftEvidence, renderJobSummary, renderMarker, renderModelCard, renderReleaseNotes, renderRetrainingBody, renderRetrainingTitle, renderStatus, worstFirst } from "./core-report.js";
import { trainLearner } from "./core-learning.js";
import { applicableRules, checkDatasets, evaluateContract, parseContract, sharedIdFinding } from "./core-contract.js";
import { renderHtmlReport } from "./core-report-html.js";
import { basename, dirname, join, posix, relative, resolve, sep } from "node:path";

// src/stages/open-data.ts
function openRole(engine, request) {
	const { configuration, role } = request;
	const { data } = configuration;
	const own = data[role];
	const source = own ?? data.source;
	if (source === void 0) throw new InputError(`the config names no ${role} data; write data.${role}, or data.source with data.split`);
	const filters = own ? [] : splitFilters(request);
	return engine.open(buildRequest({
		...request,
		name: role,
		source,
		filters
	}));
}
function buildRequest({ name, source, directory, filters, features }) {
	const where = source.where === void 0 ? [] : [{
		kind: "sql",
		condition: source.where
	}];
	return {
		name,
		baseDirectory: directory,
		paths: source.paths,
		...source.sha256 === void 0 ? {} : { sha256: source.sha256 },
		filters: [...where, ...filters],
		...features ? { features } : {}
	};
}
async function readFeatures(files, configuration, directory) {
	const file = configuration.data.features;
	if (file === void 0) return void 0;
	const sql = await files.readText(join(directory, file));
	if (sql === void 0) throw new InputError(`data.features names ${file}, which does not exist in ${directory}`, { location: { file } });
	return {
		sql,
		file
	};
}
function splitFilters({ role, configuration, windows }) {
	const { data } = configuration;
	const { split } = data;
	if (split === void 0) throw new InputError("data.source needs data.split to tell training from holdout");
	if (windows !== void 0) {
		if (data.timestamp === void 0) throw new InputError("a split by time needs data.timestamp");
		return [{
			kind: "time",
			column: data.timestamp,
			...parseWindow(windows[role])
		}];
	}
	if (split.kind === "time" || split.by === "time") throw new Error("windows of a split by time were not resolved");
	const column = split.by === "group" ? data.group : data.id;
	if (column === void 0) throw new InputError(`a split by ${split.by} needs data.${split.by === "group" ? "group" : "id"}`);
	return [{
		kind: "hash",
		column,
		...role === "holdout" ? {
			from: 0,
			to: split.holdoutShare
		} : {
			from: split.holdoutShare,
			to: 1
		}
	}];
}
async function findWindows(request) {
	const { configuration, frozen, mode } = request;
	const { split } = configuration.data;
	if (configuration.data.source === void 0 || split === void 0) return void 0;
	if (split.kind === "share" && split.by !== "time") return void 0;
	if (mode === "frozen" && frozen !== void 0) return frozen;
	return await resolveFromData(request, split);
}
async function resolveFromData(request, split) {
	const { engine, configuration, directory, frozen, mode } = request;
	const { source, timestamp, target } = configuration.data;
	if (source === void 0 || timestamp === void 0) throw new InputError("a split by time needs data.source and data.timestamp");
	await using data = await engine.open(buildRequest({
		name: "source",
		source,
		directory,
		filters: []
	}));
	const labelled = target === void 0 ? {} : { where: `"${target.replaceAll("\"", "\"\"")}" is not null` };
	const all = await data.timeRange(timestamp);
	const known = await data.timeRange(timestamp, labelled);
	if (all === void 0 || known === void 0) throw new InputError(`no row of data.source has a value in ${timestamp}${target === void 0 ? "" : ` and a label in ${target}`}`);
	if (split.kind === "share") return await shareByTime(data, {
		timestamp,
		share: split.holdoutShare,
		end: known.to
	});
	const trainedTo = mode === "new" && frozen?.training.to !== void 0 ? Date.parse(frozen.training.to) : void 0;
	return resolveWindows(split, {
		newestRow: all.to,
		newestLabelled: known.to,
		...trainedTo === void 0 ? {} : { championTrainedTo: trainedTo }
	});
}
async function shareByTime(data, { timestamp, share, end }) {
	const { columns } = await data.read([{
		name: timestamp,
		as: "number"
	}]);
	const [times] = columns;
	if (times?.kind !== "number") throw new Error("a time column was not read as numbers");
	const cut = new Date(Math.ceil(quantile(times.values.filter((time) => !Number.isNaN(time)), 1 - share))).toISOString();
	return {
		training: { to: cut },
		holdout: {
			from: cut,
			to: new Date(end + 1).toISOString()
		}
	};
}

// src/stages/drift/declare-sides.ts
async function declareSides(request) {
	const { configuration } = request.exam;
	const windows = request.reference.length === 0 && configuration.data.reference === void 0 || request.current.length === 0 && configuration.data.current === void 0 ? await windowsInForce(request) : void 0;
	return {
		reference: declareReference(request, windows),
		current: declareCurrent(request, windows)
	};
}
function windowsInForce({ engine, exam, championWindows }) {
	const frozen = championWindows ?? exam.lock?.windows;
	return findWindows({
		engine,
		configuration: exam.configuration,
		directory: exam.directory,
		frozen,
		mode: "frozen"
	});
}
function declareReference(request, windows) {
	const { engine, exam, reference } = request;
	const { configuration } = exam;
	const { data } = configuration;
	const given = declareNamed(request, "reference", reference);
	if (given) return given;
	if (data.holdout === void 0 && data.source === void 0) throw new InputError("there is nothing to compare with; write data.reference (or data.holdout) in the config, or give the input reference (--reference)");
	return {
		description: data.holdout ? "the holdout" : `the holdout${spanOf(windows?.holdout)}`,
		open: (features) => openRole(engine, {
			role: "holdout",
			configuration,
			directory: exam.directory,
			windows,
			...features ? { features } : {}
		})
	};
}
function declareCurrent(request, windows) {
	const { engine, exam, current } = request;
	const { source, timestamp } = exam.configuration.data;
	const given = declareNamed(request, "current", current);
	if (given) return given;
	const from = windows && parseWindow(windows.holdout).to;
	if (source === void 0 || timestamp === void 0 || from === void 0) throw new InputError("there are no current data; write data.current in the config, give the input current (--current), or split data.source by time, so that the rows newer than the holdout are the current ones");
	const filters = [{
		kind: "time",
		column: timestamp,
		from
	}];
	return {
		description: `rows of data.source from ${new Date(from).toISOString()} on`,
		open: (features) => engine.open(buildRequest({
			name: "current",
			source,
			directory: exam.headDirectory,
			filters,
			...features ? { features } : {}
		}))
	};
}
function declareNamed({ engine, exam, workingDirectory }, name, paths) {
	const configured = exam.configuration.data[name];
	const source = paths.length > 0 ? { paths } : configured;
	if (source === void 0) return void 0;
	const directory = paths.length > 0 ? resolve(workingDirectory) : exam.headDirectory;
	return {
		description: source.paths.join(", "),
		open: (features) => engine.open(buildRequest({
			name,
			source,
			directory,
			filters: [],
			...features ? { features } : {}
		}))
	};
}
function spanOf(window) {
	if (window === void 0) return "";
	return ` from ${window.from ?? "the beginning"} to ${window.to ?? "the end"}`;
}

// src/stages/drift/find-champion.ts
async function findWatchedModel(request) {
	const { files, registry, given, workingDirectory } = request;
	if (given !== void 0) {
		const path = resolve(workingDirectory, given);
		if (!await files.exists(path)) throw new InputError(`the model ${given} does not exist in ${workingDirectory}; give the path of an ONNX file, or leave the input model (--model) out to take the champion`);
		const { sha256 } = await files.digest(path);
		return {
			file: {
				path,
				name: `the model ${given}`
			},
			digest: sha256
		};
	}
	const release = await registry?.findChampion(request.model);
	if (registry === void 0 || release === void 0) return void 0;
	const directory = await files.temporaryDirectory("champion");
	const { manifest, modelPath, featuresPath } = await registry.download(release, directory);
	const sql = featuresPath === void 0 ? void 0 : await files.readText(featuresPath);
	return {
		file: {
			path: modelPath,
			name: `champion ${manifest.version}`
		},
		digest: manifest.digest,
		version: manifest.version,
		manifest,
		...sql === void 0 ? {} : { features: {
			sql,
			file: `${manifest.features ?? "features"} of champion ${manifest.version}`
		} }
	};
}

// src/stages/data-inputs.ts
function describeInputs({ data, role, rowsDigest }) {
	const whole = {
		rows: data.rowCount,
		rowsDigest
	};
	const files = data.files.map((file) => ({
		role,
		...file
	}));
	const [only] = files;
	if (only !== void 0 && files.length === 1) return [{
		...only,
		...whole
	}];
	return [...files, {
		role,
		path: `${files.length} files`,
		...whole
	}];
}

// src/stages/score-rows.ts
async function readLabelledRows(data, configuration, further = []) {
	const { target, id, group } = configuration.data;
	if (target === void 0) throw new InputError("data.target (or --target) must name the column with the label");
	const requests = /* @__PURE__ */ new Map();
	const add = (name, as) => requests.set(name, requests.get(name) ?? {
		name,
		as
	});
	add(target, isNumeric$1(data, target) ? "number" : "text");
	if (id !== void 0) add(id, "text");
	if (group !== void 0) add(group, "text");
	for (const name of further) add(name, isNumeric$1(data, name) ? "number" : "text");
	const table = await data.read([...requests.values()]);
	const idColumn = id === void 0 ? void 0 : findColumn(table, id);
	const groupColumn = group === void 0 ? void 0 : findColumn(table, group);
	return {
		target: findColumn(table, target),
		...idColumn ? { id: idColumn } : {},
		...groupColumn ? { group: groupColumn } : {},
		table
	};
}
function labelledPositions(target) {
	const rows = [];
	const count = target.kind === "text" ? target.codes.length : target.values.length;
	for (let row = 0; row < count; row++) if (target.kind === "text" ? target.codes[row] >= 0 : !Number.isNaN(target.values[row])) rows.push(row);
	return Uint32Array.from(rows);
}
function groupCodes(column) {
	if (column.kind === "text") return column.codes;
	throw new Error(`the group column ${column.name} was not read as text`);
}
function isNumeric$1(data, name) {
	const type = data.columns.find((column) => column.name === name)?.type;
	return type === "integer" || type === "number";
}
async function readModelTable({ data, columns, name }, rows) {
	const { labelled, idName } = rows;
	const total = labelled.table.rowCount;
	const hasId = idName !== void 0 && labelled.id !== void 0 && data.columns.some((column) => column.name === idName);
	const table = await data.read(columns.map((column) => ({
		name: column.name,
		as: column.as
	})));
	if (table.rowCount !== total) throw new InputError(`the features of ${name} have ${table.rowCount} rows where the data have ${total}; a features query must keep every row once${hasId ? "" : ` (keep the id ${idName ?? "column"} in it, so that rows can be matched)`}`);
	if (!hasId) {
		await refuseOtherOrder({
			data,
			columns,
			name
		}, labelled);
		return table;
	}
	const order = matchById((await data.read([{
		name: idName,
		as: "text"
	}])).columns[0], labelled.id, name);
	return order === void 0 ? table : takeRows(table, order);
}
async function refuseOtherOrder({ data, name }, { target }) {
	if (!data.columns.some((column) => column.name === target.name)) return;
	const { columns, rowCount } = await data.read([{
		name: target.name,
		as: target.kind === "number" ? "number" : "text"
	}]);
	const own = columns[0];
	for (let row = 0; row < rowCount; row++) {
		if (cellText(own, row) === cellText(target, row)) continue;
		throw new InputError(`the features of ${name} give other labels in ${target.name} than the data, from row ${row + 1} on: the query changes them or the order of the rows; name an id in data.id and keep it in the query`);
	}
}
function matchById(own, wanted, name) {
	if (own.kind !== "text" || wanted.kind !== "text") throw new Error("ids were not read as text");
	const rowCount = wanted.codes.length;
	let same = true;
	for (let row = 0; row < rowCount && same; row++) same = own.dictionary[own.codes[row]] === wanted.dictionary[wanted.codes[row]];
	if (same) return void 0;
	const positions = /* @__PURE__ */ new Map();
	for (let row = 0; row < rowCount; row++) positions.set(own.dictionary[own.codes[row]], row);
	if (positions.size !== rowCount) throw new InputError(`the features of ${name} come in another order than the data, and ${wanted.name} is not unique (${positions.size} ids in ${rowCount} rows), so that rows cannot be matched; keep the order in the query, or name a unique data.id`);
	return Uint32Array.from({ length: rowCount }, (_, row) => {
		const position = positions.get(wanted.dictionary[wanted.codes[row]]);
		if (position !== void 0) return position;
		throw new InputError(`the features of ${name} have lost rows of the data: ids do not match; a features query must keep every row once`);
	});
}
function scoreRows({ scorer, model, table, task, classes, onProgress }) {
	const needsClasses = task === "binary-classification" || task === "multiclass-classification";
	return scorer.score({
		model,
		table,
		task,
		...needsClasses ? { classes } : {},
		...onProgress ? { onProgress } : {}
	});
}

// src/stages/drift/open-side.ts
async function openSide(role, declared, features) {
	const raw = await declared.open();
	try {
		const featured = features === void 0 ? raw : await declared.open(features);
		return {
			role,
			description: declared.description,
			raw,
			featured,
			async [Symbol.asyncDispose]() {
				if (featured !== raw) await featured[Symbol.asyncDispose]();
				await raw[Symbol.asyncDispose]();
			}
		};
	} catch (error) {
		await raw[Symbol.asyncDispose]();
		throw error;
	}
}
async function readSide(side, request) {
	const { configuration, columns, costColumns, name } = request;
	const { target, id } = configuration.data;
	if (target === void 0 || !hasColumn$1(side.raw, target)) {
		const features = await side.featured.read(columns);
		return {
			features,
			costs: {
				rowCount: features.rowCount,
				columns: []
			},
			labelledRows: 0
		};
	}
	const labelled = await readLabelledRows(side.raw, withoutAbsentId(configuration, side.raw), costColumns);
	const data = side.featured;
	const features = await readModelTable({
		data,
		columns,
		name
	}, {
		labelled,
		idName: id
	});
	return {
		features,
		target: labelled.target,
		...labelled.group ? { groups: groupCodes(labelled.group) } : {},
		costs: {
			rowCount: features.rowCount,
			columns: costColumns.map((cost) => findColumn(labelled.table, cost))
		},
		labelledRows: labelledPositions(labelled.target).length
	};
}
async function describeSide(side, timestamp) {
	const rowsDigest = await side.raw.digest();
	const inputs = describeInputs({
		data: side.raw,
		role: side.role,
		rowsDigest
	});
	if (timestamp === void 0 || !hasColumn$1(side.raw, timestamp)) return {
		inputs,
		rowsDigest,
		span: {}
	};
	const range = await side.raw.timeRange(timestamp);
	const iso = (milliseconds) => new Date(milliseconds).toISOString();
	return {
		inputs,
		rowsDigest,
		span: range ? {
			from: iso(range.from),
			to: iso(range.to)
		} : {}
	};
}
function hasColumn$1(data, name) {
	return data.columns.some((column) => column.name === name);
}
function withoutAbsentId(configuration, data) {
	const { id, ...rest } = configuration.data;
	return id === void 0 || hasColumn$1(data, id) ? configuration : {
		...configuration,
		data: rest
	};
}

// src/stages/validation/hidden-columns.ts
function chooseDiscretion(data, tracked) {
	const { id, group, exclude, sensitive } = data;
	const personal = [
		id,
		group,
		...exclude,
		...sensitive
	].filter((name) => name !== void 0);
	return {
		personal: new Set(personal),
		tracked
	};
}
function hiddenColumns(names, { personal, tracked }) {
	return new Set(tracked ? names.filter((name) => personal.has(name)) : names);
}
function concealProfile(profile, discretion) {
	const { name, type, missing, distinct, mean, standardDeviation } = profile;
	const counts = {
		name,
		type,
		missing,
		distinct
	};
	if (discretion.personal.has(name)) return counts;
	if (discretion.tracked) return copyProfile(profile);
	return {
		...counts,
		...mean === void 0 ? {} : { mean },
		...standardDeviation === void 0 ? {} : { standardDeviation }
	};
}
function copyProfile(profile) {
	const { quantiles, histogram, top, ...numbers } = profile;
	return {
		...numbers,
		...quantiles ? { quantiles: { ...quantiles } } : {},
		...histogram ? { histogram: [...histogram] } : {},
		...top ? { top: [...top] } : {}
	};
}

// src/stages/drift/pair-columns.ts
function pairColumns(pairing) {
	const { configuration, plan } = pairing;
	const { target } = configuration.data;
	const names = [...plan.columns.map((column) => column.name), ...target === void 0 ? [] : [target]];
	const hidden = hiddenColumns(names, chooseDiscretion(configuration.data, pairing.dataTracked));
	return [
		...pairFeatures(pairing, hidden),
		...pairLabels(pairing, hidden),
		...pairPredictions(pairing, hidden)
	];
}
function pairFeatures({ plan, rows }, hidden) {
	return plan.columns.map(({ name, note }, index) => ({
		name,
		role: "feature",
		reference: rows.reference.features.columns[index],
		current: rows.current.features.columns[index],
		hidden: hidden.has(name),
		...note === void 0 ? {} : { note }
	}));
}
function pairLabels({ configuration, rows }, hidden) {
	const { target } = configuration.data;
	const [reference, current] = [rows.reference.target, rows.current.target];
	if (target === void 0 || !reference || !current || rows.current.labelledRows === 0) return [];
	return [{
		name: target,
		role: "target",
		reference,
		current,
		hidden: hidden.has(target),
		missingExpected: true
	}];
}
function pairPredictions({ configuration, scored }, hidden) {
	if (scored === void 0) return [];
	const { task, data } = configuration;
	return [{
		name: PREDICTION_NAME,
		role: "prediction",
		reference: predictionColumn(scored.reference, task, scored.classes),
		current: predictionColumn(scored.current, task, scored.classes),
		hidden: data.target !== void 0 && hidden.has(data.target)
	}];
}

// src/stages/feature-columns.ts
function chooseFeatureColumns(configuration, columns) {
	const { data } = configuration;
	const chosen = data.columns ? listed(data.columns, columns) : allButReserved(configuration, columns);
	if (chosen.length === 0) throw new InputError(`no feature columns are left of ${columns.map((column) => column.name).join(", ")}; list them in data.columns or exclude fewer`);
	return chosen.map(describeFeature);
}
function chooseModelColumns(configuration, columns, inputs) {
	const named = inputs.map((name) => columns.find((column) => column.name === name));
	if (configuration.data.columns !== void 0 || named.some((column) => column === void 0)) return chooseFeatureColumns(configuration, columns);
	return named.flatMap((column) => column === void 0 ? [] : [describeFeature(column)]);
}
function listed(names, columns) {
	return names.map((name) => {
		const column = columns.find((candidate) => candidate.name === name);
		if (column) return column;
		throw new InputError(`data.columns lists ${JSON.stringify(name)}, which the data do not have; they have ${columns.map((candidate) => candidate.name).join(", ")}`);
	});
}
function allButReserved(configuration, columns) {
	const { target, id, timestamp, group, weight, exclude } = configuration.data;
	const reserved = /* @__PURE__ */ new Set([
		target,
		id,
		timestamp,
		group,
		weight,
		...exclude
	]);
	return columns.filter((column) => !reserved.has(column.name));
}
function describeFeature(column) {
	switch (column.type) {
		case "integer":
		case "number":
		case "boolean": return {
			...column,
			as: "number"
		};
		case "string": return {
			...column,
			as: "text"
		};
		default: throw new InputError(`the feature column ${JSON.stringify(column.name)} is of type ${column.type}; derive a number or a text from it in data.features, or list it in data.exclude`);
	}
}

// src/stages/drift/plan-columns.ts
function planColumns(sides, configuration, model) {
	if (model?.manifest) return {
		columns: model.manifest.featureColumns.map(({ name, type }) => ({
			name,
			as: readAs$1(type)
		})),
		gone: [],
		leftOut: []
	};
	if (model) return {
		columns: chooseModelColumns(configuration, sides.reference.featured.columns, model.inputs).map(({ name, as }) => ({
			name,
			as
		})),
		gone: [],
		leftOut: []
	};
	return planWithoutModel(sides, configuration);
}
function planWithoutModel(sides, configuration) {
	const { columns, target, id, timestamp, group, weight, exclude } = configuration.data;
	const reserved = /* @__PURE__ */ new Set([
		target,
		id,
		timestamp,
		group,
		weight,
		...exclude
	]);
	const wanted = (name) => columns ? columns.includes(name) : !reserved.has(name);
	const current = new Map(sides.current.featured.columns.map((column) => [column.name, column.type]));
	const candidates = sides.reference.featured.columns.filter((column) => wanted(column.name));
	const planned = [];
	const leftOut = [];
	for (const column of candidates) {
		const type = current.get(column.name);
		if (type === void 0) continue;
		const plan = planShared(column, type);
		if (plan) planned.push(plan);
		else leftOut.push(`${column.name} (${column.type})`);
	}
	return {
		columns: planned,
		gone: candidates.filter((column) => !current.has(column.name)).map((column) => column.name),
		leftOut
	};
}
function planShared(column, currentType) {
	const { name, type } = column;
	const types = [type, currentType];
	if (types.every(isNumeric)) return {
		name,
		as: "number"
	};
	if (!types.every((candidate) => isNumeric(candidate) || candidate === "string")) return void 0;
	if (type === currentType) return {
		name,
		as: "text"
	};
	return {
		name,
		as: "text",
		note: `${type} in the reference and ${currentType} in the current data`
	};
}
function isNumeric(type) {
	return type === "integer" || type === "number" || type === "boolean";
}
function readAs$1(type) {
	return type === "integer" || type === "number" || type === "boolean" ? "number" : "text";
}

// src/stages/drift/score-sides.ts
async function scoreSides(request) {
	const { scorer, configuration, model, rows } = request;
	const { task } = configuration;
	const known = (await scorer.describe(model.file)).classes;
	const targets = rows.reference.target && rows.current.target ? {
		reference: rows.reference.target,
		current: rows.current.target
	} : void 0;
	const truths = targets && readBothTruths(targets, {
		task,
		positiveClass: configuration.data.positiveClass,
		...known ? { knownClasses: known } : {}
	});
	const classes = classesOf$1(configuration, truths, known);
	const score = (table, what) => scoreRows({
		scorer,
		model: model.file,
		table,
		task,
		classes: classes ?? [],
		onProgress: (done) => request.log.progress(`scoring ${what}`, done, table.rowCount)
	});
	const reference = await score(rows.reference.features, "reference");
	const current = await score(rows.current.features, "current");
	const answers = {
		reference,
		current
	};
	return {
		reference,
		current,
		...classes ? { classes } : {},
		...truths ? { performance: measure$1(request, truths, answers) } : {}
	};
}
function classesOf$1({ task, data }, truths, known) {
	const labelled = truths && "classes" in truths.reference ? truths.reference.classes : void 0;
	if (task !== "binary-classification") return labelled ?? known;
	const positive = labelled?.[1] ?? data.positiveClass;
	const others = known?.filter((name) => name !== positive);
	if (positive !== void 0 && known?.length === 2 && others?.length === 1) return [others[0], positive];
	return labelled ?? known ?? ["0", "1"];
}
function measure$1(request, truths, answers) {
	const { configuration, rows } = request;
	const name = configuration.comparison.primary ?? DEFAULT_METRICS[configuration.task][0];
	const lookup = findMetric(configuration.task, name);
	if (!lookup.found) throw new InputError(`comparison.primary: ${lookup.reason}; nearest: ${lookup.nearest}`);
	const { metric } = lookup;
	if (metric.kind === "measured") return {
		metric: name,
		measured: false,
		reason: `${name} is no metric of the rows`
	};
	const side = (which) => labelledSample({
		truth: truths[which],
		answers: answers[which],
		threshold: configuration.comparison.threshold,
		...costsOf$1(configuration, rows[which]),
		...rows[which].groups ? { groups: rows[which].groups } : {}
	});
	const reference = side("reference");
	const noInformation = metric.noInformation?.(reference.sample);
	return {
		metric: name,
		...measurePerformanceChange({
			metric,
			reference,
			current: side("current"),
			marginOf: (championValue) => resolveMargin({
				margin: configuration.comparison.margins[name],
				championValue,
				noInformation: Number.isFinite(noInformation) ? noInformation : void 0,
				direction: metric.direction
			}),
			level: request.level,
			seed: request.seed
		})
	};
}
function costColumnsOf({ comparison }) {
	const { falsePositive, falseNegative } = comparison.cost ?? {};
	return [falsePositive, falseNegative].filter((cost) => typeof cost === "string");
}
function costsOf$1({ comparison }, rows) {
	if (comparison.cost === void 0) return {};
	const read = (cost) => {
		if (typeof cost === "number") return cost;
		const column = findColumn(rows.costs, cost);
		if (column?.kind === "number") return column.values;
		throw new InputError(`comparison.cost names the column ${JSON.stringify(cost)}, which holds no numbers`);
	};
	return {
		falsePositiveCost: read(comparison.cost.falsePositive),
		falseNegativeCost: read(comparison.cost.falseNegative)
	};
}

// src/stages/stage.ts
async function runStage(kind, request, work) {
	const { world, target } = request;
	const evidence = join(target.evidenceDirectory, `${kind}.json`);
	const header = buildHeader(world);
	const started = world.now();
	try {
		const completed = await work(header);
		const document = withMeasured(completed.document, started, world.now());
		await world.files.write(evidence, serializeDocument(document));
		return {
			...completed,
			document,
			evidence
		};
	} catch (error) {
		return await recordFailure(kind, {
			...request,
			header,
			evidence,
			error
		});
	}
}
function buildHeader(world) {
	const { context } = world;
	return {
		tool: world.tool,
		source: {
			...context.repository === void 0 ? {} : { repository: context.repository },
			...context.headCommit === void 0 ? {} : { headCommit: context.headCommit },
			...context.pullRequest === void 0 || context.commit === void 0 ? {} : { mergeCommit: context.commit },
			...context.baseCommit === void 0 ? {} : { baseCommit: context.baseCommit },
			...context.run === void 0 ? {} : { run: context.run },
			...context.attempt === void 0 ? {} : { attempt: context.attempt }
		}
	};
}
function withMeasured(document, started, ended) {
	const measured = {
		...document.measured,
		createdAt: new Date(ended).toISOString(),
		seconds: (ended - started) / 1e3
	};
	return {
		...document,
		measured
	};
}
async function recordFailure(kind, failure) {
	const { world, target, header, evidence, error } = failure;
	const described = describeError(error);
	const location = error instanceof InputError ? error.location : void 0;
	world.log.error(described.message, location);
	if (described.code === "bug" && error instanceof Error) world.log.info(error.stack ?? error.message);
	else if (error instanceof Error && error.cause instanceof Error) world.log.debug(`cause: ${error.cause.message}`);
	const document = buildFailedDocument(kind, target.model, header, described);
	await world.files.write(evidence, serializeDocument(document));
	return {
		document,
		evidence,
		exitCode: described.code === "data-unavailable" && world.context.untrusted ? EXIT_CODE.passed : exitCodeOf(error),
		outputs: { verdict: "error" }
	};
}
function describeError(error) {
	const message = messageOf$1(error);
	if (error instanceof InputError) return {
		code: error instanceof DataUnavailableError ? "data-unavailable" : "input",
		message,
		...error.location === void 0 ? {} : { file: error.location.file },
		...error.location?.line === void 0 ? {} : { line: error.location.line }
	};
	return {
		code: exitCodeOf(error) === EXIT_CODE.outsideError ? "outside" : "bug",
		message
	};
}

// src/stages/check-drift.ts
const DRIFT_FAIL_ON = ["drift", "never"];
function runCheckDrift(request, ports) {
	const { setup, failOn } = request;
	const target = {
		model: setup.configuration.model,
		evidenceDirectory: setup.evidenceDirectory
	};
	return runStage("drift", {
		world: ports.world,
		target
	}, async (header) => {
		const document = await check(request, ports, header);
		const { verdict, recommendation, reason } = document;
		const drifted = verdict === "drift";
		const words = `${verdict}: ${reason}`;
		if (verdict === "stable") ports.world.log.info(words);
		else ports.world.log.warning(words);
		return {
			document,
			exitCode: drifted && failOn === "drift" ? EXIT_CODE.failedVerdict : EXIT_CODE.passed,
			outputs: {
				verdict,
				drifted: String(drifted),
				recommendation
			}
		};
	});
}
async function check(request, ports, header) {
	const { exam, setup, workingDirectory } = request;
	const { engine, world } = ports;
	const { configuration } = exam;
	const model = await findWatchedModel({
		files: world.files,
		registry: ports.registry,
		model: configuration.model,
		given: request.model,
		workingDirectory
	});
	const sides = await declareSides({
		engine,
		exam,
		workingDirectory,
		reference: request.reference,
		current: request.current,
		championWindows: model?.manifest?.windows
	});
	const features = model?.manifest ? model.features : await readFeatures(world.files, configuration, exam.headDirectory);
	await using reference = await openSide("reference", sides.reference, features);
	await using current = await openSide("current", sides.current, features);
	const found = await compareSides({
		request,
		ports,
		model,
		reference,
		current
	});
	const validation = await readValidation(setup, world);
	const decision = decideDrift({
		referenceRows: reference.raw.rowCount,
		currentRows: current.raw.rowCount,
		...found,
		...validation ? { validation } : {},
		actOn: configuration.drift.actOn
	});
	return {
		kind: "drift",
		schemaVersion: 1,
		model: configuration.model,
		task: configuration.task,
		...header,
		inputs: [...found.described.reference.inputs, ...found.described.current.inputs],
		measured: {},
		...decision,
		...championOf(model),
		reference: {
			rows: reference.raw.rowCount,
			description: reference.description
		},
		current: {
			rows: current.raw.rowCount,
			labelledRows: found.labelledRows,
			...found.described.current.span
		},
		level: found.level,
		columns: [...found.columns],
		...performanceOf(found.performance),
		form: "unknown"
	};
}
async function compareSides(comparison) {
	const { request, ports, model, reference, current } = comparison;
	const { configuration } = request.exam;
	const { timestamp } = configuration.data;
	const described = {
		reference: await describeSide(reference, timestamp),
		current: await describeSide(current, timestamp)
	};
	const whole = chooseLevel(configuration.drift.falseAlarmsPerYear, ports.world.context.schedule);
	tellSizes(comparison, whole);
	const inputs = (model && (await ports.scorer.describe(model.file)).signature)?.inputs.map((input) => input.name) ?? [];
	const plan = planColumns({
		reference,
		current
	}, configuration, model && {
		...model,
		inputs
	});
	if (plan.leftOut.length > 0) ports.world.log.info(`not compared: ${plan.leftOut.join(", ")}`);
	if (reference.raw.rowCount === 0 || current.raw.rowCount === 0) return {
		columns: [],
		goneColumns: plan.gone,
		described,
		labelledRows: 0,
		level: whole.level
	};
	const rows = {
		reference: await readSide(reference, readRequest(comparison, plan)),
		current: await readSide(current, readRequest(comparison, plan))
	};
	const level = model !== void 0 && rows.reference.target && rows.current.target ? whole.level / 2 : whole.level;
	const scored = model && await scoreSides({
		...comparisonSeed(comparison, described),
		rows,
		level,
		model
	});
	const pairs = pairColumns({
		configuration,
		dataTracked: request.dataTracked,
		plan,
		rows,
		...scored ? { scored } : {}
	});
	return {
		columns: compareColumns(pairs, {
			level,
			minimum: MINIMUM_EFFECTS[configuration.drift.minimumEffect]
		}),
		goneColumns: plan.gone,
		...scored?.performance ? { performance: scored.performance } : {},
		described,
		labelledRows: rows.current.labelledRows,
		level
	};
}
function readRequest({ request, model }, plan) {
	const { configuration } = request.exam;
	return {
		configuration,
		columns: plan.columns.map(({ name, as }) => ({
			name,
			as
		})),
		costColumns: model ? costColumnsOf(configuration) : [],
		name: model?.file.name ?? "the config"
	};
}
function comparisonSeed({ request, ports, model }, described) {
	const digests = [
		model?.digest,
		described.reference.rowsDigest,
		described.current.rowsDigest,
		"drift"
	];
	const seed = Number.parseInt(ports.world.sha256(digests.join("\n")).slice(0, 8), 16);
	const { configuration } = request.exam;
	return {
		scorer: ports.scorer,
		log: ports.world.log,
		configuration,
		seed
	};
}
async function readValidation({ configuration, evidenceDirectory }, world) {
	const file = join(evidenceDirectory, "validation.json");
	const text = await world.files.readText(file);
	return text === void 0 ? void 0 : parseDocument("validation", text, {
		file,
		model: configuration.model
	}).verdict;
}
function championOf(model) {
	if (model === void 0) return {};
	const { digest, version } = model;
	return { champion: {
		...version === void 0 ? {} : { version },
		digest
	} };
}
function performanceOf(performance) {
	if (!performance?.measured) return {};
	const { metric, reference, current, interval, margin, degraded } = performance;
	return { performance: {
		kind: "realized",
		metric,
		reference,
		current,
		interval,
		...margin === void 0 ? {} : { margin },
		degraded
	} };
}
function tellSizes({ ports, model, reference, current }, whole) {
	const { log } = ports.world;
	log.info(`reference: ${reference.raw.rowCount} rows (${reference.description})`);
	log.info(`current: ${current.raw.rowCount} rows (${current.description})`);
	log.info(model ? `scored with ${model.file.name}` : "no champion: columns are compared, nothing is scored");
	log.info(`level of this check ${whole.level.toPrecision(2)}, for ${Math.round(whole.checksPerYear)} checks a year`);
}

// src/stages/load-models.ts
const DEFAULT_CONFIG = "contender.yml";
const DEFAULT_EVIDENCE_DIRECTORY = ".contender";
async function loadModels(request, world) {
	const { inputs, flags, workingDirectory } = request;
	const named = inputs.list("config");
	const patterns = named.length === 0 ? [DEFAULT_CONFIG] : named;
	const files = (await world.files.find(patterns, workingDirectory)).filter((file) => !isLockFileName(file));
	if (files.length === 0) return [withoutConfig(request, patterns)];
	const setups = [];
	for (const file of files) {
		const path = resolve(workingDirectory, file);
		const text = await world.files.readText(path);
		const baseDirectory = dirname(path);
		const ownFlags = rebasePaths(flags, {
			workingDirectory,
			baseDirectory
		});
		setups.push(setUp(parseConfiguration(text ?? "", file, ownFlags), {
			file,
			baseDirectory,
			inputs
		}));
	}
	refuseTwins(setups);
	for (const setup of setups) noteUnused(setup, world);
	return setups;
}
function withoutConfig(request, patterns) {
	const { inputs, standIns = [] } = request;
	if (!(Object.values(request.flags).some((value) => value !== void 0) || standIns.some((name) => inputs.text(name) !== void 0)) || patterns.join() !== "contender.yml") throw new InputError(`no config matches ${patterns.join(", ")} in ${request.workingDirectory}; write a ${DEFAULT_CONFIG} or name one with the input config (--config)`);
	const options = request.defaultTask === void 0 ? {} : { defaultTask: request.defaultTask };
	return setUp(configurationFromFlags(request.flags, options), {
		file: void 0,
		baseDirectory: request.workingDirectory,
		inputs: request.inputs
	});
}
function setUp(configuration, place) {
	const root = place.inputs.text("evidence-directory") ?? DEFAULT_EVIDENCE_DIRECTORY;
	return {
		configuration,
		configFile: place.file,
		baseDirectory: place.baseDirectory,
		evidenceDirectory: join(root, configuration.model)
	};
}
function rebasePaths(flags, place) {
	const rebase = (path) => relative(place.baseDirectory, resolve(place.workingDirectory, path)) || ".";
	const entries = Object.entries(flags).map(([name, value]) => {
		if (!(FLAG_KEYS[name]?.kind === "paths" || name === "features" || name === "contract") || value === void 0) return [name, value];
		return [name, (typeof value === "string" ? [value] : value).flatMap((entry) => entry.split(",")).map((entry) => rebase(entry.trim())).join(",")];
	});
	return Object.fromEntries(entries);
}
function refuseTwins(setups) {
	const seen = /* @__PURE__ */ new Map();
	for (const setup of setups) {
		const twin = seen.get(setup.configuration.model);
		if (twin) throw new InputError(`${twin.configFile} and ${setup.configFile} both name the model ${setup.configuration.model}; give each model a name of its own`);
		seen.set(setup.configuration.model, setup);
	}
}
function noteUnused(setup, world) {
	const { notYetUsed } = setup.configuration;
	if (notYetUsed.length === 0) return;
	world.log.info(`${setup.configFile}: accepted but not yet used: ${notYetUsed.join(", ")}`);
}

// src/stages/exam.ts
const EXAM_ROOT = ".contender-exam";
async function layOutExam(request) {
	const { setup, repository } = request;
	const base = repository && setup.configFile !== void 0 ? await findBase(request, repository) : void 0;
	if (base === void 0 || repository === void 0 || setup.configFile === void 0) return ownExam(request);
	await repository.fetchCommit(base);
	return takeFromBase({
		...request,
		repository,
		configFile: setup.configFile,
		base
	});
}
async function ownExam({ setup, world, repository }) {
	const lockFile = setup.configFile && lockFileNameOf(resolve(setup.baseDirectory, baseName(setup.configFile)));
	const text = lockFile === void 0 ? void 0 : await world.files.readText(lockFile);
	return {
		configuration: setup.configuration,
		proposed: setup.configuration,
		directory: setup.baseDirectory,
		contractDirectory: setup.baseDirectory,
		headDirectory: setup.baseDirectory,
		commit: await repository?.resolveCommit("HEAD"),
		changed: [],
		coversData: true,
		lock: text === void 0 || lockFile === void 0 ? void 0 : parseLock(text, lockFile)
	};
}
async function findBase({ world }, repository) {
	const { context } = world;
	if (context.event !== "pull_request" && context.event !== "merge_group") return void 0;
	const head = await repository.resolveCommit("HEAD");
	const parents = head === void 0 ? [] : await repository.parentsOf(head);
	if (parents.length === 2 && parents[1] === context.headCommit) return parents[0];
	if (context.baseCommit !== void 0) return context.baseCommit;
	throw new OutsideError("the base commit of this pull request is not known; check out the merge commit of the pull request");
}
async function takeFromBase(request) {
	const { setup, repository, base } = request;
	const configPath = repositoryPath(repository, resolve(setup.baseDirectory, baseName(request.configFile)));
	const baseText = await readTextAt(repository, base, configPath);
	if (baseText === void 0) return {
		...await ownExam(request),
		commit: base,
		changed: [{
			what: request.configFile,
			after: "new: the base branch has no such config"
		}]
	};
	const baseConfiguration = parseConfiguration(baseText, `${request.configFile} (base branch)`);
	const merged = mergeExamConfiguration(baseConfiguration, setup.configuration);
	const exported = await exportData(request, baseConfiguration, posix.dirname(configPath));
	const lockPath = lockFileNameOf(configPath);
	const lockText = await readTextAt(repository, base, lockPath);
	const changes = merged.changes.filter((change) => change.decidedBy === "base").map((change) => ({
		what: change.key,
		...change.base === void 0 ? {} : { before: change.base },
		...change.head === void 0 ? {} : { after: change.head }
	}));
	return {
		configuration: {
			...merged.configuration,
			model: setup.configuration.model
		},
		proposed: setup.configuration,
		directory: exported.directory,
		contractDirectory: exported.contractDirectory,
		headDirectory: setup.baseDirectory,
		commit: base,
		changed: [...changes, ...exported.changed],
		coversData: exported.coversData,
		lock: lockText === void 0 ? void 0 : parseLock(lockText, `${lockPath} (base branch)`)
	};
}
async function exportData(request, configuration, configDirectory) {
	const { repository, base, world, setup, workingDirectory } = request;
	const { data, contract } = configuration;
	const toRepository = (path) => posix.normalize(posix.join(configDirectory, path));
	const sources = [data.holdout, data.source].flatMap((source) => source?.paths ?? []).map(toRepository);
	const others = [...data.reference?.paths ?? [], ...contract === void 0 ? [] : [contract]];
	const patterns = [...sources, ...others.map(toRepository)];
	const paths = await repository.listFilesAt(base, patterns);
	const root = resolve(workingDirectory, EXAM_ROOT, setup.configuration.model);
	await world.files.remove(root);
	await world.files.write(join(workingDirectory, EXAM_ROOT, ".gitignore"), "*\n");
	await repository.exportFiles(base, paths, root);
	const head = await repository.resolveCommit("HEAD");
	const changed = (head === void 0 ? [] : await repository.changedFiles(base, head)).filter((path) => paths.includes(path) || matchesNew(path, patterns)).map((path) => ({
		what: path,
		after: "changed by this pull request; judged with the file of the base branch"
	}));
	const coversData = paths.some((path) => sources.includes(path) || matchesNew(path, sources));
	const examDirectory = join(root, configDirectory);
	const directory = coversData ? examDirectory : setup.baseDirectory;
	return {
		directory,
		contractDirectory: contract !== void 0 && paths.includes(toRepository(contract)) ? examDirectory : directory,
		changed,
		coversData
	};
}
function matchesNew(path, patterns) {
	return patterns.some((pattern) => posix.matchesGlob(path, pattern));
}
async function readTextAt(repository, commit, path) {
	const content = await repository.readFileAt(commit, path);
	return content === void 0 ? void 0 : new TextDecoder().decode(content);
}
function repositoryPath(repository, path) {
	return relative(repository.directory, path).split(sep).join("/");
}
function baseName(path) {
	return relative(dirname(path), path);
}

// src/stages/model-run.ts
function createModelRun(setup, ports) {
	const { world, repository, registry, workingDirectory } = ports;
	const exam = once(() => layOutExam({
		setup,
		world,
		repository,
		workingDirectory
	}));
	const champion = once(async () => registry?.findChampion(setup.configuration.model));
	const frozen = once(async () => (await exam()).lock?.windows ?? await championWindows(await champion(), ports));
	async function findBy(mode) {
		const { configuration, directory } = await exam();
		const { source, split } = configuration.data;
		if (source === void 0 || split === void 0) return void 0;
		return findWindows({
			engine: await ports.engine(),
			configuration,
			directory,
			frozen: await frozen(),
			mode
		});
	}
	const byMode = {
		frozen: once(() => findBy("frozen")),
		new: once(() => findBy("new"))
	};
	return {
		setup,
		exam,
		champion,
		windows: (mode) => byMode[mode]()
	};
}
async function championWindows(champion, { registry, world }) {
	if (champion === void 0 || registry === void 0) return void 0;
	return (await registry.download(champion, await world.files.temporaryDirectory("champion"))).manifest.windows;
}
function rememberDownloads(registry) {
	const downloads = /* @__PURE__ */ new Map();
	return {
		...registry,
		download(release, directory) {
			const known = downloads.get(release.id) ?? registry.download(release, directory);
			downloads.set(release.id, known);
			return known;
		}
	};
}

// src/stages/inputs.ts
function createInputs(values, nameOf) {
	function text(name) {
		const value = values[name]?.trim();
		return value === "" ? void 0 : value;
	}
	function refuse(name, allowed) {
		throw new InputError(`${nameOf(name)} is ${JSON.stringify(text(name))}; allowed: ${allowed}`);
	}
	return {
		text,
		flag(name, otherwise) {
			const value = text(name)?.toLowerCase();
			if (value === void 0) return otherwise;
			if (value !== "true" && value !== "false") refuse(name, "true, false");
			return value === "true";
		},
		count(name) {
			const value = text(name);
			if (value === void 0) return void 0;
			if (!/^\d{1,15}$/.test(value)) refuse(name, "a whole number of at least 0");
			return Number(value);
		},
		choice(name, allowed, otherwise) {
			const value = text(name);
			if (value === void 0) return otherwise;
			return allowed.find((candidate) => candidate === value) ?? refuse(name, allowed.join(", "));
		},
		list(name) {
			return (text(name) ?? "").split(/[\n,]/).map((item) => item.trim()).filter((item) => item !== "");
		}
	};
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
		measured: {},
		verdict: judged?.judgement.verdict ?? "unchanged",
		promote: judged?.judgement.promote ?? true,
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
async function scoreOnHoldout(holdout, model, truth) {
	const { configuration, ports, log } = holdout.request;
	await using data = await openRole(ports.engine, {
		role: "holdout",
		...holdout.request,
		...model.features ? { features: model.features } : {}
	});
	const columns = await columnsOf(model, data, holdout.request);
	const whole = await readModelTable({
		data,
		columns,
		name: model.name
	}, {
		labelled: holdout.rows,
		idName: configuration.data.id
	});
	const table = holdout.labelled.length === whole.rowCount ? whole : takeRows(whole, holdout.labelled);
	const scores = await scoreRows({
		scorer: ports.scorer,
		model: {
			path: model.path,
			name: model.name
		},
		table,
		task: configuration.task,
		classes: "classes" in truth ? truth.classes : [],
		onProgress: (done) => log.progress(`rows scored by the ${model.name}`, done, table.rowCount)
	});
	return {
		...scores,
		refused: new Map(scores.refused.map(({ row, reason }) => [row, reason])),
		table
	};
}
async function columnsOf(model, data, { configuration, ports }) {
	if (model.featureColumns !== void 0) return chooseFeatureColumns(withColumns(configuration, model), data.columns);
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
	return { queries: takeValues(takeValues(groupCodes(group), holdout.labelled), kept) };
}
function groupsOf(holdout, kept) {
	const { group } = holdout.rows;
	return group && takeValues(takeValues(groupCodes(group), holdout.labelled), kept);
}
function takeColumn(column, rows) {
	return takeRows({
		rowCount: rows.length,
		columns: [column]
	}, rows).columns[0];
}

// src/stages/comparison/find-slices.ts
const SLICE_COLUMN = "__contender_in_slice";
const MAX_SLICES_OF_COLUMN = 50;
async function findSlices(holdout, kept, challenger) {
	const { slices } = holdout.request.configuration.comparison;
	return (await Promise.all(slices.map(async (slice) => slice.kind === "column" ? sliceByColumn(columnOfSlice(holdout, challenger.table, slice), kept) : [{
		name: slice.name,
		rows: await sliceByCondition(holdout, kept, {
			slice,
			...challenger
		})
	}]))).flat();
}
function columnOfSlice(holdout, table, slice) {
	const own = findColumn(holdout.rows.table, slice.column);
	if (own) return takeColumn(own, holdout.labelled);
	const feature = findColumn(table, slice.column);
	if (feature) return feature;
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
async function sliceByCondition(holdout, kept, { slice, features }) {
	const data = askCondition(holdout, slice, "source");
	if (features === void 0) return pickRows(await data, holdout, kept);
	return pickRows(await data.catch((error) => {
		if (!(error instanceof InputError)) throw error;
		return askCondition(holdout, slice, `(${features.sql.replace(/;\s*$/, "")}\n)`);
	}), holdout, kept);
}
async function askCondition(holdout, slice, from) {
	const condition = `case when (${slice.where}\n) then 1 else 0 end`;
	const sql = `select ${from === "source" ? "" : "*, "}${condition} as ${SLICE_COLUMN} from ${from} as rows_of_slice`;
	await using data = await openRole(holdout.request.ports.engine, {
		role: "holdout",
		...holdout.request,
		features: {
			sql,
			file: `comparison.slices (${slice.name})`
		}
	});
	const [column] = (await readModelTable({
		data,
		columns: [{
			name: SLICE_COLUMN,
			as: "number"
		}],
		name: `the slice ${slice.name}`
	}, {
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
	const { kept, refused } = pairRows(truth, namedScores(scored, request));
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
			...refused === 0 ? {} : { refusedRows: refused }
		},
		inputs: holdout.files.map((file) => ({
			role: "holdout",
			...file,
			rowsDigest: holdout.digest
		})),
		seed: input.seed
	};
}
async function classesOf(models, configuration, { scorer }) {
	if (configuration.task !== "multiclass-classification") return [];
	return (await Promise.all(models.map(async (model) => model ? (await scorer.describe({
		path: model.path,
		name: model.name
	})).classes ?? [] : []))).flat();
}
async function scoreBoth(holdout, truth, models) {
	const challenger = await scoreOnHoldout(holdout, models.challenger, truth);
	if (models.champion === void 0) return { challenger };
	return {
		challenger,
		champion: await scoreOnHoldout(holdout, models.champion, truth)
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
	const slices = await findSlices(holdout, kept, {
		table: scored.challenger.table,
		...challenger.features ? { features: challenger.features } : {}
	});
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
	const { comparison } = configuration;
	if (![
		...comparison.metrics.map((metric) => metric.name),
		...(comparison.gates ?? []).map((gate) => gate.metric),
		...comparison.guardrails
	].includes("latency_p95_ms")) return [size];
	return [size, await measureLatency(paired, configuration)];
}
const LATENCY_ROWS = 1e3;
async function measureLatency(paired, { task }) {
	const { champion, challenger, scored, truth, ports } = paired;
	const rows = Uint32Array.from({ length: Math.min(LATENCY_ROWS, scored.challenger.table.rowCount) }, (_, row) => row);
	const judged = [{
		model: challenger,
		table: scored.challenger.table
	}];
	if (champion && scored.champion) judged.push({
		model: champion,
		table: scored.champion.table
	});
	const [own, champions] = await ports.scorer.measureLatency({
		models: judged.map(({ model }) => ({
			path: model.path,
			name: model.name
		})),
		tables: judged.map(({ table }) => takeRows(table, rows)),
		task,
		..."classes" in truth ? { classes: truth.classes } : {},
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
async function findChampion({ setup, wanted, registry, files }) {
	if (wanted === "none") return void 0;
	const { model } = setup.configuration;
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

// src/stages/compare-models.ts
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
		setup,
		wanted: request.champion,
		registry: ports.registry,
		files
	});
	const champion = found && await withOwnFeatures(found, request, ports);
	if (champion && champion.digest === challenger.digest && sameFeatures(champion, challenger)) {
		ports.world.log.info(`the challenger has the bytes of the champion ${champion.version ?? ""}: nothing to compare`);
		return buildComparison({
			header,
			request,
			champion,
			challenger,
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
		header,
		request,
		champion,
		challenger,
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

// src/stages/train-by-command.ts
async function trainByCommand(request) {
	const { training, data, files, directory, path } = request;
	const temporary = await files.temporaryDirectory("training");
	const rows = join(temporary, "training.csv");
	const metricsPath = join(temporary, "metrics.json");
	const table = await data.read(data.columns.map((column) => ({
		name: column.name,
		as: readAs(column.type)
	})));
	await files.writeChunks(rows, renderCsv(table));
	const modelPath = resolve(directory, training.model);
	if (await files.exists(modelPath)) {
		await files.digest(modelPath);
		await files.remove(modelPath);
	}
	const result = await request.commands.run({
		command: training.command,
		directory,
		environment: {
			CONTENDER_TRAINING_DATA: rows,
			CONTENDER_MODEL_PATH: modelPath,
			CONTENDER_METRICS_PATH: metricsPath,
			CONTENDER_SEED: String(training.seed),
			CONTENDER_PARAMETERS: JSON.stringify(training.parameters)
		},
		onOutput: (line) => request.log.info(line)
	});
	if (result.exitCode !== 0) throw new InputError(`training.command ended with code ${result.exitCode}: ${training.command}; its last words: ${result.lastOutput.trim().slice(-500)}`);
	if (!await files.exists(modelPath)) throw new InputError(`training.command ended well but left no model at ${training.model} (training.model, also in CONTENDER_MODEL_PATH)`);
	await files.copy(modelPath, path);
	return {
		rows: table.rowCount,
		metrics: await readMetrics(files, metricsPath),
		parameters: training.parameters,
		environment: { command: training.command }
	};
}
function readAs(type) {
	return type === "number" ? "number" : "text";
}
async function readMetrics(files, path) {
	const text = await files.readText(path);
	if (text === void 0) return {};
	const refusal = `training.command wrote to CONTENDER_METRICS_PATH what is no JSON object of numbers: ${text.slice(0, 200)}`;
	let value;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new InputError(refusal, { cause });
	}
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw new InputError(refusal);
	const entries = Object.entries(value);
	if (entries.some(([, metric]) => typeof metric !== "number" || !Number.isFinite(metric))) throw new InputError(refusal);
	return Object.fromEntries(entries);
}

// src/stages/train-model.ts
const MODEL_PATH = "model/model.onnx";
const FEATURES_PATH = "model/features.sql";
function runTrainModel(request, ports) {
	const { setup } = request;
	const target = {
		model: setup.configuration.model,
		evidenceDirectory: setup.evidenceDirectory
	};
	return runStage("training", {
		world: ports.world,
		target
	}, async (header) => {
		const document = await train(request, ports, header);
		const model = join(setup.evidenceDirectory, document.path);
		const outputs = {
			verdict: document.verdict,
			model,
			digest: document.digest,
			cached: String(document.verdict === "cached")
		};
		return {
			document,
			exitCode: EXIT_CODE.passed,
			outputs
		};
	});
}
async function train(request, ports, header) {
	const { setup, exam, windows } = request;
	const { configuration } = exam;
	const training = withSeed(configuration.training, request.seed);
	const features = await readFeatures(ports.world.files, configuration, exam.headDirectory);
	await using data = await openRole(ports.engine, {
		role: "training",
		configuration,
		directory: exam.headDirectory,
		windows,
		...features ? { features } : {}
	});
	const columns = chooseFeatureColumns(configuration, data.columns);
	const facts = {
		training,
		columns,
		features: features?.sql,
		windows,
		dataDigest: await data.digest(),
		toolVersion: ports.world.tool.version,
		task: configuration.task,
		target: configuration.data.target,
		positiveClass: configuration.data.positiveClass,
		weight: configuration.data.weight
	};
	const recipe = ports.world.sha256(JSON.stringify(facts));
	const earlier = request.cache && training.kind === "learner" ? await findEarlier(setup, ports.world, recipe) : void 0;
	if (earlier) {
		ports.world.log.info(`code, data and parameters are unchanged: kept the model ${earlier.digest.slice(0, 12)}`);
		return {
			...earlier,
			...header,
			verdict: "cached"
		};
	}
	const made = await makeModel({
		request,
		ports,
		training,
		data,
		columns
	});
	const path = join(setup.evidenceDirectory, MODEL_PATH);
	if (features) await ports.world.files.write(join(setup.evidenceDirectory, FEATURES_PATH), features.sql);
	const { sha256, bytes } = await ports.world.files.digest(path);
	const { signature } = await ports.scorer.describe({
		path,
		name: "the trained model"
	});
	return {
		kind: "training",
		schemaVersion: 1,
		model: configuration.model,
		task: configuration.task,
		...header,
		inputs: data.files.map((file) => ({
			role: "training",
			...file
		})),
		measured: {},
		verdict: "trained",
		...training.kind === "learner" ? { learner: training.learner } : { command: training.command },
		parameters: { ...made.parameters },
		seed: training.seed,
		digest: sha256,
		path: MODEL_PATH,
		bytes,
		rows: made.rows,
		metrics: made.metrics,
		...made.importance ? { importance: [...made.importance] } : {},
		environment: made.environment,
		data: facts.dataDigest,
		...windows ? { windows } : {},
		recipe,
		signature,
		featureColumns: columns.map(({ name, type }) => ({
			name,
			type
		})),
		...features ? { features: FEATURES_PATH } : {}
	};
}
function withSeed(training, seed) {
	if (training === void 0) throw new InputError("the config has no training; write `training: {learner: gradient-boosting}` or a training.command");
	return seed === void 0 ? training : {
		...training,
		seed
	};
}
async function findEarlier(setup, world, recipe) {
	const file = join(setup.evidenceDirectory, "training.json");
	const text = await world.files.readText(file);
	if (text === void 0) return void 0;
	try {
		const document = parseDocument("training", text, {
			file,
			model: setup.configuration.model
		});
		if (document.verdict === "error" || document.recipe !== recipe) return void 0;
		const { sha256 } = await world.files.digest(join(setup.evidenceDirectory, document.path));
		return sha256 === document.digest ? document : void 0;
	} catch (error) {
		if (error instanceof InputError) return void 0;
		throw error;
	}
}
async function makeModel(make) {
	const { request, ports, training, data } = make;
	const path = resolve(request.setup.evidenceDirectory, MODEL_PATH);
	if (training.kind === "command") return trainByCommand({
		training,
		data,
		files: ports.world.files,
		commands: ports.commands,
		log: ports.world.log,
		directory: request.exam.headDirectory,
		path
	});
	return trainBuiltIn(make, training.learner, path);
}
async function trainBuiltIn(make, learner, path) {
	const { request, ports, training, columns } = make;
	const { configuration } = request.exam;
	const rows = await readTrainingRows(make);
	const { log } = ports.world;
	const learned = trainLearner({
		learner,
		task: configuration.task,
		features: rows.features.columns,
		target: rows.target,
		...rows.weights ? { weights: rows.weights } : {},
		positiveClass: configuration.data.positiveClass,
		parameters: training.parameters,
		seed: training.seed,
		model: configuration.model,
		toolVersion: ports.world.tool.version,
		onProgress: ({ iteration, iterations }) => log.progress("trees", iteration, iterations)
	});
	await ports.world.files.write(path, learned.bytes);
	const { report } = learned;
	log.info(`trained ${report.iterations} trees on ${report.trainingRows} rows and ${columns.length} columns`);
	return {
		rows: report.trainingRows + report.validationRows,
		metrics: {
			iterations: report.iterations,
			[`training_${report.loss}`]: report.trainingLoss,
			...report.validationLoss === void 0 ? {} : { [`validation_${report.loss}`]: report.validationLoss }
		},
		parameters: learned.parameters,
		importance: report.importance,
		environment: { contender: ports.world.tool.version }
	};
}
async function readTrainingRows({ request, data, columns }) {
	const { target, weight } = request.exam.configuration.data;
	if (target === void 0) throw new InputError("data.target (or --target) must name the column with the label");
	const targetType = data.columns.find((column) => column.name === target)?.type;
	const targetAs = targetType === "integer" || targetType === "number" ? "number" : "text";
	const table = await data.read([
		...columns.map(({ name, as }) => ({
			name,
			as
		})),
		{
			name: target,
			as: targetAs
		},
		...weight === void 0 ? [] : [{
			name: weight,
			as: "number"
		}]
	]);
	const kept = labelledPositions(table.columns[columns.length]);
	const labelled = kept.length === table.rowCount ? table : takeRows(table, kept);
	const weights = weight === void 0 ? void 0 : labelled.columns.at(-1);
	return {
		features: {
			rowCount: labelled.rowCount,
			columns: labelled.columns.slice(0, columns.length)
		},
		target: labelled.columns[columns.length],
		weights: weights?.kind === "number" ? weights.values : void 0
	};
}

// src/stages/validation/announce-findings.ts
const ANNOTATIONS_OF_A_KIND = 10;
const LINES = /\.(csv|tsv|txt|jsonl|ndjson|json)$/i;
function announceFindings(findings, log, place) {
	for (const severity of ["error", "warning"]) {
		const found = findings.filter((finding) => finding.severity === severity);
		for (const finding of found.slice(0, ANNOTATIONS_OF_A_KIND)) log[severity](messageOf(finding), placeOf(finding, place));
		const rest = found.length - ANNOTATIONS_OF_A_KIND;
		if (rest > 0) log.info(`${rest} more findings of severity ${severity} are in validation.json`);
	}
	for (const finding of findings.filter((candidate) => candidate.severity === "info")) log.info(messageOf(finding));
}
function messageOf(finding) {
	const { location, dataset, message } = finding;
	return `${dataset}: ${message}${location === void 0 ? "" : ` (${location.file}${location.line ? `:${location.line}` : ""})`}`;
}
function placeOf(finding, place) {
	const [example] = finding.examples;
	if (place.tracked && example !== void 0 && LINES.test(example.file)) return {
		file: relative(place.workingDirectory, join(place.dataDirectory, example.file)),
		line: example.line
	};
	const { location } = finding;
	if (location === void 0) return void 0;
	return {
		file: location.file,
		...location.line === void 0 ? {} : { line: location.line }
	};
}

// src/stages/validation/check-data-set.ts
const MOST_IDS = 5e5;
async function checkDataSet(request) {
	const { data, contract, discretion, idName } = request;
	const names = data.columns.map((column) => column.name);
	const profiles = await data.profile(names);
	const rowsDigest = await data.digest();
	const missing = new Map(profiles.map((profile) => [profile.name, profile.missing]));
	const ids = idName === void 0 ? void 0 : await readIds(data, idName);
	return {
		name: data.name,
		digest: rowsDigest,
		facts: {
			name: data.name,
			rowCount: data.rowCount,
			columns: data.columns,
			missing,
			labelsExpected: request.labelsExpected
		},
		profile: {
			name: data.name,
			rows: data.rowCount,
			columns: profiles.map((profile) => concealProfile(profile, discretion))
		},
		findings: contract === void 0 ? [] : await holdToContract(data, contract, discretion),
		inputs: describeInputs({
			data,
			role: data.name,
			rowsDigest
		}),
		...ids ? { ids } : {}
	};
}
async function holdToContract(data, contract, discretion) {
	const rules = applicableRules(contract, data.columns);
	const results = await data.check(rules.flatMap((rule) => rule.rowRule ? [rule.rowRule] : []));
	return evaluateContract(contract, {
		name: data.name,
		rowCount: data.rowCount,
		columns: data.columns,
		results,
		hidden: hiddenColumns(data.columns.map((column) => column.name), discretion)
	});
}
async function readIds(data, idName) {
	if (data.rowCount > MOST_IDS || !data.columns.some((column) => column.name === idName)) return void 0;
	const { columns } = await data.read([{
		name: idName,
		as: "text"
	}]);
	const [ids] = columns;
	return ids?.kind === "text" ? new Set(ids.dictionary) : void 0;
}

// src/stages/validation/checked-data.ts
async function declareData(request) {
	const { exam, workingDirectory, paths } = request;
	if (paths.length > 0) return paths.map((path) => ({
		name: path,
		source: { paths: [path] },
		directory: workingDirectory,
		labelsExpected: true
	}));
	const { training, holdout, source } = exam.configuration.data;
	const learned = [
		declare("training", training, exam.headDirectory),
		declare("holdout", holdout, exam.directory),
		...training && holdout ? [] : [declare("source", source, exam.headDirectory)]
	].flat();
	const observed = await Promise.all([declarePresent(request, "reference", true), declarePresent(request, "current", false)]);
	const declared = [...learned, ...observed.flat()];
	if (declared.length > 0) return declared;
	throw new InputError("there are no data to check; write data.training, data.holdout or data.source in the config, or give the input data (--data)");
}
function openDeclared(engine, declared) {
	const { name, source, directory } = declared;
	return engine.open(buildRequest({
		name,
		source,
		directory,
		filters: []
	}));
}
function declare(name, source, directory) {
	return source ? [{
		name,
		source,
		directory: resolve(directory),
		labelsExpected: true
	}] : [];
}
async function declarePresent({ exam, files }, name, labelsExpected) {
	const source = exam.configuration.data[name];
	if (source === void 0) return [];
	const directory = resolve(exam.headDirectory);
	return (await files.find(source.paths, directory)).length === 0 ? [] : [{
		name,
		source,
		directory,
		labelsExpected
	}];
}

// src/stages/validation/read-contract.ts
async function findContract(request) {
	const { files, exam, configFile, given, workingDirectory } = request;
	if (given !== void 0) {
		const text = await files.readText(resolve(workingDirectory, given));
		if (text === void 0) throw missing(given, `it was looked for in ${workingDirectory}`);
		return {
			file: given,
			text
		};
	}
	const { contract } = exam.configuration;
	if (contract === void 0) return void 0;
	const place = resolve(exam.contractDirectory, contract);
	const text = await files.readText(place);
	const shown = configFile === void 0 ? relative(workingDirectory, place) : join(dirname(configFile), contract);
	if (text === void 0) throw missing(contract, `the config names it and ${exam.contractDirectory === exam.headDirectory ? exam.headDirectory : "the base branch"} does not have it`);
	return {
		file: shown,
		text
	};
}
function readContract(found, names) {
	return parseContract(found.text, found.file, [names.dataset, names.model]);
}
function missing(contract, why) {
	return new InputError(`the data contract ${contract} does not exist: ${why}; correct the path or add the file`, { location: { file: contract } });
}

// src/stages/validate-data.ts
const VALIDATION_FAIL_ON = [
	"error",
	"warning",
	"never"
];
function runValidateData(request, ports) {
	const { setup, failOn } = request;
	const target = {
		model: setup.configuration.model,
		evidenceDirectory: setup.evidenceDirectory
	};
	return runStage("validation", {
		world: ports.world,
		target
	}, async (header) => {
		const document = await validate(request, ports, header);
		const { verdict, findings, fingerprint } = document;
		return {
			document,
			exitCode: verdict === "fail" && failOn !== "never" || verdict === "warn" && failOn === "warning" ? EXIT_CODE.failedVerdict : EXIT_CODE.passed,
			outputs: {
				verdict,
				findings: String(findings.length),
				fingerprint
			}
		};
	});
}
async function validate(request, ports, header) {
	const { world } = ports;
	const { setup, exam, workingDirectory } = request;
	const { configuration } = exam;
	const { files } = world;
	const contract = await findContract({
		files,
		exam,
		configFile: setup.configFile,
		given: request.contract,
		workingDirectory
	});
	const declared = await declareData({
		exam,
		workingDirectory,
		paths: request.data,
		files
	});
	const checked = [];
	const findings = [];
	let ruleCount = 0;
	for (const data of declared) {
		const rules = contract && readContract(contract, {
			dataset: data.name,
			model: configuration.model
		});
		if (rules) {
			if (checked.length === 0) tellUnchecked(rules.notChecked, world, rules.file);
			ruleCount = Math.max(ruleCount, rules.rules.length + rules.columns.length);
		}
		checked.push(await checkOne(data, {
			request,
			ports,
			contract: rules
		}));
	}
	findings.push(...checked.flatMap((data) => data.findings));
	findings.push(...checkDatasets(checked.map((data) => data.facts), configuration.data.target), ...sharedIds(checked, configuration.data.id));
	const verdict = verdictOf(findings);
	announce(findings, request, world);
	world.log.info(`${checked.length} data sets, ${findings.length} findings: ${verdict}`);
	return {
		kind: "validation",
		schemaVersion: 1,
		model: configuration.model,
		task: configuration.task,
		...header,
		inputs: [...checked.flatMap((data) => data.inputs), ...contract ? [{
			role: "contract",
			path: contract.file,
			sha256: world.sha256(contract.text)
		}] : []],
		measured: {},
		verdict,
		fingerprint: world.sha256(JSON.stringify(checked.map(({ name, digest }) => [name, digest]))),
		datasets: checked.map((data) => data.profile),
		findings,
		...contract ? { contract: {
			path: contract.file,
			rules: ruleCount
		} } : {}
	};
}
async function checkOne(declared, { request, ports, contract }) {
	const { data: names } = request.exam.configuration;
	await using data = await openDeclared(ports.engine, declared);
	ports.world.log.info(`${data.name}: ${data.rowCount} rows, ${data.columns.length} columns`);
	return await checkDataSet({
		data,
		contract,
		discretion: chooseDiscretion(names, request.dataTracked),
		labelsExpected: declared.labelsExpected,
		idName: names.id
	});
}
function sharedIds(checked, idName) {
	const training = checked.find((data) => data.name === "training");
	const holdout = checked.find((data) => data.name === "holdout");
	if (idName === void 0 || !training?.ids || !holdout?.ids) return [];
	const known = training.ids;
	let shared = 0;
	for (const id of holdout.ids) if (known.has(id)) shared++;
	const counts = {
		shared,
		checked: holdout.facts.rowCount
	};
	const finding = sharedIdFinding([training.name, holdout.name], idName, counts);
	return finding ? [finding] : [];
}
function verdictOf(findings) {
	if (findings.some((finding) => finding.severity === "error")) return "fail";
	return findings.some((finding) => finding.severity === "warning") ? "warn" : "pass";
}
function tellUnchecked(rules, world, file) {
	if (rules.length === 0) return;
	const listed = rules.map(({ words, line }) => `${words} (line ${line})`).join(", ");
	world.log.info(`${file}: read but not checked: ${listed}`);
}
function announce(findings, request, world) {
	const { workingDirectory, setup } = request;
	const given = request.data.length > 0;
	announceFindings(findings, world.log, {
		dataDirectory: given ? workingDirectory : resolve(setup.baseDirectory),
		workingDirectory,
		tracked: request.dataTracked
	});
}

// src/stages/release/lock-path.ts
function lockPathOf(setup, topDirectory) {
	if (setup.configFile === void 0) return void 0;
	const lockFile = lockFileNameOf(basename(setup.configFile));
	const path = relative(topDirectory, resolve(setup.baseDirectory, lockFile));
	return path.startsWith("..") ? void 0 : path.split(sep).join("/");
}

// src/stages/own-author.ts
function isOwnAuthor(author, viewer) {
	if (viewer === void 0) return author.endsWith("[bot]");
	return author.toLowerCase() === viewer.toLowerCase();
}

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
const LONGEST_REASON$1 = 300;
async function settleDashboard(model, host) {
	const existing = await findDashboard(host);
	const body = renderBody([...(existing === void 0 ? [] : parseModels(existing.body)).filter((other) => other.model !== model.model), shorten(model)]);
	if (existing === void 0) return await createOne$1(body, host);
	if (existing.body.trim() === body.trim()) return existing;
	return await host.issues.update(existing.number, { body });
}
async function findDashboard(host) {
	return (await host.issues.findByLabel(DASHBOARD_LABEL)).find(({ body }) => isDashboard(body));
}
async function createOne$1(body, host) {
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
			reason: lastCheck.reason.slice(0, LONGEST_REASON$1)
		} },
		...withheld === void 0 ? {} : { withheld: withheld.slice(0, LONGEST_REASON$1) }
	};
}

// src/stages/release/assemble.ts
const MODEL_ASSET = "model.onnx";
const FEATURES_ASSET = "features.sql";
async function assembleRelease(request, world) {
	const { judged, setup, version, commit, target } = request;
	const { comparison, training } = judged;
	const { run } = world.context;
	const manifest = buildManifest(comparison, training, {
		version,
		file: MODEL_ASSET,
		...judged.featuresPath === void 0 ? {} : { features: FEATURES_ASSET },
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
		[MODEL_ASSET, judged.modelPath],
		[FEATURES_ASSET, judged.featuresPath],
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

// src/stages/release/find-draft.ts
function digestOfDraft(draft) {
	return draft.assets.find(({ name }) => name === MODEL_ASSET)?.sha256;
}
async function findDraft(wanted, { registry, world }) {
	for (const draft of await registry.listDrafts(wanted.model)) {
		const digest = digestOfDraft(draft);
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

// src/stages/retraining/pauses.ts
const SNOOZE_LABEL = "contender:snooze";
const DAY = 864e5;
async function findPause(pulls, cooldownDays, world) {
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
	const drafts = (await registry.listDrafts(request.model)).filter((draft) => digestOfDraft(draft) !== void 0 && digestOfDraft(draft) !== current);
	if (drafts.length === 0) return;
	const open = pulls.filter(({ state }) => state === "open");
	const protectedDigests = /* @__PURE__ */ new Set();
	for (const pull of open) {
		const digest = await lockedDigest(pull, request, ports);
		if (digest !== void 0) protectedDigests.add(digest);
	}
	for (const pull of pulls) {
		const proposed = await proposedDigests(pull, request, ports);
		for (const draft of drafts) {
			const digest = digestOfDraft(draft) ?? "";
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

// src/stages/missing-permission.ts
function isMissingPermission(error) {
	return error instanceof InputError && "missingPermission" in error;
}
function isPullRequestForbidden(error) {
	return isMissingPermission(error) && "reason" in error && error.reason === "setting";
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
			sameWeights: champion?.manifest.digest === training.digest
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
	return {
		...judged,
		modelPath: join(directory, judged.training.path),
		featuresPath: judged.training.features === void 0 ? void 0 : join(directory, judged.training.features),
		documents: documentPaths(directory, judged.validation !== void 0)
	};
}
async function readReleasedJudgement(release, { files }) {
	const { directory } = release;
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
const JOB_LOGIN$1 = "github-actions[bot]";
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
		token: viewer === void 0 && (place.author === void 0 || place.author === JOB_LOGIN$1) ? "job" : "app-or-person",
		run: referToRun$1(facts, stored)
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
function referToRun$1({ ports }, { judged }) {
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
async function findCandidate$1(directory, champion, { model, world }) {
	const judged = await readOrExplain(directory, model, world);
	if (judged === void 0) return { withheld: "no candidate was trained and compared" };
	if (typeof judged === "string") return { withheld: judged };
	const { verdict, promote, challenger, champion: against } = judged.comparison;
	if (verdict !== "better") return { withheld: `the candidate is ${verdict}, not better` };
	if (!promote) return { withheld: "the candidate is better, but not every gate passes" };
	if (against?.digest !== champion?.manifest.digest) return { withheld: "the candidate was judged against another champion than that of now" };
	const { sha256 } = await world.files.digest(judged.modelPath);
	if (sha256 !== challenger.digest || judged.training.digest !== challenger.digest) throw new InputError(`the candidate ${judged.modelPath} has the digest ${sha256}, but ${challenger.digest} was judged; train and compare again`);
	return { judged };
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

// src/stages/open-retraining-pr.ts
async function runOpenRetrainingPr(request, ports) {
	const facts = await gatherFacts(request, ports);
	const ending = await decide(facts);
	const { log } = ports.world;
	log.info(`${ending.operation}: ${ending.reason}`);
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
	const candidate = await findCandidate$1(directory, champion, {
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
	const { sha256: digest } = await world.files.digest(modelPath);
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
		const held = digestOfDraft(draft);
		const isEmpty = held === void 0 && draft.version === published.version;
		if (held !== digest && !isEmpty) continue;
		world.log.info(`deleting a draft of ${draft.tag} that an earlier run left`);
		await registry.deleteDraft(draft);
	}
}

// src/stages/acceptance.ts
const COMMAND = /^\/contender accept (?<digits>[0-9a-f]{12})[ \t]+(?<reason>\S[\s\S]*)$/;
const LONGEST_REASON = 500;
function parseAcceptance(body) {
	const groups = COMMAND.exec(body.trim())?.groups;
	if (groups === void 0) return void 0;
	return {
		digits: groups.digits,
		reason: groups.reason.replace(/\s+/g, " ").slice(0, LONGEST_REASON)
	};
}
async function findAcceptance(comments, digest, host) {
	for (const { author, body } of [...comments].reverse()) {
		const command = parseAcceptance(body);
		if (command === void 0 || !digest.startsWith(command.digits)) continue;
		const permission = await host.permissionOf(author);
		if (permission === "admin" || permission === "write") return {
			by: author,
			reason: command.reason,
			digest
		};
	}
}
function applyAcceptance(comparison, acceptance) {
	const { accepted: _claimed, ...judged } = comparison;
	return acceptance === void 0 ? judged : {
		...judged,
		accepted: acceptance,
		promote: true
	};
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
async function settleAcceptance$1(comparison, ports) {
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

// src/stages/release-model.ts
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
		case "judged": return await releaseJudged({
			request,
			champion,
			source
		}, ports);
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
	const { sha256 } = await ports.world.files.digest(judged.modelPath);
	if (sha256 !== digest || judged.training.digest !== digest) return {
		verdict: "refused",
		reason: `the model file has the digest ${sha256}, training.json says ${judged.training.digest}, and ${digest} was judged; only judged bytes are published`,
		digest,
		exitCode: EXIT_CODE.failedVerdict
	};
	const { comparison, pull } = await settleAcceptance$1(judged.comparison, ports);
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
	if (found.length === 0) throw new InputError(`there is no evidence in ${patterns.join(", ")} (looked in ${place.workingDirectory}); run compare-models first, or name files or folders with the input evidence (--evidence)`);
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

// src/stages/report-metrics.ts
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
	const told = host === void 0 ? {} : await tellHost({
		models,
		run,
		request,
		discussion,
		world,
		troubles
	}, host);
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
			log.warning(messageOf$1(error));
			if (context.untrusted) return;
		} else log.error(messageOf$1(error));
		if (code > this.#exitCode) this.#exitCode = code;
	}
};
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
	const selfReported = training !== void 0 && training.verdict !== "error" && training.command !== void 0 && comparison.challenger.origin === "training of this run" && (event === "pull_request" || event === "workflow_run");
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
function worstVerdict(models) {
	const [worst] = worstFirst(models.map((evidence) => ({ judgement: judge$1(evidence) })));
	if (worst === void 0) return void 0;
	return worst.judgement.kind === "failed" ? "error" : worst.judgement.comparison.verdict;
}

export { COMPARISON_FAIL_ON, DEFAULT_CONFIG, DRIFT_FAIL_ON, VALIDATION_FAIL_ON, buildComparison, commitOfEvidence, createInputs, createModelRun, findCandidate, findChampion, loadModels, readEvidence, rememberDownloads, runCheckDrift, runCompareModels, runOpenRetrainingPr, runReleaseModel, runReportMetrics, runStage, runTrainModel, runValidateData };