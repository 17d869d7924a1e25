import { InputError } from "./core.js";
import { dirname, isAbsolute, join, resolve, sep } from "node:path";
import { createReadStream, createWriteStream } from "node:fs";
import { copyFile, glob, lstat, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

// src/adapters/filesystem/local-files.ts
function createLocalFiles(temporaryRoot) {
	const temporary = [];
	return {
		readText,
		readBytes,
		exists,
		size,
		isLink,
		write: (path, content) => replaceFile(path, (temporary) => writeFile(temporary, content)),
		writeChunks: (path, chunks) => replaceFile(path, (temporary) => pipeline(Readable.from(chunks), createWriteStream(temporary))),
		async copy(from, to) {
			if (!await isFile(from)) refuse(from, { code: await exists(from) ? "EISDIR" : "ENOENT" });
			await replaceFile(to, (temporary) => copyFile(from, temporary));
		},
		async remove(path) {
			await rm(path, {
				recursive: true,
				force: true
			});
		},
		find,
		digest,
		async temporaryDirectory(purpose) {
			await mkdir(temporaryRoot, { recursive: true });
			const directory = await mkdtemp(join(temporaryRoot, `contender-${purpose}-`));
			temporary.push(directory);
			return directory;
		},
		async [Symbol.asyncDispose]() {
			for (const directory of temporary.splice(0)) await rm(directory, {
				recursive: true,
				force: true
			});
		}
	};
}
async function readText(path) {
	try {
		return await readFile(path, "utf8");
	} catch (cause) {
		if (cause.code === "ENOENT") return void 0;
		return refuse(path, cause);
	}
}
async function readBytes(path, mostBytes) {
	try {
		const { size } = await stat(path);
		if (size > mostBytes) throw new InputError(`${path} has ${size} bytes, and at most ${mostBytes} are read`, { location: { file: path } });
		return await readFile(path);
	} catch (cause) {
		if (cause instanceof InputError) throw cause;
		return refuse(path, cause);
	}
}
async function exists(path) {
	return stat(path).then(() => true, () => false);
}
async function size(path) {
	return stat(path).then((found) => found.size, () => 0);
}
async function isLink(path) {
	return lstat(path).then((found) => found.isSymbolicLink(), () => false);
}
async function replaceFile(path, fill) {
	const temporary = `${path}.${randomUUID()}.tmp`;
	try {
		await mkdir(dirname(path), { recursive: true });
		await fill(temporary);
		await rename(temporary, path);
	} catch (cause) {
		await rm(temporary, { force: true }).catch(() => void 0);
		refuse(path, cause);
	}
}
async function find(patterns, directory) {
	const found = /* @__PURE__ */ new Set();
	for (const pattern of patterns) if (await isFile(resolve(directory, pattern))) found.add(pattern);
	else for await (const path of glob(pattern, { cwd: directory })) await addFile(path);
	return [...found].sort();
	async function addFile(path) {
		const relative = isAbsolute(path) ? path : path.split(sep).join("/");
		if (await isFile(resolve(directory, path))) found.add(relative);
	}
}
async function isFile(path) {
	return stat(path).then((found) => found.isFile(), () => false);
}
async function digest(path) {
	const hash = createHash("sha256");
	let bytes = 0;
	try {
		for await (const chunk of createReadStream(path)) {
			hash.update(chunk);
			bytes += chunk.length;
		}
	} catch (cause) {
		return refuse(path, cause);
	}
	return {
		sha256: hash.digest("hex"),
		bytes
	};
}
const REASONS = {
	ENOENT: "does not exist",
	EISDIR: "is a directory; a file is needed",
	EACCES: "cannot be read or written: permission denied",
	EPERM: "cannot be read or written: permission denied",
	ENOTDIR: "lies below something that is no directory",
	EEXIST: "lies below something that is no directory",
	EROFS: "cannot be written: the file system is read-only",
	ENOSPC: "cannot be written: the disk is full"
};
function refuse(path, cause) {
	const { code = "" } = cause;
	const reason = REASONS[code];
	if (reason === void 0) throw cause;
	throw new InputError(`${path} ${reason}`, {
		location: { file: path },
		cause
	});
}

export { createLocalFiles };