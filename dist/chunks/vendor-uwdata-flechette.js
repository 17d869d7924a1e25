import { __commonJSMin } from "./rolldown-runtime.js";

// node_modules/@uwdata/flechette/dist/flechette.cjs
var require_flechette = /* @__PURE__ */ __commonJSMin(((exports) => {
	const MAGIC = Uint8Array.of(65, 82, 82, 79, 87, 49);
	const EOS = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);
	const Version = {
		V1: 0,
		V2: 1,
		V3: 2,
		V4: 3,
		V5: 4
	};
	const Endianness = {
		Little: 0,
		Big: 1
	};
	const MessageHeader = {
		NONE: 0,
		Schema: 1,
		DictionaryBatch: 2,
		RecordBatch: 3,
		Tensor: 4,
		SparseTensor: 5
	};
	const Type = {
		Dictionary: -1,
		NONE: 0,
		Null: 1,
		Int: 2,
		Float: 3,
		Binary: 4,
		Utf8: 5,
		Bool: 6,
		Decimal: 7,
		Date: 8,
		Time: 9,
		Timestamp: 10,
		Interval: 11,
		List: 12,
		Struct: 13,
		Union: 14,
		FixedSizeBinary: 15,
		FixedSizeList: 16,
		Map: 17,
		Duration: 18,
		LargeBinary: 19,
		LargeUtf8: 20,
		LargeList: 21,
		RunEndEncoded: 22,
		BinaryView: 23,
		Utf8View: 24,
		ListView: 25,
		LargeListView: 26
	};
	const Precision = {
		HALF: 0,
		SINGLE: 1,
		DOUBLE: 2
	};
	const DateUnit = {
		DAY: 0,
		MILLISECOND: 1
	};
	const TimeUnit = {
		SECOND: 0,
		MILLISECOND: 1,
		MICROSECOND: 2,
		NANOSECOND: 3
	};
	const IntervalUnit = {
		YEAR_MONTH: 0,
		DAY_TIME: 1,
		MONTH_DAY_NANO: 2
	};
	const UnionMode = {
		Sparse: 0,
		Dense: 1
	};
	const CompressionType = {
		LZ4_FRAME: 0,
		ZSTD: 1
	};
	const BodyCompressionMethod = { BUFFER: 0 };
	const uint8Array = Uint8Array;
	const uint16Array = Uint16Array;
	const uint32Array = Uint32Array;
	const uint64Array = BigUint64Array;
	const int8Array = Int8Array;
	const int16Array = Int16Array;
	const int32Array = Int32Array;
	const int64Array = BigInt64Array;
	const float32Array = Float32Array;
	const float64Array = Float64Array;
	function objectToString(value) {
		return Object.prototype.toString.call(value);
	}
	function isArrayBufferLike(data) {
		return objectToString(data) === "[object ArrayBuffer]" || objectToString(data) === "[object SharedArrayBuffer]";
	}
	function isUint8Array(value) {
		return objectToString(value) === "[object Uint8Array]";
	}
	function intArrayType(bitWidth, signed) {
		const i = Math.log2(bitWidth) - 3;
		return (signed ? [
			int8Array,
			int16Array,
			int32Array,
			int64Array
		] : [
			uint8Array,
			uint16Array,
			uint32Array,
			uint64Array
		])[i];
	}
	function isTypedArray(value) {
		return ArrayBuffer.isView(value) && objectToString(value) !== "[object DataView]";
	}
	function isArray(value) {
		return Array.isArray(value) || isTypedArray(value);
	}
	function isInt64ArrayType(value) {
		return value === int64Array || value === uint64Array;
	}
	function bisect(offsets, index) {
		let a = 0;
		let b = offsets.length;
		if (b <= 2147483648) do {
			const mid = a + b >>> 1;
			if (offsets[mid] <= index) a = mid + 1;
			else b = mid;
		} while (a < b);
		else do {
			const mid = Math.trunc((a + b) / 2);
			if (offsets[mid] <= index) a = mid + 1;
			else b = mid;
		} while (a < b);
		return a;
	}
	function align64(length, bpe = 1) {
		return (length * bpe + 7 & -8) / bpe;
	}
	function align(array, length = array.length) {
		const alignedLength = align64(length, array.BYTES_PER_ELEMENT);
		return array.length > alignedLength ? array.subarray(0, alignedLength) : array.length < alignedLength ? resize(array, alignedLength) : array;
	}
	function resize(array, newLength, offset = 0) {
		const newArray = new array.constructor(newLength);
		newArray.set(array, offset);
		return newArray;
	}
	function grow(array, index, shift) {
		while (array.length <= index) array = resize(array, array.length << 1, shift ? array.length : 0);
		return array;
	}
	function isDate(value) {
		return value instanceof Date;
	}
	function isIterable(value) {
		return typeof value[Symbol.iterator] === "function";
	}
	function check(value, test, message) {
		if (test(value)) return value;
		throw new Error(message(value));
	}
	function checkOneOf(value, set, message) {
		set = Array.isArray(set) ? set : Object.values(set);
		return check(value, (value) => set.includes(value), message ?? (() => `${value} must be one of ${set}`));
	}
	function keyFor(object, value) {
		for (const [key, val] of Object.entries(object)) if (val === value) return key;
		return "<Unknown>";
	}
	const invalidDataType = (typeId) => `Unsupported data type: "${keyFor(Type, typeId)}" (id ${typeId})`;
	const field = (name, type, nullable = true, metadata = null) => ({
		name,
		type,
		nullable,
		metadata
	});
	function isField(value) {
		return Object.hasOwn(value, "name") && isDataType(value.type);
	}
	function isDataType(value) {
		return typeof value?.typeId === "number";
	}
	function asField(value, defaultName = "", defaultNullable = true) {
		return isField(value) ? value : field(defaultName, check(value, isDataType, () => `Data type expected.`), defaultNullable);
	}
	const basicType = (typeId) => ({ typeId });
	const dictionary = (type, indexType, ordered = false, id = -1) => ({
		typeId: Type.Dictionary,
		id,
		dictionary: type,
		indices: indexType || int32(),
		ordered
	});
	const nullType = () => basicType(Type.Null);
	const int = (bitWidth = 32, signed = true) => ({
		typeId: Type.Int,
		bitWidth: checkOneOf(bitWidth, [
			8,
			16,
			32,
			64
		]),
		signed,
		values: intArrayType(bitWidth, signed)
	});
	const int8 = () => int(8);
	const int16 = () => int(16);
	const int32 = () => int(32);
	const int64 = () => int(64);
	const uint8 = () => int(8, false);
	const uint16 = () => int(16, false);
	const uint32 = () => int(32, false);
	const uint64 = () => int(64, false);
	const float = (precision = 2) => ({
		typeId: Type.Float,
		precision: checkOneOf(precision, Precision),
		values: [
			uint16Array,
			float32Array,
			float64Array
		][precision]
	});
	const float16 = () => float(Precision.HALF);
	const float32 = () => float(Precision.SINGLE);
	const float64 = () => float(Precision.DOUBLE);
	const binary = () => ({
		typeId: Type.Binary,
		offsets: int32Array
	});
	const utf8 = () => ({
		typeId: Type.Utf8,
		offsets: int32Array
	});
	const bool = () => basicType(Type.Bool);
	const decimal = (precision, scale, bitWidth = 128) => ({
		typeId: Type.Decimal,
		precision,
		scale,
		bitWidth: checkOneOf(bitWidth, [
			32,
			64,
			128,
			256
		]),
		values: bitWidth === 32 ? int32Array : uint64Array
	});
	const decimal32 = (precision, scale) => decimal(precision, scale, 32);
	const decimal64 = (precision, scale) => decimal(precision, scale, 64);
	const decimal128 = (precision, scale) => decimal(precision, scale, 128);
	const decimal256 = (precision, scale) => decimal(precision, scale, 256);
	const date = (unit) => ({
		typeId: Type.Date,
		unit: checkOneOf(unit, DateUnit),
		values: unit === DateUnit.DAY ? int32Array : int64Array
	});
	const dateDay = () => date(DateUnit.DAY);
	const dateMillisecond = () => date(DateUnit.MILLISECOND);
	const time = (unit = TimeUnit.MILLISECOND) => {
		unit = checkOneOf(unit, TimeUnit);
		const bitWidth = unit === TimeUnit.SECOND || unit === TimeUnit.MILLISECOND ? 32 : 64;
		return {
			typeId: Type.Time,
			unit,
			bitWidth,
			values: bitWidth === 32 ? int32Array : int64Array
		};
	};
	const timeSecond = () => time(TimeUnit.SECOND);
	const timeMillisecond = () => time(TimeUnit.MILLISECOND);
	const timeMicrosecond = () => time(TimeUnit.MICROSECOND);
	const timeNanosecond = () => time(TimeUnit.NANOSECOND);
	const timestamp = (unit = TimeUnit.MILLISECOND, timezone = null) => ({
		typeId: Type.Timestamp,
		unit: checkOneOf(unit, TimeUnit),
		timezone,
		values: int64Array
	});
	const interval = (unit = IntervalUnit.MONTH_DAY_NANO) => ({
		typeId: Type.Interval,
		unit: checkOneOf(unit, IntervalUnit),
		values: unit === IntervalUnit.MONTH_DAY_NANO ? void 0 : int32Array
	});
	const list = (child) => ({
		typeId: Type.List,
		children: [asField(child)],
		offsets: int32Array
	});
	const struct = (children) => ({
		typeId: Type.Struct,
		children: Array.isArray(children) && children.length > 0 && isField(children[0]) ? children : Object.entries(children).map(([name, type]) => field(name, type))
	});
	const union = (mode, children, typeIds, typeIdForValue) => {
		typeIds ??= children.map((v, i) => i);
		return {
			typeId: Type.Union,
			mode: checkOneOf(mode, UnionMode),
			typeIds,
			typeMap: typeIds.reduce((m, id, i) => (m[id] = i, m), {}),
			children: children.map((v, i) => asField(v, `_${i}`)),
			typeIdForValue,
			offsets: int32Array
		};
	};
	const fixedSizeBinary = (stride) => ({
		typeId: Type.FixedSizeBinary,
		stride
	});
	const fixedSizeList = (child, stride) => ({
		typeId: Type.FixedSizeList,
		stride,
		children: [asField(child)]
	});
	const mapType = (keysSorted, child) => ({
		typeId: Type.Map,
		keysSorted,
		children: [child],
		offsets: int32Array
	});
	const map = (keyField, valueField, keysSorted = false) => mapType(keysSorted, field("entries", struct([asField(keyField, "key", false), asField(valueField, "value")]), false));
	const duration = (unit = TimeUnit.MILLISECOND) => ({
		typeId: Type.Duration,
		unit: checkOneOf(unit, TimeUnit),
		values: int64Array
	});
	const largeBinary = () => ({
		typeId: Type.LargeBinary,
		offsets: int64Array
	});
	const largeUtf8 = () => ({
		typeId: Type.LargeUtf8,
		offsets: int64Array
	});
	const largeList = (child) => ({
		typeId: Type.LargeList,
		children: [asField(child)],
		offsets: int64Array
	});
	const runEndEncoded = (runsField, valuesField) => ({
		typeId: Type.RunEndEncoded,
		children: [check(asField(runsField, "run_ends"), (field) => field.type.typeId === Type.Int, () => "Run-ends must have an integer type."), asField(valuesField, "values")]
	});
	const binaryView = () => basicType(Type.BinaryView);
	const utf8View = () => basicType(Type.Utf8View);
	const listView = (child) => ({
		typeId: Type.ListView,
		children: [asField(child, "value")],
		offsets: int32Array
	});
	const largeListView = (child) => ({
		typeId: Type.LargeListView,
		children: [asField(child, "value")],
		offsets: int64Array
	});
	const f64 = new float64Array(2);
	const buf = f64.buffer;
	const i64 = new int64Array(buf);
	const u32 = new uint32Array(buf);
	const i32 = new int32Array(buf);
	const u8 = new uint8Array(buf);
	function identity(value) {
		return value;
	}
	function toBigInt(value) {
		return BigInt(value);
	}
	function toOffset(type) {
		return isInt64ArrayType(type) ? toBigInt : identity;
	}
	function toDateDay(value) {
		return Math.floor(value / 864e5);
	}
	function toDateMillisecond(value) {
		return toBigInt(864e5 * toDateDay(value));
	}
	function toTimestamp(unit) {
		return unit === TimeUnit.SECOND ? (value) => toBigInt(value / 1e3) : unit === TimeUnit.MILLISECOND ? toBigInt : unit === TimeUnit.MICROSECOND ? (value) => toBigInt(value * 1e3) : (value) => toBigInt(value * 1e6);
	}
	function toMonthDayNanoBytes([m, d, n]) {
		i32[0] = m;
		i32[1] = d;
		i64[1] = toBigInt(n);
		return u8;
	}
	function toNumber(value) {
		if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) throw Error(`BigInt exceeds integer number representation: ${value}`);
		return Number(value);
	}
	function divide(num, div) {
		return Number(num / div) + Number(num % div) / Number(div);
	}
	function toDecimal32(scale) {
		return (value) => typeof value === "bigint" ? Number(value) : Math.trunc(value * scale);
	}
	function toDecimal(value, buf, offset, stride, scale) {
		const v = typeof value === "bigint" ? value : toBigInt(Math.trunc(value * scale));
		buf[offset] = v;
		if (stride > 1) {
			buf[offset + 1] = v >> 64n;
			if (stride > 2) {
				buf[offset + 2] = v >> 128n;
				buf[offset + 3] = v >> 192n;
			}
		}
	}
	const asUint64 = (v) => BigInt.asUintN(64, v);
	function fromDecimal64(buf, offset) {
		return BigInt.asIntN(64, buf[offset]);
	}
	function fromDecimal128(buf, offset) {
		const i = offset << 1;
		let x;
		if (BigInt.asIntN(64, buf[i + 1]) < 0) {
			x = asUint64(~buf[i]) | asUint64(~buf[i + 1]) << 64n;
			x = -(x + 1n);
		} else x = buf[i] | buf[i + 1] << 64n;
		return x;
	}
	function fromDecimal256(buf, offset) {
		const i = offset << 2;
		let x;
		if (BigInt.asIntN(64, buf[i + 3]) < 0) {
			x = asUint64(~buf[i]) | asUint64(~buf[i + 1]) << 64n | asUint64(~buf[i + 2]) << 128n | asUint64(~buf[i + 3]) << 192n;
			x = -(x + 1n);
		} else x = buf[i] | buf[i + 1] << 64n | buf[i + 2] << 128n | buf[i + 3] << 192n;
		return x;
	}
	function toFloat16(value) {
		if (value !== value) return 32256;
		f64[0] = value;
		const sign = (u32[1] & 2147483648) >> 16 & 65535;
		let expo = u32[1] & 2146435072, sigf = 0;
		if (expo >= 1089470464) {
			if (u32[0] > 0) expo = 31744;
			else {
				expo = (expo & 2080374784) >> 16;
				sigf = (u32[1] & 1048575) >> 10;
			}
		} else if (expo <= 1056964608) {
			sigf = 1048576 + (u32[1] & 1048575);
			sigf = 1048576 + (sigf << (expo >> 20) - 998) >> 21;
			expo = 0;
		} else {
			expo = expo - 1056964608 >> 10;
			sigf = (u32[1] & 1048575) + 512 >> 10;
		}
		return sign | expo | sigf & 65535;
	}
	const textDecoder = new TextDecoder("utf-8");
	const textEncoder = new TextEncoder();
	function decodeUtf8(buf) {
		return textDecoder.decode(buf);
	}
	function encodeUtf8(str) {
		return textEncoder.encode(str);
	}
	function keyString(value) {
		return `${typeof value !== "object" || !value ? value ?? null : isDate(value) ? +value : isArray(value) ? `[${value.map(keyString)}]` : objectKey(value)}`;
	}
	function objectKey(value) {
		let s = "";
		let i = -1;
		for (const k in value) {
			if (++i > 0) s += ",";
			s += `"${k}":${keyString(value[k])}`;
		}
		return `{${s}}`;
	}
	const SIZEOF_INT = 4;
	const SIZEOF_SHORT = 2;
	function decodeBit(bitmap, index) {
		return (bitmap[index >> 3] & 1 << index % 8) !== 0;
	}
	function readObject(buf, index) {
		const pos = index + readInt32(buf, index);
		const vtable = pos - readInt32(buf, pos);
		const size = readInt16(buf, vtable);
		return (index, read, fallback = null) => {
			if (index < size) {
				const off = readInt16(buf, vtable + index);
				if (off) return read(buf, pos + off);
			}
			return fallback;
		};
	}
	function readOffset(buf, offset) {
		return offset;
	}
	function readBoolean(buf, offset) {
		return !!readInt8(buf, offset);
	}
	function readInt8(buf, offset) {
		return readUint8(buf, offset) << 24 >> 24;
	}
	function readUint8(buf, offset) {
		return buf[offset];
	}
	function readInt16(buf, offset) {
		return readUint16(buf, offset) << 16 >> 16;
	}
	function readUint16(buf, offset) {
		return buf[offset] | buf[offset + 1] << 8;
	}
	function readInt32(buf, offset) {
		return buf[offset] | buf[offset + 1] << 8 | buf[offset + 2] << 16 | buf[offset + 3] << 24;
	}
	function readUint32(buf, offset) {
		return readInt32(buf, offset) >>> 0;
	}
	function readInt64(buf, offset) {
		return toNumber(BigInt.asIntN(64, BigInt(readUint32(buf, offset)) + (BigInt(readUint32(buf, offset + SIZEOF_INT)) << 32n)));
	}
	function readString(buf, index) {
		let offset = index + readInt32(buf, index);
		const length = readInt32(buf, offset);
		offset += SIZEOF_INT;
		return decodeUtf8(buf.subarray(offset, offset + length));
	}
	function readVector(buf, offset, stride, extract) {
		if (!offset) return [];
		const base = offset + readInt32(buf, offset);
		return Array.from({ length: readInt32(buf, base) }, (_, i) => extract(buf, base + SIZEOF_INT + i * stride));
	}
	const RowIndex = Symbol("rowIndex");
	function proxyFactory(names, batches) {
		class RowObject {
			constructor(index) {
				this[RowIndex] = index;
			}
			toJSON() {
				return structObject(names, batches, this[RowIndex]);
			}
		}
		const proto = RowObject.prototype;
		for (let i = 0; i < names.length; ++i) {
			if (Object.hasOwn(proto, names[i])) continue;
			const batch = batches[i];
			Object.defineProperty(proto, names[i], {
				get() {
					return batch.at(this[RowIndex]);
				},
				enumerable: true
			});
		}
		return (index) => new RowObject(index);
	}
	function objectFactory(names, batches) {
		return (index) => structObject(names, batches, index);
	}
	function structObject(names, batches, index) {
		const obj = {};
		for (let i = 0; i < names.length; ++i) obj[names[i]] = batches[i].at(index);
		return obj;
	}
	function isDirectBatch(batch) {
		return batch instanceof DirectBatch;
	}
	var Batch = class {
		static ArrayType = null;
		constructor({ length, nullCount, type, validity, values, offsets, sizes, children }) {
			this.length = length;
			this.nullCount = nullCount;
			this.type = type;
			this.validity = validity;
			this.values = values;
			this.offsets = offsets;
			this.sizes = sizes;
			this.children = children;
			if (!nullCount || !this.validity) this.at = (index) => this.value(index);
		}
		get [Symbol.toStringTag]() {
			return "Batch";
		}
		at(index) {
			return this.isValid(index) ? this.value(index) : null;
		}
		isValid(index) {
			return decodeBit(this.validity, index);
		}
		value(index) {
			return this.values[index];
		}
		slice(start, end) {
			const n = end - start;
			const values = Array(n);
			for (let i = 0; i < n; ++i) values[i] = this.at(start + i);
			return values;
		}
		*[Symbol.iterator]() {
			for (let i = 0; i < this.length; ++i) yield this.at(i);
		}
	};
	var DirectBatch = class extends Batch {
		constructor(options) {
			super(options);
			const { length, values } = this;
			this.values = values.subarray(0, length);
		}
		slice(start, end) {
			return this.nullCount ? super.slice(start, end) : this.values.subarray(start, end);
		}
		[Symbol.iterator]() {
			return this.nullCount ? super[Symbol.iterator]() : this.values[Symbol.iterator]();
		}
	};
	var NumberBatch = class extends Batch {
		static ArrayType = float64Array;
	};
	var ArrayBatch = class extends Batch {
		static ArrayType = Array;
	};
	var NullBatch = class extends ArrayBatch {
		value(index) {
			return null;
		}
	};
	var Int64Batch = class extends NumberBatch {
		value(index) {
			return toNumber(this.values[index]);
		}
	};
	var Float16Batch = class extends NumberBatch {
		value(index) {
			const v = this.values[index];
			const expo = (v & 31744) >> 10;
			const sigf = (v & 1023) / 1024;
			const sign = (-1) ** ((v & 32768) >> 15);
			switch (expo) {
				case 31: return sign * (sigf ? NaN : 1 / 0);
				case 0: return sign * (sigf ? 6103515625e-14 * sigf : 0);
			}
			return sign * 2 ** (expo - 15) * (1 + sigf);
		}
	};
	var BoolBatch = class extends ArrayBatch {
		value(index) {
			return decodeBit(this.values, index);
		}
	};
	var Decimal32NumberBatch = class extends NumberBatch {
		constructor(options) {
			super(options);
			const { scale } = this.type;
			this.scale = 10 ** scale;
		}
		value(index) {
			return this.values[index] / this.scale;
		}
	};
	var DecimalBatch = class extends Batch {
		constructor(options) {
			super(options);
			const { bitWidth, scale } = this.type;
			this.decimal = bitWidth === 64 ? fromDecimal64 : bitWidth === 128 ? fromDecimal128 : fromDecimal256;
			this.scale = 10n ** BigInt(scale);
		}
	};
	var DecimalNumberBatch = class extends DecimalBatch {
		static ArrayType = float64Array;
		value(index) {
			return divide(this.decimal(this.values, index), this.scale);
		}
	};
	var DecimalBigIntBatch = class extends DecimalBatch {
		static ArrayType = Array;
		value(index) {
			return this.decimal(this.values, index);
		}
	};
	var DateBatch = class extends ArrayBatch {
		constructor(batch) {
			super(batch);
			this.source = batch;
		}
		value(index) {
			return new Date(this.source.value(index));
		}
	};
	var DateDayBatch = class extends NumberBatch {
		value(index) {
			return 864e5 * this.values[index];
		}
	};
	const DateDayMillisecondBatch = Int64Batch;
	var TimestampSecondBatch = class extends Int64Batch {
		value(index) {
			return super.value(index) * 1e3;
		}
	};
	const TimestampMillisecondBatch = Int64Batch;
	var TimestampMicrosecondBatch = class extends Int64Batch {
		value(index) {
			return divide(this.values[index], 1000n);
		}
	};
	var TimestampNanosecondBatch = class extends Int64Batch {
		value(index) {
			return divide(this.values[index], 1000000n);
		}
	};
	var IntervalDayTimeBatch = class extends ArrayBatch {
		value(index) {
			return this.values.subarray(index << 1, index + 1 << 1);
		}
	};
	var IntervalMonthDayNanoBatch = class extends ArrayBatch {
		value(index) {
			const values = this.values;
			const base = index << 4;
			return Float64Array.of(readInt32(values, base), readInt32(values, base + 4), readInt64(values, base + 8));
		}
	};
	const offset32 = ({ values, offsets }, index) => values.subarray(offsets[index], offsets[index + 1]);
	const offset64 = ({ values, offsets }, index) => values.subarray(toNumber(offsets[index]), toNumber(offsets[index + 1]));
	var BinaryBatch = class extends ArrayBatch {
		value(index) {
			return offset32(this, index);
		}
	};
	var LargeBinaryBatch = class extends ArrayBatch {
		value(index) {
			return offset64(this, index);
		}
	};
	var Utf8Batch = class extends ArrayBatch {
		value(index) {
			return decodeUtf8(offset32(this, index));
		}
	};
	var LargeUtf8Batch = class extends ArrayBatch {
		value(index) {
			return decodeUtf8(offset64(this, index));
		}
	};
	var ListBatch = class extends ArrayBatch {
		value(index) {
			const offsets = this.offsets;
			return this.children[0].slice(offsets[index], offsets[index + 1]);
		}
	};
	var LargeListBatch = class extends ArrayBatch {
		value(index) {
			const offsets = this.offsets;
			return this.children[0].slice(toNumber(offsets[index]), toNumber(offsets[index + 1]));
		}
	};
	var ListViewBatch = class extends ArrayBatch {
		value(index) {
			const a = this.offsets[index];
			const b = a + this.sizes[index];
			return this.children[0].slice(a, b);
		}
	};
	var LargeListViewBatch = class extends ArrayBatch {
		value(index) {
			const a = this.offsets[index];
			const b = a + this.sizes[index];
			return this.children[0].slice(toNumber(a), toNumber(b));
		}
	};
	var FixedBatch = class extends ArrayBatch {
		constructor(options) {
			super(options);
			this.stride = this.type.stride;
		}
	};
	var FixedBinaryBatch = class extends FixedBatch {
		value(index) {
			const { stride, values } = this;
			return values.subarray(index * stride, (index + 1) * stride);
		}
	};
	var FixedListBatch = class extends FixedBatch {
		value(index) {
			const { children, stride } = this;
			return children[0].slice(index * stride, (index + 1) * stride);
		}
	};
	function pairs({ children, offsets }, index) {
		const [keys, vals] = children[0].children;
		const start = offsets[index];
		const end = offsets[index + 1];
		const entries = [];
		for (let i = start; i < end; ++i) entries.push([keys.at(i), vals.at(i)]);
		return entries;
	}
	var MapEntryBatch = class extends ArrayBatch {
		value(index) {
			return pairs(this, index);
		}
	};
	var MapBatch = class extends ArrayBatch {
		value(index) {
			return new Map(pairs(this, index));
		}
	};
	var SparseUnionBatch = class extends ArrayBatch {
		constructor({ typeIds, ...options }) {
			super(options);
			this.typeIds = typeIds;
			this.typeMap = this.type.typeMap;
		}
		value(index, offset = index) {
			const { typeIds, children, typeMap } = this;
			return children[typeMap[typeIds[index]]].at(offset);
		}
	};
	var DenseUnionBatch = class extends SparseUnionBatch {
		value(index) {
			return super.value(index, this.offsets[index]);
		}
	};
	var StructBatch = class extends ArrayBatch {
		constructor(options, factory = objectFactory) {
			super(options);
			this.names = this.type.children.map((child) => child.name);
			this.factory = factory(this.names, this.children);
		}
		value(index) {
			return this.factory(index);
		}
	};
	var StructProxyBatch = class extends StructBatch {
		constructor(options) {
			super(options, proxyFactory);
		}
	};
	var RunEndEncodedBatch = class extends ArrayBatch {
		value(index) {
			const [{ values: runs }, vals] = this.children;
			return vals.at(bisect(runs, index));
		}
	};
	var DictionaryBatch = class extends ArrayBatch {
		setDictionary(dictionary) {
			this.dictionary = dictionary;
			this.cache = dictionary.cache();
			return this;
		}
		value(index) {
			return this.cache[this.key(index)];
		}
		key(index) {
			return this.values[index];
		}
	};
	var ViewBatch = class extends ArrayBatch {
		constructor({ data, ...options }) {
			super(options);
			this.data = data;
		}
		view(index) {
			const { values, data } = this;
			const offset = index << 4;
			let start = offset + 4;
			let buf = values;
			const length = readInt32(buf, offset);
			if (length > 12) {
				start = readInt32(buf, offset + 12);
				buf = data[readInt32(buf, offset + 8)];
			}
			return buf.subarray(start, start + length);
		}
	};
	var BinaryViewBatch = class extends ViewBatch {
		value(index) {
			return this.view(index);
		}
	};
	var Utf8ViewBatch = class extends ViewBatch {
		value(index) {
			return decodeUtf8(this.view(index));
		}
	};
	function columnBuilder(type) {
		let data = [];
		return {
			add(batch) {
				data.push(batch);
				return this;
			},
			clear: () => data = [],
			done: () => new Column(data, type)
		};
	}
	var Column = class {
		constructor(data, type = data[0]?.type) {
			this.type = type;
			this.length = data.reduce((m, c) => m + c.length, 0);
			this.nullCount = data.reduce((m, c) => m + c.nullCount, 0);
			this.data = data;
			const n = data.length;
			const offsets = new Int32Array(n + 1);
			if (n === 1) {
				const [batch] = data;
				offsets[1] = batch.length;
				this.at = (index) => batch.at(index);
			} else for (let i = 0, s = 0; i < n; ++i) offsets[i + 1] = s += data[i].length;
			this.offsets = offsets;
		}
		get [Symbol.toStringTag]() {
			return "Column";
		}
		[Symbol.iterator]() {
			const data = this.data;
			return data.length === 1 ? data[0][Symbol.iterator]() : batchedIterator(data);
		}
		at(index) {
			const { data, offsets } = this;
			const i = bisect(offsets, index) - 1;
			return data[i]?.at(index - offsets[i]);
		}
		get(index) {
			return this.at(index);
		}
		toArray() {
			const { length, nullCount, data } = this;
			const copy = !nullCount && isDirectBatch(data[0]);
			const n = data.length;
			if (copy && n === 1) return data[0].values;
			const array = new (!n || nullCount > 0 ? Array : data[0].constructor.ArrayType ?? data[0].values.constructor)(length);
			return copy ? copyArray(array, data) : extractArray(array, data);
		}
		cache() {
			return this._cache ?? (this._cache = this.toArray());
		}
	};
	function* batchedIterator(data) {
		for (let i = 0; i < data.length; ++i) {
			const iter = data[i][Symbol.iterator]();
			for (let next = iter.next(); !next.done; next = iter.next()) yield next.value;
		}
	}
	function copyArray(array, data) {
		for (let i = 0, offset = 0; i < data.length; ++i) {
			const { values } = data[i];
			array.set(values, offset);
			offset += values.length;
		}
		return array;
	}
	function extractArray(array, data) {
		let index = -1;
		for (let i = 0; i < data.length; ++i) {
			const batch = data[i];
			for (let j = 0; j < batch.length; ++j) array[++index] = batch.at(j);
		}
		return array;
	}
	var Table = class Table {
		constructor(schema, children, useProxy = false) {
			const names = schema.fields.map((f) => f.name);
			this.schema = schema;
			this.names = names;
			this.children = children;
			this.factory = useProxy ? proxyFactory : objectFactory;
			const gen = [];
			this.getFactory = (b) => gen[b] ?? (gen[b] = this.factory(names, children.map((c) => c.data[b])));
		}
		get [Symbol.toStringTag]() {
			return "Table";
		}
		get numCols() {
			return this.names.length;
		}
		get numRows() {
			return this.children[0]?.length ?? 0;
		}
		getChildAt(index) {
			return this.children[index];
		}
		getChild(name) {
			const i = this.names.findIndex((x) => x === name);
			return i > -1 ? this.children[i] : void 0;
		}
		selectAt(indices, as = []) {
			const { children, factory, schema } = this;
			const { fields } = schema;
			return new Table({
				...schema,
				fields: indices.map((i, j) => renameField(fields[i], as[j]))
			}, indices.map((i) => children[i]), factory === proxyFactory);
		}
		select(names, as) {
			const all = this.names;
			const indices = names.map((name) => all.indexOf(name));
			return this.selectAt(indices, as);
		}
		toColumns() {
			const { children, names } = this;
			const cols = {};
			names.forEach((name, i) => cols[name] = children[i]?.toArray() ?? []);
			return cols;
		}
		toArray() {
			const { children, getFactory, numRows } = this;
			const data = children[0]?.data ?? [];
			const output = Array(numRows);
			for (let b = 0, row = -1; b < data.length; ++b) {
				const f = getFactory(b);
				for (let i = 0; i < data[b].length; ++i) output[++row] = f(i);
			}
			return output;
		}
		*[Symbol.iterator]() {
			const { children, getFactory } = this;
			const data = children[0]?.data ?? [];
			for (let b = 0; b < data.length; ++b) {
				const f = getFactory(b);
				for (let i = 0; i < data[b].length; ++i) yield f(i);
			}
		}
		at(index) {
			const { children, getFactory, numRows } = this;
			if (index < 0 || index >= numRows) return null;
			const [{ offsets }] = children;
			const b = bisect(offsets, index) - 1;
			return getFactory(b)(index - offsets[b]);
		}
		get(index) {
			return this.at(index);
		}
	};
	function renameField(field, name) {
		return name != null && name !== field.name ? {
			...field,
			name
		} : field;
	}
	function batchType(type, options = {}) {
		const { typeId, bitWidth, mode, precision, unit } = type;
		const { useBigInt, useBigIntTimestamp, useDate, useDecimalInt, useMap, useProxy } = options;
		switch (typeId) {
			case Type.Null: return NullBatch;
			case Type.Bool: return BoolBatch;
			case Type.Int:
			case Type.Time:
			case Type.Duration: return useBigInt || bitWidth < 64 ? DirectBatch : Int64Batch;
			case Type.Float: return precision ? DirectBatch : Float16Batch;
			case Type.Date: return wrap(unit === DateUnit.DAY ? DateDayBatch : DateDayMillisecondBatch, useDate && DateBatch);
			case Type.Timestamp: return useBigIntTimestamp ? DirectBatch : wrap(unit === TimeUnit.SECOND ? TimestampSecondBatch : unit === TimeUnit.MILLISECOND ? TimestampMillisecondBatch : unit === TimeUnit.MICROSECOND ? TimestampMicrosecondBatch : TimestampNanosecondBatch, useDate && DateBatch);
			case Type.Decimal: return bitWidth === 32 ? useDecimalInt ? DirectBatch : Decimal32NumberBatch : useDecimalInt ? DecimalBigIntBatch : DecimalNumberBatch;
			case Type.Interval: return unit === IntervalUnit.DAY_TIME ? IntervalDayTimeBatch : unit === IntervalUnit.YEAR_MONTH ? DirectBatch : IntervalMonthDayNanoBatch;
			case Type.FixedSizeBinary: return FixedBinaryBatch;
			case Type.Utf8: return Utf8Batch;
			case Type.LargeUtf8: return LargeUtf8Batch;
			case Type.Binary: return BinaryBatch;
			case Type.LargeBinary: return LargeBinaryBatch;
			case Type.BinaryView: return BinaryViewBatch;
			case Type.Utf8View: return Utf8ViewBatch;
			case Type.List: return ListBatch;
			case Type.LargeList: return LargeListBatch;
			case Type.Map: return useMap ? MapBatch : MapEntryBatch;
			case Type.ListView: return ListViewBatch;
			case Type.LargeListView: return LargeListViewBatch;
			case Type.FixedSizeList: return FixedListBatch;
			case Type.Struct: return useProxy ? StructProxyBatch : StructBatch;
			case Type.RunEndEncoded: return RunEndEncodedBatch;
			case Type.Dictionary: return DictionaryBatch;
			case Type.Union: return mode ? DenseUnionBatch : SparseUnionBatch;
		}
		throw new Error(invalidDataType(typeId));
	}
	function wrap(BaseClass, WrapperClass) {
		return WrapperClass ? class WrapBatch extends WrapperClass {
			constructor(options) {
				super(new BaseClass(options));
			}
		} : BaseClass;
	}
	function writeInt32(buf, index, value) {
		buf[index] = value;
		buf[index + 1] = value >> 8;
		buf[index + 2] = value >> 16;
		buf[index + 3] = value >> 24;
	}
	function writeInt64(buf, index, value) {
		const v = BigInt(value);
		writeInt32(buf, index + 4, Number(BigInt.asIntN(32, v >> BigInt(32))));
		writeInt32(buf, index + 0, Number(BigInt.asIntN(32, v)));
	}
	const INIT_SIZE = 1024;
	var Builder = class {
		constructor(sink) {
			this.sink = sink;
			this.minalign = 1;
			this.buf = new Uint8Array(INIT_SIZE);
			this.space = INIT_SIZE;
			this.vtables = [];
			this.outputBytes = 0;
		}
		offset() {
			return this.buf.length - this.space;
		}
		writeInt8(value) {
			this.buf[this.space -= 1] = value;
		}
		writeInt16(value) {
			this.buf[this.space -= 2] = value;
			this.buf[this.space + 1] = value >> 8;
		}
		writeInt32(value) {
			writeInt32(this.buf, this.space -= 4, value);
		}
		writeInt64(value) {
			writeInt64(this.buf, this.space -= 8, value);
		}
		addInt8(value) {
			prep(this, 1, 0);
			this.writeInt8(value);
		}
		addInt16(value) {
			prep(this, 2, 0);
			this.writeInt16(value);
		}
		addInt32(value) {
			prep(this, 4, 0);
			this.writeInt32(value);
		}
		addInt64(value) {
			prep(this, 8, 0);
			this.writeInt64(value);
		}
		addOffset(offset) {
			prep(this, SIZEOF_INT, 0);
			this.writeInt32(this.offset() - offset + SIZEOF_INT);
		}
		addObject(numFields, addFields) {
			const b = objectBuilder(this, numFields);
			addFields?.(b);
			return b.finish();
		}
		addVector(items, itemSize, alignment, writeItem) {
			const n = items?.length;
			if (!n) return 0;
			prep(this, SIZEOF_INT, itemSize * n);
			prep(this, alignment, itemSize * n);
			for (let i = n; --i >= 0;) writeItem(this, items[i]);
			this.writeInt32(n);
			return this.offset();
		}
		addOffsetVector(offsets) {
			return this.addVector(offsets, 4, 4, (b, off) => b.addOffset(off));
		}
		addString(s) {
			if (s == null) return 0;
			const utf8 = encodeUtf8(s);
			const n = utf8.length;
			this.addInt8(0);
			prep(this, SIZEOF_INT, n);
			this.buf.set(utf8, this.space -= n);
			this.writeInt32(n);
			return this.offset();
		}
		finish(rootOffset) {
			prep(this, this.minalign, SIZEOF_INT);
			this.addOffset(rootOffset);
		}
		flush() {
			const { buf, sink } = this;
			const bytes = buf.subarray(this.space, buf.length);
			sink.write(bytes);
			this.outputBytes += bytes.byteLength;
			this.minalign = 1;
			this.vtables = [];
			this.buf = new Uint8Array(INIT_SIZE);
			this.space = INIT_SIZE;
		}
		addBuffer(buffer) {
			const size = buffer.byteLength;
			if (!size) return 0;
			this.sink.write(buffer);
			this.outputBytes += size;
			const pad = (size + 7 & -8) - size;
			this.addPadding(pad);
			return size + pad;
		}
		addPadding(byteCount) {
			if (byteCount > 0) {
				this.sink.write(new Uint8Array(byteCount));
				this.outputBytes += byteCount;
			}
		}
	};
	function prep(builder, size, additionalBytes) {
		let { buf, space, minalign } = builder;
		if (size > minalign) builder.minalign = size;
		const bufSize = buf.length;
		const used = bufSize - space + additionalBytes;
		const alignSize = ~used + 1 & size - 1;
		buf = grow(buf, used + alignSize + size - 1, true);
		space += buf.length - bufSize;
		for (let i = 0; i < alignSize; ++i) buf[--space] = 0;
		builder.buf = buf;
		builder.space = space;
	}
	function objectBuilder(builder, numFields) {
		const vtable = Array(numFields).fill(0);
		const startOffset = builder.offset();
		function slot(index) {
			vtable[index] = builder.offset();
		}
		return {
			addInt8(index, value, defaultValue) {
				if (value != defaultValue) {
					builder.addInt8(value);
					slot(index);
				}
			},
			addInt16(index, value, defaultValue) {
				if (value != defaultValue) {
					builder.addInt16(value);
					slot(index);
				}
			},
			addInt32(index, value, defaultValue) {
				if (value != defaultValue) {
					builder.addInt32(value);
					slot(index);
				}
			},
			addInt64(index, value, defaultValue) {
				if (value != defaultValue) {
					builder.addInt64(value);
					slot(index);
				}
			},
			addOffset(index, value, defaultValue) {
				if (value != defaultValue) {
					builder.addOffset(value);
					slot(index);
				}
			},
			finish() {
				builder.addInt32(0);
				const vtableOffset = builder.offset();
				let i = numFields;
				while (--i >= 0 && vtable[i] === 0);
				const size = i + 1;
				for (; i >= 0; --i) builder.addInt16(vtable[i] ? vtableOffset - vtable[i] : 0);
				const standardFields = 2;
				builder.addInt16(vtableOffset - startOffset);
				const len = (size + standardFields) * SIZEOF_SHORT;
				builder.addInt16(len);
				let existingTable = 0;
				const { buf, vtables, space: vt1 } = builder;
				outer_loop: for (i = 0; i < vtables.length; ++i) {
					const vt2 = buf.length - vtables[i];
					if (len == readInt16(buf, vt2)) {
						for (let j = SIZEOF_SHORT; j < len; j += SIZEOF_SHORT) if (readInt16(buf, vt1 + j) != readInt16(buf, vt2 + j)) continue outer_loop;
						existingTable = vtables[i];
						break;
					}
				}
				if (existingTable) {
					builder.space = buf.length - vtableOffset;
					writeInt32(buf, builder.space, existingTable - vtableOffset);
				} else {
					const off = builder.offset();
					vtables.push(off);
					writeInt32(buf, buf.length - vtableOffset, off - vtableOffset);
				}
				return vtableOffset;
			}
		};
	}
	const LENGTH_NO_COMPRESSED_DATA = -1;
	const COMPRESS_LENGTH_PREFIX = 8;
	function missingCodec(type) {
		return `Missing compression codec "${keyFor(CompressionType, type)}" (id ${type})`;
	}
	const codecs = /* @__PURE__ */ new Map();
	function setCompressionCodec(type, codec) {
		codecs.set(type, codec);
	}
	function getCompressionCodec(type) {
		return type != null && codecs.get(type) || null;
	}
	function decompressBuffer(body, { offset, length }, codec) {
		if (length === 0) return {
			bytes: /* @__PURE__ */ new Uint8Array(0),
			offset: 0,
			length: 0
		};
		const ulen = readInt64(body, offset);
		const buf = body.subarray(offset + COMPRESS_LENGTH_PREFIX, offset + length);
		const bytes = ulen === LENGTH_NO_COMPRESSED_DATA ? buf : codec.decode(buf, ulen);
		return {
			bytes,
			offset: 0,
			length: bytes.length
		};
	}
	function compressBuffer(bytes, codec) {
		const compressed = codec.encode(bytes);
		const keep = compressed.length < bytes.length;
		const data = keep ? compressed : bytes;
		const buf = new Uint8Array(COMPRESS_LENGTH_PREFIX + data.length);
		writeInt64(buf, 0, keep ? bytes.length : LENGTH_NO_COMPRESSED_DATA);
		buf.set(data, COMPRESS_LENGTH_PREFIX);
		return buf;
	}
	function decodeBlock(buf, index) {
		return {
			offset: readInt64(buf, index),
			metadataLength: readInt32(buf, index + 8),
			bodyLength: readInt64(buf, index + 16)
		};
	}
	function decodeBlocks(buf, index) {
		return readVector(buf, index, 24, decodeBlock);
	}
	function decodeBodyCompression(buf, index) {
		const get = readObject(buf, index);
		return {
			codec: get(4, readInt8, CompressionType.LZ4_FRAME),
			method: get(6, readInt8, BodyCompressionMethod.BUFFER)
		};
	}
	function decodeRecordBatch(buf, index, version) {
		const get = readObject(buf, index);
		const offset = version < Version.V4 ? 8 : 0;
		return {
			length: get(4, readInt64, 0),
			nodes: readVector(buf, get(6, readOffset), 16, (buf, pos) => ({
				length: readInt64(buf, pos),
				nullCount: readInt64(buf, pos + 8)
			})),
			regions: readVector(buf, get(8, readOffset), 16 + offset, (buf, pos) => ({
				offset: readInt64(buf, pos + offset),
				length: readInt64(buf, pos + offset + 8)
			})),
			compression: get(10, decodeBodyCompression),
			variadic: readVector(buf, get(12, readOffset), 8, readInt64)
		};
	}
	function decodeDictionaryBatch(buf, index, version) {
		const get = readObject(buf, index);
		return {
			id: get(4, readInt64, 0),
			data: get(6, (buf, off) => decodeRecordBatch(buf, off, version)),
			isDelta: get(8, readBoolean, false)
		};
	}
	function decodeDataType(buf, index, typeId, children) {
		checkOneOf(typeId, Type, invalidDataType);
		const get = readObject(buf, index);
		switch (typeId) {
			case Type.Binary: return binary();
			case Type.Utf8: return utf8();
			case Type.LargeBinary: return largeBinary();
			case Type.LargeUtf8: return largeUtf8();
			case Type.List: return list(children[0]);
			case Type.ListView: return listView(children[0]);
			case Type.LargeList: return largeList(children[0]);
			case Type.LargeListView: return largeListView(children[0]);
			case Type.Struct: return struct(children);
			case Type.RunEndEncoded: return runEndEncoded(children[0], children[1]);
			case Type.Int: return int(get(4, readInt32, 0), get(6, readBoolean, false));
			case Type.Float: return float(get(4, readInt16, Precision.HALF));
			case Type.Decimal: return decimal(get(4, readInt32, 0), get(6, readInt32, 0), get(8, readInt32, 128));
			case Type.Date: return date(get(4, readInt16, DateUnit.MILLISECOND));
			case Type.Time: return time(get(4, readInt16, TimeUnit.MILLISECOND));
			case Type.Timestamp: return timestamp(get(4, readInt16, TimeUnit.SECOND), get(6, readString));
			case Type.Interval: return interval(get(4, readInt16, IntervalUnit.YEAR_MONTH));
			case Type.Duration: return duration(get(4, readInt16, TimeUnit.MILLISECOND));
			case Type.FixedSizeBinary: return fixedSizeBinary(get(4, readInt32, 0));
			case Type.FixedSizeList: return fixedSizeList(children[0], get(4, readInt32, 0));
			case Type.Map: return mapType(get(4, readBoolean, false), children[0]);
			case Type.Union: return union(get(4, readInt16, UnionMode.Sparse), children, readVector(buf, get(6, readOffset), 4, readInt32));
		}
		return { typeId };
	}
	function decodeMetadata(buf, index) {
		const entries = readVector(buf, index, 4, (buf, pos) => {
			const get = readObject(buf, pos);
			return [get(4, readString), get(6, readString)];
		});
		return entries.length ? new Map(entries) : null;
	}
	function decodeSchema(buf, index, version) {
		const get = readObject(buf, index);
		return {
			version,
			endianness: get(4, readInt16, 0),
			fields: get(6, decodeSchemaFields, []),
			metadata: get(8, decodeMetadata)
		};
	}
	function decodeSchemaFields(buf, fieldsOffset) {
		return readVector(buf, fieldsOffset, 4, decodeField);
	}
	function decodeField(buf, index) {
		const get = readObject(buf, index);
		const typeId = get(8, readUint8, Type.NONE);
		const typeOffset = get(10, readOffset, 0);
		const dict = get(12, decodeDictionary);
		let type = decodeDataType(buf, typeOffset, typeId, get(14, decodeFieldChildren, []));
		if (dict) {
			dict.dictionary = type;
			type = dict;
		}
		return {
			name: get(4, readString),
			type,
			nullable: get(6, readBoolean, false),
			metadata: get(16, decodeMetadata)
		};
	}
	function decodeFieldChildren(buf, fieldOffset) {
		return readVector(buf, fieldOffset, 4, decodeField);
	}
	function decodeDictionary(buf, index) {
		if (!index) return null;
		const get = readObject(buf, index);
		return dictionary(null, get(6, decodeInt, int32()), get(8, readBoolean, false), get(4, readInt64, 0));
	}
	function decodeInt(buf, index) {
		return decodeDataType(buf, index, Type.Int);
	}
	const invalidMessageMetadata = (expected, actual) => `Expected to read ${expected} metadata bytes, but only read ${actual}.`;
	const invalidMessageBodyLength = (expected, actual) => `Expected to read ${expected} bytes for message body, but only read ${actual}.`;
	const invalidMessageType = (type) => `Unsupported message type: ${type} (${keyFor(MessageHeader, type)})`;
	function decodeMessage(buf, index) {
		let metadataLength = readInt32(buf, index) || 0;
		index += SIZEOF_INT;
		if (metadataLength === -1) {
			metadataLength = readInt32(buf, index) || 0;
			index += SIZEOF_INT;
		}
		if (metadataLength === 0) return null;
		const head = buf.subarray(index, index += metadataLength);
		if (head.byteLength < metadataLength) throw new Error(invalidMessageMetadata(metadataLength, head.byteLength));
		const get = readObject(head, 0);
		const version = get(4, readInt16, Version.V1);
		const type = get(6, readUint8, MessageHeader.NONE);
		const offset = get(8, readOffset, 0);
		const bodyLength = get(10, readInt64, 0);
		let content;
		if (offset) {
			const decoder = type === MessageHeader.Schema ? decodeSchema : type === MessageHeader.DictionaryBatch ? decodeDictionaryBatch : type === MessageHeader.RecordBatch ? decodeRecordBatch : null;
			if (!decoder) throw new Error(invalidMessageType(type));
			content = decoder(head, offset, version);
			if (bodyLength > 0) {
				const body = buf.subarray(index, index += bodyLength);
				if (body.byteLength < bodyLength) throw new Error(invalidMessageBodyLength(bodyLength, body.byteLength));
				content.body = body;
			} else if (type !== MessageHeader.Schema) content.body = /* @__PURE__ */ new Uint8Array(0);
		}
		return {
			version,
			type,
			index,
			content
		};
	}
	function decodeIPC(data) {
		const source = isArrayBufferLike(data) ? new Uint8Array(data) : data;
		return isUint8Array(source) && isArrowFileFormat(source) ? decodeIPCFile(source) : decodeIPCStream(source);
	}
	function isArrowFileFormat(buf) {
		if (!buf || buf.length < 4) return false;
		for (let i = 0; i < 6; ++i) if (MAGIC[i] !== buf[i]) return false;
		return true;
	}
	function decodeIPCStream(data) {
		const stream = [data].flat();
		let schema;
		const records = [];
		const dictionaries = [];
		const dictsBeforeRecord = [];
		for (const buf of stream) {
			if (!isUint8Array(buf)) throw new Error(`IPC data batch was not a Uint8Array.`);
			let offset = 0;
			while (true) {
				const m = decodeMessage(buf, offset);
				if (m === null) break;
				offset = m.index;
				if (!m.content) continue;
				switch (m.type) {
					case MessageHeader.Schema:
						if (!schema) schema = m.content;
						break;
					case MessageHeader.RecordBatch:
						records.push(m.content);
						dictsBeforeRecord.push(dictionaries.length);
						break;
					case MessageHeader.DictionaryBatch: dictionaries.push(m.content);
				}
			}
		}
		return {
			schema,
			dictionaries,
			records,
			dictsBeforeRecord,
			metadata: null
		};
	}
	function decodeIPCFile(data) {
		const offset = data.byteLength - (MAGIC.length + 4);
		const get = readObject(data, offset - readInt32(data, offset));
		const version = get(4, readInt16, Version.V1);
		const dicts = get(8, decodeBlocks, []);
		const recs = get(10, decodeBlocks, []);
		const dictsBeforeRecord = recs.map((rec) => dicts.filter((d) => d.offset < rec.offset).length);
		return {
			schema: get(6, (buf, index) => decodeSchema(buf, index, version)),
			dictionaries: dicts.map(({ offset }) => decodeMessage(data, offset).content),
			records: recs.map(({ offset }) => decodeMessage(data, offset).content),
			dictsBeforeRecord,
			metadata: get(12, decodeMetadata)
		};
	}
	function tableFromIPC(data, options) {
		return createTable(decodeIPC(data), options);
	}
	function createTable(data, options = {}) {
		const { schema = { fields: [] }, dictionaries, records, dictsBeforeRecord } = data;
		const { version, fields } = schema;
		const dictionaryMap = /* @__PURE__ */ new Map();
		const context = contextGenerator(options, version, dictionaryMap);
		const dictionaryTypes = /* @__PURE__ */ new Map();
		visitSchemaFields(schema, (field) => {
			const type = field.type;
			if (type.typeId === Type.Dictionary) dictionaryTypes.set(type.id, type.dictionary);
		});
		const processDict = (dict) => {
			const { id, data: dictData, isDelta, body } = dict;
			const type = dictionaryTypes.get(id);
			const batch = visit$1(type, context({
				...dictData,
				body
			}));
			const existing = dictionaryMap.get(id);
			if (!existing) {
				if (isDelta) throw new Error("Delta update can not be first dictionary batch.");
				dictionaryMap.set(id, new Column([batch], type));
			} else if (isDelta) dictionaryMap.set(id, new Column([...existing.data, batch], type));
			else dictionaryMap.set(id, new Column([batch], type));
		};
		const cols = fields.map((f) => columnBuilder(f.type));
		let dictIdx = 0;
		for (let i = 0; i < records.length; i++) {
			const target = dictsBeforeRecord ? dictsBeforeRecord[i] : dictionaries.length;
			while (dictIdx < target) processDict(dictionaries[dictIdx++]);
			const ctx = context(records[i]);
			fields.forEach((f, idx) => cols[idx].add(visit$1(f.type, ctx)));
		}
		while (dictIdx < dictionaries.length) processDict(dictionaries[dictIdx++]);
		return new Table(schema, cols.map((c) => c.done()), options.useProxy);
	}
	function visitSchemaFields(schema, visitor) {
		schema.fields.forEach(function visitField(field) {
			visitor(field);
			field.type.dictionary?.children?.forEach(visitField);
			field.type.children?.forEach(visitField);
		});
	}
	function contextGenerator(options, version, dictionaryMap) {
		const base = {
			version,
			options,
			dictionary: (id) => dictionaryMap.get(id)
		};
		return (batch) => {
			const { length, nodes, regions, compression, variadic, body } = batch;
			let nodeIndex = -1;
			let bufferIndex = -1;
			let variadicIndex = -1;
			return {
				...base,
				length,
				node: () => nodes[++nodeIndex],
				buffer: (ArrayType) => {
					const { bytes, length, offset } = maybeDecompress(body, regions[++bufferIndex], compression);
					return ArrayType ? new ArrayType(bytes.buffer, bytes.byteOffset + offset, length / ArrayType.BYTES_PER_ELEMENT) : bytes.subarray(offset, offset + length);
				},
				variadic: () => variadic[++variadicIndex],
				visit(children) {
					return children.map((f) => visit$1(f.type, this));
				}
			};
		};
	}
	function maybeDecompress(body, region, compression) {
		if (!compression) return {
			bytes: body,
			...region
		};
		else if (compression.method !== BodyCompressionMethod.BUFFER) throw new Error(`Unknown compression method (${compression.method})`);
		else {
			const id = compression.codec;
			const codec = getCompressionCodec(id);
			if (!codec) throw new Error(missingCodec(id));
			return decompressBuffer(body, region, codec);
		}
	}
	function visit$1(type, ctx) {
		const { typeId } = type;
		const { options, node, buffer, variadic, version } = ctx;
		const BatchType = batchType(type, options);
		const base = {
			...node(),
			type
		};
		if (typeId === Type.Null) return new BatchType({
			...base,
			nullCount: base.length
		});
		switch (typeId) {
			case Type.Bool:
			case Type.Int:
			case Type.Time:
			case Type.Duration:
			case Type.Float:
			case Type.Decimal:
			case Type.Date:
			case Type.Timestamp:
			case Type.Interval:
			case Type.FixedSizeBinary: return new BatchType({
				...base,
				validity: buffer(),
				values: buffer(type.values)
			});
			case Type.Utf8:
			case Type.LargeUtf8:
			case Type.Binary:
			case Type.LargeBinary: return new BatchType({
				...base,
				validity: buffer(),
				offsets: buffer(type.offsets),
				values: buffer()
			});
			case Type.BinaryView:
			case Type.Utf8View: return new BatchType({
				...base,
				validity: buffer(),
				values: buffer(),
				data: Array.from({ length: variadic() }, () => buffer())
			});
			case Type.List:
			case Type.LargeList:
			case Type.Map: return new BatchType({
				...base,
				validity: buffer(),
				offsets: buffer(type.offsets),
				children: ctx.visit(type.children)
			});
			case Type.ListView:
			case Type.LargeListView: return new BatchType({
				...base,
				validity: buffer(),
				offsets: buffer(type.offsets),
				sizes: buffer(type.offsets),
				children: ctx.visit(type.children)
			});
			case Type.FixedSizeList:
			case Type.Struct: return new BatchType({
				...base,
				validity: buffer(),
				children: ctx.visit(type.children)
			});
			case Type.RunEndEncoded: return new BatchType({
				...base,
				children: ctx.visit(type.children)
			});
			case Type.Dictionary: {
				const { id, indices } = type;
				return new BatchType({
					...base,
					validity: buffer(),
					values: buffer(indices.values)
				}).setDictionary(ctx.dictionary(id));
			}
			case Type.Union:
				if (version < Version.V5) buffer();
				return new BatchType({
					...base,
					typeIds: buffer(int8Array),
					offsets: type.mode === UnionMode.Sparse ? null : buffer(type.offsets),
					children: ctx.visit(type.children)
				});
			default: throw new Error(invalidDataType(typeId));
		}
	}
	function encodeRecordBatch(builder, batch, compression) {
		const { nodes, regions, variadic } = batch;
		const nodeVector = builder.addVector(nodes, 16, 8, (builder, node) => {
			builder.writeInt64(node.nullCount);
			builder.writeInt64(node.length);
			return builder.offset();
		});
		const regionVector = builder.addVector(regions, 16, 8, (builder, region) => {
			builder.writeInt64(region.length);
			builder.writeInt64(region.offset);
			return builder.offset();
		});
		const variadicVector = builder.addVector(variadic, 8, 8, (builder, count) => builder.addInt64(count));
		return builder.addObject(5, (b) => {
			b.addInt64(0, nodes[0].length, 0);
			b.addOffset(1, nodeVector, 0);
			b.addOffset(2, regionVector, 0);
			b.addOffset(3, encodeCompression(builder, compression), 0);
			b.addOffset(4, variadicVector, 0);
		});
	}
	function encodeCompression(builder, compression) {
		if (!compression) return 0;
		const { codec, method } = compression;
		return builder.addObject(2, (b) => {
			b.addInt8(0, codec, CompressionType.LZ4_FRAME);
			b.addInt8(1, method, BodyCompressionMethod.BUFFER);
		});
	}
	function encodeDictionaryBatch(builder, dictionaryBatch, compression) {
		const dataOffset = encodeRecordBatch(builder, dictionaryBatch.data, compression);
		return builder.addObject(3, (b) => {
			b.addInt64(0, dictionaryBatch.id, 0);
			b.addOffset(1, dataOffset, 0);
			b.addInt8(2, +dictionaryBatch.isDelta, 0);
		});
	}
	function encodeMetadata(builder, metadata) {
		return metadata?.size > 0 ? builder.addOffsetVector(Array.from(metadata, ([k, v]) => {
			const key = builder.addString(`${k}`);
			const val = builder.addString(`${v}`);
			return builder.addObject(2, (b) => {
				b.addOffset(0, key, 0);
				b.addOffset(1, val, 0);
			});
		})) : 0;
	}
	function encodeDataType(builder, type) {
		switch (checkOneOf(type.typeId, Type, invalidDataType)) {
			case Type.Dictionary: return encodeDictionary(builder, type);
			case Type.Int: return encodeInt(builder, type);
			case Type.Float: return encodeFloat(builder, type);
			case Type.Decimal: return encodeDecimal(builder, type);
			case Type.Date: return encodeDate(builder, type);
			case Type.Time: return encodeTime(builder, type);
			case Type.Timestamp: return encodeTimestamp(builder, type);
			case Type.Interval: return encodeInterval(builder, type);
			case Type.Duration: return encodeDuration(builder, type);
			case Type.FixedSizeBinary:
			case Type.FixedSizeList: return encodeFixedSize(builder, type);
			case Type.Map: return encodeMap(builder, type);
			case Type.Union: return encodeUnion(builder, type);
		}
		return builder.addObject(0);
	}
	function encodeDate(builder, type) {
		return builder.addObject(1, (b) => {
			b.addInt16(0, type.unit, DateUnit.MILLISECOND);
		});
	}
	function encodeDecimal(builder, type) {
		return builder.addObject(3, (b) => {
			b.addInt32(0, type.precision, 0);
			b.addInt32(1, type.scale, 0);
			b.addInt32(2, type.bitWidth, 128);
		});
	}
	function encodeDuration(builder, type) {
		return builder.addObject(1, (b) => {
			b.addInt16(0, type.unit, TimeUnit.MILLISECOND);
		});
	}
	function encodeFixedSize(builder, type) {
		return builder.addObject(1, (b) => {
			b.addInt32(0, type.stride, 0);
		});
	}
	function encodeFloat(builder, type) {
		return builder.addObject(1, (b) => {
			b.addInt16(0, type.precision, Precision.HALF);
		});
	}
	function encodeInt(builder, type) {
		return builder.addObject(2, (b) => {
			b.addInt32(0, type.bitWidth, 0);
			b.addInt8(1, +type.signed, 0);
		});
	}
	function encodeInterval(builder, type) {
		return builder.addObject(1, (b) => {
			b.addInt16(0, type.unit, IntervalUnit.YEAR_MONTH);
		});
	}
	function encodeMap(builder, type) {
		return builder.addObject(1, (b) => {
			b.addInt8(0, +type.keysSorted, 0);
		});
	}
	function encodeTime(builder, type) {
		return builder.addObject(2, (b) => {
			b.addInt16(0, type.unit, TimeUnit.MILLISECOND);
			b.addInt32(1, type.bitWidth, 32);
		});
	}
	function encodeTimestamp(builder, type) {
		const timezoneOffset = builder.addString(type.timezone);
		return builder.addObject(2, (b) => {
			b.addInt16(0, type.unit, TimeUnit.SECOND);
			b.addOffset(1, timezoneOffset, 0);
		});
	}
	function encodeUnion(builder, type) {
		const typeIdsOffset = builder.addVector(type.typeIds, 4, 4, (builder, value) => builder.addInt32(value));
		return builder.addObject(2, (b) => {
			b.addInt16(0, type.mode, UnionMode.Sparse);
			b.addOffset(1, typeIdsOffset, 0);
		});
	}
	function encodeDictionary(builder, type) {
		return builder.addObject(4, (b) => {
			b.addInt64(0, type.id, 0);
			b.addOffset(1, encodeDataType(builder, type.indices), 0);
			b.addInt8(2, +type.ordered, 0);
		});
	}
	const isLittleEndian = new Uint16Array(new Uint8Array([1, 0]).buffer)[0] === 1;
	function encodeSchema(builder, schema) {
		const { fields, metadata } = schema;
		const fieldOffsets = fields.map((f) => encodeField(builder, f));
		const fieldsVectorOffset = builder.addOffsetVector(fieldOffsets);
		const metadataOffset = encodeMetadata(builder, metadata);
		return builder.addObject(4, (b) => {
			b.addInt16(0, +!isLittleEndian, 0);
			b.addOffset(1, fieldsVectorOffset, 0);
			b.addOffset(2, metadataOffset, 0);
		});
	}
	function encodeField(builder, field) {
		const { name, nullable, type, metadata } = field;
		let { typeId } = type;
		let typeOffset = 0;
		let dictionaryOffset = 0;
		if (typeId !== Type.Dictionary) typeOffset = encodeDataType(builder, type);
		else {
			const dict = type.dictionary;
			typeId = dict.typeId;
			dictionaryOffset = encodeDataType(builder, type);
			typeOffset = encodeDataType(builder, dict);
		}
		const childOffsets = (type.children || []).map((f) => encodeField(builder, f));
		const childrenVectorOffset = builder.addOffsetVector(childOffsets);
		const metadataOffset = encodeMetadata(builder, metadata);
		const nameOffset = builder.addString(name);
		return builder.addObject(7, (b) => {
			b.addOffset(0, nameOffset, 0);
			b.addInt8(1, +nullable, 0);
			b.addInt8(2, typeId, Type.NONE);
			b.addOffset(3, typeOffset, 0);
			b.addOffset(4, dictionaryOffset, 0);
			b.addOffset(5, childrenVectorOffset, 0);
			b.addOffset(6, metadataOffset, 0);
		});
	}
	function writeFooter(builder, schema, dictBlocks, recordBlocks, metadata) {
		const metadataOffset = encodeMetadata(builder, metadata);
		const recsOffset = builder.addVector(recordBlocks, 24, 8, encodeBlock);
		const dictsOffset = builder.addVector(dictBlocks, 24, 8, encodeBlock);
		const schemaOffset = encodeSchema(builder, schema);
		builder.finish(builder.addObject(5, (b) => {
			b.addInt16(0, Version.V5, Version.V1);
			b.addOffset(1, schemaOffset, 0);
			b.addOffset(2, dictsOffset, 0);
			b.addOffset(3, recsOffset, 0);
			b.addOffset(4, metadataOffset, 0);
		}));
		const size = builder.offset();
		builder.addInt32(0);
		builder.addInt32(-1);
		builder.flush();
		builder.sink.write(new Uint8Array(Int32Array.of(size).buffer));
		builder.sink.write(MAGIC);
	}
	function encodeBlock(builder, { offset, metadataLength, bodyLength }) {
		builder.writeInt64(bodyLength);
		builder.writeInt32(0);
		builder.writeInt32(metadataLength);
		builder.writeInt64(offset);
		return builder.offset();
	}
	function writeMessage(builder, headerType, headerOffset, bodyLength, blocks) {
		builder.finish(builder.addObject(5, (b) => {
			b.addInt16(0, Version.V5, Version.V1);
			b.addInt8(1, headerType, MessageHeader.NONE);
			b.addOffset(2, headerOffset, 0);
			b.addInt64(3, bodyLength, 0);
		}));
		const prefixSize = 8;
		const messageSize = builder.offset();
		const alignedSize = messageSize + prefixSize + 7 & -8;
		blocks?.push({
			offset: builder.outputBytes,
			metadataLength: alignedSize,
			bodyLength
		});
		builder.addInt32(alignedSize - prefixSize);
		builder.addInt32(-1);
		builder.flush();
		builder.addPadding(alignedSize - messageSize - prefixSize);
	}
	var Sink = class {
		write(bytes) {}
		pad(byteCount) {
			this.write(new Uint8Array(byteCount));
		}
		finish() {
			return null;
		}
	};
	var MemorySink = class extends Sink {
		constructor() {
			super();
			this.buffers = [];
		}
		write(bytes) {
			this.buffers.push(bytes);
		}
		finish() {
			const bufs = this.buffers;
			const size = bufs.reduce((sum, b) => sum + b.byteLength, 0);
			const buf = new Uint8Array(size);
			for (let i = 0, off = 0; i < bufs.length; ++i) {
				buf.set(bufs[i], off);
				off += bufs[i].byteLength;
			}
			return buf;
		}
	};
	const STREAM = "stream";
	const FILE = "file";
	function encodeIPC(data, { sink, format = STREAM, codec } = {}) {
		if (format !== STREAM && format !== FILE) throw new Error(`Unrecognized Arrow IPC format: ${format}`);
		const { schema, dictionaries = [], records = [], metadata } = data;
		const builder = new Builder(sink || new MemorySink());
		const file = format === FILE;
		const dictBlocks = [];
		const recordBlocks = [];
		const compression = codec != null ? {
			codec,
			method: BodyCompressionMethod.BUFFER
		} : null;
		if (file) builder.addBuffer(MAGIC);
		if (schema) writeMessage(builder, MessageHeader.Schema, encodeSchema(builder, schema), 0);
		for (const dict of dictionaries) {
			const { data } = dict;
			writeMessage(builder, MessageHeader.DictionaryBatch, encodeDictionaryBatch(builder, dict, compression), data.byteLength, dictBlocks);
			writeBuffers(builder, data.buffers);
		}
		for (const batch of records) {
			writeMessage(builder, MessageHeader.RecordBatch, encodeRecordBatch(builder, batch, compression), batch.byteLength, recordBlocks);
			writeBuffers(builder, batch.buffers);
		}
		builder.addBuffer(EOS);
		if (file) writeFooter(builder, schema, dictBlocks, recordBlocks, metadata);
		return builder.sink;
	}
	function writeBuffers(builder, buffers) {
		for (let i = 0; i < buffers.length; ++i) builder.addBuffer(buffers[i]);
	}
	function tableToIPC(table, options) {
		if (typeof options === "string") options = { format: options };
		const id = options?.codec;
		const codec = getCompressionCodec(id);
		if (id != null && !codec) throw new Error(missingCodec(id));
		const columns = table.children;
		checkBatchLengths(columns);
		const { dictionaries, idMap } = assembleDictionaryBatches(columns, codec);
		const records = assembleRecordBatches(columns, codec);
		return encodeIPC({
			schema: assembleSchema(table.schema, idMap),
			dictionaries,
			records
		}, {
			...options,
			codec: id
		}).finish();
	}
	function checkBatchLengths(columns) {
		const n = columns[0]?.data.map((d) => d.length);
		columns.forEach(({ data }) => {
			if (data.length !== n.length || data.some((b, i) => b.length !== n[i])) throw new Error("Columns have inconsistent batch sizes.");
		});
	}
	function assembleContext(codec) {
		let byteLength = 0;
		const nodes = [];
		const regions = [];
		const buffers = [];
		const variadic = [];
		return {
			node(length, nullCount) {
				nodes.push({
					length,
					nullCount
				});
			},
			buffer(b) {
				const bytes = new Uint8Array(b.buffer, b.byteOffset, b.byteLength);
				const buf = codec ? compressBuffer(bytes, codec) : bytes;
				const length = buf.byteLength;
				regions.push({
					offset: byteLength,
					length
				});
				buffers.push(buf);
				byteLength += length + 7 & -8;
			},
			variadic(length) {
				variadic.push(length);
			},
			children(type, batch) {
				type.children.forEach((field, index) => {
					visit(field.type, batch.children[index], this);
				});
			},
			done() {
				return {
					byteLength,
					nodes,
					regions,
					variadic,
					buffers
				};
			}
		};
	}
	function assembleDictionaryBatches(columns, codec) {
		const dictionaries = [];
		const dictMap = /* @__PURE__ */ new Map();
		const idMap = /* @__PURE__ */ new Map();
		let id = -1;
		const visitor = (dictionaryColumn) => {
			if (!dictMap.has(dictionaryColumn)) {
				dictMap.set(dictionaryColumn, ++id);
				for (let i = 0; i < dictionaryColumn.data.length; ++i) dictionaries.push({
					id,
					isDelta: i > 0,
					data: assembleRecordBatch([dictionaryColumn], i, codec)
				});
				idMap.set(dictionaryColumn.type, id);
			} else idMap.set(dictionaryColumn.type, dictMap.get(dictionaryColumn));
		};
		columns.forEach((col) => visitDictionaries(col.data[0], visitor));
		return {
			dictionaries,
			idMap
		};
	}
	function visitDictionaries(batch, visitor) {
		if (batch?.type.typeId === Type.Dictionary) {
			const dictionary = batch.dictionary;
			visitor(dictionary);
			visitDictionaries(dictionary.data[0], visitor);
		}
		batch?.children?.forEach((child) => visitDictionaries(child, visitor));
	}
	function assembleSchema(schema, idMap) {
		if (!idMap.size) return schema;
		const visit = (type) => {
			if (type.typeId === Type.Dictionary) {
				type.id = idMap.get(type.dictionary);
				visitDictType(type);
			}
			if (type.children) (type.children = type.children.slice()).forEach(visitFields);
		};
		const visitFields = (field, index, array) => {
			const type = { ...field.type };
			array[index] = {
				...field,
				type
			};
			visit(type);
		};
		const visitDictType = (parentType) => {
			const type = { ...parentType.dictionary };
			parentType.dictionary = type;
			visit(type);
		};
		schema = {
			...schema,
			fields: schema.fields.slice()
		};
		schema.fields.forEach(visitFields);
		return schema;
	}
	function assembleRecordBatches(columns, codec) {
		return (columns[0]?.data || []).map((_, index) => assembleRecordBatch(columns, index, codec));
	}
	function assembleRecordBatch(columns, batchIndex = 0, codec) {
		const ctx = assembleContext(codec);
		columns.forEach((column) => {
			visit(column.type, column.data[batchIndex], ctx);
		});
		return ctx.done();
	}
	function visit(type, batch, ctx) {
		const { typeId } = type;
		ctx.node(batch.length, batch.nullCount);
		if (typeId === Type.Null) return;
		switch (typeId) {
			case Type.Bool:
			case Type.Int:
			case Type.Time:
			case Type.Duration:
			case Type.Float:
			case Type.Date:
			case Type.Timestamp:
			case Type.Decimal:
			case Type.Interval:
			case Type.FixedSizeBinary:
			case Type.Dictionary:
				ctx.buffer(batch.validity);
				ctx.buffer(batch.values);
				return;
			case Type.Utf8:
			case Type.LargeUtf8:
			case Type.Binary:
			case Type.LargeBinary:
				ctx.buffer(batch.validity);
				ctx.buffer(batch.offsets);
				ctx.buffer(batch.values);
				return;
			case Type.BinaryView:
			case Type.Utf8View:
				ctx.buffer(batch.validity);
				ctx.buffer(batch.values);
				ctx.variadic(batch.data.length);
				batch.data.forEach((b) => ctx.buffer(b));
				return;
			case Type.List:
			case Type.LargeList:
			case Type.Map:
				ctx.buffer(batch.validity);
				ctx.buffer(batch.offsets);
				ctx.children(type, batch);
				return;
			case Type.ListView:
			case Type.LargeListView:
				ctx.buffer(batch.validity);
				ctx.buffer(batch.offsets);
				ctx.buffer(batch.sizes);
				ctx.children(type, batch);
				return;
			case Type.FixedSizeList:
			case Type.Struct:
				ctx.buffer(batch.validity);
				ctx.children(type, batch);
				return;
			case Type.RunEndEncoded:
				ctx.children(type, batch);
				return;
			case Type.Union:
				ctx.buffer(batch.typeIds);
				if (type.mode === UnionMode.Dense) ctx.buffer(batch.offsets);
				ctx.children(type, batch);
				return;
			default: throw new Error(invalidDataType(typeId));
		}
	}
	function buffer(arrayType) {
		return new Buffer(arrayType);
	}
	var Buffer = class {
		constructor(arrayType = uint8Array) {
			this.buf = new arrayType(512);
		}
		array(size) {
			return align(this.buf, size);
		}
		prep(index) {
			if (index >= this.buf.length) this.buf = grow(this.buf, index);
		}
		get(index) {
			return this.buf[index];
		}
		set(value, index) {
			this.prep(index);
			this.buf[index] = value;
		}
		write(bytes, index) {
			this.prep(index + bytes.length);
			this.buf.set(bytes, index);
		}
	};
	function bitmap() {
		return new Bitmap();
	}
	var Bitmap = class extends Buffer {
		set(index) {
			const i = index >> 3;
			this.prep(i);
			this.buf[i] |= 1 << index % 8;
		}
	};
	var BatchBuilder = class {
		constructor(type, ctx) {
			this.type = type;
			this.ctx = ctx;
			this.batchClass = ctx.batchType(type);
		}
		init() {
			this.index = -1;
			return this;
		}
		set(value, index) {
			this.index = index;
			return false;
		}
		done() {
			return null;
		}
		batch() {
			const b = new this.batchClass(this.done());
			this.init();
			return b;
		}
	};
	var ValidityBuilder = class extends BatchBuilder {
		constructor(type, ctx) {
			super(type, ctx);
		}
		init() {
			this.nullCount = 0;
			this.validity = bitmap();
			return super.init();
		}
		set(value, index) {
			this.index = index;
			const isValid = value != null;
			if (isValid) this.validity.set(index);
			else this.nullCount++;
			return isValid;
		}
		done() {
			const { index, nullCount, type, validity } = this;
			return {
				length: index + 1,
				nullCount,
				type,
				validity: nullCount ? validity.array((index >> 3) + 1) : new uint8Array(0)
			};
		}
	};
	function dictionaryContext() {
		const idMap = /* @__PURE__ */ new Map();
		const dicts = /* @__PURE__ */ new Set();
		return {
			get(type, ctx) {
				const id = type.id;
				if (id >= 0 && idMap.has(id)) return idMap.get(id);
				else {
					const dict = dictionaryValues(type, ctx);
					if (id >= 0) idMap.set(id, dict);
					dicts.add(dict);
					return dict;
				}
			},
			finish(options) {
				dicts.forEach((dict) => dict.finish(options));
			}
		};
	}
	function dictionaryValues(type, ctx) {
		const keys = Object.create(null);
		const values = ctx.builder(type.dictionary);
		const batches = [];
		values.init();
		let index = -1;
		return {
			type,
			values,
			add(batch) {
				batches.push(batch);
				return batch;
			},
			key(value) {
				const v = keyString(value);
				let k = keys[v];
				if (k === void 0) {
					keys[v] = k = ++index;
					values.set(value, k);
				}
				return k;
			},
			finish(options) {
				const valueType = type.dictionary;
				const batch = new (batchType(valueType, options))(values.done());
				const dictionary = new Column([batch]);
				batches.forEach((batch) => batch.setDictionary(dictionary));
			}
		};
	}
	var DictionaryBuilder = class extends ValidityBuilder {
		constructor(type, ctx) {
			super(type, ctx);
			this.dict = ctx.dictionary(type);
		}
		init() {
			this.values = buffer(this.type.indices.values);
			return super.init();
		}
		set(value, index) {
			if (super.set(value, index)) this.values.set(this.dict.key(value), index);
		}
		done() {
			return {
				...super.done(),
				values: this.values.array(this.index + 1)
			};
		}
		batch() {
			return this.dict.add(super.batch());
		}
	};
	function inferType(visit) {
		const profile = profiler();
		visit((value) => profile.add(value));
		return profile.type();
	}
	function profiler() {
		let length = 0;
		let nullCount = 0;
		let boolCount = 0;
		let numberCount = 0;
		let intCount = 0;
		let bigintCount = 0;
		let dateCount = 0;
		let dayCount = 0;
		let stringCount = 0;
		let arrayCount = 0;
		let structCount = 0;
		let min = Infinity;
		let max = -Infinity;
		let minLength = Infinity;
		let maxLength = -Infinity;
		let minBigInt;
		let maxBigInt;
		let arrayProfile;
		let structProfiles = {};
		return {
			add(value) {
				length++;
				if (value == null) {
					nullCount++;
					return;
				}
				switch (typeof value) {
					case "string":
						stringCount++;
						break;
					case "number":
						numberCount++;
						if (value < min) min = value;
						if (value > max) max = value;
						if (Number.isInteger(value)) intCount++;
						break;
					case "bigint":
						bigintCount++;
						if (minBigInt === void 0) minBigInt = maxBigInt = value;
						else {
							if (value < minBigInt) minBigInt = value;
							if (value > maxBigInt) maxBigInt = value;
						}
						break;
					case "boolean":
						boolCount++;
						break;
					case "object": if (value instanceof Date) {
						dateCount++;
						if (+value % 864e5 === 0) dayCount++;
					} else if (isArray(value)) {
						arrayCount++;
						const len = value.length;
						if (len < minLength) minLength = len;
						if (len > maxLength) maxLength = len;
						arrayProfile ??= profiler();
						value.forEach(arrayProfile.add);
					} else {
						structCount++;
						for (const key in value) (structProfiles[key] ?? (structProfiles[key] = profiler())).add(value[key]);
					}
				}
			},
			type() {
				const valid = length - nullCount;
				return valid === 0 ? nullType() : intCount === valid ? intType(min, max) : numberCount === valid ? float64() : bigintCount === valid ? bigintType(minBigInt, maxBigInt) : boolCount === valid ? bool() : dayCount === valid ? dateDay() : dateCount === valid ? timestamp() : stringCount === valid ? dictionary(utf8()) : arrayCount === valid ? arrayType(arrayProfile.type(), minLength, maxLength) : structCount === valid ? struct(Object.entries(structProfiles).map((_) => field(_[0], _[1].type()))) : unionType();
			}
		};
	}
	function arrayType(type, minLength, maxLength) {
		return maxLength === minLength ? fixedSizeList(type, minLength) : list(type);
	}
	function intType(min, max) {
		const v = Math.max(Math.abs(min) - 1, max);
		return v < 128 ? int8() : v < 32768 ? int16() : v < 2 ** 31 ? int32() : float64();
	}
	function bigintType(min, max) {
		const v = -min > max ? -min - 1n : max;
		if (v >= 2 ** 63) throw new Error(`BigInt exceeds 64 bits: ${v}`);
		return int64();
	}
	function unionType() {
		throw new Error("Mixed types detected, please define a union type.");
	}
	var BinaryBuilder = class extends ValidityBuilder {
		constructor(type, ctx) {
			super(type, ctx);
			this.toOffset = toOffset(type.offsets);
		}
		init() {
			this.offsets = buffer(this.type.offsets);
			this.values = buffer();
			this.pos = 0;
			return super.init();
		}
		set(value, index) {
			const { offsets, values, toOffset } = this;
			if (super.set(value, index)) {
				values.write(value, this.pos);
				this.pos += value.length;
			}
			offsets.set(toOffset(this.pos), index + 1);
		}
		done() {
			return {
				...super.done(),
				offsets: this.offsets.array(this.index + 2),
				values: this.values.array(this.pos + 1)
			};
		}
	};
	var BoolBuilder = class extends ValidityBuilder {
		constructor(type, ctx) {
			super(type, ctx);
		}
		init() {
			this.values = bitmap();
			return super.init();
		}
		set(value, index) {
			super.set(value, index);
			if (value) this.values.set(index);
		}
		done() {
			return {
				...super.done(),
				values: this.values.array((this.index >> 3) + 1)
			};
		}
	};
	var DecimalBuilder = class extends ValidityBuilder {
		constructor(type, ctx) {
			super(type, ctx);
			this.scale = 10 ** type.scale;
			this.stride = type.bitWidth >> 6;
		}
		init() {
			this.values = buffer(this.type.values);
			return super.init();
		}
		set(value, index) {
			const { scale, stride, values } = this;
			if (super.set(value, index)) {
				values.prep((index + 1) * stride);
				toDecimal(value, values.buf, index * stride, stride, scale);
			}
		}
		done() {
			const { index, stride, values } = this;
			return {
				...super.done(),
				values: values.array((index + 1) * stride)
			};
		}
	};
	var FixedSizeBinaryBuilder = class extends ValidityBuilder {
		constructor(type, ctx) {
			super(type, ctx);
			this.stride = type.stride;
		}
		init() {
			this.values = buffer();
			return super.init();
		}
		set(value, index) {
			if (super.set(value, index)) this.values.write(value, index * this.stride);
		}
		done() {
			const { stride, values } = this;
			return {
				...super.done(),
				values: values.array(stride * (this.index + 1))
			};
		}
	};
	var FixedSizeListBuilder = class extends ValidityBuilder {
		constructor(type, ctx) {
			super(type, ctx);
			this.child = ctx.builder(this.type.children[0].type);
			this.stride = type.stride;
		}
		init() {
			this.child.init();
			return super.init();
		}
		set(value, index) {
			const { child, stride } = this;
			const base = index * stride;
			if (super.set(value, index)) for (let i = 0; i < stride; ++i) child.set(value[i], base + i);
			else child.index = base + stride;
		}
		done() {
			const { child } = this;
			return {
				...super.done(),
				children: [child.batch()]
			};
		}
	};
	var IntervalDayTimeBuilder = class extends ValidityBuilder {
		init() {
			this.values = buffer(this.type.values);
			return super.init();
		}
		set(value, index) {
			if (super.set(value, index)) {
				const i = index << 1;
				this.values.set(value[0], i);
				this.values.set(value[1], i + 1);
			}
		}
		done() {
			return {
				...super.done(),
				values: this.values.array(this.index + 1 << 1)
			};
		}
	};
	var IntervalMonthDayNanoBuilder = class extends ValidityBuilder {
		init() {
			this.values = buffer();
			return super.init();
		}
		set(value, index) {
			if (super.set(value, index)) this.values.write(toMonthDayNanoBytes(value), index << 4);
		}
		done() {
			return {
				...super.done(),
				values: this.values.array(this.index + 1 << 4)
			};
		}
	};
	var AbstractListBuilder = class extends ValidityBuilder {
		constructor(type, ctx, child) {
			super(type, ctx);
			this.child = child;
		}
		init() {
			this.child.init();
			const offsetType = this.type.offsets;
			this.offsets = buffer(offsetType);
			this.toOffset = toOffset(offsetType);
			this.pos = 0;
			return super.init();
		}
		done() {
			return {
				...super.done(),
				offsets: this.offsets.array(this.index + 2),
				children: [this.child.batch()]
			};
		}
	};
	var ListBuilder = class extends AbstractListBuilder {
		constructor(type, ctx) {
			super(type, ctx, ctx.builder(type.children[0].type));
		}
		set(value, index) {
			const { child, offsets, toOffset } = this;
			if (super.set(value, index)) value.forEach((v) => child.set(v, this.pos++));
			offsets.set(toOffset(this.pos), index + 1);
		}
	};
	var AbstractStructBuilder = class extends ValidityBuilder {
		constructor(type, ctx) {
			super(type, ctx);
			this.children = type.children.map((c) => ctx.builder(c.type));
		}
		init() {
			this.children.forEach((c) => c.init());
			return super.init();
		}
		done() {
			const { children } = this;
			children.forEach((c) => c.index = this.index);
			return {
				...super.done(),
				children: children.map((c) => c.batch())
			};
		}
	};
	var StructBuilder = class extends AbstractStructBuilder {
		constructor(type, ctx) {
			super(type, ctx);
			this.setters = this.children.map((child, i) => {
				const name = type.children[i].name;
				return (value, index) => child.set(value?.[name], index);
			});
		}
		set(value, index) {
			super.set(value, index);
			const setters = this.setters;
			for (let i = 0; i < setters.length; ++i) setters[i](value, index);
		}
	};
	var MapBuilder = class extends AbstractListBuilder {
		constructor(type, ctx) {
			super(type, ctx, new MapStructBuilder(type.children[0].type, ctx));
		}
		set(value, index) {
			const { child, offsets, toOffset } = this;
			if (super.set(value, index)) for (const keyValuePair of value) child.set(keyValuePair, this.pos++);
			offsets.set(toOffset(this.pos), index + 1);
		}
	};
	var MapStructBuilder = class extends AbstractStructBuilder {
		set(value, index) {
			super.set(value, index);
			const [key, val] = this.children;
			key.set(value[0], index);
			val.set(value[1], index);
		}
	};
	const NO_VALUE = {};
	var RunEndEncodedBuilder = class extends BatchBuilder {
		constructor(type, ctx) {
			super(type, ctx);
			this.children = type.children.map((c) => ctx.builder(c.type));
		}
		init() {
			this.pos = 0;
			this.key = null;
			this.value = NO_VALUE;
			this.children.forEach((c) => c.init());
			return super.init();
		}
		next() {
			const [runs, vals] = this.children;
			runs.set(this.index + 1, this.pos);
			vals.set(this.value, this.pos++);
		}
		set(value, index) {
			if (value !== this.value) {
				const key = keyString(value);
				if (key !== this.key) {
					if (this.key) this.next();
					this.key = key;
					this.value = value;
				}
			}
			this.index = index;
		}
		done() {
			this.next();
			const { children, index, type } = this;
			return {
				length: index + 1,
				nullCount: 0,
				type,
				children: children.map((c) => c.batch())
			};
		}
	};
	var AbstractUnionBuilder = class extends BatchBuilder {
		constructor(type, ctx) {
			super(type, ctx);
			this.children = type.children.map((c) => ctx.builder(c.type));
			this.typeMap = type.typeMap;
			this.lookup = type.typeIdForValue;
		}
		init() {
			this.nullCount = 0;
			this.typeIds = buffer(int8Array);
			this.children.forEach((c) => c.init());
			return super.init();
		}
		set(value, index) {
			const { children, lookup, typeMap, typeIds } = this;
			this.index = index;
			const typeId = lookup(value, index);
			const child = children[typeMap[typeId]];
			typeIds.set(typeId, index);
			if (value == null) ++this.nullCount;
			this.update(value, index, child);
		}
		done() {
			const { children, nullCount, type, typeIds } = this;
			const length = this.index + 1;
			return {
				length,
				nullCount,
				type,
				typeIds: typeIds.array(length),
				children: children.map((c) => c.batch())
			};
		}
	};
	var SparseUnionBuilder = class extends AbstractUnionBuilder {
		update(value, index, child) {
			child.set(value, index);
			this.children.forEach((c) => {
				if (c !== child) c.set(null, index);
			});
		}
	};
	var DenseUnionBuilder = class extends AbstractUnionBuilder {
		init() {
			this.offsets = buffer(this.type.offsets);
			return super.init();
		}
		update(value, index, child) {
			const offset = child.index + 1;
			child.set(value, offset);
			this.offsets.set(offset, index);
		}
		done() {
			return {
				...super.done(),
				offsets: this.offsets.array(this.index + 1)
			};
		}
	};
	var Utf8Builder = class extends BinaryBuilder {
		set(value, index) {
			super.set(value && encodeUtf8(value), index);
		}
	};
	var DirectBuilder = class extends ValidityBuilder {
		constructor(type, ctx) {
			super(type, ctx);
			this.values = buffer(type.values);
		}
		init() {
			this.values = buffer(this.type.values);
			return super.init();
		}
		set(value, index) {
			if (super.set(value, index)) this.values.set(value, index);
		}
		done() {
			return {
				...super.done(),
				values: this.values.array(this.index + 1)
			};
		}
	};
	var Int64Builder = class extends DirectBuilder {
		set(value, index) {
			super.set(value == null ? value : toBigInt(value), index);
		}
	};
	var TransformBuilder = class extends DirectBuilder {
		constructor(type, ctx, transform) {
			super(type, ctx);
			this.transform = transform;
		}
		set(value, index) {
			super.set(value == null ? value : this.transform(value), index);
		}
	};
	function builderContext(options = {}, dictionaries = dictionaryContext()) {
		return {
			batchType: (type) => batchType(type, options),
			builder(type) {
				return builder(type, this);
			},
			dictionary(type) {
				return dictionaries.get(type, this);
			},
			finish: () => dictionaries.finish(options)
		};
	}
	function builder(type, ctx = builderContext()) {
		const { typeId } = type;
		switch (typeId) {
			case Type.Int:
			case Type.Time:
			case Type.Duration: return isInt64ArrayType(type.values) ? new Int64Builder(type, ctx) : new DirectBuilder(type, ctx);
			case Type.Float: return type.precision ? new DirectBuilder(type, ctx) : new TransformBuilder(type, ctx, toFloat16);
			case Type.Binary:
			case Type.LargeBinary: return new BinaryBuilder(type, ctx);
			case Type.Utf8:
			case Type.LargeUtf8: return new Utf8Builder(type, ctx);
			case Type.Bool: return new BoolBuilder(type, ctx);
			case Type.Decimal: return type.bitWidth === 32 ? new TransformBuilder(type, ctx, toDecimal32(type.scale)) : new DecimalBuilder(type, ctx);
			case Type.Date: return new TransformBuilder(type, ctx, type.unit ? toDateMillisecond : toDateDay);
			case Type.Timestamp: return new TransformBuilder(type, ctx, toTimestamp(type.unit));
			case Type.Interval:
				switch (type.unit) {
					case IntervalUnit.DAY_TIME: return new IntervalDayTimeBuilder(type, ctx);
					case IntervalUnit.MONTH_DAY_NANO: return new IntervalMonthDayNanoBuilder(type, ctx);
				}
				return new DirectBuilder(type, ctx);
			case Type.List:
			case Type.LargeList: return new ListBuilder(type, ctx);
			case Type.Struct: return new StructBuilder(type, ctx);
			case Type.Union: return type.mode ? new DenseUnionBuilder(type, ctx) : new SparseUnionBuilder(type, ctx);
			case Type.FixedSizeBinary: return new FixedSizeBinaryBuilder(type, ctx);
			case Type.FixedSizeList: return new FixedSizeListBuilder(type, ctx);
			case Type.Map: return new MapBuilder(type, ctx);
			case Type.RunEndEncoded: return new RunEndEncodedBuilder(type, ctx);
			case Type.Dictionary: return new DictionaryBuilder(type, ctx);
		}
		throw new Error(invalidDataType(typeId));
	}
	function columnFromValues(values, type, options = {}, dicts) {
		const visit = isIterable(values) ? (callback) => {
			for (const value of values) callback(value);
		} : values;
		type ??= inferType(visit);
		const { maxBatchRows = Infinity, ...opt } = options;
		let data;
		if (type.typeId === Type.Null) {
			let length = 0;
			visit(() => ++length);
			data = nullBatches(type, length, maxBatchRows);
		} else {
			const ctx = builderContext(opt, dicts);
			const b = builder(type, ctx).init();
			const next = (b) => data.push(b.batch());
			data = [];
			let row = 0;
			visit((value) => {
				b.set(value, row++);
				if (row >= maxBatchRows) {
					next(b);
					row = 0;
				}
			});
			if (row) next(b);
			ctx.finish();
		}
		return new Column(data, type);
	}
	function nullBatches(type, length, limit) {
		const data = [];
		const batch = (length) => new NullBatch({
			length,
			nullCount: length,
			type
		});
		const numBatches = Math.floor(length / limit);
		for (let i = 0; i < numBatches; ++i) data.push(batch(limit));
		const rem = length % limit;
		if (rem) data.push(batch(rem));
		return data;
	}
	function columnFromArray(array, type, options = {}, dicts) {
		return !type && isTypedArray(array) ? columnFromTypedArray(array, options) : columnFromValues((v) => array.forEach(v), type, options, dicts);
	}
	function columnFromTypedArray(values, { maxBatchRows, useBigInt }) {
		const arrayType = values.constructor;
		const type = typeForTypedArray(arrayType);
		const length = values.length;
		const limit = Math.min(maxBatchRows || Infinity, length);
		const numBatches = Math.floor(length / limit);
		const batches = [];
		const batchType = isInt64ArrayType(arrayType) && !useBigInt ? Int64Batch : DirectBatch;
		const add = (start, end) => batches.push(new batchType({
			length: end - start,
			nullCount: 0,
			type,
			validity: new uint8Array(0),
			values: values.subarray(start, end)
		}));
		let idx = 0;
		for (let i = 0; i < numBatches; ++i) add(idx, idx += limit);
		if (idx < length) add(idx, length);
		return new Column(batches);
	}
	function typeForTypedArray(arrayType) {
		switch (arrayType) {
			case float32Array: return float32();
			case float64Array: return float64();
			case int8Array: return int8();
			case int16Array: return int16();
			case int32Array: return int32();
			case int64Array: return int64();
			case uint8Array: return uint8();
			case uint16Array: return uint16();
			case uint32Array: return uint32();
			case uint64Array: return uint64();
		}
	}
	function tableFromColumns(data, useProxy) {
		const fields = [];
		const entries = Array.isArray(data) ? data : Object.entries(data);
		const length = entries[0]?.[1].length;
		const columns = entries.map(([name, col]) => {
			if (col.length !== length) throw new Error("All columns must have the same length.");
			fields.push(field(name, col.type));
			return col;
		});
		const schema = {
			version: Version.V5,
			endianness: Endianness.Little,
			fields,
			metadata: null
		};
		return new Table(schema, columns, useProxy);
	}
	function tableFromArrays(data, options = {}) {
		const { types = {}, ...opt } = options;
		const dicts = dictionaryContext();
		return tableFromColumns((Array.isArray(data) ? data : Object.entries(data)).map(([name, array]) => [name, columnFromArray(array, types[name], opt, dicts)]), options.useProxy);
	}
	exports.Batch = Batch;
	exports.Column = Column;
	exports.CompressionType = CompressionType;
	exports.DateUnit = DateUnit;
	exports.Endianness = Endianness;
	exports.IntervalUnit = IntervalUnit;
	exports.Precision = Precision;
	exports.RowIndex = RowIndex;
	exports.Table = Table;
	exports.TimeUnit = TimeUnit;
	exports.Type = Type;
	exports.UnionMode = UnionMode;
	exports.Version = Version;
	exports.batchType = batchType;
	exports.binary = binary;
	exports.binaryView = binaryView;
	exports.bool = bool;
	exports.columnFromArray = columnFromArray;
	exports.columnFromValues = columnFromValues;
	exports.date = date;
	exports.dateDay = dateDay;
	exports.dateMillisecond = dateMillisecond;
	exports.decimal = decimal;
	exports.decimal128 = decimal128;
	exports.decimal256 = decimal256;
	exports.decimal32 = decimal32;
	exports.decimal64 = decimal64;
	exports.dictionary = dictionary;
	exports.dictionaryContext = dictionaryContext;
	exports.duration = duration;
	exports.field = field;
	exports.fixedSizeBinary = fixedSizeBinary;
	exports.fixedSizeList = fixedSizeList;
	exports.float = float;
	exports.float16 = float16;
	exports.float32 = float32;
	exports.float64 = float64;
	exports.getCompressionCodec = getCompressionCodec;
	exports.int = int;
	exports.int16 = int16;
	exports.int32 = int32;
	exports.int64 = int64;
	exports.int8 = int8;
	exports.interval = interval;
	exports.largeBinary = largeBinary;
	exports.largeList = largeList;
	exports.largeListView = largeListView;
	exports.largeUtf8 = largeUtf8;
	exports.list = list;
	exports.listView = listView;
	exports.map = map;
	exports.nullType = nullType;
	exports.runEndEncoded = runEndEncoded;
	exports.setCompressionCodec = setCompressionCodec;
	exports.struct = struct;
	exports.tableFromArrays = tableFromArrays;
	exports.tableFromColumns = tableFromColumns;
	exports.tableFromIPC = tableFromIPC;
	exports.tableToIPC = tableToIPC;
	exports.time = time;
	exports.timeMicrosecond = timeMicrosecond;
	exports.timeMillisecond = timeMillisecond;
	exports.timeNanosecond = timeNanosecond;
	exports.timeSecond = timeSecond;
	exports.timestamp = timestamp;
	exports.uint16 = uint16;
	exports.uint32 = uint32;
	exports.uint64 = uint64;
	exports.uint8 = uint8;
	exports.union = union;
	exports.utf8 = utf8;
	exports.utf8View = utf8View;
}));

export { require_flechette };