import { InputError } from "./core.js";
import { planMask, readMaskOptions } from "./core-masking.js";
import { findPersonalColumns } from "./stages-validation.js";

// src/stages/masking/mask-data.ts
async function maskData(request, engine) {
	const asked = readMaskOptions(request.options);
	let changes = asked;
	const { rowCount, columns } = await engine.writeCopy({
		source: request.source,
		key: request.key,
		output: request.output,
		changesOf: (names) => {
			changes = planMask(asked, request.declared, names);
			return changes;
		},
		approve: (written) => request.detects ? refusePersonal(written, changes) : Promise.resolve()
	});
	return {
		rowCount,
		columns,
		changes
	};
}
async function refusePersonal(written, changes) {
	const hashed = written.columns.filter(({ name }) => changes.get(name)?.kind === "hash");
	const profiles = await written.profile(written.columns.map(({ name }) => name));
	const found = await findPersonalColumns(written, profiles, { leftOut: new Set(hashed.map(({ name }) => name)) });
	if (found.length === 0) return;
	const told = found.map(({ name, hits, checked, words }) => `${name} (${hits} of ${checked} values are ${words})`);
	const [first] = found;
	throw new InputError(`the copy would still hold personal data in ${told.join(", ")}; nothing was written: add --hash ${first.name} or --drop ${first.name}, or allow it with --detect false`);
}

export { maskData };