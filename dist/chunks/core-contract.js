import { InputError } from "./core.js";
import { require_dist } from "./vendor-yaml.js";

// src/core/contract/dataset-findings.ts
function checkDatasets(datasets, target) {
	const [first] = datasets;
	if (first === void 0) return [];
	return [
		...datasets.flatMap(checkRows),
		...datasets.flatMap((dataset) => target === void 0 ? [] : checkTarget(dataset, target)),
		...datasets.slice(1).flatMap((dataset) => checkColumns(first, dataset, target))
	];
}
function sharedIdFinding(datasets, idName, counts) {
	if (counts.shared === 0) return void 0;
	const [first, second] = datasets;
	return {
		check: "shared-ids",
		severity: "warning",
		dataset: second,
		column: idName,
		message: `${counts.shared} of ${counts.checked} rows of ${second} share their ${idName} with ${first}: leakage, since a model may know their answers`,
		failing: counts.shared,
		checked: counts.checked,
		examples: []
	};
}
function checkRows(dataset) {
	if (dataset.rowCount > 0) return [];
	return [{
		check: "row-count",
		severity: "error",
		dataset: dataset.name,
		message: `${dataset.name} has no rows; check its files and the condition \`where\``,
		examples: []
	}];
}
function checkTarget(dataset, target) {
	const common = {
		dataset: dataset.name,
		column: target,
		severity: "warning",
		examples: []
	};
	if (!dataset.labelsExpected) return [];
	if (!dataset.columns.some((column) => column.name === target)) return [{
		...common,
		examples: [],
		check: "target-missing",
		message: `${dataset.name} has no target column ${target}`
	}];
	const missing = dataset.missing.get(target) ?? 0;
	if (missing === 0) return [];
	return [{
		...common,
		examples: [],
		check: "labels-missing",
		message: `${missing} of ${dataset.rowCount} rows of ${dataset.name} have no ${target}; they are left out of training and judging`,
		failing: missing,
		checked: dataset.rowCount
	}];
}
function checkColumns(first, other, target) {
	const finding = (check, column, message) => ({
		check,
		severity: "warning",
		dataset: other.name,
		column,
		message,
		examples: []
	});
	const types = new Map(other.columns.map((column) => [column.name, column.type]));
	const known = new Set(first.columns.map((column) => column.name));
	const gone = first.columns.flatMap(({ name, type }) => {
		if (name === target) return [];
		const otherType = types.get(name);
		if (otherType === void 0) {
			const message = `${other.name} has no column ${name}, which ${first.name} has`;
			return [finding("columns-differ", name, message)];
		}
		if (otherType === type || isNumeric(type, otherType)) return [];
		const message = `${name} is ${type} in ${first.name} and ${otherType} in ${other.name}`;
		return [finding("types-differ", name, message)];
	});
	const added = other.columns.filter(({ name }) => !known.has(name) && name !== target).map(({ name }) => finding("columns-differ", name, `${other.name} has a column ${name}, which ${first.name} has not`));
	return [...gone, ...added];
}
function isNumeric(...types) {
	return types.every((type) => type === "integer" || type === "number");
}

// src/core/contract/contract.ts
function keepsLimit(limit, amount, checked) {
	const value = limit.unit === "percent" ? checked === 0 ? 0 : 100 * amount / checked : amount;
	const [first = 0, second = 0] = limit.values;
	switch (limit.operator) {
		case "mustBe": return value === first;
		case "mustNotBe": return value !== first;
		case "mustBeGreaterThan": return value > first;
		case "mustBeGreaterOrEqualTo": return value >= first;
		case "mustBeLessThan": return value < first;
		case "mustBeLessOrEqualTo": return value <= first;
		case "mustBeBetween": return value >= first && value <= second;
		case "mustNotBeBetween": return value < first || value > second;
	}
}
function describeLimit(limit) {
	const [first = 0, second = 0] = limit.values;
	const unit = limit.unit === "percent" ? " percent" : first === 1 ? " row" : " rows";
	return `${{
		mustBe: `${first}`,
		mustNotBe: `not ${first}`,
		mustBeGreaterThan: `more than ${first}`,
		mustBeGreaterOrEqualTo: `at least ${first}`,
		mustBeLessThan: `less than ${first}`,
		mustBeLessOrEqualTo: `at most ${first}`,
		mustBeBetween: `between ${first} and ${second}`,
		mustNotBeBetween: `not between ${first} and ${second}`
	}[limit.operator]}${unit}`;
}

// src/core/contract/evaluate-contract.ts
function applicableRules(contract, columns) {
	const names = new Set(columns.map((column) => column.name));
	return contract.rules.filter((rule) => columnsOf(rule).every((column) => names.has(column)));
}
function evaluateContract(contract, dataset) {
	const rules = applicableRules(contract, dataset.columns);
	const byRows = rules.filter((rule) => rule.rowRule !== void 0);
	const findings = [
		...missingColumns(contract, dataset),
		...rules.flatMap((rule) => rule.rowRule === void 0 ? rowCountFinding(contract, rule, dataset) : []),
		...byRows.flatMap((rule, position) => ruleFinding({
			contract,
			rule,
			dataset,
			result: dataset.results[position]
		}))
	];
	const order = {
		error: 0,
		warning: 1,
		info: 2
	};
	return findings.toSorted((left, right) => order[left.severity] - order[right.severity]);
}
function missingColumns(contract, dataset) {
	const present = new Set(dataset.columns.map((column) => column.name));
	return contract.columns.filter((column) => !present.has(column.name)).map(({ name, line }) => ({
		check: "column-missing",
		severity: "error",
		dataset: dataset.name,
		column: name,
		message: `the column ${name} is missing; the data has ${[...present].join(", ")}`,
		examples: [],
		location: {
			file: contract.file,
			line
		}
	}));
}
function rowCountFinding(contract, rule, dataset) {
	if (keepsLimit(rule.limit, dataset.rowCount, dataset.rowCount)) return [];
	return [{
		check: rule.check,
		severity: rule.severity,
		dataset: dataset.name,
		message: `${dataset.rowCount} rows; the contract asks for ${describeLimit(rule.limit)}`,
		examples: [],
		location: {
			file: contract.file,
			line: rule.line
		}
	}];
}
function ruleFinding({ contract, rule, dataset, result }) {
	if (keepsLimit(rule.limit, result.failing, result.checked)) return [];
	const examples = columnsOf(rule).some((column) => dataset.hidden.has(column)) ? result.examples.map((example) => ({
		...example,
		value: "(hidden)"
	})) : result.examples;
	const [first] = examples;
	return [{
		check: rule.check,
		severity: rule.severity,
		dataset: dataset.name,
		...rule.column === void 0 ? {} : { column: rule.column },
		message: `${result.failing} of ${result.checked} rows ${describeBreach(rule)}; allowed: ${describeLimit(rule.limit)}${first === void 0 ? "" : `; first at ${first.file}:${first.line}: ${JSON.stringify(first.value)}`}`,
		failing: result.failing,
		checked: result.checked,
		examples: [...examples],
		location: {
			file: contract.file,
			line: rule.line
		}
	}];
}
function describeBreach(rule) {
	const { rowRule } = rule;
	switch (rowRule?.kind) {
		case "type": return `of ${rowRule.column} are no ${rowRule.type}`;
		case "present": return `have no ${rowRule.column}`;
		case "range": return `have a ${rowRule.column} outside of ${describeRange(rowRule)}`;
		case "set": return `have a ${rowRule.column} that is none of ${listValues(rowRule.values)}`;
		case "unique": return `repeat a value of ${rowRule.columns.join(" + ")}`;
		case void 0: return "break the rule";
	}
}
function describeRange(range) {
	const low = range.exclusiveMinimum ?? range.minimum;
	const high = range.exclusiveMaximum ?? range.maximum;
	return `${low === void 0 ? "(no minimum" : `${range.exclusiveMinimum === void 0 ? "[" : "("}${low}`}, ${high === void 0 ? "no maximum)" : `${high}${range.exclusiveMaximum === void 0 ? "]" : ")"}`}`;
}
const LISTED_VALUES = 10;
function listValues(values) {
	const listed = values.slice(0, LISTED_VALUES).join(", ");
	return values.length > LISTED_VALUES ? `${listed}, … (${values.length} values)` : listed;
}
function columnsOf(rule) {
	if (rule.rowRule === void 0) return [];
	return rule.rowRule.kind === "unique" ? rule.rowRule.columns : [rule.rowRule.column];
}

// src/core/contract/contract-place.ts
var import_dist = require_dist();
function createPlace(file, lines) {
	return {
		file,
		lineOf(node) {
			const range = node?.range;
			return range?.[0] === void 0 ? 1 : lines.linePos(range[0]).line;
		}
	};
}
function refuse(place, node, words) {
	const line = place.lineOf(node);
	return new InputError(`${place.file}:${line}: ${words}`, { location: {
		file: place.file,
		line
	} });
}

// src/core/contract/parse-quality.ts
const OPERATORS = [
	"mustBe",
	"mustNotBe",
	"mustBeGreaterThan",
	"mustBeGreaterOrEqualTo",
	"mustBeLessThan",
	"mustBeLessOrEqualTo",
	"mustBeBetween",
	"mustNotBeBetween"
];
function parseQuality(node, context) {
	const rules = [];
	const notChecked = [];
	for (const item of (0, import_dist.isSeq)(node) ? node.items : []) {
		if (!(0, import_dist.isMap)(item)) throw refuse(context.place, item, "a quality rule is a mapping");
		const type = item.get("type") ?? "library";
		if (type === "text") continue;
		const metric = item.get("metric") ?? item.get("rule");
		const rule = type === "library" && unitOf(item) !== void 0 ? libraryRule(item, String(metric), context) : void 0;
		if (rule) rules.push(rule);
		else notChecked.push({
			words: `${type} rule ${String(metric ?? item.get("name") ?? "")}`.trim(),
			line: context.place.lineOf(item)
		});
	}
	return {
		rules,
		notChecked
	};
}
function libraryRule(item, metric, context) {
	const { place, column } = context;
	const limit = readLimit(item, place);
	const base = {
		severity: readSeverity(item),
		line: place.lineOf(item),
		limit
	};
	if (metric === "rowCount") return {
		...base,
		check: "row-count"
	};
	if (metric === "duplicateValues") {
		const columns = column === void 0 ? readColumns(item, place) : [column];
		const named = column === void 0 ? {} : { column };
		return {
			...base,
			...named,
			check: "unique",
			rowRule: {
				kind: "unique",
				columns
			}
		};
	}
	if (column === void 0) return void 0;
	if (metric === "nullValues" || metric === "missingValues" && !namesOtherMissing(item)) return {
		...base,
		column,
		check: "required",
		rowRule: {
			kind: "present",
			column
		}
	};
	if (metric !== "invalidValues") return void 0;
	const rowRule = readValidValues(item, column);
	return rowRule === void 0 ? void 0 : {
		...base,
		column,
		check: "set",
		rowRule
	};
}
function namesOtherMissing(item) {
	const values = argumentsOf(item)?.get("missingValues", true);
	return ((0, import_dist.isSeq)(values) ? values.toJSON() : []).some((value) => value !== null && value !== "");
}
function readValidValues(item, column) {
	const values = argumentsOf(item)?.get("validValues", true);
	if (!(0, import_dist.isSeq)(values)) return void 0;
	return {
		kind: "set",
		column,
		values: values.toJSON().filter((value) => value !== null).map(String)
	};
}
function readColumns(item, place) {
	const columns = argumentsOf(item)?.get("properties", true);
	if ((0, import_dist.isSeq)(columns) && columns.items.length > 0) return columns.toJSON().map(String);
	throw refuse(place, item, "duplicateValues of the whole object needs `arguments: {properties: [column, …]}`");
}
function argumentsOf(item) {
	const given = item.get("arguments", true);
	return (0, import_dist.isMap)(given) ? given : void 0;
}
function readSeverity(item) {
	const severity = item.get("severity");
	return severity === "warning" || severity === "info" ? severity : "error";
}
function unitOf(item) {
	const unit = item.get("unit") ?? "rows";
	return unit === "rows" || unit === "percent" ? unit : void 0;
}
function readLimit(item, place) {
	const used = OPERATORS.filter((operator) => item.has(operator));
	const [operator] = used;
	if (operator === void 0 || used.length > 1) throw refuse(place, item, `a library rule has exactly one of ${OPERATORS.join(", ")}; this one has ${used.length === 0 ? "none" : used.join(" and ")}`);
	const node = item.get(operator, true);
	const values = (0, import_dist.isSeq)(node) ? node.toJSON() : [item.get(operator)];
	const wanted = operator.endsWith("Between") ? 2 : 1;
	const numbers = values.filter((value) => typeof value === "number" && Number.isFinite(value));
	if (numbers.length !== wanted || values.length !== wanted) throw refuse(place, node ?? item, `${operator} needs ${wanted === 1 ? "a number" : "two numbers, the smaller first"}`);
	return {
		operator,
		values: numbers,
		unit: unitOf(item) ?? "rows"
	};
}

// src/core/contract/parse-contract.ts
const VALUE_TYPES = [
	"integer",
	"number",
	"boolean",
	"date",
	"timestamp",
	"string"
];
function parseContract(text, file, dataNames) {
	const lines = new import_dist.LineCounter();
	const document = (0, import_dist.parseDocument)(text, {
		lineCounter: lines,
		prettyErrors: false
	});
	const [problem] = document.errors;
	if (problem) {
		const { line, col } = lines.linePos(problem.pos[0]);
		throw new InputError(`${file}:${line}:${col}: not YAML: ${problem.message}`, { location: {
			file,
			line,
			column: col
		} });
	}
	const place = createPlace(file, lines);
	const root = document.contents;
	if (!(0, import_dist.isMap)(root)) throw refuse(place, root, "a data contract is a mapping with `apiVersion`, `kind` and `schema`");
	checkStandard(root, place);
	return readSchema(pickSchema(root, {
		place,
		dataNames
	}), place);
}
function checkStandard(root, place) {
	const kind = root.get("kind");
	if (kind !== "DataContract") throw refuse(place, root.get("kind", true), `kind is ${JSON.stringify(kind)}; a data contract has \`kind: DataContract\``);
	const version = root.get("apiVersion");
	if (typeof version !== "string" || !/^v3\./.test(version)) throw refuse(place, root.get("apiVersion", true), `apiVersion is ${JSON.stringify(version)}; version 3 of the Open Data Contract Standard is read (such as v3.1.0)`);
}
function pickSchema(root, request) {
	const { place, dataNames } = request;
	const schema = root.get("schema", true);
	const objects = (0, import_dist.isSeq)(schema) ? schema.items.filter(import_dist.isMap) : [];
	const [only] = objects;
	if (only === void 0) throw refuse(place, schema, "`schema` must list at least one object with its properties");
	if (objects.length === 1) return only;
	for (const name of dataNames) {
		const named = objects.find((object) => object.get("name") === name);
		if (named) return named;
	}
	const names = objects.map((object) => String(object.get("name")));
	throw refuse(place, schema, `the contract has the objects ${names.join(", ")}; call the one that describes the data ${dataNames.join(" or ")}`);
}
function readSchema(schema, place) {
	const properties = schema.get("properties", true);
	const columns = [];
	const rules = [];
	const notChecked = [];
	const primaryKey = [];
	for (const property of (0, import_dist.isSeq)(properties) ? properties.items : []) {
		if (!(0, import_dist.isMap)(property)) throw refuse(place, property, "a property is a mapping with a `name`");
		const name = property.get("physicalName") ?? property.get("name");
		if (typeof name !== "string" || name === "") throw refuse(place, property, "a property needs a `name`");
		const line = place.lineOf(property);
		columns.push({
			name,
			line
		});
		rules.push(...propertyRules(property, name, place));
		if (property.get("primaryKey") === true) primaryKey.push({
			name,
			line: place.lineOf(property.get("primaryKey", true))
		});
		const quality = parseQuality(property.get("quality", true), {
			place,
			column: name
		});
		rules.push(...quality.rules);
		notChecked.push(...uncheckedType(property, name, place), ...uncheckedOptions(property, name, place), ...quality.notChecked);
	}
	if (primaryKey[0]) rules.push(...keyRules(primaryKey, primaryKey[0].line).filter((rule) => !isSaid(rule, rules)));
	const whole = parseQuality(schema.get("quality", true), { place });
	return {
		file: place.file,
		columns,
		rules: [...rules, ...whole.rules],
		notChecked: [...notChecked, ...whole.notChecked]
	};
}
function isSaid(rule, rules) {
	return rules.some((other) => other.check === rule.check && other.column === rule.column && rule.column !== void 0);
}
function propertyRules(property, column, place) {
	const rules = [];
	const add = (key, rule) => {
		const line = place.lineOf(property.get(key, true) ?? property);
		rules.push({
			...rule,
			severity: "error",
			column,
			line,
			limit: NO_ROWS
		});
	};
	const type = VALUE_TYPES.find((known) => known === property.get("logicalType"));
	if (type) add("logicalType", {
		check: "type",
		rowRule: {
			kind: "type",
			column,
			type
		}
	});
	if (property.get("required") === true) add("required", {
		check: "required",
		rowRule: {
			kind: "present",
			column
		}
	});
	if (property.get("unique") === true) add("unique", {
		check: "unique",
		rowRule: {
			kind: "unique",
			columns: [column]
		}
	});
	const range = readRange(property.get("logicalTypeOptions", true), {
		column,
		place
	});
	if (range) add("logicalTypeOptions", {
		check: "range",
		rowRule: range
	});
	return rules;
}
const NO_ROWS = {
	operator: "mustBe",
	values: [0],
	unit: "rows"
};
function keyRules(key, line) {
	const columns = key.map(({ name }) => name);
	return [{
		check: "unique",
		severity: "error",
		line,
		...columns.length === 1 ? { column: columns[0] } : {},
		rowRule: {
			kind: "unique",
			columns
		},
		limit: NO_ROWS
	}, ...columns.map((column) => ({
		check: "required",
		severity: "error",
		column,
		line,
		rowRule: {
			kind: "present",
			column
		},
		limit: NO_ROWS
	}))];
}
const RANGE_OPTIONS = [
	"minimum",
	"maximum",
	"exclusiveMinimum",
	"exclusiveMaximum"
];
const RANGE_OPTION_NAMES = RANGE_OPTIONS;
function readRange(options, { column, place }) {
	if (!(0, import_dist.isMap)(options)) return void 0;
	const bounds = {};
	for (const option of RANGE_OPTIONS) {
		const value = options.get(option);
		if (value === void 0) continue;
		if (typeof value !== "number") {
			if (typeof value === "string") continue;
			throw refuse(place, options.get(option, true), `${option} of ${column} is ${JSON.stringify(value)}; a number is needed`);
		}
		bounds[option] = value;
	}
	return Object.keys(bounds).length === 0 ? void 0 : {
		kind: "range",
		column,
		...bounds
	};
}
function uncheckedType(property, column, place) {
	const type = property.get("logicalType");
	if (type === void 0 || VALUE_TYPES.some((known) => known === type)) return [];
	return [{
		words: `logicalType ${String(type)} of ${column}`,
		line: place.lineOf(property.get("logicalType", true))
	}];
}
function uncheckedOptions(property, column, place) {
	const options = property.get("logicalTypeOptions", true);
	if (!(0, import_dist.isMap)(options)) return [];
	return options.items.flatMap((pair) => {
		const key = (0, import_dist.isScalar)(pair.key) ? String(pair.key.value) : "";
		const value = (0, import_dist.isScalar)(pair.value) ? pair.value.value : void 0;
		if (RANGE_OPTION_NAMES.includes(key) && typeof value === "number") return [];
		return [{
			words: `${key} of ${column}`,
			line: place.lineOf(pair.key)
		}];
	});
}

export { applicableRules, checkDatasets, evaluateContract, parseContract, sharedIdFinding };