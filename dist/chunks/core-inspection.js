import { LEARNING_DOMAIN, MessageReader, describeShape, eachGraph, eachNode, listNames, nameText } from "./core-onnx.js";
import { InputError } from "./core.js";
import { planOutputs } from "./core-scoring.js";

// src/core/inspection/explain-outputs.ts
function explainOutputs(description, task, name) {
	const { classes } = description;
	if (task === "multiclass-classification" && classes === void 0) return {
		task,
		refusal: "the model does not name its classes; the data that it is judged on would"
	};
	const wanted = classes ?? (task === "binary-classification" ? ["0", "1"] : []);
	const isClassified = task !== "regression" && task !== "ranking";
	try {
		const plan = planOutputs(description, {
			task,
			classes: isClassified ? wanted : [],
			model: name
		});
		return {
			task,
			values: plan.values,
			as: describeLayout(plan),
			...plan.labels === void 0 ? {} : { labels: plan.labels }
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return {
			task,
			refusal: error.message
		};
	}
}
function describeLayout({ layout, scale }) {
	if (layout.kind === "predictions") return "predictions";
	const what = scale === "linear" ? "logits" : scale === "probability" ? "probabilities" : "scores";
	return layout.kind === "positive-only" ? `${what} of the positive class` : `${what} of the classes`;
}
function isZipMapOutput({ type }) {
	return type === "sequence of map of int64 to float" || type === "sequence of map of string to float";
}

// src/core/inspection/non-finite-weights.ts
const MOST_BYTES = 256 * 1024 ** 2;
const WEIGHTS = /* @__PURE__ */ new Set([
	"coefficients",
	"intercepts",
	"target_weights",
	"class_weights",
	"base_values",
	"leaf_weights",
	"support_vectors",
	"rho",
	"prob_a",
	"prob_b",
	"scale",
	"offset"
]);
function findNonFiniteWeights(model) {
	const found = {
		places: [],
		nan: 0,
		infinite: 0
	};
	let left = MOST_BYTES;
	for (const { name, pieces } of eachWeight(model)) {
		const before = found.nan + found.infinite;
		for (const { bytes, width } of pieces()) {
			left -= bytes.length;
			if (left < 0) return found;
			count(bytes, width, found);
		}
		if (found.nan + found.infinite > before) found.places.push(name);
	}
	return found;
}
function* eachWeight(model) {
	for (const graph of eachGraph(model)) for (const tensor of [...graph.initializers, ...graph.sparseInitializers]) if (tensor.dimensions.some((size) => size > 1)) yield {
		name: tensor.name,
		pieces: () => tensorPieces(tensor)
	};
	for (const node of eachNode(model)) {
		if (node.domain !== "ai.onnx.ml") continue;
		for (const attribute of node.attributes) {
			if (!WEIGHTS.has(attribute.name)) continue;
			yield {
				name: `${attribute.name} of ${node.opType}`,
				pieces: () => attributePieces(attribute)
			};
		}
	}
}
function* attributePieces(attribute) {
	const reader = new MessageReader(attribute.bytes, `attribute ${attribute.name}`);
	while (reader.next()) if (reader.field === 2 || reader.field === 7) yield {
		bytes: reader.numbers(),
		width: 4
	};
	for (const tensor of attribute.tensors) yield* tensorPieces(tensor);
}
function* tensorPieces({ elementType, name, bytes }) {
	if (elementType !== "float" && elementType !== "double") return;
	const width = elementType === "float" ? 4 : 8;
	const field = elementType === "float" ? 4 : 10;
	const reader = new MessageReader(bytes, `tensor ${name}`);
	while (reader.next()) if (reader.field === 9 || reader.field === field) yield {
		bytes: reader.numbers(),
		width
	};
}
function count(bytes, width, found) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let offset = 0; offset + width <= bytes.length; offset += width) {
		const value = width === 4 ? view.getFloat32(offset, true) : view.getFloat64(offset, true);
		if (Number.isFinite(value)) continue;
		if (Number.isNaN(value)) found.nan += 1;
		else found.infinite += 1;
	}
}

// src/core/inspection/runtime-limits.ts
const RUNTIME = {
	version: "1.30",
	irVersion: 13,
	operatorSets: {
		"ai.onnx": 26,
		"ai.onnx.ml": 5,
		"com.microsoft": 1,
		"com.microsoft.nchwc": 1
	}
};
const PASSABLE_TYPES = [
	"float",
	"double",
	"float16",
	"int8",
	"int16",
	"int32",
	"int64",
	"uint8",
	"uint16",
	"uint32",
	"uint64",
	"bool",
	"string"
];
const KNOWN_STRANGERS = {
	"ai.onnx.contrib": "they belong to onnxruntime-extensions",
	"com.microsoft.extensions": "they belong to onnxruntime-extensions",
	"ai.onnx.training": "they are for training; export the model for inference",
	"ai.onnx.preview.training": "they are for training; export the model for inference"
};

// src/core/inspection/find-warnings.ts
function findWarnings({ model, contract, externalFiles }) {
	const groups = {
		"ir-version": warnOfIrVersion(contract),
		"operator-set": warnOfOperatorSets(contract),
		operators: warnOfOperators(contract),
		"element-type": warnOfElementTypes(contract),
		locale: warnOfLocale(contract),
		"zip-map": warnOfZipMap(model),
		"fixed-batch": warnOfFixedBatch(contract),
		"external-data": warnOfExternalFiles(contract, externalFiles),
		weights: warnOfWeights(model)
	};
	return Object.entries(groups).flatMap(([kind, messages]) => messages.map((message) => ({
		kind,
		message
	})));
}
function warnOfIrVersion({ irVersion }) {
	if (irVersion <= RUNTIME.irVersion) return [];
	return [`IR version ${irVersion}: ONNX Runtime ${RUNTIME.version} reads ${RUNTIME.irVersion} at most; export the model with an older onnx package`];
}
function warnOfOperatorSets({ operatorSets }) {
	return operatorSets.flatMap(({ domain, version }) => {
		const most = Object.hasOwn(RUNTIME.operatorSets, domain) ? RUNTIME.operatorSets[domain] : Infinity;
		if (version <= most) return [];
		return [`operator set ${domain} ${version}: ONNX Runtime ${RUNTIME.version} has ${most} at most; export the model with target_opset ${most} or lower`];
	});
}
function warnOfOperators({ operators }) {
	const strangers = /* @__PURE__ */ new Map();
	for (const { domain, name, own } of operators) {
		if (own || Object.hasOwn(RUNTIME.operatorSets, domain)) continue;
		strangers.set(domain, [...strangers.get(domain) ?? [], name]);
	}
	return [...strangers].map(([domain, names]) => {
		const origin = Object.hasOwn(KNOWN_STRANGERS, domain) ? KNOWN_STRANGERS[domain] : "export the model without custom operators";
		return `operators of ${nameText(domain)} (${listNames(names)}): no release build of ONNX Runtime has them; ${origin}`;
	});
}
function warnOfElementTypes({ inputs, outputs }) {
	const isPassable = ({ type }) => PASSABLE_TYPES.includes(type);
	const describe = (side, verb) => (value) => `${side} ${nameText(value.name)} has ${value.type}, which ONNX Runtime for Node cannot ${verb}; export it as a tensor of float`;
	return [...inputs.filter((value) => !isPassable(value)).map(describe("input", "take")), ...outputs.filter((value) => !isPassable(value) && !isZipMapOutput(value)).map(describe("output", "return"))];
}
function warnOfLocale({ operators }) {
	if (!operators.some(({ name, domain }) => name === "StringNormalizer" && domain === "ai.onnx")) return [];
	return ["StringNormalizer needs the locale it names (en_US.UTF-8 by default) on each machine that loads the model; where it is not installed the model does not load"];
}
function warnOfZipMap(model) {
	const outputs = new Set(model.graph.outputs.map(({ name }) => name));
	return [...eachNode(model)].flatMap((node) => {
		if (node.opType !== "ZipMap") return [];
		const [output = ""] = node.outputs.filter((name) => outputs.has(name));
		return [`output ${nameText(output)} comes from ZipMap, which ONNX Runtime for Node cannot return: a private copy of the model without that node is scored, and these bytes stay as they are (zipmap=False in the export does without)`];
	});
}
function warnOfFixedBatch({ inputs }) {
	const byRows = /* @__PURE__ */ new Map();
	for (const input of inputs) {
		const rows = input.shape?.[0];
		if (!input.required || typeof rows !== "number") continue;
		byRows.set(rows, [...byRows.get(rows) ?? [], input]);
	}
	return [...byRows].map(([rows, fixed]) => {
		const names = listNames(fixed.map(({ name }) => name));
		const [inputsTake, size] = [fixed.length === 1 ? `input ${names} takes` : `inputs ${names} take`, rows === 1 ? "1 row" : `${rows} rows`];
		return `fixed batch: ${inputsTake} ${size} at a time (${describeShape(fixed[0].shape)}), which is slow to score; export the model with a dynamic first size`;
	});
}
function warnOfExternalFiles({ externalData }, files) {
	return files.flatMap(({ location, state, bytes = 0 }) => {
		const name = nameText(location);
		if (state === "missing") return [`weights in ${name}: the file is missing; it belongs into the folder of the model`];
		if (state === "outside") return [`weights in ${name}: files outside of the folder of the model are never read`];
		const needed = externalData.find((data) => data.location === location)?.bytesNeeded ?? 0;
		if (bytes >= needed) return [];
		return [`weights in ${name}: the file has ${bytes} bytes, the model needs ${needed}; it is cut off`];
	});
}
function warnOfWeights(model) {
	const { nan, infinite, places } = findNonFiniteWeights(model);
	if (nan + infinite === 0) return [];
	return [`weights that are no finite number: ${[...nan > 0 ? [`${nan} NaN`] : [], ...infinite > 0 ? [`${infinite} infinite`] : []].join(" and ")}, in ${listNames(places)}`];
}

export { explainOutputs, findWarnings };