import { InputError } from "./core.js";
import { isClassification } from "./core-configuration.js";
import { logLine } from "./core-comparison.js";
import { METADATA_KEYS, attributeIntegers, attributeTexts, attributeValue, findZipMaps, originOf, readersOf, requiredInputs, tensorTexts, walkGraph } from "./core-onnx.js";

// src/core/scoring/match-names.ts
function findName(wanted, names) {
	const exact = names.indexOf(wanted);
	if (exact >= 0) return exact;
	const plain = plainName(wanted);
	if (plain === "") return void 0;
	const alike = names.flatMap((name, position) => plainName(name) === plain ? [position] : []);
	return alike.length === 1 ? alike[0] : void 0;
}
function matchAllNames(wanted, names) {
	const found = wanted.map((name) => {
		const position = names.indexOf(name);
		return position < 0 ? void 0 : position;
	});
	const taken = new Set(found);
	for (const [index, name] of wanted.entries()) {
		if (found[index] !== void 0) continue;
		const free = names.flatMap((_, position) => taken.has(position) ? [] : [position]);
		const alike = findName(name, free.map((position) => names[position]));
		if (alike === void 0) continue;
		found[index] = free[alike];
		taken.add(free[alike]);
	}
	return found;
}
function plainName(name) {
	return name.replace(/:\d+$/, "").replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "").toLowerCase();
}

// src/core/scoring/score-scale.ts
function resolveScale(hint, range) {
	const { minimum, maximum, isSingle, sumsToOne, isMirrored } = range;
	if (!(!(minimum < -.001) && !(maximum > 1.001))) return isMirrored && hint !== "linear" ? "margin" : "logit";
	if (isSingle) return hint === "linear" ? "logit" : "probability";
	if (sumsToOne) return "probability";
	return hint === "linear" ? "logit" : "share";
}
function toProbabilities(values, { stride, single, scale }) {
	const isRaw = scale === "logit" || scale === "margin";
	if (!isRaw) clampToUnit(values);
	if (single !== void 0 || scale === "margin") {
		const own = single?.isOther ? 0 : 1;
		for (let at = 0; at < values.length; at += 2) {
			const given = values[at + 1];
			const probability = isRaw ? 1 / (1 + Math.exp(-given)) : given;
			values[at + own] = probability;
			values[at + 1 - own] = 1 - probability;
		}
	} else if (scale === "logit") for (let at = 0; at < values.length; at += stride) softmax(values, at, stride);
	else if (scale === "share") for (let at = 0; at < values.length; at += stride) divideBySum(values, at, stride);
}
function softmax(values, at, stride) {
	let largest = Number.NEGATIVE_INFINITY;
	for (let index = 0; index < stride; index++) largest = Math.max(largest, values[at + index]);
	let sum = 0;
	for (let index = 0; index < stride; index++) {
		const power = Math.exp(values[at + index] - largest);
		values[at + index] = power;
		sum += power;
	}
	for (let index = 0; index < stride; index++) values[at + index] /= sum;
}
function clampToUnit(values) {
	for (let at = 0; at < values.length; at++) {
		const value = values[at];
		if (value < 0) values[at] = 0;
		else if (value > 1) values[at] = 1;
	}
}
function divideBySum(values, at, stride) {
	let sum = 0;
	for (let index = 0; index < stride; index++) sum += values[at + index];
	for (let index = 0; index < stride; index++) values[at + index] = sum === 0 ? 1 / stride : values[at + index] / sum;
}

// src/core/scoring/tensor-text.ts
function describeTensor(tensor) {
	return `[${tensor.shape.slice(0, MOST_SIZES).map(sizeText).join(", ")}]`;
}
const MOST_SIZES = 8;
function sizeText(size) {
	return size === null ? "?" : logLine(String(size), 60);
}
function quote$1(text) {
	return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

// src/core/scoring/collect-scores.ts
const MIRROR_ROUNDING = 1e-6;
const SAME_ROUNDING = 1e-4;
const NOT_FINITE = "the model answered with a value that is no number";
var ScoreCollector = class {
	#request;
	#values;
	#stride;
	#labels;
	#refused = /* @__PURE__ */ new Map();
	constructor(request) {
		const { rowCount, plan, classes } = request;
		this.#request = request;
		this.#stride = plan.layout.kind === "classes" ? plan.layout.width : Math.max(classes.length, 1);
		this.#values = new Float64Array(rowCount * this.#stride);
		this.#labels = plan.labels === void 0 ? void 0 : new Int32Array(rowCount).fill(-1);
	}
	add({ start, values, width, labels }) {
		this.requireWidth(width);
		if (this.#isPositiveOnly()) for (let row = 0; row < values.length; row++) this.#values[(start + row) * 2 + 1] = values[row];
		else this.#values.set(values, start * width);
		if (labels === void 0) return;
		const count = this.#request.classes.length;
		if (labels.some((label) => label < -1 || label >= count)) throw new Error("a label is none of the classes");
		this.#labels?.set(labels, start);
	}
	requireSame({ start, values, width }) {
		const [stride, first] = this.#isPositiveOnly() ? [2, 1] : [width, 0];
		for (let index = 0; index < values.length; index++) {
			const row = Math.floor(index / width);
			const before = this.#values[(start + row) * stride + first + index % width];
			const now = values[index];
			if (Object.is(before, now) || Math.abs(before - now) <= SAME_ROUNDING * Math.max(1, Math.abs(before))) continue;
			throw new InputError(`${this.#request.model} answers row ${start + row + 1} with ${before} among other rows and with ${now} among fewer: it draws random numbers or looks at the rows beside it, so that no score is its own; export it for inference (no dropout, batch statistics or noise)`);
		}
	}
	requireWidth(width) {
		const needed = this.#isPositiveOnly() ? 1 : this.#stride;
		if (width === needed) return;
		throw new InputError(`${this.#request.model} answered with ${width} values for each row; ${needed} are needed`);
	}
	refuse(row, reason) {
		if (!this.#refused.has(row)) this.#refused.set(row, reason);
	}
	finish() {
		const { plan, classes, model } = this.#request;
		this.#refuseOthers();
		const range = this.#rangeOfValues();
		const scale = plan.layout.kind === "predictions" ? "prediction" : resolveScale(plan.scale, range);
		if (scale !== "prediction") {
			const single = plan.layout.kind === "positive-only" ? plan.layout : void 0;
			toProbabilities(this.#values, {
				stride: this.#stride,
				single,
				scale
			});
		}
		const width = Math.max(classes.length, 1);
		const values = this.#inRequestedOrder(width);
		const labels = this.#labels;
		if (plan.layout.kind === "classes" && plan.layout.isAssumed && labels !== void 0) refuseContradiction({
			values,
			width,
			labels,
			classes,
			model
		});
		return {
			values,
			width,
			...labels ? { labels } : {},
			refused: this.#refused,
			scale
		};
	}
	#isPositiveOnly() {
		return this.#request.plan.layout.kind === "positive-only";
	}
	#refuseOthers() {
		const [values, stride] = [this.#values, this.#stride];
		const first = this.#isPositiveOnly() ? 1 : 0;
		for (let row = 0, at = 0; at < values.length; row++, at += stride) for (let index = first; index < stride; index++) {
			if (Number.isFinite(values[at + index])) continue;
			this.refuse(row, NOT_FINITE);
			break;
		}
		for (const row of this.#refused.keys()) values.fill(NaN, row * stride, (row + 1) * stride);
	}
	#rangeOfValues() {
		const [values, stride] = [this.#values, this.#stride];
		const isSingle = this.#isPositiveOnly();
		let [minimum, maximum, largestSumError] = [
			Number.POSITIVE_INFINITY,
			Number.NEGATIVE_INFINITY,
			0
		];
		let isMirrored = !isSingle && stride === 2;
		for (let at = 0; at < values.length; at += stride) {
			let sum = 0;
			for (let index = isSingle ? 1 : 0; index < stride; index++) {
				const value = values[at + index];
				if (value < minimum) minimum = value;
				if (value > maximum) maximum = value;
				sum += value;
			}
			if (Math.abs(sum) > MIRROR_ROUNDING * Math.max(1, Math.abs(values[at]))) isMirrored = false;
			const error = Math.abs(sum - 1);
			if (!isSingle && error > largestSumError) largestSumError = error;
		}
		return {
			minimum,
			maximum,
			isSingle,
			sumsToOne: largestSumError <= .01,
			isMirrored
		};
	}
	#inRequestedOrder(width) {
		const { layout } = this.#request.plan;
		const [values, stride] = [this.#values, this.#stride];
		if (layout.kind !== "classes") return values;
		const { order } = layout;
		if (stride === width && order.every((position, index) => position === index)) return values;
		const target = stride === width ? values : new Float64Array(this.#request.rowCount * width);
		const row = new Float64Array(stride);
		for (let from = 0, to = 0; from < values.length; from += stride, to += width) {
			for (let index = 0; index < stride; index++) row[index] = values[from + index];
			for (let index = 0; index < width; index++) target[to + index] = row[order[index]];
		}
		return target;
	}
};
function refuseContradiction({ values, width, labels, classes, model }) {
	const sums = new Float64Array(width * 2);
	const counts = new Float64Array(width * 2);
	const wins = new Float64Array(width);
	for (let row = 0; row < labels.length; row++) {
		const label = labels[row];
		if (label < 0 || Number.isNaN(values[row * width])) continue;
		let largest = 0;
		for (let index = 0; index < width; index++) {
			const value = values[row * width + index];
			const side = index * 2 + (label === index ? 1 : 0);
			sums[side] += value;
			counts[side] += 1;
			if (value > values[row * width + largest]) largest = index;
		}
		if (largest === label) wins[label] += 1;
	}
	const wrong = classes.findIndex((_, index) => {
		const [others, own] = [counts[index * 2], counts[index * 2 + 1]];
		return others > 0 && own > 0 && sums[index * 2 + 1] / own < sums[index * 2] / others && wins[index] < own / 2;
	});
	if (wrong < 0) return;
	throw new InputError(`${model} does not name the classes of its scores, and in the order of their names its own labels contradict them (rows it labels ${quote$1(classes[wrong])} get lower scores for it than others); export it with its class labels`);
}

// src/core/scoring/describe-binding.ts
function describeBinding({ binding, plan, scale, zipMaps }) {
	return {
		by: binding.by,
		notes: [
			...inputNotes(binding),
			...zipMaps.map((output) => `the maps of the output ${output} (ZipMap) are read as the tensor behind them`),
			...plan ? outputNotes(plan) : [],
			...scaleNotes(scale)
		]
	};
}
function inputNotes({ inputs, batch }) {
	const columns = inputs.flatMap((input) => input.columns.map((column) => ({
		...column,
		type: input.type
	})));
	const missing = columns.flatMap(({ name, missing: value, type }) => {
		if (typeof value === "number" && !Number.isNaN(value)) return [`missing ${name} is fed as ${value}`];
		return type === "string" && typeof value === "string" && value !== "" ? [`missing ${name} is fed as ${JSON.stringify(value)}`] : [];
	});
	const spelled = columns.flatMap(({ name, spelling }) => {
		if (spelling === void 0) return [];
		if (spelling.kind === "decimal") return [`${name} is written with .0, as the categories of the model`];
		return [`${name} is written as ${Object.values(spelling.words).join(" and ")}, as the categories of the model`];
	});
	const unfed = inputs.filter((input) => input.columns.length === 0).map(({ input }) => input);
	return [
		...missing,
		...spelled,
		...unfed.length > 0 ? [`${unfed.join(", ")}: fed nothing but a default, since it is called after the target`] : [],
		...batch === void 0 ? [] : [batchNote(batch)]
	];
}
function batchNote(batch) {
	if (batch === 1) return "the model takes one row at a time, which is slow; export it with a dynamic first dimension";
	return `the model takes ${batch} rows at a time; the last batch is filled up with copies of its last row`;
}
function outputNotes({ layout, values, passedOver = [] }) {
	const isAssumed = layout.kind === "classes" && layout.isAssumed;
	return [
		...passedOver.length > 0 ? [`the output ${values.join(", ")} is read, and not ${passedOver.slice(0, 10).join(", ")}`] : [],
		...isAssumed ? ["the model does not name its classes; they are taken in the order of their names"] : [],
		...layout.kind === "positive-only" && layout.isOther ? ["its one score is of the other class and was turned round"] : []
	];
}
function scaleNotes(scale) {
	if (scale === "logit") return ["its scores are logits and were turned into probabilities"];
	if (scale === "margin") return ["its scores are one margin and its mirror image, and were turned into probabilities"];
	return scale === "share" ? ["its scores do not sum to one and were divided by their sum"] : [];
}

// src/core/scoring/input-hints.ts
const CATEGORY_ATTRIBUTES = ["cats_strings", "keys_strings"];
function findInputHints({ graph }) {
	const walk = walkGraph(graph);
	return new Map(graph.inputs.flatMap(({ name }) => {
		const hint = hintOf$1(walk, name);
		return hint === void 0 ? [] : [[name, hint]];
	}));
}
function hintOf$1(walk, input) {
	const readers = readersOf(walk, input);
	const categories = readers.flatMap(categoriesOf);
	const missing = new Set(readers.flatMap((node) => replacedValue(node) ?? []));
	const [missingNumber] = missing;
	if (categories.length === 0 && missingNumber === void 0) return void 0;
	return {
		...categories.length > 0 ? { categories: new Set(categories) } : {},
		...missingNumber !== void 0 && missing.size === 1 ? { missingNumber } : {}
	};
}
function categoriesOf(node) {
	if (![
		"OneHotEncoder",
		"LabelEncoder",
		"CategoryMapper"
	].includes(node.opType)) return [];
	return node.attributes.flatMap((attribute) => CATEGORY_ATTRIBUTES.includes(attribute.name) ? attributeTexts(attribute) : []);
}
function replacedValue(node) {
	if (node.opType !== "Imputer") return void 0;
	const name = node.attributes.some((attribute) => attribute.name === "imputed_value_int64s" && attributeIntegers(attribute).length > 0) ? "replaced_value_int64" : "replaced_value_float";
	const attribute = node.attributes.find((candidate) => candidate.name === name);
	const value = attribute === void 0 ? 0 : attributeValue(attribute);
	return typeof value === "number" && !Number.isNaN(value) ? value : void 0;
}
const MISSING_WORDS = [
	"",
	"nan",
	"NaN",
	"None",
	"null",
	"NULL",
	"<NA>",
	"NA",
	"N/A",
	"missing",
	"Missing",
	"unknown",
	"Unknown"
];
function missingText(categories) {
	return MISSING_WORDS.find((word) => categories?.has(word)) ?? "";
}
const TRUTH_WORDS = [
	["true", "false"],
	["True", "False"],
	["TRUE", "FALSE"],
	["1", "0"],
	["1.0", "0.0"],
	["yes", "no"]
];
function spellingFor(type, categories) {
	if (categories === void 0) return void 0;
	if (type === "boolean") {
		const words = TRUTH_WORDS.find(([yes, no]) => categories.has(yes) || categories.has(no));
		return words && words[0] !== "true" ? {
			kind: "words",
			words: {
				true: words[0],
				false: words[1]
			}
		} : void 0;
	}
	if (type !== "integer" && type !== "number") return void 0;
	const texts = [...categories];
	return texts.some((text) => /^-?\d+\.0$/.test(text)) && !texts.some((text) => /^-?\d+$/.test(text)) ? { kind: "decimal" } : void 0;
}
function spell(text, spelling) {
	if (spelling === void 0) return text;
	if (spelling.kind === "words") return spelling.words[text] ?? text;
	return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

// src/core/scoring/input-types.ts
const INPUT_TYPES = {
	float: { bytes: 4 },
	double: { bytes: 8 },
	float16: { bytes: 2 },
	int64: {
		bytes: 8,
		minimum: -(2 ** 63),
		maximum: 2 ** 63
	},
	int32: {
		bytes: 4,
		minimum: -(2 ** 31),
		maximum: 2 ** 31 - 1
	},
	int16: {
		bytes: 2,
		minimum: -(2 ** 15),
		maximum: 2 ** 15 - 1
	},
	int8: {
		bytes: 1,
		minimum: -128,
		maximum: 127
	},
	uint64: {
		bytes: 8,
		minimum: 0,
		maximum: 2 ** 64
	},
	uint32: {
		bytes: 4,
		minimum: 0,
		maximum: 2 ** 32 - 1
	},
	uint16: {
		bytes: 2,
		minimum: 0,
		maximum: 2 ** 16 - 1
	},
	uint8: {
		bytes: 1,
		minimum: 0,
		maximum: 255
	},
	bool: { bytes: 1 },
	string: { bytes: 4 }
};
function isInputType(type) {
	return Object.hasOwn(INPUT_TYPES, type);
}
function isWholeType(type) {
	return "minimum" in INPUT_TYPES[type];
}

// src/core/scoring/column-conversion.ts
function convertColumn(column, context) {
	const { input, type, hint, model } = context;
	const { name } = column;
	if (type === "string") {
		if (column.type === "other") throw refuse$1(column, context, "has no text form");
		const spelling = spellingFor(column.type, hint?.categories);
		return {
			name,
			as: "text",
			missing: missingText(hint?.categories),
			...spelling === void 0 ? {} : { spelling }
		};
	}
	if (column.type === "string" || column.type === "other") throw new InputError(`${model}: its input ${quote$1(input)} takes ${type}, but the column ${quote$1(name)} is ${column.type === "string" ? "text" : "of a type without a number"}; compute a number from it in data.features, or list the model's columns in data.columns (or --columns)`);
	if ((column.type === "date" || column.type === "timestamp") && type === "bool") throw refuse$1(column, context, "is neither true nor false");
	const as = isWholeType(type) && column.type === "integer" ? "integer" : "number";
	const own = hint?.missingNumber;
	if (type === "bool") return {
		name,
		as
	};
	if (isWholeType(type)) return {
		name,
		as,
		...own === void 0 || !fits(own, type) ? {} : { missing: own }
	};
	return {
		name,
		as,
		missing: own ?? NaN
	};
}
function fits(value, type) {
	const { minimum, maximum } = INPUT_TYPES[type];
	return Number.isSafeInteger(value) && value >= minimum && value <= maximum;
}
function refuse$1(column, { input, type, model }, why) {
	return new InputError(`${model}: its input ${quote$1(input)} takes ${type}, but the column ${quote$1(column.name)} (${column.type}) ${why}; compute it in data.features`);
}

// src/core/scoring/mismatch.ts
function mismatch(request, open) {
	const { signature, columns, model } = request;
	const wanted = signature.inputs.map((tensor) => `${logLine(tensor.name, 60)}: ${tensor.type} ${describeTensor(tensor)}`);
	const given = columns.map(({ name, type }) => `${logLine(name, 60)}: ${type}`);
	const table = sideBySide(["the model wants", ...wanted], ["the data have", ...given]);
	return new InputError(`${model} cannot be bound to the data: ${reasonFor(request, open)}; ${remedyFor(open)}\n${table}`);
}
function reasonFor({ signature, columns }, open) {
	const count = columns.length === 1 ? "1 feature column" : `${columns.length} feature columns`;
	const [only] = open;
	if (signature.inputs.length === 1 && only?.width !== void 0 && only.width > 1) return `its input ${quote$1(only.name)} takes ${only.width} columns, the data have ${count}`;
	const names = open.slice(0, 5).map(({ name }) => quote$1(name));
	const more = open.length > 5 ? ` and ${open.length - 5} more` : "";
	return `it has ${signature.inputs.length === 1 ? "1 input" : `${signature.inputs.length} inputs`}, of which no column is called ${names.join(", ")}${more}; the data have ${count}`;
}
function remedyFor(open) {
	return open.some(({ width }) => width !== 1) ? "list the model's columns in data.columns (or --columns), in the order it was trained on" : "rename the columns in data.features, or list them in data.columns (or --columns) in the order of the inputs";
}
function sideBySide(left, right) {
	const count = Math.min(Math.max(left.length, right.length), 41);
	const width = Math.max(...left.slice(0, count).map((text) => text.length));
	const lines = Array.from({ length: count }, (_, line) => `  ${(left[line] ?? "").padEnd(width)}   ${right[line] ?? ""}`.trimEnd());
	const hidden = Math.max(left.length, right.length) - count;
	return [...lines, ...hidden > 0 ? [`  … and ${hidden} more`] : []].join("\n");
}

// src/core/scoring/model-input.ts
function readInput(tensor, context) {
	const { model, columnCount } = context;
	const { name, type, shape } = tensor;
	if (!isInputType(type)) throw new InputError(`${model}: its input ${quote$1(name)} has the type ${type}; supported are ${Object.keys(INPUT_TYPES).join(", ")}`);
	const [first, ...rest] = shape;
	const sizes = rest.map((size) => typeof size === "number" && size > 0 ? size : void 0);
	const open = sizes.filter((size) => size === void 0).length;
	const isSplit = open > 0 && sizes.some((size) => size !== void 0 && size > 1);
	if (shape.length === 0 || open > 1 || isSplit) throw new InputError(`${model}: its input ${quote$1(name)} has the shape ${describeTensor(tensor)}; models that take one column for each input ([N, 1]) or several in one ([N, F]) can be scored`);
	if (rest.length === 0 && typeof first === "number" && first > 1 && first === columnCount) return {
		name,
		type,
		batch: 1,
		hasRows: false,
		rowShape: [first],
		width: first
	};
	const width = open > 0 ? void 0 : sizes.reduce((product, size) => product * (size ?? 1), 1);
	return {
		name,
		type,
		...typeof first === "number" && first > 0 ? { batch: first } : {},
		hasRows: true,
		rowShape: sizes,
		width
	};
}

// src/core/scoring/bind-inputs.ts
function bindInputs(request) {
	const { signature, columns, model } = request;
	if (signature.inputs.length === 0) throw new InputError(`${model}: the model has no inputs`);
	if (columns.length === 0) throw new InputError(`${model}: there are no feature columns to score with`);
	const inputs = signature.inputs.map((tensor) => readInput(tensor, {
		model,
		columnCount: columns.length
	}));
	const named = matchNames(inputs, request);
	const positions = fillByPosition(inputs, named, request);
	const batch = commonBatch(inputs, request);
	const byName = inputs.filter((input) => named.has(input)).length;
	return {
		by: byName === inputs.filter((input) => positions.get(input) !== void 0).length ? "by name" : byName === 0 ? "by position" : "by name and position",
		inputs: inputs.map((input) => bindInput(input, positions.get(input) ?? [], request)),
		...batch === void 0 ? {} : { batch }
	};
}
function matchNames(inputs, { columns }) {
	const single = inputs.filter(({ width }) => width === 1 || width === void 0);
	const matched = matchAllNames(single.map(({ name }) => name), columns.map(({ name }) => name));
	return new Map(single.flatMap((input, index) => {
		const column = matched[index];
		return column === void 0 ? [] : [[input, [column]]];
	}));
}
function fillByPosition(inputs, named, request) {
	const { columns } = request;
	const open = inputs.filter((input) => !named.has(input) && !isTarget(input, request));
	if (open.length === 0) return named;
	const hasLost = named.size > 0 && inputs.every(({ width }) => width === 1);
	const taken = new Set([...named.values()].flat());
	const free = columns.flatMap((_, position) => taken.has(position) ? [] : [position]);
	const known = open.reduce((total, { width }) => total + (width ?? 0), 0);
	const unknown = open.filter(({ width }) => width === void 0).length;
	const rest = free.length - known;
	if (hasLost || unknown > 1 || rest < unknown || unknown === 0 && rest !== 0) throw mismatch(request, open);
	const filled = new Map(named);
	let next = 0;
	for (const input of open) {
		const width = input.width ?? rest;
		filled.set(input, free.slice(next, next + width));
		next += width;
	}
	return filled;
}
function isTarget(input, { target }) {
	return findName(input.name, [...target === void 0 ? [] : [target], "label"]) !== void 0;
}
function bindInput(input, positions, request) {
	const { name, type, hasRows } = input;
	const hint = request.hints?.get(name);
	const columns = positions.map((position) => {
		const column = request.columns[position];
		return convertColumn(column, {
			input: name,
			type,
			hint,
			model: request.model
		});
	});
	return {
		input: name,
		type,
		columns,
		rowShape: input.rowShape.map((size) => size ?? Math.max(columns.length, 1)),
		hasRows
	};
}
function commonBatch(inputs, { model }) {
	const [first, ...others] = inputs.filter((input) => input.batch !== void 0);
	const other = others.find((input) => input.batch !== first?.batch);
	if (first === void 0 || other === void 0) return first?.batch;
	throw new InputError(`${model}: its inputs ${quote$1(first.name)} and ${quote$1(other.name)} take ${first.batch} and ${other.batch} rows at once; models whose inputs take the same number of rows can be scored`);
}

// src/core/scoring/match-classes.ts
function findClass(wanted, names) {
	const exact = names.indexOf(wanted);
	if (exact >= 0) return exact;
	for (const canonical of [asNumber, asTruth]) {
		const value = canonical(wanted);
		if (value === void 0) continue;
		const alike = names.flatMap((name, position) => canonical(name) === value ? [position] : []);
		if (alike.length === 1) return alike[0];
	}
}
function asNumber(name) {
	const value = name.trim() === "" ? NaN : Number(name);
	return Number.isNaN(value) ? void 0 : value;
}
function asTruth(name) {
	if (/^true$/i.test(name) || asNumber(name) === 1) return true;
	return /^false$/i.test(name) || asNumber(name) === 0 ? false : void 0;
}
function sortClasses(classes) {
	const numeric = classes.every((name) => asNumber(name) !== void 0);
	return [...classes].sort((left, right) => {
		if (numeric) return Number(left) - Number(right);
		return left < right ? -1 : left > right ? 1 : 0;
	});
}

// src/core/scoring/choose-output.ts
const FLOATS = [
	"float",
	"double",
	"float16"
];
const WHOLE = [
	"int64",
	"int32",
	"int16",
	"int8",
	"uint64",
	"uint32",
	"uint16",
	"uint8"
];
const LABEL_TYPES = [
	...WHOLE,
	"string",
	"bool"
];
function chooseOutput(request) {
	const all = request.signature.outputs.map((output) => withRows(output, request));
	const own = all.filter(({ name }) => !hintOf(request, name)?.isEcho);
	const outputs = own.length > 0 ? own : all;
	return request.task === "regression" || request.task === "ranking" ? choosePrediction(outputs, request) : chooseScores(outputs, request);
}
function withRows(output, { batch }) {
	const [size] = output.shape;
	return batch === 1 && output.shape.length === 1 && typeof size === "number" && size > 1 ? {
		...output,
		shape: [1, size]
	} : output;
}
const PREDICTION_NAMES = [
	/^variable$/i,
	/pred/i,
	/score/i,
	/^(y|y_?hat|target)$/i,
	/out/i
];
const SIDE_NAMES = /std|stdev|sigma|var(iance)?\b|lower|upper|interval|uncertain|shap|importance|hidden|embed/i;
function withoutSides(outputs) {
	const answers = outputs.filter(({ name }) => !SIDE_NAMES.test(name));
	return answers.length > 0 ? answers : outputs;
}
function passedOver(candidates, chosen) {
	const others = candidates.filter((output) => output !== chosen).map(({ name }) => name);
	return others.length === 0 ? {} : { passedOver: others };
}
function choosePrediction(outputs, request) {
	const single = outputs.filter((output) => widthOf(output) !== "many");
	const floats = single.filter(({ type }) => FLOATS.includes(type));
	const candidates = floats.length > 0 ? floats : single.filter(({ type }) => WHOLE.includes(type));
	const output = pickByName(withoutSides(candidates), PREDICTION_NAMES);
	if (output === void 0) throw refuse(request, "no output with one number for each row");
	return {
		values: [output.name],
		layout: { kind: "predictions" },
		scale: "unknown",
		...passedOver(candidates, output)
	};
}
const SCORE_NAMES = [
	/prob/i,
	/softmax|sigmoid/i,
	/score/i,
	/logit/i,
	/pred|out/i
];
function chooseScores(outputs, request) {
	const byClass = chooseByClass(outputs, request);
	if (byClass) return byClass;
	const floats = outputs.filter(({ type }) => FLOATS.includes(type));
	const candidates = floats.filter((output) => couldHold(output, request));
	const fitting = withoutSides(candidates);
	const named = fitting.filter(({ name }) => hintOf(request, name)?.scale === "probability");
	const values = pickByName(fitting, SCORE_NAMES.slice(0, 1), false) ?? named[0] ?? pickByName(fitting, SCORE_NAMES) ?? floats[0];
	if (values === void 0) throw refuse(request, "no output with scores of the classes as float numbers");
	const labels = findLabels(outputs, values);
	const layout = layoutOf(values, request, labels);
	const scale = hintOf(request, values.name)?.scale ?? "unknown";
	return {
		values: [values.name],
		...labels ? { labels: labels.name } : {},
		layout,
		scale,
		...passedOver(candidates, values)
	};
}
function findLabels(outputs, values) {
	return pickByName(outputs.filter((output) => output !== values && LABEL_TYPES.includes(output.type) && widthOf(output) !== "many"), [
		/label/i,
		/class/i,
		/pred/i
	]);
}
function chooseByClass(outputs, request) {
	const floats = outputs.filter(({ type, shape }) => FLOATS.includes(type) && shape.length <= 1);
	if (floats.length < 2 || floats.length !== outputs.filter(({ type }) => FLOATS.includes(type)).length) return void 0;
	if (!floats.every(({ name }) => /^i-?\d+$/.test(name)) && !floats.every(({ name }) => name.startsWith("s"))) return void 0;
	const names = floats.map(({ name }) => name.slice(1));
	const order = orderBy(names, request);
	const labels = findLabels(outputs, void 0);
	return {
		values: floats.map(({ name }) => name),
		...labels ? { labels: labels.name } : {},
		layout: {
			kind: "classes",
			width: names.length,
			order,
			isAssumed: false
		},
		scale: "unknown"
	};
}
function layoutOf(values, request, labels) {
	const { classes } = request;
	const known = classesFor(values, request, labels);
	if (widthOf(values) === "one") {
		if (classes.length === 2) {
			const isOther = known?.length === 2 && orderBy(known, request)[1] === 0;
			return {
				kind: "positive-only",
				...isOther ? { isOther } : {}
			};
		}
		throw refuse(request, `one score for each row, but the target has ${classes.length} classes`);
	}
	const declared = values.shape.length === 2 ? values.shape[1] : void 0;
	if (typeof declared === "number" && declared > 0 && declared !== (known?.length ?? classes.length)) throw refuse(request, `${declared} scores for each row, but the target has ${classes.length} classes`);
	const names = known ?? sortClasses(classes);
	return {
		kind: "classes",
		width: names.length,
		order: orderBy(names, request),
		isAssumed: known === void 0
	};
}
function classesFor(values, request, labels) {
	const own = hintOf(request, values.name);
	const ofLabels = labels && hintOf(request, labels.name)?.classes;
	return (own?.isMap ? [own.classes, ofLabels] : [ofLabels, own?.classes]).find((names) => names !== void 0 && names.length > 1) ?? request.modelClasses;
}
function orderBy(names, request) {
	const order = request.classes.map((name) => {
		const position = findClass(name, names);
		if (position !== void 0) return position;
		throw refuse(request, `scores of the classes ${names.slice(0, 20).map(quote$1).join(", ")}, but the data have the class ${quote$1(name)}`);
	});
	if (new Set(order).size === order.length) return order;
	throw refuse(request, `scores of the classes ${names.map(quote$1).join(", ")}, of which one is two in the data`);
}
function pickByName(candidates, patterns, orFirst = true) {
	for (const pattern of patterns) {
		const found = candidates.find(({ name }) => pattern.test(name));
		if (found) return found;
	}
	return orFirst ? candidates[0] : void 0;
}
function couldHold(output, { classes, modelClasses }) {
	if (widthOf(output) === "one") return classes.length === 2;
	const declared = output.shape.length === 2 ? output.shape[1] : void 0;
	return typeof declared !== "number" || declared === classes.length || declared === modelClasses?.length;
}
function widthOf({ shape }) {
	if (shape.length <= 1) return "one";
	return shape.slice(1).every((size) => size === 1) ? "one" : "many";
}
function hintOf({ hints }, name) {
	return hints?.get(name);
}
const MOST_LISTED = 20;
function refuse(request, problem) {
	const { outputs } = request.signature;
	const given = outputs.slice(0, MOST_LISTED).map((output) => `${logLine(output.name, 60)}: ${output.type} ${describeTensor(output)}`);
	const more = outputs.length > given.length ? ` and ${outputs.length - given.length} more` : "";
	return new InputError(`${request.model} gives ${problem}; its outputs are ${given.join(", ") || "none"}${more}`);
}

// src/core/scoring/plan-scoring.ts
function planScoring(description, request) {
	const binding = planInputs(description, request);
	const classes = request.task !== "regression" && request.task !== "ranking" ? request.classes ?? description.classes ?? [] : [];
	return {
		binding,
		output: planOutputs(description, {
			...request,
			classes,
			binding
		}),
		classes
	};
}
function planInputs({ signature, inputHints }, { columns, target, model }) {
	return bindInputs({
		signature,
		columns,
		hints: inputHints,
		model,
		...target === void 0 ? {} : { target }
	});
}
function planOutputs({ signature, outputHints, classes: modelClasses }, request) {
	const { task, classes, binding, model } = request;
	return chooseOutput({
		signature,
		task,
		classes,
		hints: outputHints,
		...modelClasses ? { modelClasses } : {},
		...binding?.batch === void 0 ? {} : { batch: binding.batch },
		model
	});
}

// src/core/scoring/output-hints.ts
function findOutputHints(model) {
	const walk = walkGraph(model.graph);
	const inputs = new Set(model.graph.inputs.map(({ name }) => name));
	const zipMaps = new Map(findZipMaps(model).map((zipMap) => [zipMap.output, zipMap]));
	return new Map(model.graph.outputs.map(({ name }) => {
		const zipMap = zipMaps.get(name);
		const { node, value } = originOf(walk, zipMap?.input ?? name);
		const classes = zipMap && zipMap.classes.length > 0 ? zipMap.classes : node && classesBehind(model, walk, node);
		return [name, {
			scale: node === void 0 ? "unknown" : scaleOf(walk, node),
			isEcho: zipMap === void 0 && node === void 0 && inputs.has(value),
			...classes && classes.length > 0 ? { classes } : {},
			...zipMap ? { isMap: true } : {}
		}];
	}));
}
function findClassifierClasses(model) {
	const found = model.graph.nodes.filter(({ opType }) => /Classifier|ZipMap/.test(opType)).map(labelAttribute).filter((names) => names.length > 1);
	return new Set(found.map((names) => JSON.stringify(names))).size === 1 ? found[0] : void 0;
}
function readOwnClasses({ metadata }) {
	const own = metadata.get(METADATA_KEYS.classes);
	return own === void 0 ? void 0 : parseOwnClasses(own);
}
function parseOwnClasses(text) {
	try {
		const value = JSON.parse(text);
		const isName = (name) => [
			"string",
			"number",
			"boolean"
		].includes(typeof name);
		return Array.isArray(value) && value.length > 1 && value.every(isName) ? value.map(String) : void 0;
	} catch {
		return;
	}
}
const PROBABILITY_OPERATORS = [
	"Sigmoid",
	"Softmax",
	"Normalizer",
	"HardSigmoid"
];
const LINEAR_OPERATORS = [
	"Gemm",
	"MatMul",
	"Conv",
	"FusedGemm"
];
function scaleOf(walk, node) {
	if (PROBABILITY_OPERATORS.includes(node.opType)) return "probability";
	const transform = textAttribute(node, "post_transform");
	if (/Classifier/.test(node.opType) && (transform === "LOGISTIC" || transform === "SOFTMAX")) return "probability";
	if (LINEAR_OPERATORS.includes(node.opType)) return "linear";
	return node.opType === "Add" && node.inputs.some((input) => LINEAR_OPERATORS.includes(walk.producerOf(input)?.opType ?? "")) ? "linear" : "unknown";
}
const KEEPING_ORDER = [
	"Normalizer",
	"Mul",
	"Softmax",
	"Sigmoid",
	"Clip",
	"Div",
	"Add",
	"Sub"
];
const DEEPEST = 8;
function classesBehind(model, walk, start) {
	let node = start;
	for (let depth = 0; node !== void 0 && depth < DEEPEST; depth++) {
		if (/Classifier/.test(node.opType)) return labelAttribute(node);
		if (node.opType === "ArrayFeatureExtractor" || node.opType === "Gather") return constantTexts(model, walk, node.inputs[0]);
		if (node.opType === "LabelEncoder") return renamedLabels(model, walk, node);
		const first = node.inputs[0];
		if (!KEEPING_ORDER.includes(node.opType) || first === void 0) return void 0;
		node = originOf(walk, first).node;
	}
}
function constantTexts(model, walk, name) {
	if (name === void 0) return void 0;
	const { value, node } = originOf(walk, name);
	const tensor = node?.opType === "Constant" ? node.attributes.find((attribute) => attribute.name === "value")?.tensors[0] : model.graph.initializers.find((initializer) => initializer.name === value);
	return tensor && tensorTexts(tensor);
}
function renamedLabels(model, walk, encoder) {
	const keys = listAttribute(encoder, "keys_strings", "keys_int64s");
	const values = listAttribute(encoder, "values_strings", "values_int64s");
	if (keys.length !== values.length || keys.length < 2) return void 0;
	const names = new Map(keys.map((key, index) => [key, values[index]]));
	const [input] = encoder.inputs;
	const inner = input === void 0 ? void 0 : originOf(walk, input).node;
	const known = inner?.opType === "LabelEncoder" ? void 0 : inner && classesBehind(model, walk, inner);
	const renamed = (known && known.length > 1 ? known : keys.map((_, position) => String(position))).map((label) => names.get(label));
	return renamed.every((name) => name !== void 0) ? renamed : void 0;
}
function listAttribute(node, texts, integers) {
	const attribute = (name) => node.attributes.find((candidate) => candidate.name === name);
	const [asTexts, asIntegers] = [attribute(texts), attribute(integers)];
	if (asTexts) return attributeTexts(asTexts);
	return asIntegers ? attributeIntegers(asIntegers).map(String) : [];
}
const LABEL_ATTRIBUTES = [
	"classlabels_strings",
	"classlabels_int64s",
	"classlabels_ints"
];
function labelAttribute(node) {
	for (const attribute of node.attributes) {
		if (!LABEL_ATTRIBUTES.includes(attribute.name)) continue;
		const texts = attributeTexts(attribute);
		const names = texts.length > 0 ? texts : attributeIntegers(attribute).map(String);
		if (names.length > 0) return names;
	}
	return [];
}
function textAttribute(node, name) {
	const attribute = node.attributes.find((candidate) => candidate.name === name);
	const value = attribute && attributeValue(attribute);
	return typeof value === "string" ? value : void 0;
}

// src/core/scoring/describe-model.ts
function describeModel(model, name) {
	const { graph } = model;
	const zipMaps = new Map(findZipMaps(model).map((zipMap) => [zipMap.output, zipMap]));
	const outputHints = findOutputHints(model);
	const classes = classesOf(model, outputHints);
	return {
		signature: {
			inputs: requiredInputs(graph).map((input) => tensorOf(input, name, "input")),
			outputs: graph.outputs.map((output) => {
				const zipMap = zipMaps.get(output.name);
				if (zipMap === void 0) return tensorOf(output, name, "output");
				return {
					name: output.name,
					type: "float",
					shape: [null, zipMap.classes.length || null]
				};
			})
		},
		...classes ? { classes } : {},
		inputHints: findInputHints(model),
		outputHints,
		externalData: model.externalLocations,
		zipMaps: [...zipMaps.keys()]
	};
}
function classesOf(model, outputHints = findOutputHints(model)) {
	const isLabel = ({ type }) => type.kind === "tensor" && ![
		"float",
		"double",
		"float16"
	].includes(type.elementType);
	const { outputs } = model.graph;
	return readOwnClasses(model) ?? agreedClasses(outputs.filter(isLabel), outputHints) ?? agreedClasses(outputs, outputHints) ?? findClassifierClasses(model);
}
function agreedClasses(outputs, hints) {
	const found = outputs.flatMap(({ name }) => {
		const classes = hints.get(name)?.classes;
		return classes && classes.length > 1 ? [classes] : [];
	});
	return new Set(found.map((names) => JSON.stringify(names))).size === 1 ? found[0] : void 0;
}
function tensorOf(value, name, side) {
	const { type } = value;
	if (type.kind === "tensor") return {
		name: value.name,
		type: type.elementType,
		shape: [...type.shape ?? [null]]
	};
	throw new InputError(`${name}: its ${side} ${JSON.stringify(value.name)} is a ${type.kind}, no tensor; export it with tensors only`);
}

// src/core/scoring/stored-scores.ts
const ID_HASH_COLUMN = "id_hash";
const HASH_DIGITS = 32;
function hashIds(ids, sha256) {
	return {
		...ids,
		name: ID_HASH_COLUMN,
		dictionary: ids.dictionary.map((id) => sha256(id).slice(0, HASH_DIGITS))
	};
}
function buildStoredScores(request) {
	const { ids, values, width, labels, classes } = request;
	const rowCount = ids.codes.length;
	const scores = (classes.length === 0 ? ["score"] : classes.map((name) => `probability_${name}`)).map((name, at) => ({
		kind: "number",
		name,
		values: Float64Array.from({ length: rowCount }, (_, row) => values[row * width + at])
	}));
	const decisions = labels ? [{
		kind: "text",
		name: "label",
		codes: labels,
		dictionary: classes
	}] : [];
	return {
		rowCount,
		columns: [
			ids,
			...scores,
			...decisions
		]
	};
}

// src/core/scoring/match-ids.ts
const MOST_NAMED = 3;
function matchIds({ holdout, labelled, table }) {
	const own = firstRows(table);
	const codes = /* @__PURE__ */ new Map();
	for (const [code, text] of table.dictionary.entries()) codes.set(text, code);
	const known = new Uint8Array(table.dictionary.length);
	const rowOfId = Int32Array.from(holdout.dictionary, (text) => {
		const code = codes.get(text);
		if (code === void 0) return -1;
		known[code] = 1;
		return own.rows[code];
	});
	const unknown = collect();
	table.codes.forEach((code, row) => {
		if (code >= 0 && known[code] === 0) unknown.add(row);
	});
	const [missing, withoutIdInHoldout] = [collect(), collect()];
	return {
		rows: Int32Array.from(labelled, (holdoutRow) => {
			const code = holdout.codes[holdoutRow];
			const row = code < 0 ? -1 : rowOfId[code];
			if (code < 0) withoutIdInHoldout.add(holdoutRow);
			else if (row < 0) missing.add(holdoutRow);
			return row;
		}),
		problems: {
			doubledInHoldout: firstRows(holdout).doubled.found(),
			withoutIdInHoldout: withoutIdInHoldout.found(),
			missing: missing.found(),
			doubled: own.doubled.found(),
			withoutId: own.withoutId.found(),
			unknown: unknown.found()
		}
	};
}
function firstRows({ codes, dictionary }) {
	const rows = new Int32Array(dictionary.length).fill(-1);
	const [doubled, withoutId] = [collect(), collect()];
	codes.forEach((code, row) => {
		if (code < 0) withoutId.add(row);
		else if (rows[code] === -1) rows[code] = row;
		else doubled.add(row);
	});
	return {
		rows,
		doubled,
		withoutId
	};
}
function collect() {
	const first = [];
	let count = 0;
	return {
		add(row) {
			count++;
			if (first.length < MOST_NAMED) first.push(row);
		},
		found: () => ({
			count,
			first
		})
	};
}
function describeIdProblems(problems, idName) {
	const id = JSON.stringify(idName);
	const own = [...say(problems.doubledInHoldout, `of the holdout with the ${id} of an earlier row`), ...say(problems.withoutIdInHoldout, `of the holdout with a label but without ${id}`)];
	if (own.length > 0) return `${own.join("; ")}; scores are matched by ${id}, which must tell all rows apart`;
	const given = [
		...say(problems.missing, "of the holdout without a score"),
		...say(problems.doubled, `with the ${id} of an earlier row`),
		...say(problems.withoutId, `without ${id}`),
		...say(problems.unknown, `with an ${id} that the holdout does not have`)
	];
	if (given.length === 0) return "";
	return `${given.join("; ")}; give every labelled row of the holdout exactly one score`;
}
function say({ count, places }, words) {
	if (count === 0) return [];
	const more = count - places.length;
	const where = `${places.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
	return [`${count} ${count === 1 ? "row" : "rows"} ${words} (${where})`];
}

// src/core/scoring/score-values.ts
const SUM_ROUNDING = .01;
function takeScoreValues(request) {
	const labels = takeLabels(request);
	if (labels !== void 0 && "problem" in labels) return labels;
	const scores = isClassification(request.task) ? takeProbabilities(request) : takePredictions(request);
	return "problem" in scores || labels === void 0 ? scores : {
		...scores,
		labels
	};
}
function takePredictions({ table, rows }) {
	const [source] = table.values;
	const refused = [];
	return {
		values: Float64Array.from(rows, (row, position) => {
			const value = source[row];
			if (Number.isFinite(value)) return value;
			refused.push({
				row: position,
				reason: reasonOf(value)
			});
			return NaN;
		}),
		width: 1,
		refused
	};
}
function takeProbabilities(request) {
	const { table, rows, classes } = request;
	const width = classes.length;
	const values = new Float64Array(rows.length * width);
	const refused = [];
	const sources = sourcesOf(request);
	for (let position = 0; position < rows.length; position++) {
		const row = rows[position];
		const start = position * width;
		const reason = readRow(sources, row, {
			values,
			start
		});
		if (reason === void 0) continue;
		if (reason.kind === "problem") return {
			row,
			problem: describeProblem(reason.value, table, reason.source)
		};
		refused.push({
			row: position,
			reason: reason.words
		});
		values.fill(NaN, start, start + width);
	}
	const wrongSum = findWrongSum(values, width);
	if (wrongSum === void 0) return {
		values,
		width,
		refused
	};
	const shown = [...values.subarray(wrongSum * width, (wrongSum + 1) * width)].slice(0, 5).join(", ") + (width > 5 ? ", …" : "");
	return {
		row: rows[wrongSum],
		problem: `the probabilities of the ${width} classes are ${shown}, which do not add up to 1`
	};
}
function sourcesOf({ table, classes }) {
	const { scores } = table.columns;
	if (scores.kind === "single") return [{
		values: table.values[0],
		at: classes.length - 1,
		index: 0
	}];
	return scores.columns.map(({ className }, index) => ({
		values: table.values[index],
		at: classes.indexOf(className),
		index
	}));
}
function readRow(sources, row, into) {
	let sum = 0;
	for (const { values, at, index } of sources) {
		const value = values[row];
		if (!Number.isFinite(value)) return {
			kind: "refused",
			words: reasonOf(value)
		};
		if (value < -1e-6 || value > 1.000001) return {
			kind: "problem",
			value,
			source: index
		};
		const probability = Math.min(1, Math.max(0, value));
		into.values[into.start + at] = probability;
		sum += probability;
	}
	if (sources.length === 1) into.values[into.start] = 1 - into.values[into.start + 1];
	else if (sum === 0) return {
		kind: "refused",
		words: "probabilities that are all 0"
	};
}
function findWrongSum(values, width) {
	for (let row = 0; row * width < values.length; row++) {
		let sum = 0;
		for (let index = 0; index < width; index++) sum += values[row * width + index];
		if (Math.abs(sum - 1) > SUM_ROUNDING) return row;
	}
}
function describeProblem(value, { columns }, source) {
	const { scores } = columns;
	const column = scores.kind === "single" ? scores.column : scores.columns[source].column;
	return `the value ${value} in the column ${JSON.stringify(column)} is no probability; give probabilities from 0 to 1, for instance 1/(1+exp(-score))`;
}
function reasonOf(value) {
	return Number.isNaN(value) ? "no score" : "a score that is not finite";
}
function takeLabels({ table, rows, classes }) {
	const { labels } = table;
	if (labels === void 0) return void 0;
	const positions = Int32Array.from(labels.dictionary, (name) => classes.indexOf(name));
	const taken = new Int32Array(rows.length);
	for (let position = 0; position < rows.length; position++) {
		const code = labels.codes[rows[position]];
		const label = code < 0 ? -1 : positions[code];
		if (code >= 0 && label < 0) return {
			row: rows[position],
			problem: `the label ${JSON.stringify(labels.dictionary[code].slice(0, 100))} is none of the classes ${classes.slice(0, 20).join(", ")}`
		};
		taken[position] = label;
	}
	return taken;
}

// src/core/scoring/score-columns.ts
const SINGLE_NAMES = [
	"score",
	"prediction",
	"probability"
];
const CLASS_PREFIXES = [
	"probability_",
	"proba_",
	"score_"
];
const LABEL_NAME = "label";
function chooseScoreColumns(request) {
	const { columns, id, task, target } = request;
	const label = isClassification(task) && columns.includes(LABEL_NAME) && id !== LABEL_NAME ? LABEL_NAME : void 0;
	if (label !== void 0 && target === LABEL_NAME) throw new InputError(`${request.table} has a column label, which is the model's own decision; the answer in the data is called label too, so that they cannot be told apart: leave the column out`);
	const others = columns.filter((name) => name !== id && name !== label && name !== target);
	const own = label === void 0 ? {} : { label };
	if (task === "multiclass-classification") return {
		scores: byClass(request, others),
		...own
	};
	return {
		scores: task === "binary-classification" ? ofTwoClasses(request, others) : single(request, others),
		...own
	};
}
function ofTwoClasses(request, others) {
	const [negative, positive] = request.classes;
	const found = {
		negative: columnsOf(negative, others),
		positive: columnsOf(positive, others)
	};
	if (found.negative.length > 0 && found.positive.length > 0) return byClass(request, others);
	const chosen = single(request, others);
	if (chosen.kind === "single" && found.negative.includes(chosen.column)) throw new InputError(`${request.table} has only the scores of the class ${quote(negative)} (column ${quote(chosen.column)}); the positive class is ${quote(positive)}: give a column probability_${positive}, or one column called score with the probability of that class`);
	return chosen;
}
function single(request, others) {
	const named = others.filter((name) => SINGLE_NAMES.includes(name));
	const [column] = named.length > 0 ? named : others;
	const count = named.length > 0 ? named.length : others.length;
	if (column !== void 0 && count === 1) return {
		kind: "single",
		column
	};
	const problem = count === 0 ? "has no column with a score" : named.length > 0 ? `has ${named.map(quote).join(" and ")}, and any of them could be the score` : `has ${count} columns that could be the score`;
	throw new InputError(`${request.table} ${problem}; beside the id write one column called score, prediction or probability (it has ${list(request.columns)})`);
}
function byClass(request, others) {
	const { table, classes } = request;
	const found = classes.map((className) => ({
		className,
		columns: columnsOf(className, others)
	}));
	const missing = found.filter(({ columns }) => columns.length === 0).map(({ className }) => className);
	if (missing.length > 0) throw new InputError(`${table} has no column for ${missing.length === 1 ? "the class" : "the classes"} ${list(missing)}; write one column for each class, called as the class or probability_<class> (it has ${list(request.columns)})`);
	const doubled = found.find(({ columns }) => columns.length > 1);
	if (doubled) throw new InputError(`${table} has ${doubled.columns.map(quote).join(" and ")}, and both could be the scores of the class ${quote(doubled.className)}; leave one out`);
	const columns = found.map(({ className, columns: [column] }) => ({
		className,
		column
	}));
	return {
		kind: "classes",
		columns: [...columns, ...furtherClasses(request, others, columns)]
	};
}
function furtherClasses({ table, classes, task }, others, found) {
	const rest = others.filter((name) => !found.some(({ column }) => column === name));
	if (task === "binary-classification") return [];
	return rest.map((column) => {
		const prefix = CLASS_PREFIXES.find((candidate) => column.startsWith(candidate));
		if (prefix !== void 0) return {
			className: column.slice(prefix.length),
			column
		};
		throw new InputError(`${table} has a column ${quote(column)}, which is none of the classes of the holdout (${list(classes)}); call it probability_${column} if it is a class, or leave it out`);
	});
}
function columnsOf(className, columns) {
	const names = [className, ...CLASS_PREFIXES.map((prefix) => `${prefix}${className}`)];
	return columns.filter((column) => names.includes(column));
}
function quote(name) {
	return JSON.stringify(name.slice(0, 100));
}
const MOST_NAMES = 20;
function list(names) {
	const more = names.length - MOST_NAMES;
	return names.slice(0, MOST_NAMES).map(quote).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

export { ID_HASH_COLUMN, INPUT_TYPES, ScoreCollector, buildStoredScores, chooseScoreColumns, classesOf, describeBinding, describeIdProblems, describeModel, findClass, findName, hashIds, isWholeType, matchAllNames, matchIds, planInputs, planOutputs, planScoring, spell, takeScoreValues };