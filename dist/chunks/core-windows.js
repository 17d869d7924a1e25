import { InputError } from "./core.js";

// src/core/windows/resolve-windows.ts
function resolveWindows(split, facts) {
	const newestMature = Math.min(facts.newestLabelled, facts.newestRow - split.matureAfterMilliseconds);
	const end = newestMature + 1;
	const earliest = facts.championTrainedTo === void 0 ? -Infinity : facts.championTrainedTo + split.gapMilliseconds;
	const holdoutFrom = Math.max(end - split.holdoutMilliseconds, earliest);
	if (holdoutFrom >= end) throw new InputError(`no labelled rows are left for the holdout: the newest row with a mature label is of ${iso(newestMature)}, and the champion was trained on rows up to ${iso(earliest)} (gap included); wait for newer rows or shorten data.split.mature-after`);
	const trainingTo = end - split.holdoutMilliseconds - split.gapMilliseconds;
	return {
		training: {
			...split.trainingMilliseconds === void 0 ? {} : { from: iso(trainingTo - split.trainingMilliseconds) },
			to: iso(trainingTo)
		},
		holdout: {
			from: iso(holdoutFrom),
			to: iso(end)
		}
	};
}
function iso(milliseconds) {
	return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : "the beginning";
}

// src/core/windows/window-time.ts
function parseWindow(window) {
	return {
		...window.from === void 0 ? {} : { from: Date.parse(window.from) },
		...window.to === void 0 ? {} : { to: Date.parse(window.to) }
	};
}

export { parseWindow, resolveWindows };