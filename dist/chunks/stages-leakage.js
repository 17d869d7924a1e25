import { InputError } from "./core.js";
import { takeValues } from "./core-comparison.js";
import { labelledPositions, openRole } from "./stages-data.js";
import { FINGERPRINT_ASSET } from "./core-release.js";
import { MOST_FINGERPRINT_BYTES, chooseIdentity, countOverlap, countSeen, decodeFingerprint, encodeFingerprint, findObstacle } from "./core-leakage.js";
import { OTHER_JOB } from "./stages-other-jobs.js";
import { join } from "node:path";

// src/stages/leakage/find-overlaps.ts
async function findOverlaps(request, world) {
	const { challenger, champion, holdout } = request;
	const own = await readFingerprint(challenger, world);
	const other = champion && await readFingerprint(champion, world);
	await using data = [own, other].some((found) => found !== void 0 && typeof found !== "string") ? await openHoldout(holdout) : void 0;
	const look = createLook(holdout, data);
	const overlap = {
		challenger: await look(own, challenger),
		...champion && other !== void 0 ? { champion: await look(other, champion) } : {}
	};
	return {
		..."checks" in overlap.challenger ? { leakage: countSeen(overlap.challenger.checks) } : {},
		overlap
	};
}
function openHoldout({ request }) {
	return openRole(request.ports.engine, {
		role: "holdout",
		...request
	});
}
async function readFingerprint({ fingerprint, name, origin, training, manifest, version }, { files }) {
	if (fingerprint === void 0) {
		if (training !== void 0) return "its training left no fingerprint of its rows";
		if (manifest !== void 0) return `its release ${version ?? ""} has no fingerprint of its training rows`;
		return origin === "artifact of another job" ? "another job trained it, whose word for its rows is not taken" : "it was given by its path, which does not tell what it was trained on";
	}
	try {
		const { path, sha256 } = fingerprint;
		if (sha256 !== void 0 && (await files.digest(path)).sha256 !== sha256) return "the fingerprint of its training rows is not the one that training.json names";
		return decodeFingerprint(await files.readBytes(path, MOST_FINGERPRINT_BYTES), `the fingerprint of the ${name}`);
	} catch (error) {
		if (error instanceof InputError) return error.message;
		throw error;
	}
}
function createLook(holdout, data) {
	const known = /* @__PURE__ */ new Map();
	const hash = (rows, names) => {
		const key = JSON.stringify(names);
		const hashes = known.get(key) ?? rows.rowHashes(names).then((all) => takeValues(all, holdout.labelled));
		known.set(key, hashes);
		return hashes;
	};
	return async (found, model) => {
		if (typeof found === "string" || data === void 0) return { notChecked: String(found) };
		const inputs = [];
		let obstacle;
		for (const set of found.sets) {
			const problem = findObstacle(set, data.columns);
			obstacle ??= problem;
			if (problem !== void 0) continue;
			inputs.push({
				set,
				hashes: await hash(data, set.columns.map(({ name }) => name))
			});
		}
		if (inputs.length === 0) return { notChecked: obstacle ?? "its fingerprint covers no columns" };
		const checks = countOverlap(inputs, `the fingerprint of the ${model.name}`);
		return {
			labelledRows: holdout.labelled.length,
			checks: [...checks]
		};
	};
}

// src/stages/leakage/take-fingerprint.ts
async function takeFingerprint(request, { engine, log }) {
	const { exam, windows, isQueried } = request;
	if (!isQueried) return await fingerprintOf(request, request.data, log);
	await using rows = await openRole(engine, {
		role: "training",
		configuration: exam.configuration,
		directory: exam.headDirectory,
		windows
	});
	return await fingerprintOf(request, rows, log);
}
async function fingerprintOf({ exam, onlyLabelled }, data, log) {
	const { configuration } = exam;
	const identities = chooseIdentity(configuration, data.columns);
	if (identities.length === 0) return void 0;
	const kept = onlyLabelled ? await findLabelled(data, configuration.data.target) : void 0;
	const hashed = [];
	for (const { by, columns } of identities) {
		const hashes = await data.rowHashes(columns.map(({ name }) => name));
		hashed.push({
			by,
			columns,
			hashes: kept === void 0 ? hashes : take(hashes, kept)
		});
	}
	const bytes = encodeFingerprint(kept?.length ?? data.rowCount, hashed);
	if (bytes.length <= 134217728) return bytes;
	log.warning(`the fingerprint of the training rows would take ${bytes.length} bytes, more than the ${MOST_FINGERPRINT_BYTES} that are read again; none is kept, so that nobody can look for holdout rows in it`);
}
async function findLabelled(data, target) {
	const column = data.columns.find(({ name }) => name === target);
	if (column === void 0) return void 0;
	const isNumeric = column.type === "integer" || column.type === "number";
	const { columns } = await data.read([{
		name: column.name,
		as: isNumeric ? "number" : "text"
	}]);
	return labelledPositions(columns[0]);
}
function take(hashes, rows) {
	return Float64Array.from(rows, (row) => hashes[row]);
}
async function recordFingerprint(bytes, place, { files }) {
	if (bytes === void 0) return {};
	const path = `${place.folder}/${FINGERPRINT_ASSET}`;
	const file = join(place.evidenceDirectory, path);
	await files.write(file, bytes);
	const { sha256 } = await files.digest(file);
	return { fingerprint: {
		path,
		sha256
	} };
}

export { findOverlaps, recordFingerprint, takeFingerprint };