import { InputError } from "./core.js";
import { PbfReader, PbfWriter } from "./vendor-pbf.js";

// src/core/onnx/graph-walk.ts
function walkGraph(graph) {
	const producers = /* @__PURE__ */ new Map();
	const consumers = /* @__PURE__ */ new Map();
	for (const node of graph.nodes) {
		for (const output of node.outputs) if (output !== "") producers.set(output, node);
		for (const input of node.inputs) {
			const known = consumers.get(input);
			if (known === void 0) consumers.set(input, [node]);
			else known.push(node);
		}
	}
	return {
		producerOf: (value) => producers.get(value),
		consumersOf: (value) => consumers.get(value) ?? []
	};
}
const PASSING = /* @__PURE__ */ new Set([
	"Identity",
	"Reshape",
	"Squeeze",
	"Unsqueeze",
	"Flatten",
	"Cast",
	"CastLike",
	"Dropout"
]);
const LONGEST_CHAIN = 64;
function originOf(walk, value) {
	let name = value;
	for (let steps = 0; steps < LONGEST_CHAIN; steps++) {
		const node = walk.producerOf(name);
		if (node === void 0) return { value: name };
		const [first] = node.inputs;
		if (!PASSING.has(node.opType) || first === void 0) return {
			node,
			value: name
		};
		name = first;
	}
	return { value: name };
}
const PICKING = /* @__PURE__ */ new Set([
	"Concat",
	"ArrayFeatureExtractor",
	"Split",
	"Slice",
	"Gather",
	"FeatureVectorizer"
]);
function readersOf(walk, value) {
	const found = /* @__PURE__ */ new Set();
	const seen = /* @__PURE__ */ new Set([value]);
	const waiting = [value];
	for (let name = waiting.pop(); name !== void 0 && seen.size < 500; name = waiting.pop()) for (const node of walk.consumersOf(name)) {
		if (!PASSING.has(node.opType) && !PICKING.has(node.opType)) {
			found.add(node);
			continue;
		}
		for (const output of node.outputs) {
			if (seen.has(output)) continue;
			seen.add(output);
			waiting.push(output);
		}
	}
	return [...found];
}

// src/core/onnx/message-reader.ts
const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;
const decoder = new TextDecoder();
var MessageReader = class {
	what;
	bytes;
	reader;
	fieldStart = 0;
	payloadStart = 0;
	fieldEnd = 0;
	wireType = 0;
	field = 0;
	constructor(bytes, what) {
		this.bytes = bytes;
		this.what = what;
		this.reader = new PbfReader(bytes);
	}
	next() {
		if (this.fieldEnd >= this.bytes.length) return false;
		this.fieldStart = this.fieldEnd;
		this.reader.pos = this.fieldStart;
		const tag = this.varintAt("a field number");
		this.field = Math.floor(tag / 8);
		this.wireType = tag % 8;
		if (this.field === 0) throw this.broken("a field has number 0");
		this.payloadStart = this.reader.pos;
		this.fieldEnd = this.findEnd();
		if (this.fieldEnd > this.bytes.length) {
			const lacking = this.fieldEnd - this.bytes.length;
			throw this.broken(`field ${this.field} is cut off, ${lacking} bytes are missing`);
		}
		return true;
	}
	integer() {
		this.expect(VARINT);
		this.reader.pos = this.payloadStart;
		return this.reader.readVarint(true);
	}
	float() {
		this.expect(FIXED_32);
		this.reader.pos = this.payloadStart;
		return this.reader.readFloat();
	}
	content() {
		this.expect(BYTES);
		return this.bytes.subarray(this.payloadStart, this.fieldEnd);
	}
	text() {
		return decoder.decode(this.content());
	}
	raw() {
		return this.bytes.subarray(this.fieldStart, this.fieldEnd);
	}
	appendIntegers(list) {
		if (this.wireType !== BYTES) {
			list.push(this.integer());
			return;
		}
		const end = this.fieldEnd;
		this.reader.pos = this.payloadStart;
		while (this.reader.pos < end) list.push(this.varintAt("a packed number", true));
		if (this.reader.pos !== end) throw this.broken(`the numbers of field ${this.field} are cut off`);
	}
	appendFloats(list) {
		if (this.wireType !== BYTES) {
			list.push(this.float());
			return;
		}
		const content = this.content();
		if (content.length % 4 !== 0) throw this.broken(`the floats of field ${this.field} are cut off`);
		const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
		for (let offset = 0; offset < content.length; offset += 4) list.push(view.getFloat32(offset, true));
	}
	findEnd() {
		switch (this.wireType) {
			case VARINT:
				this.varintAt(`field ${this.field}`);
				return this.reader.pos;
			case FIXED_64: return this.payloadStart + 8;
			case FIXED_32: return this.payloadStart + 4;
			case BYTES: {
				const length = this.varintAt(`the length of field ${this.field}`);
				this.payloadStart = this.reader.pos;
				return this.payloadStart + length;
			}
			default: throw this.broken(`field ${this.field} has the unknown wire type ${this.wireType}`);
		}
	}
	varintAt(what, isSigned = false) {
		let value;
		try {
			value = this.reader.readVarint(isSigned);
		} catch {
			throw this.broken(`${what} is longer than ten bytes`);
		}
		if (this.reader.pos > this.bytes.length) throw this.broken(`${what} is cut off`);
		return value;
	}
	expect(wireType) {
		if (this.wireType === wireType) return;
		throw this.broken(`field ${this.field} has wire type ${this.wireType} instead of ${wireType}`);
	}
	broken(problem) {
		return new InputError(`${this.what}: ${problem}`);
	}
};

// src/core/onnx/model-bytes.ts
const CONVERT = "Convert the model to ONNX, or hand in its scores.";
const SIGNATURES = [
	{
		kind: "gzip",
		bytes: [31, 139],
		is: "compressed with gzip",
		remedy: "Unpack it first (gunzip)."
	},
	{
		kind: "zstd",
		bytes: [
			40,
			181,
			47,
			253
		],
		is: "compressed with Zstandard",
		remedy: "Unpack it first (unzstd)."
	},
	{
		kind: "zip",
		bytes: [
			80,
			75,
			3,
			4
		],
		is: "a ZIP archive, as PyTorch (.pt) and Keras (.keras) save models",
		remedy: "Export the model to ONNX (torch.onnx.export, tf2onnx), or unpack the archive if it holds one."
	},
	{
		kind: "numpy",
		bytes: [
			147,
			78,
			85,
			77,
			80,
			89
		],
		is: "a NumPy array",
		remedy: CONVERT
	},
	{
		kind: "hdf5",
		bytes: [
			137,
			72,
			68,
			70
		],
		is: "an HDF5 file, as Keras saves models",
		remedy: "Export the model to ONNX (tf2onnx)."
	},
	{
		kind: "parquet",
		bytes: [
			80,
			65,
			82,
			49
		],
		is: "a Parquet file",
		remedy: "That is data: name the model file."
	},
	{
		kind: "tflite",
		bytes: [
			84,
			70,
			76,
			51
		],
		offset: 4,
		is: "a TensorFlow Lite model",
		remedy: "Export the model to ONNX (tf2onnx)."
	}
];
const LOOKED_AT = 512;
function describeModelBytes(bytes) {
	if (bytes.length === 0) return {
		kind: "empty",
		is: "empty",
		remedy: "Check the step that writes it."
	};
	const signature = SIGNATURES.find(({ bytes: marker, offset = 0 }) => marker.every((byte, index) => bytes[offset + index] === byte));
	if (signature !== void 0) return {
		kind: signature.kind,
		is: signature.is,
		remedy: signature.remedy
	};
	if (bytes[0] === 128 && bytes[1] >= 2 && bytes[1] <= 5) return {
		kind: "pickle",
		is: "a Python pickle (joblib or pickle)",
		remedy: "Pickles run code when they are loaded and are never opened here. Convert the model to ONNX (skl2onnx)."
	};
	const head = bytes.subarray(0, LOOKED_AT);
	if (isText(head)) return describeText(new TextDecoder().decode(head));
	if (beginsLikeModel(bytes)) return {
		kind: "onnx",
		is: "an ONNX model",
		remedy: ""
	};
	return {
		kind: "unknown",
		is: "damaged, or of a format not known here",
		remedy: CONVERT
	};
}
function isText(head) {
	return head.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
}
function describeText(text) {
	const start = text.replace(/^\uFEFF/, "").trimStart();
	if (start.startsWith("version https://git-lfs.github.com/spec/")) return {
		kind: "git-lfs-pointer",
		is: "a Git LFS pointer, not the model itself",
		remedy: "Fetch it with \"git lfs pull\", or set \"lfs: true\" in actions/checkout."
	};
	if (/^(outs:|md5: [0-9a-f]{32})/.test(start)) return {
		kind: "dvc-pointer",
		is: "a DVC pointer, not the model itself",
		remedy: "Fetch it with \"dvc pull\"."
	};
	if (/^<(!doctype|html|head|body|\?xml)/i.test(start)) return {
		kind: "html",
		is: "a web page, not a model",
		remedy: "A download probably ended at a log-in or error page: check its address and token."
	};
	if (/^[{[]/.test(start)) return {
		kind: "json",
		is: "JSON text, not an ONNX model",
		remedy: CONVERT
	};
	return {
		kind: "text",
		is: "plain text, not an ONNX model",
		remedy: CONVERT
	};
}
function beginsLikeModel(bytes) {
	const tag = bytes[0];
	const field = tag >> 3;
	const wireType = tag & 7;
	return wireType === 0 ? field === 1 || field === 5 : wireType === 2 && [
		2,
		3,
		4,
		6,
		7,
		8,
		14
	].includes(field);
}

// src/core/onnx/model.ts
const ELEMENT_TYPES = [
	"undefined",
	"float",
	"uint8",
	"int8",
	"uint16",
	"int16",
	"int32",
	"int64",
	"string",
	"bool",
	"float16",
	"double",
	"uint32",
	"uint64",
	"complex64",
	"complex128",
	"bfloat16"
];
function requiredInputs(graph) {
	const initialized = new Set(graph.initializers.map((tensor) => tensor.name));
	return graph.inputs.filter((input) => !initialized.has(input.name));
}

// src/core/onnx/read-types.ts
const DEEPEST_TYPE = 8;
function elementTypeName(type) {
	return ELEMENT_TYPES[type] ?? `type ${type}`;
}
function readValue(bytes, what) {
	const reader = new MessageReader(bytes, what);
	let name = "";
	let type = { kind: "other" };
	while (reader.next()) if (reader.field === 1) name = reader.text();
	else if (reader.field === 2) type = readType(reader.content(), 0);
	return {
		name,
		type,
		bytes
	};
}
function readType(bytes, depth) {
	if (depth > DEEPEST_TYPE) throw new InputError(`types lie in each other more than ${DEEPEST_TYPE} deep`);
	const reader = new MessageReader(bytes, "type");
	let type = { kind: "other" };
	while (reader.next()) if (reader.field === 1) type = readTensorType(reader.content());
	else if (reader.field === 4) type = {
		kind: "sequence",
		element: readElement(reader.content(), depth)
	};
	else if (reader.field === 5) type = readMapType(reader.content(), depth);
	return type;
}
function readElement(bytes, depth) {
	const reader = new MessageReader(bytes, "sequence type");
	let element = { kind: "other" };
	while (reader.next()) if (reader.field === 1) element = readType(reader.content(), depth + 1);
	return element;
}
function readMapType(bytes, depth) {
	const reader = new MessageReader(bytes, "map type");
	let keyType = elementTypeName(0);
	let value = { kind: "other" };
	while (reader.next()) if (reader.field === 1) keyType = elementTypeName(reader.integer());
	else if (reader.field === 2) value = readType(reader.content(), depth + 1);
	return {
		kind: "map",
		keyType,
		value
	};
}
function readTensorType(bytes) {
	const reader = new MessageReader(bytes, "tensor type");
	let elementType = elementTypeName(0);
	let shape;
	while (reader.next()) if (reader.field === 1) elementType = elementTypeName(reader.integer());
	else if (reader.field === 2) shape = readShape(reader.content());
	return {
		kind: "tensor",
		elementType,
		shape
	};
}
function readShape(bytes) {
	const reader = new MessageReader(bytes, "shape");
	const shape = [];
	while (reader.next()) if (reader.field === 1) shape.push(readDimension(reader.content()));
	return shape;
}
function readDimension(bytes) {
	const reader = new MessageReader(bytes, "dimension");
	let dimension = null;
	while (reader.next()) if (reader.field === 1) dimension = reader.integer();
	else if (reader.field === 2) dimension = reader.text();
	return dimension === "" ? null : dimension;
}

// src/core/onnx/read-model.ts
const DEEPEST_GRAPH = 16;
function readModel(bytes, name = "The model") {
	const description = describeModelBytes(bytes);
	if (description.kind !== "onnx") throw new InputError(`${name} is ${description.is}. ${description.remedy}`);
	try {
		return readModelMessage(bytes);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		throw new InputError(`${name} is damaged, cut off or no ONNX model (${error.message}). Fetch or export it again.`, { cause: error });
	}
}
function attributeIntegers(attribute) {
	const list = [];
	const reader = attributeReader(attribute);
	while (reader.next()) if (reader.field === 8) reader.appendIntegers(list);
	return list;
}
function attributeTexts(attribute) {
	const list = [];
	const reader = attributeReader(attribute);
	while (reader.next()) if (reader.field === 9) list.push(reader.text());
	return list;
}
function attributeValue(attribute) {
	const reader = attributeReader(attribute);
	let value;
	while (reader.next()) if (reader.field === 2 && attribute.type === 1) value = reader.float();
	else if (reader.field === 3 && attribute.type === 2) value = reader.integer();
	else if (reader.field === 4 && attribute.type === 3) value = reader.text();
	return value ?? (attribute.type === 1 || attribute.type === 2 ? 0 : void 0);
}
function attributeReader(attribute) {
	return new MessageReader(attribute.bytes, `attribute ${attribute.name}`);
}
function readModelMessage(bytes) {
	const reader = new MessageReader(bytes, "model");
	const operatorSets = [];
	const metadata = /* @__PURE__ */ new Map();
	const external = /* @__PURE__ */ new Set();
	let irVersion = 0;
	let producerName = "";
	let producerVersion = "";
	let graph;
	while (reader.next()) if (reader.field === 1) irVersion = reader.integer();
	else if (reader.field === 2) producerName = reader.text();
	else if (reader.field === 3) producerVersion = reader.text();
	else if (reader.field === 7) graph = readGraph(reader.content(), {
		external,
		depth: 0
	});
	else if (reader.field === 8) operatorSets.push(readOperatorSet(reader.content()));
	else if (reader.field === 14) metadata.set(...readEntry(reader.content()));
	if (graph === void 0) throw new InputError("it holds no graph");
	return {
		irVersion,
		producerName,
		producerVersion,
		operatorSets,
		graph,
		metadata,
		externalLocations: [...external],
		bytes
	};
}
function readGraph(bytes, gathering) {
	if (gathering.depth > DEEPEST_GRAPH) throw new InputError(`graphs lie in each other more than ${DEEPEST_GRAPH} deep`);
	const reader = new MessageReader(bytes, "graph");
	const nodes = [];
	const initializers = [];
	const inputs = [];
	const outputs = [];
	let name = "";
	while (reader.next()) if (reader.field === 1) nodes.push(readNode(reader.content(), nodes.length, gathering));
	else if (reader.field === 2) name = reader.text();
	else if (reader.field === 5) initializers.push(readTensor(reader.content(), gathering));
	else if (reader.field === 11) inputs.push(readValue(reader.content(), "input"));
	else if (reader.field === 12) outputs.push(readValue(reader.content(), "output"));
	return {
		name,
		nodes,
		inputs,
		outputs,
		initializers,
		bytes
	};
}
function readNode(bytes, position, gathering) {
	const reader = new MessageReader(bytes, `node ${position}`);
	const inputs = [];
	const outputs = [];
	const attributes = [];
	let name = "";
	let opType = "";
	let domain = "";
	while (reader.next()) if (reader.field === 1) inputs.push(reader.text());
	else if (reader.field === 2) outputs.push(reader.text());
	else if (reader.field === 3) name = reader.text();
	else if (reader.field === 4) opType = reader.text();
	else if (reader.field === 5) attributes.push(readAttribute(reader.content(), gathering));
	else if (reader.field === 7) domain = reader.text();
	return {
		name,
		opType,
		domain,
		inputs,
		outputs,
		attributes,
		bytes
	};
}
function readAttribute(bytes, gathering) {
	const reader = new MessageReader(bytes, "attribute");
	const deeper = {
		...gathering,
		depth: gathering.depth + 1
	};
	let name = "";
	let type = 0;
	while (reader.next()) if (reader.field === 1) name = reader.text();
	else if (reader.field === 20) type = reader.integer();
	else if (reader.field === 5 || reader.field === 10) readTensor(reader.content(), gathering);
	else if (reader.field === 6 || reader.field === 11) readGraph(reader.content(), deeper);
	return {
		name,
		type,
		bytes
	};
}
function readTensor(bytes, gathering) {
	const reader = new MessageReader(bytes, "tensor");
	const dimensions = [];
	let name = "";
	let elementType = 0;
	let externalLocation;
	while (reader.next()) if (reader.field === 1) reader.appendIntegers(dimensions);
	else if (reader.field === 2) elementType = reader.integer();
	else if (reader.field === 8) name = reader.text();
	else if (reader.field === 13) {
		const [key, value] = readEntry(reader.content());
		if (key === "location") externalLocation = value;
	}
	if (externalLocation !== void 0) gathering.external.add(externalLocation);
	return {
		name,
		elementType: elementTypeName(elementType),
		dimensions,
		externalLocation,
		bytes
	};
}
function readOperatorSet(bytes) {
	const reader = new MessageReader(bytes, "operator set");
	let domain = "";
	let version = 0;
	while (reader.next()) if (reader.field === 1) domain = reader.text();
	else if (reader.field === 2) version = reader.integer();
	return {
		domain,
		version
	};
}
function readEntry(bytes) {
	const reader = new MessageReader(bytes, "entry");
	let key = "";
	let value = "";
	while (reader.next()) if (reader.field === 1) key = reader.text();
	else if (reader.field === 2) value = reader.text();
	return [key, value];
}

// src/core/onnx/write-model.ts
function writeModel(model) {
	const writer = new PbfWriter();
	writer.writeVarintField(1, model.irVersion);
	writer.writeStringField(2, model.producerName);
	writer.writeStringField(3, model.producerVersion);
	writer.writeMessage(7, writeGraph, model.graph);
	for (const operatorSet of model.operatorSets) writer.writeMessage(8, writeOperatorSet, operatorSet);
	for (const entry of model.metadata) writer.writeMessage(14, writeEntry, entry);
	return writer.finish().slice();
}
function writeNodeMessage(node) {
	const writer = new PbfWriter();
	writeNode(node, writer);
	return writer.finish().slice();
}
function writeTensorValueMessage(value) {
	const writer = new PbfWriter();
	writeValue(value, writer);
	return writer.finish().slice();
}
function writeOperatorSetMessage(operatorSet) {
	const writer = new PbfWriter();
	writeOperatorSet(operatorSet, writer);
	return writer.finish().slice();
}
function writeGraph(graph, writer) {
	for (const node of graph.nodes) writer.writeMessage(1, writeNode, node);
	writer.writeStringField(2, graph.name);
	for (const input of graph.inputs) writer.writeMessage(11, writeValue, input);
	for (const output of graph.outputs) writer.writeMessage(12, writeValue, output);
}
function writeNode(node, writer) {
	for (const input of node.inputs) writer.writeStringField(1, input);
	for (const output of node.outputs) writer.writeStringField(2, output);
	writer.writeStringField(3, node.name);
	writer.writeStringField(4, node.opType);
	for (const attribute of Object.entries(node.attributes ?? {})) writer.writeMessage(5, writeAttribute, attribute);
	if (node.domain !== void 0) writer.writeStringField(7, node.domain);
}
function writeAttribute([name, value], writer) {
	writer.writeStringField(1, name);
	if ("float" in value) {
		writer.writeFloatField(2, value.float);
		writer.writeVarintField(20, 1);
	} else if ("int" in value) {
		writer.writeVarintField(3, value.int);
		writer.writeVarintField(20, 2);
	} else if ("string" in value) {
		writer.writeStringField(4, value.string);
		writer.writeVarintField(20, 3);
	} else if ("floats" in value) {
		writer.writePackedFloat(7, [...value.floats]);
		writer.writeVarintField(20, 6);
	} else if ("ints" in value) {
		writer.writePackedVarint(8, [...value.ints]);
		writer.writeVarintField(20, 7);
	} else {
		for (const text of value.strings) writer.writeStringField(9, text);
		writer.writeVarintField(20, 8);
	}
}
function writeValue(value, writer) {
	writer.writeStringField(1, value.name);
	writer.writeMessage(2, (draft, type) => type.writeMessage(1, writeTensorType, draft), value);
}
function writeTensorType(value, writer) {
	writer.writeVarintField(1, ELEMENT_TYPES.indexOf(value.elementType));
	writer.writeMessage(2, writeShape, value.shape);
}
function writeShape(shape, writer) {
	for (const dimension of shape) writer.writeMessage(1, writeDimension, dimension);
}
function writeDimension(dimension, writer) {
	if (typeof dimension === "number") writer.writeVarintField(1, dimension);
	else if (dimension !== null) writer.writeStringField(2, dimension);
}
function writeOperatorSet(operatorSet, writer) {
	writer.writeStringField(1, operatorSet.domain);
	writer.writeVarintField(2, operatorSet.version);
}
function writeEntry([key, value], writer) {
	writer.writeStringField(1, key);
	writer.writeStringField(2, value);
}

// src/core/onnx/rewrite-zipmap.ts
function findZipMaps({ graph }) {
	const outputs = new Set(graph.outputs.map((output) => output.name));
	return graph.nodes.filter(isZipMap).flatMap((node) => {
		const [input] = node.inputs;
		const [output] = node.outputs;
		if (input === void 0 || output === void 0 || !outputs.has(output)) return [];
		return [{
			input,
			output,
			classes: classesOf(node)
		}];
	});
}
function isZipMap(node) {
	return node.opType === "ZipMap" && node.domain === "ai.onnx.ml";
}
function classesOf(node) {
	for (const attribute of node.attributes) {
		if (attribute.name === "classlabels_strings") return attributeTexts(attribute);
		if (attribute.name === "classlabels_int64s") return attributeIntegers(attribute).map(String);
	}
	return [];
}
const STANDARD_OPERATORS = 9;
const MODEL_GRAPH = 7;
const MODEL_OPERATOR_SET = 8;
const GRAPH_NODE = 1;
const GRAPH_OUTPUT = 12;
function replaceZipMaps(model) {
	const zipMaps = new Map(findZipMaps(model).map((zipMap) => [zipMap.output, zipMap]));
	const parts = [];
	const reader = new MessageReader(model.bytes, "model");
	while (reader.next()) if (reader.field !== MODEL_GRAPH) parts.push(reader.raw());
	else parts.push(...delimited(MODEL_GRAPH, rewriteGraph(reader.content(), zipMaps)));
	if (!model.operatorSets.some(({ domain }) => domain === "" || domain === "ai.onnx")) {
		const set = writeOperatorSetMessage({
			domain: "",
			version: STANDARD_OPERATORS
		});
		parts.push(...delimited(MODEL_OPERATOR_SET, [set]));
	}
	return joinBytes(parts);
}
function rewriteGraph(bytes, zipMaps) {
	const parts = [];
	const reader = new MessageReader(bytes, "graph");
	while (reader.next()) if (reader.field === GRAPH_NODE) parts.push(...rewriteNode(reader, zipMaps));
	else if (reader.field === GRAPH_OUTPUT) parts.push(...rewriteOutput(reader, zipMaps));
	else parts.push(reader.raw());
	return parts;
}
function rewriteNode(reader, zipMaps) {
	const fields = new MessageReader(reader.content(), "node");
	let opType = "";
	let output = "";
	while (fields.next()) if (fields.field === 2 && output === "") output = fields.text();
	else if (fields.field === 4) opType = fields.text();
	const zipMap = zipMaps.get(output);
	if (opType !== "ZipMap" || zipMap === void 0) return [reader.raw()];
	const node = writeNodeMessage({
		name: `${output}_as_tensor`,
		opType: "Identity",
		inputs: [zipMap.input],
		outputs: [output]
	});
	return delimited(GRAPH_NODE, [node]);
}
function rewriteOutput(reader, zipMaps) {
	const fields = new MessageReader(reader.content(), "output");
	let name = "";
	while (fields.next()) if (fields.field === 1) name = fields.text();
	const zipMap = zipMaps.get(name);
	if (zipMap === void 0) return [reader.raw()];
	const shape = [null, zipMap.classes.length > 0 ? zipMap.classes.length : null];
	const value = writeTensorValueMessage({
		name,
		elementType: "float",
		shape
	});
	return delimited(GRAPH_OUTPUT, [value]);
}
function delimited(field, content) {
	const length = content.reduce((total, part) => total + part.length, 0);
	const head = new PbfWriter();
	head.writeVarint(field * 8 + 2);
	head.writeVarint(length);
	return [head.finish().slice(), ...content];
}
function joinBytes(parts) {
	const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		joined.set(part, offset);
		offset += part.length;
	}
	return joined;
}

// src/core/onnx/tree-attributes.ts
function treeAttributes(ensemble) {
	const table = {
		trees: [],
		ids: [],
		features: [],
		modes: [],
		values: [],
		whenTrue: [],
		whenFalse: [],
		missingTrue: [],
		leafTrees: [],
		leafIds: [],
		leafValues: []
	};
	ensemble.trees.forEach((tree, position) => {
		appendTree(table, tree, position);
	});
	return {
		nodes_treeids: { ints: table.trees },
		nodes_nodeids: { ints: table.ids },
		nodes_featureids: { ints: table.features },
		nodes_modes: { strings: table.modes },
		nodes_values: { floats: table.values },
		nodes_truenodeids: { ints: table.whenTrue },
		nodes_falsenodeids: { ints: table.whenFalse },
		nodes_missing_value_tracks_true: { ints: table.missingTrue },
		target_treeids: { ints: table.leafTrees },
		target_nodeids: { ints: table.leafIds },
		target_ids: { ints: table.leafIds.map(() => 0) },
		target_weights: { floats: table.leafValues },
		n_targets: { int: 1 },
		base_values: { floats: [ensemble.baseScore] },
		post_transform: { string: "NONE" },
		aggregate_function: { string: "SUM" }
	};
}
function appendTree(table, tree, position) {
	let nextId = tree.feature.length;
	for (let node = 0; node < tree.feature.length; node++) {
		if (tree.feature[node] < 0) {
			appendLeaf(table, position, {
				id: node,
				value: tree.value[node]
			});
			continue;
		}
		const comparisons = chainOf(tree, node, nextId);
		comparisons.forEach((comparison, place) => {
			appendComparison(table, position, {
				id: place === 0 ? node : nextId + place - 1,
				...comparison
			});
		});
		nextId += comparisons.length - 1;
	}
}
function chainOf(tree, node, nextId) {
	const feature = tree.feature[node];
	const children = [tree.right[node], tree.left[node]];
	const missingChild = children[tree.missingLeft[node] === 1 ? 1 : 0];
	const categories = tree.leftCategories[node];
	if (categories === void 0) {
		const value = tree.threshold[node];
		const missingTrue = tree.missingLeft[node];
		return [{
			feature,
			value,
			whenTrue: children[1],
			whenFalse: children[0],
			missingTrue
		}];
	}
	const sideAt = (category) => children[categories[category] === 1 ? 1 : 0];
	const ends = [];
	for (let category = 0; category + 1 < categories.length; category++) if (sideAt(category) !== sideAt(category + 1)) ends.push(category);
	if (ends.length === 0) ends.push(categories.length - 1);
	const lastSide = sideAt(ends.at(-1)) === children[0] ? children[1] : children[0];
	let missingPlaced = false;
	return ends.map((end, place) => {
		const whenTrue = sideAt(end);
		const missingHere = !missingPlaced && whenTrue === missingChild;
		missingPlaced ||= missingHere;
		const isLast = place === ends.length - 1;
		return {
			feature,
			value: end + .5,
			whenTrue,
			whenFalse: isLast ? lastSide : nextId + place,
			missingTrue: Number(missingHere)
		};
	});
}
function appendComparison(table, tree, node) {
	table.trees.push(tree);
	table.ids.push(node.id);
	table.features.push(node.feature);
	table.modes.push("BRANCH_LEQ");
	table.values.push(node.value);
	table.whenTrue.push(node.whenTrue);
	table.whenFalse.push(node.whenFalse);
	table.missingTrue.push(node.missingTrue);
}
function appendLeaf(table, tree, leaf) {
	table.trees.push(tree);
	table.ids.push(leaf.id);
	table.features.push(0);
	table.modes.push("LEAF");
	table.values.push(0);
	table.whenTrue.push(0);
	table.whenFalse.push(0);
	table.missingTrue.push(0);
	table.leafTrees.push(tree);
	table.leafIds.push(leaf.id);
	table.leafValues.push(leaf.value);
}

// src/core/onnx/export-ensemble.ts
const METADATA_KEYS = {
	task: "contender.task",
	features: "contender.features",
	classes: "contender.classes"
};
const OPERATOR_SETS = [{
	domain: "",
	version: 18
}, {
	domain: "ai.onnx.ml",
	version: 3
}];
const IR_VERSION = 8;
const ML = "ai.onnx.ml";
function exportEnsemble(ensemble, options) {
	const { features } = ensemble;
	const names = nameMaker(features.map((feature) => feature.name));
	const encoded = encodeInputs(features, names);
	const score = names("score");
	const trees = {
		name: "trees",
		opType: "TreeEnsembleRegressor",
		domain: ML,
		inputs: [encoded.output],
		outputs: [score],
		attributes: treeAttributes(ensemble)
	};
	const finish = ensemble.objective === "binary" ? classify(score, names, checkClasses(options.classes)) : regress(score, names);
	const metadata = [[METADATA_KEYS.features, JSON.stringify(features.map(({ name, kind }) => ({
		name,
		kind
	})))], [METADATA_KEYS.task, ensemble.objective === "binary" ? "binary-classification" : "regression"]];
	if (ensemble.objective === "binary") metadata.unshift([METADATA_KEYS.classes, JSON.stringify(options.classes)]);
	return writeModel({
		irVersion: IR_VERSION,
		producerName: "contender",
		producerVersion: options.toolVersion,
		operatorSets: OPERATOR_SETS,
		graph: {
			name: options.name,
			nodes: [
				...encoded.nodes,
				trees,
				...finish.nodes
			],
			inputs: features.map(describeInput),
			outputs: finish.outputs
		},
		metadata
	});
}
function nameMaker(columns) {
	const taken = new Set(columns);
	return (wish) => {
		let name = wish;
		while (taken.has(name)) name += "_output";
		taken.add(name);
		return name;
	};
}
function describeInput(feature) {
	return {
		name: feature.name,
		elementType: feature.kind === "number" ? "float" : "string",
		shape: ["N", 1]
	};
}
function encodeInputs(features, names) {
	const nodes = [];
	const columns = features.map((feature) => {
		if (feature.kind === "number") return feature.name;
		const output = names(`position of ${feature.name}`);
		nodes.push({
			name: output,
			opType: "LabelEncoder",
			domain: ML,
			inputs: [feature.name],
			outputs: [output],
			attributes: {
				keys_strings: { strings: [...feature.categories, ""] },
				values_floats: { floats: [...feature.categories.keys(), NaN] },
				default_float: { float: feature.categories.length }
			}
		});
		return output;
	});
	const output = names("columns");
	nodes.push({
		name: "columns",
		opType: "Concat",
		inputs: columns,
		outputs: [output],
		attributes: { axis: { int: 1 } }
	});
	return {
		nodes,
		output
	};
}
function classify(score, names, classes) {
	const [negatedScore, negative, positive] = [
		names("negated score"),
		names("negative"),
		names("positive")
	];
	const label = names("label");
	const probabilities = names("probabilities");
	const position = names("position of label");
	const isText = typeof classes[0] === "string";
	return {
		nodes: [
			{
				name: "negate",
				opType: "Neg",
				inputs: [score],
				outputs: [negatedScore]
			},
			{
				name: "negative",
				opType: "Sigmoid",
				inputs: [negatedScore],
				outputs: [negative]
			},
			{
				name: "positive",
				opType: "Sigmoid",
				inputs: [score],
				outputs: [positive]
			},
			{
				name: "probabilities",
				opType: "Concat",
				inputs: [negative, positive],
				outputs: [probabilities],
				attributes: { axis: { int: 1 } }
			},
			{
				name: "position of label",
				opType: "ArgMax",
				inputs: [probabilities],
				outputs: [position],
				attributes: {
					axis: { int: 1 },
					keepdims: { int: 0 }
				}
			},
			{
				name: "label",
				opType: "LabelEncoder",
				domain: ML,
				inputs: [position],
				outputs: [label],
				attributes: {
					keys_int64s: { ints: [0, 1] },
					...isText ? { values_strings: { strings: classes } } : { values_int64s: { ints: classes } }
				}
			}
		],
		outputs: [{
			name: label,
			elementType: isText ? "string" : "int64",
			shape: ["N"]
		}, {
			name: probabilities,
			elementType: "float",
			shape: ["N", 2]
		}]
	};
}
function regress(score, names) {
	const prediction = names("prediction");
	return {
		nodes: [{
			name: "prediction",
			opType: "Identity",
			inputs: [score],
			outputs: [prediction]
		}],
		outputs: [{
			name: prediction,
			elementType: "float",
			shape: ["N", 1]
		}]
	};
}
function checkClasses(classes) {
	if (classes === void 0) throw new Error("a binary ensemble is exported with the labels of its classes");
	const [negative, positive] = classes;
	if (negative === positive) throw new InputError(`Both classes are called ${JSON.stringify(negative)}; a classifier needs two.`);
	for (const label of classes) if (typeof label === "number" && !Number.isSafeInteger(label)) throw new InputError(`The class ${label} is not a whole number; write class labels as whole numbers or as texts.`);
	return classes;
}

// src/core/onnx/tensor-values.ts
const MOST_VALUES = 1e5;
const INT32_DATA = 5;
const STRING_DATA = 6;
const INT64_DATA = 7;
const RAW_DATA = 9;
function tensorTexts(tensor) {
	const count = tensor.dimensions.reduce((product, size) => product * size, 1);
	if (tensor.externalLocation !== void 0 || !(count <= MOST_VALUES)) return void 0;
	const { elementType } = tensor;
	if (![
		"string",
		"int64",
		"int32",
		"bool"
	].includes(elementType)) return void 0;
	const reader = new MessageReader(tensor.bytes, `tensor ${tensor.name}`);
	const texts = [];
	const numbers = [];
	while (reader.next()) if (reader.field === STRING_DATA) texts.push(reader.text());
	else if (reader.field === INT32_DATA || reader.field === INT64_DATA) reader.appendIntegers(numbers);
	else if (reader.field === RAW_DATA) numbers.push(...rawIntegers(reader.content(), elementType));
	return elementType === "string" ? texts : numbers.map(String);
}
function rawIntegers(bytes, elementType) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const size = elementType === "int64" ? 8 : elementType === "int32" ? 4 : 1;
	const count = Math.min(Math.floor(bytes.length / size), MOST_VALUES);
	return Array.from({ length: count }, (_, index) => {
		if (size === 8) return Number(view.getBigInt64(index * 8, true));
		return size === 4 ? view.getInt32(index * 4, true) : view.getUint8(index);
	});
}

export { METADATA_KEYS, attributeIntegers, attributeTexts, attributeValue, exportEnsemble, findZipMaps, originOf, readModel, readersOf, replaceZipMaps, requiredInputs, tensorTexts, walkGraph };