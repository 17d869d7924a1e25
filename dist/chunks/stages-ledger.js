import { HISTORY_NAME, InputError, OutsideError, messageOf } from "./core.js";
import { countUses, describeEntry, isJudgement, isRecorded, ledgerFile, ledgerFileOf, ledgerPath, parseLedger, serializeEntry } from "./core-ledger.js";
import { isMissingPermission } from "./stages.js";

// src/stages/ledger/subject.ts
async function findJudgedPull({ event, pullRequest, headCommit }, host) {
	if (pullRequest !== void 0) return pullRequest;
	if (!(event === "push" || event === "workflow_run") || host === void 0 || headCommit === void 0) return void 0;
	try {
		const pulls = await host.pulls.findByCommit(headCommit);
		return (pulls.find((pull) => pull.headCommit === headCommit) ?? pulls.find(({ merged }) => merged))?.number;
	} catch (error) {
		if (error instanceof InputError) return void 0;
		throw error;
	}
}

// src/stages/ledger/read-uses.ts
async function readUses(request, ports) {
	const { log } = ports.world;
	try {
		return await count(request, ports);
	} catch (error) {
		if (!(error instanceof InputError || error instanceof OutsideError)) throw error;
		if (request.budget === "enforce") throw refuse(error);
		log.warning(`the uses of this holdout are not counted: ${messageOf(error)}`);
		return;
	}
}
async function count(request, ports) {
	const { model, holdout, challenger, budget } = request;
	const { history, host, world } = ports;
	if (history === void 0 && budget === "warn") return void 0;
	if (history === void 0) throw new InputError("there is none here; give --registry DIR, or set GITHUB_TOKEN in a clone of the repository");
	const file = ledgerFile(model);
	const ledger = parseLedger(await history.read(file) ?? "");
	tellUnknownLines(ledger, file, world.log);
	const pullRequest = await findJudgedPull(world.context, host);
	const counted = countUses(ledger.entries, {
		holdout,
		challenger,
		...pullRequest === void 0 ? {} : { pullRequest }
	});
	const input = {
		role: "ledger",
		path: ledgerPath(file),
		uses: counted.uses - 1
	};
	return {
		...counted,
		input
	};
}
function tellUnknownLines({ unknownLines }, file, log) {
	if (unknownLines === 0) return;
	const lines = unknownLines === 1 ? "1 line that is no entry" : `${unknownLines} lines that are no entries`;
	log.warning(`${ledgerPath(file)} has ${lines} of this version; kept, and not counted`);
}
function refuse(error) {
	const message = `comparison.holdout-budget is enforce, and the ledger cannot be read: ${error.message}`;
	const options = { cause: error };
	return error instanceof InputError ? new InputError(message, options) : new OutsideError(message, options);
}

// src/stages/ledger/record-use.ts
async function recordUse(recording, ports) {
	const { comparison } = recording;
	const { history, host, world } = ports;
	const { log, context } = world;
	if (history === void 0 || !isCounted(recording, ports)) return;
	const number = recording.pullRequest ?? await findJudgedPull(context, host);
	const entry = describeEntry(comparison, {
		pullRequest: number,
		now: world.now()
	});
	const file = ledgerFileOf(comparison);
	const claimed = comparison.holdout.use;
	let ledger = parseLedger("");
	try {
		await history.append(file, (text) => {
			ledger = parseLedger(text);
			return isRecorded(ledger.entries, entry) ? [] : [serializeEntry(entry)];
		});
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		const consequence = claimed === void 0 ? "" : ", and the next is judged as if it had not been";
		log.warning(`this use of the holdout was not counted${consequence}: ${explain(error)}`);
		return;
	}
	tellUnknownLines(ledger, file, log);
	const { use } = countUses(ledger.entries, entry);
	if (claimed === void 0 || claimed >= use) return;
	log.warning(`${comparison.model} was judged as use ${claimed} of its holdout, and others were counted meanwhile: it is use ${use}; compare again to judge it by that`);
}
function explain(error) {
	if (!isMissingPermission(error)) return messageOf(error);
	return `the token may not write the branch ${HISTORY_NAME}; add under "permissions:" of the job: contents: write`;
}
async function recordUseIfPossible(recording, ports) {
	try {
		await recordUse(recording, ports);
	} catch (error) {
		if (!(error instanceof OutsideError)) throw error;
		ports.world.log.warning(`this use of the holdout was not counted: ${messageOf(error)}`);
	}
}
function isCounted({ comparison, selfReported }, { world }) {
	const { untrusted, event } = world.context;
	if (untrusted && (event === "pull_request" || selfReported === true)) return false;
	return isJudgement(comparison);
}

export { readUses, recordUse, recordUseIfPossible };