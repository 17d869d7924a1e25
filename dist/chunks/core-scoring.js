import { InputError } from "./core.js";
import { METADATA_KEYS, attributeIntegers, attributeTexts, requiredInputs } from "./core-onnx.js";

// src/core/scoring/bind-inputs.ts
const INPUT_TYPES = [
	"float",
	"double",
	"int64",
	"int32",
	"string",
	"bool"
];
function bindInputs(signature, table, model) {
	if (table.columns.length === 0) throw new InputError(`${model}: there are no feature columns to score with`);
	if (signature.inputs.length === 0) throw new InputError(`${model}: the model has no inputs`);
	return bindMatrix(signature.inputs, table, model) ?? bindColumns(signature, table, model);
}
function bindMatrix(inputs, table, model) {
	const [input] = inputs;
	if (inputs.length !== 1 || input === void 0 || input.shape.length !== 2) return void 0;
	const width = input.shape[1];
	const isColumn = table.columns.length === 1 || table.columns.some((column) => column.name === input.name);
	if (width === 1 && isColumn) return void 0;
	if (input.type !== "float" && input.type !== "double") return void 0;
	refuseFixedBatch(input, model);
	if (typeof width === "number" && width !== table.columns.length) throw new InputError(`${model}: its input ${quote(input.name)} takes ${width} columns, the data has ${table.columns.length} feature columns: ${listColumns(table)}; name the model's columns in data.columns (or --columns), in the order it was trained on`);
	const text = table.columns.find((column) => column.kind === "text");
	if (text) throw new InputError(`${model}: its input ${quote(input.name)} takes one matrix of numbers, but the column ${quote(text.name)} is text; name the model's columns in data.columns (or --columns)`);
	return {
		kind: "matrix",
		by: "by position",
		input: input.name,
		type: input.type
	};
}
function bindColumns(signature, table, model) {
	const names = table.columns.map((column) => column.name);
	const byName = signature.inputs.every((input) => names.includes(input.name));
	const isMoved = signature.inputs.some((input, position) => {
		const column = names.indexOf(input.name);
		return column >= 0 && column !== position;
	});
	if (!byName && (isMoved || signature.inputs.length !== names.length)) throw mismatch(signature, table, model);
	const inputs = signature.inputs.map((input, position) => {
		return bindColumn(input, {
			column: byName ? names.indexOf(input.name) : position,
			table,
			model
		});
	});
	return {
		kind: "columns",
		by: byName ? "by name" : "by position",
		inputs
	};
}
function bindColumn(input, { column, table, model }) {
	const rank = input.shape.length;
	if (!(rank === 1 || rank === 2 && (input.shape[1] === 1 || typeof input.shape[1] !== "number"))) throw new InputError(`${model}: its input ${quote(input.name)} has the shape ${describeShape(input)}; models that take one column for each input ([N, 1]) or one matrix ([N, F]) can be scored`);
	refuseFixedBatch(input, model);
	const type = INPUT_TYPES.find((known) => known === input.type);
	if (type === void 0) throw new InputError(`${model}: its input ${quote(input.name)} has the type ${input.type}; supported are ${INPUT_TYPES.join(", ")}`);
	const bound = table.columns[column];
	if (bound.kind === "text" && type !== "string") throw new InputError(`${model}: its input ${quote(input.name)} takes ${type}, but the column ${quote(bound.name)} is text (such as ${quote(firstText(bound))})`);
	return {
		input: input.name,
		column,
		type,
		rank: rank === 1 ? 1 : 2
	};
}
function refuseFixedBatch(input, model) {
	const batch = input.shape[0];
	if (typeof batch !== "number") return;
	throw new InputError(`${model}: its input ${quote(input.name)} has a fixed batch of ${batch} (${describeShape(input)}); export it with a dynamic first dimension`);
}
function mismatch(signature, table, model) {
	const wanted = signature.inputs.map((input) => `${input.name}: ${input.type} ${describeShape(input)}`);
	return new InputError(`${model} cannot be bound to the data. The model wants ${wanted.length} inputs (${wanted.join(", ")}); the data has ${table.columns.length} feature columns (${listColumns(table)})`);
}
function listColumns(table) {
	return table.columns.map((column) => `${column.name}: ${column.kind}`).join(", ");
}
function describeShape(tensor) {
	return `[${tensor.shape.map((size) => size ?? "?").join(", ")}]`;
}
function firstText(column) {
	return column.kind === "text" ? column.dictionary[0] ?? "" : "";
}
function quote(text) {
	return JSON.stringify(text);
}

// src/core/scoring/choose-output.ts
function chooseOutput(request) {
	const floats = request.signature.outputs.filter((output) => output.type === "float" || output.type === "double");
	if (request.task === "regression" || request.task === "ranking") return choosePrediction(floats, request);
	const values = pickProbabilities(floats);
	if (values === void 0) throw refuse(request, "no output with probabilities as a float tensor");
	const labels = request.signature.outputs.find((output) => output !== values && output.shape.length === 1 && (output.type === "int64" || output.type === "string"));
	const layout = layoutOf(values, request);
	return {
		values: values.name,
		...labels ? { labels: labels.name } : {},
		layout
	};
}
function choosePrediction(floats, request) {
	const output = floats.find((candidate) => candidate.shape.length <= 2 && widthOf(candidate) !== "many");
	if (output === void 0) throw refuse(request, "no output with one float prediction for each row");
	return {
		values: output.name,
		layout: { kind: "predictions" }
	};
}
function pickProbabilities(floats) {
	const usable = floats.filter((output) => output.shape.length <= 2);
	return usable.find((output) => /prob/i.test(output.name)) ?? (usable.length === 1 ? usable[0] : void 0);
}
function layoutOf(values, request) {
	const width = widthOf(values);
	const { classes, modelClasses } = request;
	if (width === "one") {
		if (classes.length === 2) return { kind: "positive-only" };
		throw refuse(request, `one probability for each row, but the target has ${classes.length} classes`);
	}
	const declared = values.shape[1];
	if (typeof declared === "number" && declared !== (modelClasses?.length ?? classes.length)) throw refuse(request, `${declared} probabilities for each row, but the target has ${classes.length} classes`);
	return {
		kind: "classes",
		width: modelClasses?.length ?? classes.length,
		order: classOrder(request)
	};
}
function classOrder(request) {
	const order = request.modelClasses ?? sortClasses(request.classes);
	return request.classes.map((name) => {
		const position = order.indexOf(name);
		if (position >= 0) return position;
		throw refuse(request, `classes ${order.join(", ")}, but the data has the class ${JSON.stringify(name)}`);
	});
}
function sortClasses(classes) {
	const numeric = classes.every((name) => name.trim() !== "" && Number.isFinite(Number(name)));
	return [...classes].sort((left, right) => {
		if (numeric) return Number(left) - Number(right);
		return left < right ? -1 : left > right ? 1 : 0;
	});
}
function widthOf(tensor) {
	if (tensor.shape.length <= 1) return "one";
	return tensor.shape[1] === 1 ? "one" : "many";
}
function refuse(request, problem) {
	const given = request.signature.outputs.map((output) => `${output.name}: ${output.type} [${output.shape.map((size) => size ?? "?").join(", ")}]`);
	return new InputError(`${request.model} gives ${problem}; its outputs are ${given.join(", ") || "none"}`);
}

// src/core/scoring/describe-model.ts
const CLASS_ATTRIBUTES = [
	"classlabels_strings",
	"classlabels_int64s",
	"classlabels_ints",
	"cats_strings"
];
function describeModel(model, name) {
	const { graph } = model;
	const classes = classesOf(model);
	const externalData = graph.initializers.flatMap((tensor) => tensor.externalLocation ?? []);
	return {
		signature: {
			inputs: requiredInputs(graph).map((input) => tensorOf(input, name, "input")),
			outputs: graph.outputs.map((output) => tensorOf(output, name, "output"))
		},
		...classes ? { classes } : {},
		externalData: [...new Set(externalData)]
	};
}
function tensorOf(value, name, side) {
	const { type } = value;
	if (type.kind === "tensor") return {
		name: value.name,
		type: type.elementType,
		shape: [...type.shape ?? [null]]
	};
	const remedy = type.kind === "sequence" && side === "output" ? "export it with probabilities as a tensor (skl2onnx and onnxmltools: zipmap=False)" : "export it with tensors only";
	throw new InputError(`${name}: its ${side} ${JSON.stringify(value.name)} is a ${type.kind}, no tensor; ${remedy}`);
}
function classesOf(model) {
	const own = model.metadata.get(METADATA_KEYS.classes);
	if (own !== void 0) return parseOwnClasses(own);
	for (const node of model.graph.nodes) {
		if (!/Classifier|ZipMap|SVM/.test(node.opType)) continue;
		for (const attribute of node.attributes) {
			if (!CLASS_ATTRIBUTES.includes(attribute.name)) continue;
			const texts = attributeTexts(attribute);
			const names = texts.length > 0 ? texts : attributeIntegers(attribute).map(String);
			if (names.length > 1) return names;
		}
	}
}
function parseOwnClasses(text) {
	try {
		const value = JSON.parse(text);
		return Array.isArray(value) && value.length > 1 ? value.map(String) : void 0;
	} catch {
		return;
	}
}

export { bindInputs, chooseOutput, describeModel };