import { array, maxLength, minLength, object, picklist, pipe, safeParse, string } from "./vendor-valibot.js";
import { InputError } from "./core.js";
import { count } from "./core-documents.js";

// src/core/leakage/bit-stream.ts
const FIRST_BYTES = 1024;
var BitWriter = class {
	#bytes = new Uint8Array(FIRST_BYTES);
	#position = 0;
	writeUnary(count) {
		for (let left = count; left > 0; left -= 32) {
			const ones = Math.min(left, 32);
			this.writeBits(2 ** ones - 1, ones);
		}
		this.writeBits(0, 1);
	}
	writeBits(value, bits) {
		this.#reserve(bits);
		let left = bits;
		while (left > 0) {
			const free = 8 - (this.#position & 7);
			const taken = Math.min(free, left);
			const part = value >>> left - taken & 2 ** taken - 1;
			const index = this.#position >>> 3;
			this.#bytes[index] = this.#bytes[index] | part << free - taken;
			this.#position += taken;
			left -= taken;
		}
	}
	toBytes() {
		return this.#bytes.slice(0, Math.ceil(this.#position / 8));
	}
	#reserve(bits) {
		const needed = Math.ceil((this.#position + bits) / 8);
		if (needed <= this.#bytes.length) return;
		const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
		larger.set(this.#bytes);
		this.#bytes = larger;
	}
};
var BitReader = class {
	#bytes;
	#end;
	#position = 0;
	constructor(bytes) {
		this.#bytes = bytes;
		this.#end = bytes.length * 8;
	}
	readUnary(most) {
		for (let count = 0; count <= most; count++) {
			const bit = this.readBits(1);
			if (bit === void 0) return void 0;
			if (bit === 0) return count;
		}
	}
	readBits(bits) {
		if (this.#position + bits > this.#end) return void 0;
		let value = 0;
		let left = bits;
		while (left > 0) {
			const free = 8 - (this.#position & 7);
			const taken = Math.min(free, left);
			const byte = this.#bytes[this.#position >>> 3];
			value = value * 2 ** taken + (byte >>> free - taken & 2 ** taken - 1);
			this.#position += taken;
			left -= taken;
		}
		return value;
	}
	isAtEnd() {
		const left = this.#end - this.#position;
		return left < 8 && this.readBits(left) === 0;
	}
};

// src/core/leakage/coded-set.ts
const HASH_BITS = 52;
const LEAST_REMAINDER_BITS = 8;
const MOST_REMAINDER_BITS = 32;
function encodeSet(hashes, remainderBits) {
	const distinct = sortedDistinct(hashes.filter((hash) => !Number.isNaN(hash)));
	const quotientBits = Math.ceil(Math.log2(Math.max(distinct.length, 1)));
	const rangeBits = Math.min(quotientBits + remainderBits, 52);
	const kept = rangeBits - quotientBits;
	const values = sortedDistinct(cutAll(distinct, rangeBits));
	const writer = new BitWriter();
	const divisor = 2 ** kept;
	let next = 0;
	for (const value of values) {
		const gap = value - next;
		const quotient = Math.floor(gap / divisor);
		writer.writeUnary(quotient);
		writer.writeBits(gap - quotient * divisor, kept);
		next = value + 1;
	}
	return {
		count: values.length,
		rangeBits,
		remainderBits: kept,
		bytes: writer.toBytes()
	};
}
function falsePositiveRate({ count, rangeBits }) {
	return count / 2 ** rangeBits;
}
function findMembers(set, hashes, name) {
	const values = cutAll(hashes, set.rangeBits);
	const asked = sortedDistinct(values.filter((value) => !Number.isNaN(value)));
	const isFound = new Uint8Array(asked.length);
	let position = 0;
	walkSet(set, name, (value) => {
		while (position < asked.length && asked[position] < value) position++;
		if (asked[position] === value) isFound[position] = 1;
	});
	return Uint8Array.from(values, (value) => Number.isNaN(value) ? 0 : isFound[indexOf(asked, value)]);
}
function checkSet(set, name) {
	const { count, rangeBits, remainderBits, bytes } = set;
	if (!(remainderBits >= LEAST_REMAINDER_BITS && remainderBits <= MOST_REMAINDER_BITS && rangeBits >= remainderBits && rangeBits <= 52 && count <= bytes.length * 8 / (remainderBits + 1))) throw broken(name);
	walkSet(set, name, () => void 0);
}
function walkSet({ count, rangeBits, remainderBits, bytes }, name, visit) {
	const reader = new BitReader(bytes);
	const most = 2 ** (rangeBits - remainderBits);
	const divisor = 2 ** remainderBits;
	const end = 2 ** rangeBits;
	let next = 0;
	for (let index = 0; index < count; index++) {
		const quotient = reader.readUnary(most);
		const remainder = quotient === void 0 ? void 0 : reader.readBits(remainderBits);
		if (quotient === void 0 || remainder === void 0) throw broken(name);
		const value = next + quotient * divisor + remainder;
		if (value >= end) throw broken(name);
		visit(value);
		next = value + 1;
	}
	if (!reader.isAtEnd()) throw broken(name);
}
function broken(name) {
	return new InputError(`${name} is damaged: its hashes are not what its header says; train again`);
}
function cutAll(hashes, rangeBits) {
	const divisor = 2 ** (52 - rangeBits);
	return hashes.map((hash) => Math.floor(hash / divisor));
}
function sortedDistinct(values) {
	const sorted = values.slice().sort();
	let length = 0;
	for (const value of sorted) if (length === 0 || sorted[length - 1] !== value) sorted[length++] = value;
	return sorted.slice(0, length);
}
function indexOf(sorted, value) {
	let [low, high] = [0, sorted.length - 1];
	while (low < high) {
		const middle = low + high >>> 1;
		if (sorted[middle] < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

// src/core/leakage/fingerprint.ts
const MOST_FINGERPRINT_BYTES = 134217728;
const REMAINDER_BITS = {
	values: 20,
	id: 32
};
const MAGIC = "CTFP";
const VERSION = 1;
const PREFIX_BYTES = 9;
const columnSchema = object({
	name: string(),
	type: picklist([
		"integer",
		"number",
		"boolean",
		"string",
		"date",
		"timestamp",
		"other"
	])
});
const headerSchema = object({
	rows: count,
	sets: pipe(array(object({
		by: picklist(["id", "values"]),
		columns: pipe(array(columnSchema), minLength(1)),
		rows: count,
		single: count,
		count,
		rangeBits: count,
		remainderBits: count,
		bytes: count
	})), minLength(1), maxLength(2))
});
function encodeFingerprint(rows, hashed) {
	const sets = hashed.map(({ by, columns, hashes }) => ({
		by,
		columns: columns.map(({ name, type }) => ({
			name,
			type
		})),
		...countRepeats(hashes),
		...encodeSet(hashes, REMAINDER_BITS[by])
	}));
	const header = {
		rows,
		sets: sets.map(({ bytes, ...set }) => ({
			...set,
			bytes: bytes.length
		}))
	};
	const text = new TextEncoder().encode(JSON.stringify(header));
	const prefix = new Uint8Array(PREFIX_BYTES);
	prefix.set(new TextEncoder().encode(MAGIC));
	prefix[4] = VERSION;
	new DataView(prefix.buffer).setUint32(5, text.length);
	return join([
		prefix,
		text,
		...sets.map(({ bytes }) => bytes)
	]);
}
function decodeFingerprint(bytes, name) {
	const { header, body } = readHeader(bytes, name);
	let start = 0;
	const sets = header.sets.map((set) => {
		const part = body.subarray(start, start + set.bytes);
		if (part.length !== set.bytes) throw refusal(name, "it is cut off");
		start += set.bytes;
		if (set.single > set.rows || set.rows > header.rows || set.count > set.rows) throw refusal(name, "its header counts more hashes than rows");
		const read = {
			...set,
			bytes: part
		};
		checkSet(read, name);
		return read;
	});
	if (start !== body.length) throw refusal(name, "bytes follow where it should end");
	if (new Set(sets.map(({ by }) => by)).size !== sets.length) throw refusal(name, "it holds two sets of one kind");
	return {
		rows: header.rows,
		sets
	};
}
function readHeader(bytes, name) {
	const magic = new TextDecoder().decode(bytes.subarray(0, 4));
	if (bytes.length < PREFIX_BYTES || magic !== MAGIC) throw refusal(name, `it does not begin with ${MAGIC}`);
	const version = bytes[4];
	if (version !== VERSION) throw new InputError(`${name} has the version ${version}, and this version of Contender reads ${VERSION}; take a newer one`);
	const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(5);
	const text = bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + length);
	if (text.length !== length) throw refusal(name, "it is cut off");
	const header = safeParse(headerSchema, parseJson(text));
	if (!header.success) throw refusal(name, "its header cannot be read");
	return {
		header: header.output,
		body: bytes.subarray(PREFIX_BYTES + length)
	};
}
function parseJson(bytes) {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch {
		return;
	}
}
function refusal(name, why) {
	return new InputError(`${name} is no whole fingerprint of training rows: ${why}; train again`);
}
function countRepeats(hashes) {
	const sorted = hashes.filter((hash) => !Number.isNaN(hash)).sort();
	let single = 0;
	for (let index = 0; index < sorted.length; index++) {
		const hash = sorted[index];
		if (sorted[index - 1] !== hash && sorted[index + 1] !== hash) single++;
	}
	return {
		rows: sorted.length,
		single
	};
}
function join(parts) {
	const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
	let start = 0;
	for (const part of parts) {
		whole.set(part, start);
		start += part.length;
	}
	return whole;
}

// src/core/leakage/identity-columns.ts
function chooseIdentity({ data }, columns) {
	const { id, target, weight, exclude } = data;
	const left = /* @__PURE__ */ new Set([
		id,
		target,
		weight,
		...exclude
	]);
	return [{
		by: "id",
		columns: columns.filter(({ name }) => name === id)
	}, {
		by: "values",
		columns: columns.filter(({ name }) => !left.has(name))
	}].filter((identity) => identity.columns.length > 0);
}
function findObstacle({ columns }, present) {
	for (const { name, type } of columns) {
		const own = present.find((column) => column.name === name);
		const shown = JSON.stringify(name.slice(0, 100));
		if (own === void 0) return `the holdout has no column ${shown}, which the training data have`;
		if (FAMILY[own.type] !== FAMILY[type]) return `the column ${shown} is ${FAMILY[own.type]} in the holdout and ${FAMILY[type]} in the training data`;
	}
}
const FAMILY = {
	integer: "a number",
	number: "a number",
	boolean: "true or false",
	string: "text",
	date: "a time",
	timestamp: "a time",
	other: "of another type"
};

// src/core/leakage/overlap.ts
const LEAST_SHARE = .01;
const DEVIATIONS = 3;
function countOverlap(inputs, name) {
	const total = inputs[0]?.hashes.length ?? 0;
	const isKnown = new Uint8Array(total);
	return inputs.map(({ set, hashes }) => {
		const found = findMembers(set, hashes, name);
		const asked = isKnown.reduce((left, known) => left - known, total);
		let rows = 0;
		for (let row = 0; row < total; row++) {
			if (isKnown[row] === 1 || found[row] !== 1) continue;
			isKnown[row] = 1;
			rows++;
		}
		const rate = expectedRate(set, hashes);
		return {
			by: set.by,
			...judgeOverlap({
				rows,
				asked,
				rate,
				trainingRows: set.rows,
				least: set.by === "id" ? 0 : LEAST_SHARE * total
			})
		};
	});
}
function judgeOverlap(found) {
	const { rows, asked, rate, trainingRows, least } = found;
	const expected = asked * rate;
	const deviation = Math.sqrt(asked * rate * (1 - rate) * (1 + asked / Math.max(trainingRows, 1)));
	const excess = rows - expected;
	return {
		rows,
		expected,
		suspicious: rows > 0 && excess >= least && excess > DEVIATIONS * deviation
	};
}
function expectedRate(set, hashes) {
	const repeated = set.by === "id" && hasNoRepeat(hashes) || set.rows === 0 ? 0 : 1 - set.single / set.rows;
	return 1 - (1 - Math.min(falsePositiveRate(set), 1)) * (1 - repeated);
}
function hasNoRepeat(hashes) {
	const present = hashes.filter((hash) => !Number.isNaN(hash));
	return new Set(present).size === present.length;
}
function countSeen(checks) {
	return checks.reduce((total, { rows, suspicious }, index) => total + (index === 0 || suspicious ? rows : 0), 0);
}

export { LEAST_SHARE, MOST_FINGERPRINT_BYTES, chooseIdentity, countOverlap, countSeen, decodeFingerprint, encodeFingerprint, findObstacle, judgeOverlap };