import { InputError } from "./core.js";
import { buildContract, describeModelBytes, namingModel, readModel } from "./core-onnx.js";
import { classesOf } from "./core-scoring.js";
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { open, readFile, realpath, stat } from "node:fs/promises";

// src/adapters/model-files/read-model-file.ts
const MAX_MODEL_BYTES = 2 * 1024 ** 3;
const HEAD_BYTES = 4096;
const MOST_EXTERNAL_FILES = 2e4;
function createModelReader() {
	return { read: readModelFile };
}
async function readModelFile(file) {
	const { name, path } = file;
	const bytes = await readBounded(file);
	const shownName = name.includes(basename(path)) ? name : `${name} (${basename(path)})`;
	const model = readModel(bytes, shownName);
	const externalFiles = await findExternalFiles(file, model.externalLocations);
	const externalBytes = externalFiles.reduce((total, { bytes: size = 0 }) => total + size, 0);
	return {
		model,
		contract: namingModel(shownName, () => buildContract(model, {
			bytes: bytes.length + externalBytes,
			classes: classesOf(model)
		})),
		externalFiles
	};
}
async function readBounded({ path, name }) {
	const handle = await open(path).catch((cause) => {
		throw new InputError(`${name}: the model file ${path} cannot be read: ${cause.message}`, {
			location: { file: path },
			cause
		});
	});
	try {
		const stats = await handle.stat();
		const { size } = stats;
		if (!stats.isFile()) throw new InputError(`${name}: ${path} is no file`, { location: { file: path } });
		if (size > MAX_MODEL_BYTES) throw new InputError(`${name}: ${path} has ${size} bytes; a model has at most ${MAX_MODEL_BYTES}`);
		const head = Buffer.alloc(Math.min(size, HEAD_BYTES));
		await handle.read(head, 0, head.length, 0);
		if (describeModelBytes(head).kind !== "onnx") return head;
	} finally {
		await handle.close();
	}
	return await readFile(path);
}
async function findExternalFiles({ path, name }, locations) {
	if (locations.length > MOST_EXTERNAL_FILES) throw new InputError(`${name}: ${path} keeps its weights in ${locations.length} files; at most ${MOST_EXTERNAL_FILES} are looked for`);
	const directory = await realpath(dirname(path));
	const files = [];
	for (const location of locations) files.push(await findExternalFile(directory, location));
	return files;
}
async function findExternalFile(directory, location) {
	const wanted = resolve(directory, location);
	if (isAbsolute(location) || !isBelow(directory, wanted)) return {
		location,
		state: "outside"
	};
	const found = await realpath(wanted).catch(() => void 0);
	if (found === void 0) return {
		location,
		state: "missing"
	};
	if (!isBelow(directory, found)) return {
		location,
		state: "outside"
	};
	const stats = await stat(found);
	return stats.isFile() ? {
		location,
		state: "present",
		bytes: stats.size
	} : {
		location,
		state: "missing"
	};
}
function isBelow(directory, path) {
	const way = relative(directory, path);
	return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

export { createModelReader, readModelFile };