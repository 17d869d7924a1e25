import { EXIT_CODE, InputError } from "./core.js";
import { isClassification, nearestName, parseYamlSource } from "./core-configuration.js";
import { LEAST_NUMBER, findPersonal, formsOf, isPlainlyPersonal, personalFinding, redact } from "./core-personal-data.js";
import { buildRequest, describeInputs, describeReading } from "./stages-data.js";
import { repositoryPath, runStage } from "./stages.js";
import { findColumn } from "./core-data.js";
import { AHEAD_MILLISECONDS, PREVIOUS, applicableRules, applySettings, askedRules, checkColumns, checkDatasets, checkLabels, checkPredictors, chosenSeverity, columnNamedBy, columnRoles, conflictFinding, countConflicts, countDuplicates, countKinds, countLabels, disagreementFinding, duplicateFinding, findBreaches as findBreaches$1, findEqualRows, findShared, findVariants, futureFinding, idLikeness, identifyingColumns, isSplitByTime, knowKeys, measureChange, measureDisagreement, measureDistribution, mostlyKind, parseContract, percent, sharedGroups, sharedIds, sharedRows, shownValues, standardFindings, timeOverlapFinding, uncheckedFindings, writeTimestamp } from "./core-contract.js";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

// src/stages/validation/hidden-columns.ts
function chooseDiscretion(data, tracked, columns) {
	const declared = declaredColumns(data);
	const lower = new Set(declared.map((name) => name.toLowerCase()));
	const meant = columns.filter((name) => lower.has(name.toLowerCase()));
	return {
		personal: /* @__PURE__ */ new Set([...declared, ...meant]),
		tracked
	};
}
function declaredColumns({ id, group, exclude, sensitive }) {
	return [
		id,
		group,
		...exclude,
		...sensitive
	].filter((name) => name !== void 0);
}
function lackingColumns(names, columns) {
	const known = new Set(columns.map((name) => name.toLowerCase()));
	return names.flatMap((name) => name === void 0 || known.has(name.toLowerCase()) ? [] : [name]);
}
function alsoHiding(discretion, names) {
	return {
		...discretion,
		personal: /* @__PURE__ */ new Set([...discretion.personal, ...names])
	};
}
function hiddenColumns(names, { personal, tracked }) {
	return new Set(tracked ? names.filter((name) => personal.has(name)) : names);
}
function concealWritten(profile, personal) {
	const columns = profile.columns.map((column) => {
		const { name, type, missing, distinct } = column;
		return personal.has(name) ? {
			name,
			type,
			missing,
			distinct
		} : column;
	});
	return {
		...profile,
		columns
	};
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
	const { quantiles, histogram, parts, top, ...numbers } = profile;
	return {
		...numbers,
		...quantiles ? { quantiles: { ...quantiles } } : {},
		...histogram ? { histogram: [...histogram] } : {},
		...parts ? { parts: {
			borders: [...parts.borders],
			counts: [...parts.counts]
		} } : {},
		...top ? { top: top.filter(({ value }) => !isPlainlyPersonal(value)) } : {}
	};
}

// src/stages/validation/announce-findings.ts
const ANNOTATIONS_OF_A_KIND = 10;
const MOST_NAMED = 20;
const LINES = /\.(csv|tsv|jsonl|ndjson)$/i;
function announceFindings(findings, log, place) {
	for (const severity of ["error", "warning"]) {
		const found = findings.filter((finding) => finding.severity === severity);
		const alone = found.length > ANNOTATIONS_OF_A_KIND ? 9 : found.length;
		for (const finding of found.slice(0, alone)) log[severity](messageOf(finding), placeOf(finding, place));
		const rest = found.slice(alone);
		if (rest.length === 0) continue;
		log[severity](nameRest(rest, severity), lineOfRule(rest[0], place));
		for (const finding of rest) log.info(`${severity}: ${messageOf(finding)}`);
	}
	for (const finding of findings.filter((candidate) => candidate.severity === "info")) log.info(messageOf(finding));
}
function nameRest(rest, severity) {
	const names = rest.slice(0, MOST_NAMED).map(({ dataset, column, check }) => {
		return `${[dataset, column].filter((name) => name !== void 0).join(".")} (${check})`;
	});
	const more = rest.length - names.length;
	return `${rest.length} more findings of severity ${severity}: ${names.join(", ")}${more > 0 ? `, and ${more} more` : ""}; each is in the log and in validation.json`;
}
function messageOf(finding) {
	const { location, dataset, message } = finding;
	return `${dataset}: ${message}${location === void 0 ? "" : ` (${location.file}${location.line ? `:${location.line}` : ""})`}`;
}
function placeOf(finding, place) {
	return lineOfData(finding, place) ?? lineOfRule(finding, place);
}
function lineOfRule({ location, dataset }, place) {
	if (location === void 0) return place.declaration(dataset);
	return {
		file: location.file,
		...location.line === void 0 ? {} : { line: location.line }
	};
}
function lineOfData({ examples }, place) {
	const [example] = examples;
	if (!place.tracked || example === void 0 || !LINES.test(example.file)) return void 0;
	const file = relative(place.workingDirectory, resolve(place.dataDirectory, example.file));
	if (file.startsWith("..")) return void 0;
	return {
		file: file.split(sep).join("/"),
		line: example.line
	};
}

// src/stages/validation/checks-request.ts
function shownResult({ failing, checked, examples }, column, { hidden }) {
	return {
		failing,
		checked,
		examples: examples.map((example) => hidden.has(column) ? {
			...example,
			value: "(hidden)"
		} : { ...example })
	};
}

// src/stages/validation/check-values.ts
const KINDS = ["infinite", "nan"];
async function checkNumbers(request) {
	const { data } = request;
	const rules = data.columns.filter(({ type }) => type === "number").flatMap(({ name }) => KINDS.map((of) => ({
		kind: "finite",
		column: name,
		of
	})));
	if (rules.length === 0 || data.rowCount === 0) return [];
	const results = await data.check(rules);
	return rules.flatMap(({ column, of }, index) => {
		const { failing, checked } = results[index];
		if (failing === 0) return [];
		return [{
			check: "non-finite",
			severity: of === "nan" ? "info" : "warning",
			column,
			message: `${failing} of ${checked} values of ${column} ${of === "nan" ? "are NaN in the file; they count as missing" : "are infinite: no mean or model is made for that; write them as missing"}`,
			...shownResult(results[index], column, request)
		}];
	});
}
async function checkFuture(request) {
	const { data, now } = request;
	const column = timeColumn(request);
	if (column === void 0) return [];
	const [ahead, words] = await data.check([{
		kind: "time-range",
		column,
		of: "instant",
		maximum: now + AHEAD_MILLISECONDS
	}, {
		kind: "type",
		column,
		type: "timestamp"
	}]);
	const future = futureFinding(shownResult(ahead, column, request), column);
	if (words.failing === 0) return future;
	const mixed = {
		check: "mixed-types",
		severity: "warning",
		column,
		message: `${words.failing} of ${words.checked} values of ${column} are no times; write ISO 8601 (2020-06-21 12:14:00)`,
		...shownResult(words, column, request)
	};
	return [...future, mixed];
}
async function timesOf(request) {
	const column = timeColumn(request);
	if (column === void 0) return void 0;
	const [words] = await request.data.check([{
		kind: "type",
		column,
		type: "timestamp"
	}]);
	return words.failing > 0 ? void 0 : await request.data.timeRange(column);
}
function timeColumn({ data, roles }) {
	const column = data.columns.find(({ name }) => name === roles.timestamp);
	return column !== void 0 && [
		"date",
		"timestamp",
		"string"
	].includes(column.type) && data.rowCount > 0 ? column.name : void 0;
}

// src/stages/validation/check-overlap.ts
const SIDES = {
	learned: "training",
	judged: "holdout"
};
async function checkOverlap(request, own) {
	const { data, first } = request;
	if (data.name === SIDES.learned) return {
		found: [],
		known: await keepKeys(request, own)
	};
	const known = { keys: /* @__PURE__ */ new Map() };
	if (data.name !== SIDES.judged || first?.name !== SIDES.learned || data.rowCount === 0) return {
		found: [],
		known
	};
	const times = await checkTimes(request, first);
	return {
		found: [...await checkKeys(request, {
			first,
			own,
			isLater: times.isLater
		}), ...times.found],
		known
	};
}
async function keepKeys(request, { keys }) {
	const { data, roles } = request;
	const kept = /* @__PURE__ */ new Map();
	if (keys !== void 0) kept.set("values", knowKeys(keys));
	for (const by of ["id", "group"]) {
		const column = roles[by];
		if (column === void 0 || data.rowCount === 0 || !has(data, column)) continue;
		kept.set(by, knowKeys(await data.rowKeys([column])));
	}
	const time = await timesOf(request);
	return {
		keys: kept,
		...time === void 0 ? {} : { time }
	};
}
async function checkKeys({ data, roles }, { first, own, isLater }) {
	const names = {
		own: data.name,
		training: first.name
	};
	const found = [];
	let byId;
	for (const by of ["id", "group"]) {
		const known = first.keys.get(by);
		const column = roles[by];
		if (known === void 0 || column === void 0 || !has(data, column)) continue;
		const shared = findShared(known, await data.rowKeys([column]));
		if (by === "group") found.push(...sharedGroups(shared, column, {
			...names,
			isLater
		}));
		else found.push(...sharedIds(shared, column, names));
		if (by === "id") byId = shared;
	}
	const training = first.keys.get("values");
	const isAlike = [...own.keyColumns].sort().join("\n") === [...first.keyColumns].sort().join("\n");
	if (training !== void 0 && own.keys !== void 0 && isAlike) {
		const shared = findShared(training, own.keys, byId?.isShared);
		found.push(...sharedRows({
			training,
			shared,
			byId: byId?.count ?? 0
		}, names));
	}
	return found;
}
async function checkTimes(request, first) {
	const { data } = request;
	const column = timeColumn(request);
	const { time } = first;
	if (column === void 0 || time === void 0) return {
		found: [],
		isLater: false
	};
	const since = (limit) => ({
		kind: "time-range",
		column,
		of: "instant",
		exclusiveMinimum: limit
	});
	const [late, middle] = await data.check([since(time.to), since((time.from + time.to) / 2)]);
	const overlap = {
		own: data.name,
		training: first.name,
		timestamp: column,
		notLater: shownResult(late, column, request),
		early: middle.failing
	};
	return {
		found: timeOverlapFinding(overlap),
		isLater: isSplitByTime(overlap)
	};
}
function has(data, column) {
	return data.columns.some(({ name }) => name === column);
}

// src/stages/validation/check-repeats.ts
function checkRepeats(rows) {
	const { keys, labels, target, rowCount } = rows;
	const equal = findEqualRows(keys);
	const repeated = duplicateFinding(countDuplicates(equal, labels), rowCount);
	if (labels === void 0 || target === void 0) return repeated;
	const conflicting = labels instanceof Int32Array ? conflictFinding(countConflicts(equal, labels), target) : disagreementFinding(measureDisagreement(equal, labels), target);
	return [...repeated, ...conflicting];
}

// src/stages/validation/check-kinds.ts
async function checkKinds(request, sample) {
	const { name } = sample;
	const kinds = countKinds(sample);
	const kind = mostlyKind(kinds);
	if (kind === void 0) return [];
	const [result] = await request.data.check([{
		kind: "type",
		column: name,
		type: kind
	}]);
	const { failing, checked } = result;
	if (failing === 0) return kind === "number" && kinds.notFinite > 0 ? await checkFinite(request, name) : [];
	return [{
		check: "mixed-types",
		severity: "warning",
		column: name,
		message: `${name} is text: ${describeKind(kind, {
			failing,
			checked
		})}${firstPlace(result)}`,
		...shownResult(result, name, request)
	}];
}
function describeKind(kind, { failing, checked }) {
	const share = percent(failing / checked);
	return `${`${checked - failing} of ${checked} values are ${kind}s; ${failing} (${share}) ${failing === 1 ? "is" : "are"} not`}; ${{
		number: "write missing values as empty",
		date: "write days that exist as 2020-06-21, and missing ones as empty",
		timestamp: "write times that exist as 2020-06-21 12:14:00, and missing ones as empty"
	}[kind]}`;
}
const FINITE = {
	minimum: -Number.MAX_VALUE,
	maximum: Number.MAX_VALUE
};
async function checkFinite(request, column) {
	const [result] = await request.data.check([{
		kind: "range",
		column,
		...FINITE
	}]);
	const { failing, checked } = result;
	if (failing === 0) return [];
	return [{
		check: "non-finite",
		severity: "warning",
		column,
		message: `${column} is text: ${failing} of ${checked} values are infinite or NaN, and all others are numbers; write those as missing (empty)${firstPlace(result)}`,
		...shownResult(result, column, request)
	}];
}
function firstPlace({ examples: [first] }) {
	return first === void 0 ? "" : `; first at ${first.file}:${first.line}`;
}

// src/stages/validation/check-sample.ts
const MOST_ROWS = 5e4;
const MOST_ROWS_OF_CLASSES = 2e4;
async function checkSample(request, labels) {
	const { classes } = labels;
	const { data, roles, first, task } = request;
	const { target } = roles;
	const ids = idsOf(request);
	const isFirst = first === void 0 && target !== void 0 && labels.isReadable;
	const wanted = isFirst ? [
		target,
		roles.timestamp,
		...ids,
		...features(request)
	] : features(request).filter((name) => isText(request, name));
	const columns = [...new Set(wanted)].flatMap((name) => requestOf(request, name ?? ""));
	if (columns.length === 0 || data.rowCount === 0) return [];
	const { table, total } = await data.sample(columns, classes > 2 ? MOST_ROWS_OF_CLASSES : MOST_ROWS);
	const found = await checkTexts(request, table.columns.filter((column) => column.kind === "text" && roles.isFeature(column.name)), ids);
	if (!isFirst || findColumn(table, target) === void 0) return found;
	const kind = isClassification(task) ? classes === 2 ? "binary" : "classes" : "number";
	const mixed = new Set(found.filter(({ check }) => check === "mixed-types").map(({ column }) => column));
	const keys = ids.filter((name) => !mixed.has(name));
	return [...found, ...checkPredictors({
		table,
		total,
		roles,
		target,
		ids: keys,
		kind
	})];
}
function idsOf({ data, profiles, roles }) {
	const alike = profiles.filter((profile) => profile.name !== roles.target && profile.name !== roles.timestamp && idLikeness({
		...profile,
		rowCount: data.rowCount
	}) !== void 0);
	const declared = data.columns.filter(({ name }) => name === roles.id);
	return [...new Set([...declared, ...alike].map(({ name }) => name))];
}
function features({ data, roles }) {
	return data.columns.filter(({ name }) => roles.isFeature(name)).map(({ name }) => name);
}
function isText({ data }, name) {
	return data.columns.find((column) => column.name === name)?.type === "string";
}
function requestOf({ data, roles, task }, name) {
	const type = data.columns.find((column) => column.name === name)?.type;
	if (type === void 0 || type === "other") return [];
	if (name === roles.target) return [{
		name,
		as: isClassification(task) ? "text" : "number"
	}];
	return [{
		name,
		as: type === "string" ? "text" : "number"
	}];
}
async function checkTexts(request, columns, ids) {
	const found = [];
	for (const column of columns) {
		if (!ids.includes(column.name)) found.push(...variantsOf(column, request.hidden));
		found.push(...await checkKinds(request, column));
	}
	return found;
}
function variantsOf({ name, dictionary }, hidden) {
	const variants = findVariants(dictionary);
	if (variants.length === 0) return [];
	return [{
		check: "value-variants",
		severity: "info",
		column: name,
		message: `values of ${name} differ by capitals or blanks only: ${shownValues(variants[0], hidden.has(name))}${variants.length === 1 ? "" : ` and ${variants.length - 1} more`}; they count as different ones`
	}];
}

// src/stages/validation/check-target.ts
async function checkTarget(request) {
	const { data, roles, task, labelsExpected, hidden, first } = request;
	const { target } = roles;
	const column = data.columns.find(({ name }) => name === target);
	if (target === void 0 || column === void 0 || !labelsExpected || data.rowCount === 0) return {
		found: [],
		classes: 0
	};
	if (!isClassification(task)) return await checkNumericTarget(request, column);
	const [read] = (await data.read([{
		name: target,
		as: "text"
	}])).columns;
	if (read?.kind !== "text") throw new Error(`${target} was not read as text`);
	const labels = countLabels(read);
	const known = first?.labels;
	return {
		found: checkLabels({
			target,
			task,
			labels,
			isHidden: hidden.has(target),
			...known === void 0 ? {} : { known }
		}),
		labels: read.codes,
		names: new Set(labels.keys()),
		classes: labels.size
	};
}
async function checkNumericTarget(request, { name, type }) {
	const { data } = request;
	if (type === "string") {
		const [result] = await data.check([{
			kind: "type",
			column: name,
			type: "number"
		}]);
		const { failing, checked } = result;
		if (failing > 0) return {
			found: [{
				check: "target-type",
				severity: "error",
				column: name,
				message: `${failing} of ${checked} values of the target ${name} are no numbers, and the task is one about numbers; mend them, or set task to a classification`,
				...shownResult(result, name, request)
			}],
			classes: 0
		};
	}
	if (![
		"integer",
		"number",
		"boolean",
		"string"
	].includes(type)) return {
		found: [],
		classes: 0
	};
	const [read] = (await data.read([{
		name,
		as: "number"
	}])).columns;
	if (read?.kind !== "number") throw new Error(`${name} was not read as numbers`);
	return {
		found: [],
		labels: read.values.map((value) => Number.isFinite(value) ? value : NaN),
		classes: 0
	};
}

// src/stages/validation/data-checks.ts
async function checkWithoutContract(request) {
	const { data, profiles, roles, first } = request;
	const rowCount = data.rowCount;
	const keyColumns = identifyingColumns(data.columns.map(({ name }) => name), roles);
	const found = checkColumns({
		rowCount,
		profiles,
		roles,
		...first === void 0 ? {} : { first: first.profiles }
	});
	found.push(...await checkNumbers(request), ...await checkFuture(request));
	const target = await checkTarget(request);
	found.push(...target.found);
	const keys = keyColumns.length === 0 || rowCount === 0 ? void 0 : await data.rowKeys(keyColumns);
	if (keys !== void 0) found.push(...checkRepeats({
		keys,
		labels: target.labels,
		target: roles.target,
		rowCount
	}));
	const readLabels = {
		isReadable: target.labels !== void 0,
		classes: target.classes
	};
	const overlap = await checkOverlap(request, {
		keys,
		keyColumns
	});
	found.push(...overlap.found, ...await checkSample(request, readLabels));
	const known = {
		name: data.name,
		profiles: new Map(profiles.map((profile) => [profile.name, {
			...profile,
			rowCount
		}])),
		...target.names === void 0 ? {} : { labels: target.names },
		...overlap.known,
		keyColumns
	};
	return {
		findings: await toFindings(data, withoutMixedIds(found)),
		known
	};
}
function withoutMixedIds(found) {
	const mixed = new Set(found.filter(({ check }) => check === "mixed-types").map(({ column }) => column));
	return found.filter(({ check, column }) => check !== "undeclared-id" || !mixed.has(column));
}
async function toFindings(data, found) {
	const findings = [];
	for (const { rows, examples, ...rest } of found) {
		const places = rows === void 0 ? [] : await data.places(rows);
		findings.push({
			...rest,
			dataset: data.name,
			examples: [...examples ?? [], ...places.map((place) => ({
				...place,
				value: ""
			}))]
		});
	}
	return findings;
}

// src/stages/validation/measure-rules.ts
async function measureRules(rules, context) {
	const measured = /* @__PURE__ */ new Map();
	for (const rule of rules) {
		if (rule.measure === void 0 || rule.measure.kind === "row-count") continue;
		measured.set(rule, await measure(rule, rule.measure, context));
	}
	return measured;
}
async function measure(rule, measure, context) {
	switch (measure.kind) {
		case "row-count": return { value: context.data.rowCount };
		case "freshness": return await measureAge(measure.column, context);
		case "sql": return await measureSql(rule, measure, context);
		case "change": return await compareFigures(measure, context);
		case "distribution": return await compareValues(measure, context);
	}
}
const MILLISECONDS_AN_HOUR = 36e5;
async function measureAge(column, { data, now, hidden }) {
	const found = await readTimes(data, column);
	if (found === "none") return { notChecked: `${column} holds values that are no times` };
	if (found === void 0) return { notChecked: `${column} has no value` };
	const value = (now - found.to) / MILLISECONDS_AN_HOUR;
	return hidden.has(column) ? {
		value,
		hidden: true
	} : {
		value,
		words: `of ${writeTimestamp(found.to)} UTC`
	};
}
async function readTimes(data, column) {
	try {
		return await data.timeRange(column);
	} catch (error) {
		if (error instanceof InputError) return "none";
		throw error;
	}
}
async function measureSql({ line, name }, { query, tables }, { data, file, hidden }) {
	const subject = `${file}:${line}: ${name ?? "the query"}`;
	const { value, reach } = await data.measure({
		sql: query,
		subject,
		tables
	});
	if (value === void 0) return { notChecked: "the query gives NULL" };
	return mayTell(reach, hidden) ? {
		value,
		hidden: true
	} : { value };
}
function mayTell(reach, hidden) {
	if (hidden.size === 0 || reach.kind === "row-count") return false;
	if (reach.kind === "anything") return true;
	const lower = new Set([...hidden].map((name) => name.toLowerCase()));
	return reach.names.some((name) => lower.has(name.toLowerCase()));
}
async function compareFigures(measure, { data, others, hidden }) {
	const other = await others.open(measure.against);
	if ("missing" in other) return { notChecked: other.missing };
	const { column } = measure;
	if (column !== void 0 && !hasColumn(other.data, column)) return lacks(measure.against, column);
	const figures = async (set) => ({
		rows: set.rowCount,
		profile: column === void 0 ? void 0 : (await set.profile([column]))[0]
	});
	return measureChange(measure.of, {
		earlier: await figures(other.data),
		now: await figures(data),
		hidden: column !== void 0 && hidden.has(column)
	});
}
async function compareValues(measure, { data, others, hidden }) {
	const { column, against } = measure;
	const other = await others.open(against);
	if ("missing" in other) return { notChecked: other.missing };
	if (!hasColumn(other.data, column)) return lacks(against, column);
	const as = [data, other.data].every((set) => isNumeric(set, column)) ? "number" : "text";
	const read = async (set) => (await set.read([{
		name: column,
		as
	}])).columns[0];
	const columns = {
		earlier: await read(other.data),
		now: await read(data)
	};
	return measureDistribution(measure, {
		...columns,
		hidden: hidden.has(column)
	});
}
function lacks(dataset, column) {
	return { notChecked: `${dataset} has no column ${column}` };
}
function hasColumn(data, name) {
	return data.columns.some((column) => column.name === name);
}
function isNumeric(data, name) {
	const type = data.columns.find((column) => column.name === name)?.type;
	return type !== void 0 && type !== "string" && type !== "other";
}

// src/stages/validation/hold-to-contract.ts
async function holdToContract(request) {
	const { data, contract, hidden, late } = request;
	const applicable = applicableRules(contract, data.columns).filter((rule) => !(rule.check === "required" && rule.column !== void 0 && late.has(rule.column)));
	const early = applicable.flatMap((rule) => notYet(rule, request));
	const { rules, notChecked } = await readReferences(applicable.filter((rule) => !early.some((one) => one.rule === rule)), request);
	const results = await data.check(rules.flatMap((rule) => rule.rowRule ? [rule.rowRule] : []));
	const asked = {
		...contract,
		rules
	};
	const measured = await measureRules(rules, {
		...request,
		file: contract.file
	});
	const { name, rowCount, columns } = data;
	const breaches = findBreaches$1(asked, {
		name,
		rowCount,
		columns,
		results,
		measured,
		hidden,
		late
	});
	const untold = [...early.map(({ finding }) => finding), ...notChecked];
	return [...breaches, ...untold.map((finding) => ({
		finding,
		replacements: []
	}))];
}
function notYet(rule, { data, contract, late }) {
	const present = new Set(data.columns.map(({ name }) => name));
	const column = columnNamedBy(rule, [...late].filter((name) => !present.has(name)));
	if (column === void 0) return [];
	return [{
		rule,
		finding: {
			check: "not-checked",
			severity: "info",
			dataset: data.name,
			...rule.column === void 0 ? {} : { column: rule.column },
			message: `not checked: ${rule.name ?? `the rule ${rule.check}`}: ${data.name} has no column ${column} yet`,
			examples: [],
			location: {
				file: contract.file,
				line: rule.line
			}
		}
	}];
}
async function readReferences(rules, { data, contract, others }) {
	const ready = [];
	const notChecked = [];
	for (const rule of rules) {
		if (rule.reference === void 0) {
			ready.push(rule);
			continue;
		}
		const { dataset, path, keys, columns } = rule.reference;
		const other = await others.open(dataset, path);
		const why = "missing" in other ? other.missing : lacking(other.data, keys);
		if ("missing" in other || why !== void 0) {
			notChecked.push({
				check: "not-checked",
				severity: "info",
				dataset: data.name,
				...rule.column === void 0 ? {} : { column: rule.column },
				message: `not checked: the relationship to ${dataset}: ${why}`,
				examples: [],
				location: {
					file: contract.file,
					line: rule.line
				}
			});
			continue;
		}
		ready.push({
			...rule,
			rowRule: {
				kind: "reference",
				columns,
				keys: await readKeys(other.data, keys)
			}
		});
	}
	return {
		rules: ready,
		notChecked
	};
}
function lacking(data, keys) {
	const gone = keys.filter((key) => !data.columns.some((column) => column.name === key));
	return gone.length === 0 ? void 0 : `${data.name} has no column ${gone.join(", ")}`;
}
async function readKeys(data, names) {
	const { columns, rowCount } = await data.read(names.map((name) => ({
		name,
		as: "text"
	})));
	const found = /* @__PURE__ */ new Map();
	for (let row = 0; row < rowCount; row++) {
		const key = columns.map((column) => column.kind === "text" ? column.dictionary[column.codes[row]] : void 0);
		if (key.every((part) => part !== void 0)) found.set(JSON.stringify(key), key);
	}
	return [...found.values()];
}

// src/stages/validation/personal-columns.ts
const MOST_VALUES = 5e4;
async function findPersonalColumns(data, profiles, { leftOut, settings = [] }) {
	const isOff = (column) => chosenSeverity(settings, {
		check: "personal-data",
		column
	}) === "off";
	const requests = profiles.filter((profile) => canHold(profile) && !leftOut.has(profile.name) && !isOff(profile.name)).map(({ name, distinct, missing }) => ({
		column: name,
		present: data.rowCount - missing,
		expressions: formsOf(name),
		distinct,
		most: MOST_VALUES
	}));
	if (requests.length === 0) return [];
	return (await data.matchingValues(requests)).flatMap(({ column, checked, values }) => findPersonal({
		name: column,
		checked,
		values
	}) ?? []);
}
function canHold({ type, distinct, maximum = 0 }) {
	if (type === "string") return distinct > 0;
	return (type === "integer" || type === "number") && maximum >= 1e6;
}
async function personalFindings(columns, request) {
	const { data, discretion, hash } = request;
	const findings = [];
	for (const column of columns) {
		const places = await data.places(column.examples.map(({ row }) => row));
		const examples = column.examples.map(({ value }, index) => ({
			...places[index],
			value: hash === void 0 ? "(hidden)" : redact(value, hash, discretion.tracked)
		}));
		findings.push(personalFinding({
			dataset: data.name,
			column,
			examples
		}));
	}
	return findings;
}

// src/stages/validation/check-data-set.ts
async function checkDataSet(request) {
	const { data, contract } = request;
	const [found, rowsDigest] = await Promise.all([examine(request), data.digest()]);
	const { profiles, personal, discretion, breaches, checks } = found;
	const missing = new Map(profiles.map((profile) => [profile.name, profile.missing]));
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
			columns: profiles.map((profile) => concealProfile(profile, discretion)),
			...contract === void 0 ? {} : { rules: askedRules(contract, data.columns) }
		},
		findings: breaches,
		checks: [...await personalFindings(personal, {
			...request,
			discretion
		}), ...checks.findings],
		personal: personal.map((column) => column.name),
		inputs: describeInputs({
			data,
			role: data.name,
			rowsDigest
		}),
		known: checks.known
	};
}
async function examine(request) {
	const { data, contract, declared } = request;
	const names = data.columns.map((column) => column.name);
	const profiles = await data.profile(names);
	const settings = contract?.checks ?? [];
	const personal = await findPersonalColumns(data, profiles, {
		leftOut: declared,
		settings
	});
	const found = personal.map((column) => column.name);
	const discretion = alsoHiding(request.discretion, found);
	const breaches = contract === void 0 ? [] : await findBreaches({
		...request,
		discretion
	}, contract);
	const hidden = hiddenColumns(names, discretion);
	return {
		profiles,
		personal,
		discretion,
		breaches,
		checks: await checkWithoutContract({
			...request,
			profiles,
			hidden
		})
	};
}
async function findBreaches(request, contract) {
	const { data, others, now, target, labelsExpected } = request;
	const names = data.columns.map((column) => column.name);
	const hidden = hiddenColumns(names, request.discretion);
	const late = new Set(labelsExpected || target === void 0 ? [] : [target]);
	return (await holdToContract({
		data,
		contract,
		others,
		now,
		hidden,
		late
	})).map(({ finding }) => finding);
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

// src/stages/validation/data-history.ts
async function findHistory({ exam, setup }, { repository, context }) {
	if (repository === void 0) return void 0;
	const head = await repository.resolveCommit("HEAD");
	if (head === void 0) return void 0;
	const isOwn = exam.commit === void 0 || exam.commit === head;
	const commit = !isOwn ? exam.commit : context.event === "local" ? head : (await repository.parentsOf(head))[0];
	const known = commit === void 0 ? void 0 : await repository.resolveCommit(commit);
	if (known === void 0) return void 0;
	return {
		repository,
		commit: known,
		directory: setup.baseDirectory,
		isExam: !isOwn
	};
}

// src/stages/validation/other-data.ts
function createOtherDataSets(request) {
	const opened = /* @__PURE__ */ new Map();
	return {
		open(name, path) {
			const key = JSON.stringify([name, path]);
			const known = opened.get(key) ?? openOther(request, name, path);
			opened.set(key, known);
			return known;
		},
		async [Symbol.asyncDispose]() {
			for (const other of opened.values()) {
				const found = await other.catch(() => void 0);
				if (found && "data" in found) await found.data[Symbol.asyncDispose]();
			}
		}
	};
}
async function openOther(request, name, path) {
	const { engine, declared, directory } = request;
	const known = declared.find((data) => data.name === name);
	if (known) return { data: await openDeclared(engine, known) };
	if (name === "previous") return await openPrevious(request);
	if (path === void 0) return { missing: `there is no data set ${name} in this run, which has ${declared.map((data) => data.name).join(", ")}` };
	const source = { paths: [path] };
	const place = await exportChanged(request, path) ?? directory;
	return { data: await openDeclared(engine, {
		name,
		source,
		directory: place,
		labelsExpected: false
	}) };
}
async function exportChanged({ history, files, directory }, path) {
	if (history === void 0 || !history.isExam || isAbsolute(path)) return void 0;
	const { repository, commit } = history;
	const shown = repositoryPath(repository, resolve(directory, path));
	if (shown.startsWith("..")) return void 0;
	const [base, head] = await Promise.all([commit, "HEAD"].map((revision) => repository.identifyFiles(revision, [shown])));
	if (base === void 0 || base.size === 0 || sameFiles(base, head)) return void 0;
	const target = await files.temporaryDirectory("reference");
	await repository.exportFiles(commit, [...base.keys()], target);
	return join(target, relative(repository.directory, resolve(directory)));
}
function sameFiles(left, right) {
	return left.size === right?.size && [...left].every(([path, id]) => right.get(path) === id);
}
async function openPrevious(request) {
	const { history, own, engine, files } = request;
	if (history === void 0) return { missing: "there is no earlier commit to take the previous version from" };
	const { repository, commit, directory } = history;
	const paths = own.source.paths.map((path) => relative(repository.directory, resolve(directory, path)).split(sep).join("/"));
	const short = commit.slice(0, 7);
	if (paths.some((path) => path.startsWith(".."))) return { missing: "the data are not in the repository" };
	const found = await repository.listFilesAt(commit, paths);
	if (found.length === 0) return { missing: `commit ${short} has no ${own.source.paths.join(", ")}` };
	const target = await files.temporaryDirectory("previous");
	await repository.exportFiles(commit, found, target);
	const source = {
		...own.source,
		paths: found.map((path) => join(target, path)),
		sha256: void 0
	};
	try {
		const { sha256: _, ...unpinned } = source;
		return { data: await openDeclared(engine, {
			...own,
			source: unpinned,
			directory: target
		}) };
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return { missing: `the data of commit ${short} cannot be read (a pointer file, or another layout)` };
	}
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

// src/stages/validation/check-all-data.ts
async function checkAllData(work) {
	const { request, ports, contract } = work;
	const { exam, workingDirectory } = request;
	const { configuration } = exam;
	const { files, context } = ports.world;
	const declared = await declareData({
		exam,
		workingDirectory,
		paths: request.data,
		files
	});
	const history = contract && await findHistory(request, {
		repository: ports.repository,
		context
	});
	const datasets = [];
	const findings = [];
	const settings = /* @__PURE__ */ new Map();
	const personal = /* @__PURE__ */ new Set();
	let ruleCount = 0;
	for (const data of declared) {
		const rules = contract && readContract(contract, {
			dataset: data.name,
			model: configuration.model
		});
		if (rules) {
			if (datasets.length === 0) findings.push(...standardFindings(rules, data.name), ...uncheckedFindings(rules, data.name));
			settings.set(data.name, rules.checks ?? []);
			ruleCount = Math.max(ruleCount, rules.rules.length + rules.columns.length);
		}
		const before = {
			checked: datasets,
			personal
		};
		const one = await checkOne(data, {
			...work,
			...before,
			contract: rules,
			declared,
			history
		});
		datasets.push(one);
		for (const name of one.personal) personal.add(name);
	}
	const facts = datasets.map((data) => data.facts);
	const found = [
		...checkDatasets(facts, configuration.data.target),
		...lackingDeclared(datasets, declaredColumns(configuration.data)),
		...datasets.flatMap((data) => data.checks)
	];
	findings.push(...datasets.flatMap((data) => data.findings), ...applySettings(found, settings));
	return {
		datasets,
		findings,
		personal,
		ruleCount
	};
}
function lackingDeclared(datasets, declared) {
	const columns = datasets.flatMap(({ facts }) => facts.columns.map(({ name }) => name));
	return lackingColumns(declared, columns).map((name) => {
		const near = nearestName(name, columns);
		return {
			check: "declared-column",
			severity: "warning",
			dataset: datasets[0].name,
			column: name,
			message: `the config names ${name} in data.id, data.group, data.exclude or data.sensitive, and no data set has it${near === void 0 ? "" : `; did you mean ${near}?`}`,
			examples: []
		};
	});
}
async function checkOne(own, { request, ports, contract, declared, history, checked, personal }) {
	const { data: names, task } = request.exam.configuration;
	const { engine, world } = ports;
	await using data = await openDeclared(engine, own);
	const directory = request.exam.headDirectory;
	await using others = createOtherDataSets({
		engine,
		files: world.files,
		own,
		declared,
		directory,
		history
	});
	world.log.info(describeReading(data));
	const discretion = chooseDiscretion(names, request.dataTracked, data.columns.map(({ name }) => name));
	return await checkDataSet({
		data,
		contract,
		others,
		now: world.now(),
		target: names.target,
		roles: columnRoles(names),
		task,
		first: checked[0]?.known,
		discretion: alsoHiding(discretion, personal),
		declared: discretion.personal,
		hash: ports.hash,
		labelsExpected: own.labelsExpected
	});
}

// src/stages/validation/locate-declarations.ts
async function locateDeclarations(files, configFile, workingDirectory) {
	const text = configFile && await files.readText(resolve(workingDirectory, configFile));
	if (!configFile || text === void 0) return () => void 0;
	const source = parseYamlSource(text, configFile);
	return (dataset) => source.locate(["data", dataset], "key");
}

// src/stages/validation/validate-data.ts
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
	const { datasets: checked, findings, ...seen } = await checkAllData({
		request,
		ports,
		contract
	});
	const verdict = verdictOf(findings);
	await announce(findings, request, world);
	world.log.info(`data sets: ${checked.length}, findings: ${findings.length}, verdict: ${verdict}`);
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
		datasets: checked.map((data) => concealWritten(data.profile, seen.personal)),
		findings,
		...contract ? { contract: {
			path: contract.file,
			rules: seen.ruleCount
		} } : {}
	};
}
function verdictOf(findings) {
	if (findings.some((finding) => finding.severity === "error")) return "fail";
	return findings.some((finding) => finding.severity === "warning") ? "warn" : "pass";
}
async function announce(findings, request, world) {
	const { workingDirectory, setup } = request;
	const given = request.data.length > 0;
	announceFindings(findings, world.log, {
		dataDirectory: given ? workingDirectory : resolve(setup.baseDirectory),
		workingDirectory,
		tracked: request.dataTracked,
		declaration: given ? () => void 0 : await locateDeclarations(world.files, setup.configFile, workingDirectory)
	});
}

// src/stages/validation/validate-request.ts
const VALIDATION_FAIL_ON = [
	"error",
	"warning",
	"never"
];

export { VALIDATION_FAIL_ON, alsoHiding, chooseDiscretion, createOtherDataSets, declaredColumns, findPersonalColumns, hiddenColumns, holdToContract, lackingColumns, runValidateData };