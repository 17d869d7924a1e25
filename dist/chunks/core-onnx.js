import { InputError } from "./core.js";
import { PbfReader, PbfWriter } from "./vendor-pbf.js";

// src/core/onnx/external-files.ts
const MOST_BYTES = 8 * 1024 ** 3;
function refuseExternalFiles(files, { name, path }) {
	for (const { location, state } of files) {
		const shown = JSON.stringify(location.slice(0, 200));
		if (state === "present") continue;
		throw new InputError(state === "outside" ? `${name}: it keeps weights in ${shown}, outside of the folder of the model; save them beside it under a relative name` : `${name}: it keeps weights in ${shown}, which does not exist beside the model; fetch that file too`, { location: { file: path } });
	}
	const total = files.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
	if (total <= MOST_BYTES) return;
	throw new InputError(`${name}: its weights beside the model have ${total} bytes; at most ${MOST_BYTES} are read`);
}

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
const MOST_TEXT_BYTES = 64 * 1024 ** 2;
const MOST_NUMBERS = 2 ** 24;
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
		const content = this.content();
		if (content.length > MOST_TEXT_BYTES) throw this.broken(`the text of field ${this.field} has ${content.length} bytes; at most ${MOST_TEXT_BYTES} are read`);
		return decoder.decode(content);
	}
	raw() {
		return this.bytes.subarray(this.fieldStart, this.fieldEnd);
	}
	appendIntegers(list, most = MOST_NUMBERS) {
		if (this.wireType !== BYTES) {
			list.push(this.integer());
			this.refuseMore(list, most);
			return;
		}
		const end = this.fieldEnd;
		this.reader.pos = this.payloadStart;
		while (this.reader.pos < end) {
			list.push(this.varintAt("a packed number", true));
			this.refuseMore(list, most);
		}
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
		for (let offset = 0; offset < content.length; offset += 4) {
			list.push(view.getFloat32(offset, true));
			this.refuseMore(list, MOST_NUMBERS);
		}
	}
	countFloats() {
		if (this.wireType !== BYTES) {
			this.expect(FIXED_32);
			return 1;
		}
		const { length } = this.content();
		if (length % 4 !== 0) throw this.broken(`the floats of field ${this.field} are cut off`);
		return length / 4;
	}
	countIntegers() {
		if (this.wireType !== BYTES) {
			this.expect(VARINT);
			return 1;
		}
		let count = 0;
		for (const byte of this.content()) if (byte < 128) count += 1;
		return count;
	}
	numbers() {
		return this.bytes.subarray(this.payloadStart, this.fieldEnd);
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
	refuseMore(list, most) {
		if (list.length <= most) return;
		throw this.broken(`field ${this.field} has more than ${most} numbers`);
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
	"bfloat16",
	"float8e4m3fn",
	"float8e4m3fnuz",
	"float8e5m2",
	"float8e5m2fnuz",
	"uint4",
	"int4",
	"float4e2m1",
	"float8e8m0"
];
function requiredInputs(graph) {
	const initialized = new Set([...graph.initializers, ...graph.sparseInitializers].map((tensor) => tensor.name));
	return graph.inputs.filter((input) => !initialized.has(input.name));
}

// src/core/onnx/read-types.ts
const DEEPEST_TYPE = 8;
const MOST_DIMENSIONS$1 = 64;
const OTHER_TYPES = {
	7: "opaque",
	8: "sparse tensor",
	9: "optional"
};
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
	else if (OTHER_TYPES[reader.field] !== void 0) type = {
		kind: "other",
		words: OTHER_TYPES[reader.field]
	};
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
	while (reader.next()) {
		if (reader.field === 1) shape.push(readDimension(reader.content()));
		if (shape.length > MOST_DIMENSIONS$1) throw new InputError(`a shape has more than ${MOST_DIMENSIONS$1} sizes`);
	}
	return shape;
}
function readDimension(bytes) {
	const reader = new MessageReader(bytes, "dimension");
	let dimension = null;
	while (reader.next()) if (reader.field === 1) dimension = reader.integer();
	else if (reader.field === 2) dimension = reader.text();
	return dimension === "" ? null : dimension;
}

// src/core/onnx/read-graph.ts
const DEEPEST_GRAPH = 16;
const MOST_DIMENSIONS = 64;
const MOST_PARTS = 2e6;
var Gathering = class {
	external = /* @__PURE__ */ new Set();
	parts = 0;
	keep() {
		this.parts += 1;
		if (this.parts > MOST_PARTS) throw new InputError(`it has more than ${MOST_PARTS} nodes, names, attributes and tensors`);
	}
};
function readGraph(bytes, gathering, depth = 0) {
	if (depth > DEEPEST_GRAPH) throw new InputError(`graphs lie in each other more than ${DEEPEST_GRAPH} deep`);
	gathering.keep();
	const reader = new MessageReader(bytes, "graph");
	const nodes = [];
	const initializers = [];
	const sparseInitializers = [];
	const inputs = [];
	const outputs = [];
	let name = "";
	while (reader.next()) {
		const { field } = reader;
		if (field === 1) nodes.push(readNode(reader.content(), {
			position: nodes.length,
			gathering,
			depth
		}));
		else if (field === 2) name = reader.text();
		else if (field === 5) initializers.push(readTensor(reader.content(), gathering));
		else if (field === 11) inputs.push(keepValue(reader.content(), "input", gathering));
		else if (field === 12) outputs.push(keepValue(reader.content(), "output", gathering));
		else if (field === 15) sparseInitializers.push(...readSparse(reader.content(), gathering));
	}
	return {
		name,
		nodes,
		inputs,
		outputs,
		initializers,
		sparseInitializers,
		bytes
	};
}
function readNode(bytes, { position, gathering, depth }) {
	gathering.keep();
	const reader = new MessageReader(bytes, `node ${position}`);
	const inputs = [];
	const outputs = [];
	const attributes = [];
	let name = "";
	let opType = "";
	let domain = "";
	while (reader.next()) {
		const { field } = reader;
		if (field === 1 || field === 2) {
			gathering.keep();
			(field === 1 ? inputs : outputs).push(reader.text());
		} else if (field === 3) name = reader.text();
		else if (field === 4) opType = reader.text();
		else if (field === 5) attributes.push(readAttribute(reader.content(), gathering, depth));
		else if (field === 7) domain = reader.text();
	}
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
function readAttribute(bytes, gathering, depth) {
	gathering.keep();
	const reader = new MessageReader(bytes, "attribute");
	const graphs = [];
	const tensors = [];
	let name = "";
	let type = 0;
	while (reader.next()) {
		const { field } = reader;
		if (field === 1) name = reader.text();
		else if (field === 20) type = reader.integer();
		else if (field === 5 || field === 10) tensors.push(readTensor(reader.content(), gathering));
		else if (field === 6 || field === 11) graphs.push(readGraph(reader.content(), gathering, depth + 1));
		else if (field === 22 || field === 23) tensors.push(...readSparse(reader.content(), gathering));
	}
	return {
		name,
		type,
		graphs,
		tensors,
		bytes
	};
}
function readTensor(bytes, gathering) {
	gathering.keep();
	const reader = new MessageReader(bytes, "tensor");
	const dimensions = [];
	const external = /* @__PURE__ */ new Map();
	let name = "";
	let elementType = 0;
	while (reader.next()) if (reader.field === 1) reader.appendIntegers(dimensions, MOST_DIMENSIONS);
	else if (reader.field === 2) elementType = reader.integer();
	else if (reader.field === 8) name = reader.text();
	else if (reader.field === 13) {
		gathering.keep();
		external.set(...readEntry(reader.content()));
	}
	const externalLocation = external.get("location");
	const plain = {
		name,
		elementType: elementTypeName(elementType),
		dimensions,
		externalLocation,
		bytes
	};
	if (externalLocation === void 0) return plain;
	gathering.external.add(externalLocation);
	return {
		...plain,
		externalRange: rangeOf(external)
	};
}
function rangeOf(external) {
	const [offset, length] = [byteCount(external.get("offset")), byteCount(external.get("length"))];
	return {
		...offset === void 0 ? {} : { offset },
		...length === void 0 ? {} : { length }
	};
}
function byteCount(text) {
	return text !== void 0 && /^\d{1,15}$/.test(text) ? Number(text) : void 0;
}
function readSparse(bytes, gathering) {
	const reader = new MessageReader(bytes, "sparse tensor");
	const values = [];
	while (reader.next()) if (reader.field === 1) values.push(readTensor(reader.content(), gathering));
	else if (reader.field === 2) readTensor(reader.content(), gathering);
	return values;
}
function keepValue(bytes, what, gathering) {
	gathering.keep();
	return readValue(bytes, what);
}
function readEntry(bytes) {
	const reader = new MessageReader(bytes, "entry");
	let key = "";
	let value = "";
	while (reader.next()) if (reader.field === 1) key = reader.text();
	else if (reader.field === 2) value = reader.text();
	return [key, value];
}

// src/core/onnx/read-model.ts
function readModel(bytes, name = "The model") {
	const description = describeModelBytes(bytes);
	if (description.kind !== "onnx") throw new InputError(`${name} is ${description.is}. ${description.remedy}`);
	return namingModel(name, () => readModelMessage(bytes));
}
function namingModel(name, read) {
	try {
		return read();
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
	const gathering = new Gathering();
	const operatorSets = [];
	const functions = [];
	const metadata = /* @__PURE__ */ new Map();
	let irVersion = 0;
	let producerName = "";
	let producerVersion = "";
	let graph;
	while (reader.next()) {
		const { field } = reader;
		if (field === 1) irVersion = reader.integer();
		else if (field === 2) producerName = reader.text();
		else if (field === 3) producerVersion = reader.text();
		else if (field === 7) {
			if (graph !== void 0) throw new InputError("it holds more than one graph");
			graph = readGraph(reader.content(), gathering);
		} else if (field === 8) operatorSets.push(readOperatorSet(reader.content(), gathering));
		else if (field === 14) {
			gathering.keep();
			metadata.set(...readEntry(reader.content()));
		} else if (field === 25) functions.push(readFunction(reader.content(), gathering));
	}
	if (graph === void 0) throw new InputError("it holds no graph");
	return {
		irVersion,
		producerName,
		producerVersion,
		operatorSets,
		graph,
		functions,
		metadata,
		externalLocations: [...gathering.external],
		bytes
	};
}
function readFunction(bytes, gathering) {
	gathering.keep();
	const reader = new MessageReader(bytes, "function");
	const nodes = [];
	let name = "";
	let domain = "";
	while (reader.next()) if (reader.field === 1) name = reader.text();
	else if (reader.field === 7) nodes.push(readNode(reader.content(), {
		position: nodes.length,
		gathering,
		depth: 0
	}));
	else if (reader.field === 10) domain = reader.text();
	return {
		name,
		domain,
		nodes
	};
}
function readOperatorSet(bytes, gathering) {
	gathering.keep();
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

// src/core/onnx/walk-model.ts
const STANDARD_DOMAIN = "ai.onnx";
const LEARNING_DOMAIN = "ai.onnx.ml";
function standardDomain(domain) {
	return domain === "" ? STANDARD_DOMAIN : domain;
}
function* eachNode(model) {
	yield* nodesOf(model.graph.nodes);
	for (const own of model.functions) yield* nodesOf(own.nodes);
}
function* eachGraph(model) {
	yield model.graph;
	for (const node of eachNode(model)) for (const { graphs } of node.attributes) yield* graphs;
}
function* eachTensor(model) {
	for (const graph of eachGraph(model)) {
		yield* graph.initializers;
		yield* graph.sparseInitializers;
	}
	for (const node of eachNode(model)) for (const { tensors } of node.attributes) yield* tensors;
}
function* nodesOf(nodes) {
	for (const node of nodes) {
		yield node;
		for (const { graphs } of node.attributes) for (const graph of graphs) yield* nodesOf(graph.nodes);
	}
}

// src/core/onnx/count-operators.ts
function countOperators(model) {
	const own = new Set(model.functions.map(({ domain, name }) => keyOf(domain, name)));
	const counts = /* @__PURE__ */ new Map();
	for (const { domain, opType } of eachNode(model)) {
		const key = keyOf(domain, opType);
		const known = counts.get(key);
		if (known === void 0) counts.set(key, {
			domain: standardDomain(domain),
			name: opType,
			count: 1
		});
		else known.count += 1;
	}
	return [...counts].sort(([left], [right]) => left < right ? -1 : 1).map(([key, operator]) => ({
		...operator,
		...own.has(key) ? { own: true } : {}
	}));
}
function keyOf(domain, name) {
	return `${standardDomain(domain)}\n${name}`;
}

// src/core/onnx/count-parameters.ts
const FLOATING = [
	"float",
	"double",
	"float16",
	"bfloat16"
];
const NO_PARAMETERS = ["nodes_hitrates", "nodes_hitrates_as_tensor"];
const CONSTANT_NUMBERS = [
	"value_float",
	"value_int",
	"value_floats",
	"value_ints"
];
function countParameters(model) {
	let total = 0;
	for (const graph of eachGraph(model)) {
		for (const tensor of graph.initializers) total += countElements(tensor);
		for (const tensor of graph.sparseInitializers) total += countElements(tensor);
	}
	for (const node of eachNode(model)) total += countOfNode(node);
	return Math.min(total, Number.MAX_SAFE_INTEGER);
}
function countOfNode({ domain, opType, attributes }) {
	if (domain === "ai.onnx.ml") return sum(attributes.filter(isWeight).map(countLearned));
	if (opType !== "Constant" || standardDomain(domain) !== "ai.onnx") return 0;
	return sum(attributes.map(countConstant));
}
function isWeight({ name }) {
	return !NO_PARAMETERS.includes(name);
}
function countLearned(attribute) {
	return sum(attribute.tensors.filter(({ elementType }) => FLOATING.includes(elementType)).map(countElements)) + countNumbers(attribute, {
		floats: true,
		integers: false
	});
}
function countConstant(attribute) {
	if (!CONSTANT_NUMBERS.includes(attribute.name)) return sum(attribute.tensors.map(countElements));
	return (attribute.type === 1 || attribute.type === 2 ? 1 : 0) + countNumbers(attribute, {
		floats: true,
		integers: true
	});
}
function countNumbers({ name, bytes }, { floats, integers }) {
	const reader = new MessageReader(bytes, `attribute ${name}`);
	let count = 0;
	while (reader.next()) if (floats && reader.field === 7) count += reader.countFloats();
	else if (integers && reader.field === 8) count += reader.countIntegers();
	return count;
}
function countElements({ elementType, dimensions }) {
	if (elementType === "string") return 0;
	const count = dimensions.reduce((product, size) => product * Math.max(0, size), 1);
	return Math.min(count, Number.MAX_SAFE_INTEGER);
}
function sum(numbers) {
	return numbers.reduce((total, number) => total + number, 0);
}

// src/core/onnx/model-contract.ts
const FIRST_VERSION_WITH_OPTIONAL_INPUTS = 4;
function buildContract(model, { bytes, classes }) {
	return {
		inputs: contractInputs(model),
		outputs: model.graph.outputs.map(contractValue),
		...classes === void 0 ? {} : { classes },
		operatorSets: contractOperatorSets(model),
		irVersion: model.irVersion,
		producer: {
			name: model.producerName,
			version: model.producerVersion
		},
		operators: countOperators(model),
		parameterCount: countParameters(model),
		bytes,
		externalData: contractExternalData(model),
		metadata: Object.fromEntries(model.metadata)
	};
}
function describeType(type) {
	switch (type.kind) {
		case "tensor": return type.elementType;
		case "sequence": return `sequence of ${describeType(type.element)}`;
		case "map": return `map of ${type.keyType} to ${describeType(type.value)}`;
		case "other": return type.words ?? "no type";
	}
}
function describeShape(shape) {
	return shape === null ? "[…]" : `[${shape.map((size) => size ?? "?").join(", ")}]`;
}
function contractInputs(model) {
	const required = new Set(requiredInputs(model.graph));
	return model.graph.inputs.flatMap((input) => {
		const isRequired = required.has(input);
		if (!isRequired && model.irVersion < FIRST_VERSION_WITH_OPTIONAL_INPUTS) return [];
		return [{
			...contractValue(input),
			required: isRequired
		}];
	});
}
function contractValue({ name, type }) {
	return {
		name,
		type: describeType(type),
		shape: type.kind === "tensor" ? type.shape ?? null : null
	};
}
function contractOperatorSets(model) {
	return [...new Map(model.operatorSets.map(({ domain, version }) => [standardDomain(domain), version]))].sort(([left], [right]) => left < right ? -1 : 1).map(([domain, version]) => ({
		domain,
		version
	}));
}
function contractExternalData(model) {
	const files = /* @__PURE__ */ new Map();
	for (const { externalLocation, externalRange } of eachTensor(model)) {
		if (externalLocation === void 0) continue;
		const file = files.get(externalLocation) ?? {
			tensors: 0,
			end: void 0
		};
		const { offset = 0, length } = externalRange ?? {};
		const end = length === void 0 ? file.end : Math.max(file.end ?? 0, offset + length);
		files.set(externalLocation, {
			tensors: file.tensors + 1,
			end
		});
	}
	return [...files].map(([location, { tensors, end }]) => ({
		location,
		tensors,
		...end === void 0 ? {} : { bytesNeeded: end }
	}));
}

// src/core/onnx/name-text.ts
const MOST_NAMES = 8;
function nameText(name, longest = 80) {
	const short = name.length > longest ? `${name.slice(0, longest)}…` : name;
	return /^[\w.,:/+?[\] -]+…?$/.test(short) && short.trim() === short && short !== "" ? short : JSON.stringify(short.toWellFormed());
}
function listNames(names) {
	const shown = names.slice(0, MOST_NAMES).map((name) => nameText(name, 60));
	const more = names.length - shown.length;
	if (more > 0) return `${shown.join(", ")} and ${more} more`;
	return shown.join(", ");
}

// src/core/onnx/class-changes.ts
function classChanges(before, after) {
	if (before === void 0 || after === void 0) {
		if (before === after) return [];
		return after === void 0 ? [[`classes are not named any more (they were ${listNames(before ?? [])})`, false]] : [[`classes are named now: ${listNames(after)}`, false]];
	}
	const [old, now] = [new Set(before), new Set(after)];
	const gone = before.filter((name) => !now.has(name));
	const come = after.filter((name) => !old.has(name));
	const [oldOrder, newOrder] = [before.filter((name) => now.has(name)), after.filter((name) => old.has(name))];
	const isReordered = oldOrder.length !== newOrder.length || oldOrder.some((name, i) => name !== newOrder[i]);
	return [
		...gone.length === 0 ? [] : [[`classes removed: ${listNames(gone)}`, true]],
		...come.length === 0 ? [] : [[`classes added: ${listNames(come)}`, true]],
		...isReordered ? [[`classes reordered: from ${listNames(before)} to ${listNames(after)}`, true]] : []
	];
}

// src/core/onnx/contract-changes.ts
function diffContracts(before, after) {
	const ofKind = (kind, changes) => changes.map(([change, breaking]) => ({
		kind,
		change,
		breaking
	}));
	return [
		...ofKind("input", inputChanges(before.inputs, after.inputs)),
		...ofKind("output", outputChanges(before.outputs, after.outputs)),
		...ofKind("classes", classChanges(before.classes, after.classes)),
		...ofKind("operator-set", operatorSetChanges(before, after)),
		...ofKind("ir-version", valueChange("IR version", before.irVersion, after.irVersion)),
		...ofKind("producer", valueChange("producer", producerText(before), producerText(after))),
		...ofKind("operators", operatorChanges(before.operators, after.operators)),
		...ofKind("external-data", externalChanges(before, after)),
		...ofKind("parameters", valueChange("parameters", before.parameterCount, after.parameterCount)),
		...ofKind("size", valueChange("size in bytes", before.bytes, after.bytes))
	];
}
function inputChanges(before, after) {
	const { gone, kept, come } = match(before, after);
	return [
		...gone.map((input) => [`input ${nameText(input.name)} removed`, true]),
		...come.map((input) => {
			return [`${input.required ? "" : "optional "}input ${nameText(input.name)} added (${valueText(input)})`, input.required];
		}),
		...kept.flatMap(([old, input]) => {
			const name = `input ${nameText(input.name)}`;
			return [...valueChanges(name, {
				old,
				value: input,
				judge: judgeInputShape
			}), ...old.required === input.required ? [] : [[`${name} became ${input.required ? "required" : "optional"}`, input.required]]];
		})
	];
}
function outputChanges(before, after) {
	const { gone, kept, come } = match(before, after);
	return [
		...gone.map((output) => [`output ${nameText(output.name)} removed`, true]),
		...come.map((output) => [`output ${nameText(output.name)} added (${valueText(output)})`, false]),
		...kept.flatMap(([old, output]) => valueChanges(`output ${nameText(output.name)}`, {
			old,
			value: output,
			judge: judgeOutputShape
		}))
	];
}
function match(before, after) {
	const [old, now] = [byName(before), byName(after)];
	return {
		gone: [...old.values()].filter(({ name }) => !now.has(name)),
		come: [...now.values()].filter(({ name }) => !old.has(name)),
		kept: [...now.values()].flatMap((value) => {
			const known = old.get(value.name);
			return known === void 0 ? [] : [[known, value]];
		})
	};
}
function byName(values) {
	const map = /* @__PURE__ */ new Map();
	for (const value of values) if (!map.has(value.name)) map.set(value.name, value);
	return map;
}
function valueChanges(name, values) {
	const { old, value, judge } = values;
	if (old.type !== value.type) return [[`${name} changed from ${valueText(old)} to ${valueText(value)}`, true]];
	const verdict = judge(old.shape, value.shape);
	if (verdict === "same") return [];
	return [[`${name} changed its shape from ${`${shapeText(old)} to ${shapeText(value)}`}`, verdict === "breaking"]];
}
function judgeInputShape(before, after) {
	if (before === null || after === null) return before === after ? "same" : after === null ? "compatible" : "breaking";
	if (before.length !== after.length) return "breaking";
	return worst(after.map((size, index) => {
		const old = fixedSize(before[index]);
		const now = fixedSize(size);
		if (old === now) return "same";
		return now === void 0 ? "compatible" : "breaking";
	}));
}
function judgeOutputShape(before, after) {
	if (before === null || after === null) return before === after ? "same" : "compatible";
	if (before.length !== after.length) return "breaking";
	return worst(after.map((size, index) => {
		const [old, now] = [fixedSize(before[index]), fixedSize(size)];
		if (old === now) return "same";
		if (index === 0 && (old ?? 1) === 1 && (now ?? 1) === 1) return "same";
		return old === void 0 || now === void 0 ? "compatible" : "breaking";
	}));
}
function fixedSize(size) {
	return typeof size === "number" ? size : void 0;
}
function worst(verdicts) {
	if (verdicts.includes("breaking")) return "breaking";
	return verdicts.includes("compatible") ? "compatible" : "same";
}
function operatorSetChanges(before, after) {
	const versions = (contract) => new Map(contract.operatorSets.map(({ domain, version }) => [domain, version]));
	const [old, now] = [versions(before), versions(after)];
	return [.../* @__PURE__ */ new Set([...old.keys(), ...now.keys()])].sort().flatMap((domain) => {
		const name = `operator set ${nameText(domain)}`;
		const [was, is] = [old.get(domain), now.get(domain)];
		if (was === is) return [];
		if (was === void 0) return [[`${name} ${is} added`, false]];
		if (is === void 0) return [[`${name} ${was} removed`, false]];
		return [[`${name} changed from ${was} to ${is}`, false]];
	});
}
function operatorChanges(before, after) {
	const names = (operators, others) => {
		const known = new Set(others.map(({ domain, name }) => `${domain}\n${name}`));
		return operators.filter(({ domain, name }) => !known.has(`${domain}\n${name}`)).map(({ name }) => name);
	};
	const [come, gone] = [names(after, before), names(before, after)];
	return [...come.length === 0 ? [] : [[`operators added: ${listNames(come)}`, false]], ...gone.length === 0 ? [] : [[`operators removed: ${listNames(gone)}`, false]]];
}
function externalChanges(before, after) {
	const text = ({ externalData }) => externalData.length === 0 ? "the model file" : listNames(externalData.map(({ location }) => location));
	const [old, now] = [text(before), text(after)];
	return old === now ? [] : [[`weights moved from ${old} to ${now}`, false]];
}
function valueChange(what, before, after) {
	return before === after ? [] : [[`${what} changed from ${before} to ${after}`, false]];
}
function producerText({ producer }) {
	return [producer.name, producer.version].filter((part) => part !== "").map((part) => nameText(part)).join(" ") || "nobody";
}
function valueText(value) {
	return value.shape === null && /^(sequence|map) /.test(value.type) ? value.type : `${value.type} ${shapeText(value)}`;
}
function shapeText({ shape }) {
	const text = describeShape(shape);
	return shape === null ? text : nameText(text, 120);
}

export { LEARNING_DOMAIN, METADATA_KEYS, MessageReader, attributeIntegers, attributeTexts, attributeValue, buildContract, describeModelBytes, describeShape, diffContracts, eachGraph, eachNode, exportEnsemble, findZipMaps, listNames, nameText, namingModel, originOf, readModel, readersOf, refuseExternalFiles, replaceZipMaps, requiredInputs, tensorTexts, walkGraph };