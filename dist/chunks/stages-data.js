import { InputError } from "./core.js";
import { isClassification } from "./core-configuration.js";
import { logLine, takeValues } from "./core-comparison.js";
import { quantile } from "./core-statistics.js";
import { parseWindow, resolveWindows } from "./core-windows.js";
import { cellText, findColumn, takeRows } from "./core-data.js";
import { findName, matchAllNames } from "./core-scoring.js";
import { join } from "node:path";

// src/stages/data/open-data.ts
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
function buildRequest({ name, source, directory, filters, features, repeatable }) {
	const where = source.where === void 0 ? [] : [{
		kind: "sql",
		condition: source.where
	}];
	return {
		name,
		baseDirectory: directory,
		paths: source.paths,
		...source.sha256 === void 0 ? {} : { sha256: source.sha256 },
		...source.encoding === void 0 ? {} : { encoding: source.encoding },
		filters: [...where, ...filters],
		...features ? { features } : {},
		...repeatable === void 0 ? {} : { repeatable }
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

// src/stages/data/data-inputs.ts
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

// src/stages/data/score-rows.ts
async function readLabelledRows(data, configuration, further = []) {
	const { target, id, group, timestamp } = configuration.data;
	if (target === void 0) throw new InputError("data.target (or --target) must name the column with the label");
	const requests = /* @__PURE__ */ new Map();
	const add = (name, as) => requests.set(name, requests.get(name) ?? {
		name,
		as
	});
	add(target, isNumeric(data, target) ? "number" : "text");
	if (id !== void 0) add(id, "text");
	if (group !== void 0) add(group, "text");
	for (const name of further) add(name, isNumeric(data, name) ? "number" : "text");
	const witnesses = chooseWitnesses(data, [timestamp, group], target);
	for (const name of witnesses) add(name, "text");
	const table = await data.read([...requests.values()]);
	const idColumn = id === void 0 ? void 0 : findColumn(table, id);
	const groupColumn = group === void 0 ? void 0 : findColumn(table, group);
	return {
		target: findColumn(table, target),
		...idColumn ? { id: idColumn } : {},
		...groupColumn ? { group: groupColumn } : {},
		witnesses: witnesses.flatMap((name) => findColumn(table, name) ?? []),
		table
	};
}
function chooseWitnesses(data, preferred, target) {
	const names = data.columns.filter((column) => column.type !== "other").map((column) => column.name);
	const known = preferred.filter((name) => name !== void 0 && names.includes(name));
	return [.../* @__PURE__ */ new Set([...known, ...names])].filter((name) => name !== target).slice(0, MOST_WITNESSES);
}
const MOST_WITNESSES = 3;
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
function isNumeric(data, name) {
	const type = data.columns.find((column) => column.name === name)?.type;
	return type === "integer" || type === "number";
}
async function matchRows({ data, name }, { labelled, idName }) {
	const total = labelled.table.rowCount;
	const hasId = idName !== void 0 && labelled.id !== void 0 && data.columns.some((column) => column.name === idName);
	if (data.rowCount !== total) throw new InputError(`the features of ${name} have ${data.rowCount} rows where the data have ${total}; a features query must keep every row once${hasId ? "" : ` (keep the id ${idName ?? "column"} in it, so that rows can be matched)`}`);
	if (!hasId) {
		await refuseOtherOrder({
			data,
			name
		}, labelled);
		return;
	}
	return matchById((await data.read([{
		name: idName,
		as: "text"
	}])).columns[0], labelled.id, name);
}
async function readModelTable(rows, columns, match) {
	const order = await matchRows(rows, match);
	const table = await rows.data.read(columns);
	return order === void 0 ? table : takeRows(table, order);
}
async function refuseOtherOrder({ data, name }, { witnesses }) {
	for (const witness of witnesses) {
		if (!data.columns.some((column) => column.name === witness.name)) continue;
		const { columns, rowCount } = await data.read([{
			name: witness.name,
			as: witness.kind === "number" ? "number" : "text"
		}]);
		const own = cellTexts(columns[0], rowCount);
		const wanted = cellTexts(witness, rowCount);
		const row = own.findIndex((value, index) => value !== wanted[index]);
		if (row < 0 || own.sort().join("\n") !== wanted.sort().join("\n")) continue;
		throw new InputError(`the features of ${name} come in another order than the data (seen in ${witness.name}, from row ${row + 1} on); keep the order in the query, or name an id in data.id and keep it in the query`);
	}
}
function cellTexts(column, rowCount) {
	return Array.from({ length: rowCount }, (_, row) => cellText(column, row) ?? "");
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
function scoreRows(request) {
	const { scorer, model, rows, configuration, classes, onProgress } = request;
	const { task, data, scoring } = configuration;
	return scorer.score({
		model,
		rows,
		task,
		...isClassification(task) && classes.length > 0 ? { classes } : {},
		...data.target === void 0 ? {} : { target: data.target },
		...scoring === void 0 ? {} : { limits: { seconds: scoring.timeLimitSeconds } },
		...onProgress ? { onProgress } : {}
	});
}
function takeScores(scores, positions) {
	const { values, width, labels, refused } = scores;
	const kept = /* @__PURE__ */ new Map();
	if (refused.size > 0) positions.forEach((row, position) => {
		const reason = refused.get(row);
		if (reason !== void 0) kept.set(position, reason);
	});
	return {
		...scores,
		rowCount: positions.length,
		values: takeValues(values, positions, width),
		...labels ? { labels: takeValues(labels, positions) } : {},
		refused: kept
	};
}

// src/stages/data/feature-columns.ts
function chooseFeatureColumns(configuration, columns) {
	return chooseColumns(configuration, columns).map(describeFeature);
}
function chooseColumns(configuration, columns) {
	const { data } = configuration;
	if (data.target !== void 0 && data.columns?.includes(data.target)) throw new InputError(`data.columns lists the target ${JSON.stringify(data.target)}; a model must not see its answer: remove it`);
	const chosen = data.columns ? listed(data.columns, columns) : allButReserved(configuration, columns);
	if (chosen.length === 0) throw new InputError(`no feature columns are left of ${columns.map((column) => column.name).join(", ")}; list them in data.columns or exclude fewer`);
	return chosen;
}
function chooseModelColumns(configuration, columns, inputs) {
	const { target, exclude } = configuration.data;
	const allowed = columns.filter(({ name }) => name !== target && !exclude.includes(name));
	const wanted = inputs.filter((input) => target === void 0 || findName(input, [target]) === void 0);
	const named = matchAllNames(wanted, allowed.map(({ name }) => name));
	if (configuration.data.columns !== void 0 || named.some((column) => column === void 0)) return chooseColumns(configuration, columns);
	return named.flatMap((column) => column === void 0 ? [] : [allowed[column]]);
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

// src/stages/data/describe-reading.ts
function describeReading({ name, files, columns, rowCount }) {
	const rows = files.reduce((sum, file) => sum + file.rowsRead, 0);
	const rejected = files.reduce((sum, file) => sum + file.rejectedRows, 0);
	const read = `${files.length === 1 ? "1 file" : `${files.length} files`}, ${rows} rows read, ${rejected} rejected`;
	const kept = rowCount === rows ? "" : `; ${rowCount} rows after conditions and features`;
	return logLine(`${name}: ${read}, ${columns.length} columns${kept}`);
}

export { buildRequest, chooseColumns, chooseFeatureColumns, chooseModelColumns, describeInputs, describeReading, findWindows, groupCodes, labelledPositions, matchRows, openRole, readFeatures, readLabelledRows, readModelTable, scoreRows, takeScores };