// src/core/errors.ts
const EXIT_CODE = {
	passed: 0,
	failedVerdict: 1,
	inputError: 2,
	outsideError: 3,
	bug: 70
};
var InputError = class extends Error {
	name = "InputError";
	exitCode = EXIT_CODE.inputError;
	location;
	constructor(message, options = {}) {
		super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
		this.location = options.location;
	}
};
var DataUnavailableError = class extends InputError {
	dataUnavailable = true;
};
var MissingPermissionError = class extends InputError {
	missingPermission;
	reason;
	constructor(message, details) {
		super(message, { cause: details.cause });
		this.missingPermission = details.permission;
		this.reason = details.reason;
	}
};
var OutsideError = class extends Error {
	name = "OutsideError";
	exitCode = EXIT_CODE.outsideError;
	constructor(message, options = {}) {
		super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
	}
};
function exitCodeOf(error) {
	if (error instanceof InputError || error instanceof OutsideError) return error.exitCode;
	return EXIT_CODE.bug;
}
function messageOf(error) {
	if (error instanceof Error) return error.message;
	return typeof error === "string" ? error : JSON.stringify(error);
}

// src/core/once.ts
function once(work) {
	let value;
	return () => {
		value ??= work();
		return value;
	};
}

// src/core/progress.ts
function createProgress(options) {
	const works = /* @__PURE__ */ new Map();
	return (what, done, total) => {
		const time = options.now();
		let work = works.get(what);
		if (work === void 0) {
			work = {
				startedAt: time,
				doneAtStart: done,
				shownAt: time
			};
			works.set(what, work);
		}
		const finished = done >= total;
		const wasShown = work.shownAt > work.startedAt;
		if (finished) works.delete(what);
		if (finished ? !wasShown : time - work.shownAt < options.everyMilliseconds) return;
		work.shownAt = time;
		const pace = (done - work.doneAtStart) / (time - work.startedAt);
		const secondsLeft = pace > 0 ? (total - done) / pace / 1e3 : void 0;
		options.show({
			what,
			done,
			total,
			secondsLeft
		});
	};
}
function describeProgress({ what, done, total, secondsLeft }) {
	const share = total > 0 ? ` (${Math.floor(100 * done / total)} %)` : "";
	const left = secondsLeft === void 0 || done >= total ? "" : `, about ${describeSeconds(secondsLeft)} left`;
	return `${what}: ${formatCount(done)} of ${formatCount(total)}${share}${left}`;
}
function formatCount(count) {
	return count.toLocaleString("en-US", { maximumFractionDigits: 0 });
}
function describeSeconds(seconds) {
	if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
	return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

// src/core/history.ts
const HISTORY_NAME = "contender-history";
const MAXIMUM_HISTORY_BYTES = 8e6;
function renderAddition(current, lines) {
	return `${current !== void 0 && current.length > 0 && current.at(-1) !== LINE_END ? "\n" : ""}${lines.map((line) => `${line}\n`).join("")}`;
}
const LINE_END = 10;

export { DataUnavailableError, EXIT_CODE, HISTORY_NAME, InputError, MAXIMUM_HISTORY_BYTES, MissingPermissionError, OutsideError, createProgress, describeProgress, exitCodeOf, messageOf, once, renderAddition };