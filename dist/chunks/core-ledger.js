import { is, isoTimestamp, literal, maxLength, maxValue, minLength, minValue, object, optional, parse, picklist, pipe, regex, safeParse, string } from "./vendor-valibot.js";
import { HISTORY_NAME, InputError } from "./core.js";
import { COMPARISON_VERDICTS, count, finiteNumber, modelName, sha256 } from "./core-documents.js";

// src/core/ledger/budget.ts
const REFRESH_SHARE = .8;
function spentShare(uses) {
	let sum = 0;
	for (let use = 1; use <= uses; use++) sum += 1 / use ** 2;
	return 6 / Math.PI ** 2 * sum;
}
function chanceOfLuck(uses, confidence) {
	return 1 - (1 - (1 - confidence) / 2) ** uses;
}

// src/core/ledger/count-uses.ts
function countUses(entries, subject) {
	const uses = new Uses();
	for (const entry of entries) if (entry.holdout === subject.holdout) uses.add(entry);
	return {
		use: uses.add(subject).number,
		uses: uses.count
	};
}
function isRecorded(entries, subject) {
	return entries.some(({ holdout, pullRequest, challenger }) => holdout === subject.holdout && challenger === subject.challenger && (subject.pullRequest === void 0 || pullRequest === subject.pullRequest));
}
var Uses = class {
	count = 0;
	#byPullRequest = /* @__PURE__ */ new Map();
	#byChallenger = /* @__PURE__ */ new Map();
	add(subject) {
		const { pullRequest, challenger } = subject;
		const use = this.#find(subject) ?? {
			number: ++this.count,
			pullRequest
		};
		use.pullRequest ??= pullRequest;
		if (pullRequest !== void 0) this.#byPullRequest.set(pullRequest, use);
		if (!this.#byChallenger.has(challenger)) this.#byChallenger.set(challenger, use);
		return use;
	}
	#find({ pullRequest, challenger }) {
		const same = this.#byChallenger.get(challenger);
		if (pullRequest === void 0) return same;
		return this.#byPullRequest.get(pullRequest) ?? (same?.pullRequest === void 0 ? same : void 0);
	}
};

// src/core/ledger/entry.ts
const MAXIMUM_LINE = 4e3;
const LEDGER_PATH = /^contender-history\/(?<file>ledger\/[a-z0-9][a-z0-9-]{0,99}\.jsonl)$/;
const ledgerEntrySchema = object({
	schemaVersion: literal(1),
	holdout: pipe(string(), minLength(1), maxLength(200)),
	pullRequest: optional(pipe(count, minValue(1))),
	challenger: sha256,
	verdict: picklist(COMPARISON_VERDICTS),
	confidence: pipe(finiteNumber, minValue(0), maxValue(1)),
	commit: optional(pipe(string(), regex(/^[0-9a-f]{40,64}$/))),
	time: optional(pipe(string(), isoTimestamp()))
});
function ledgerFile(model) {
	if (!is(modelName, model)) throw new InputError(`${JSON.stringify(model)} is no name of a model: letters, digits and - alone`);
	return `ledger/${model}.jsonl`;
}
function ledgerFileOf({ inputs, model }) {
	const path = inputs.find(({ role }) => role === "ledger")?.path ?? "";
	return LEDGER_PATH.exec(path)?.groups?.file ?? ledgerFile(model);
}
function ledgerPath(file) {
	return `${HISTORY_NAME}/${file}`;
}
function isJudgement({ verdict, holdout }) {
	return verdict !== "unchanged" && holdout.rows > 0 && holdout.digest !== "";
}
function describeEntry(comparison, facts) {
	const { headCommit } = comparison.source;
	const { commit } = ledgerEntrySchema.entries;
	return {
		schemaVersion: 1,
		holdout: comparison.holdout.digest,
		...facts.pullRequest === void 0 ? {} : { pullRequest: facts.pullRequest },
		challenger: comparison.challenger.digest,
		verdict: comparison.verdict,
		confidence: comparison.confidence,
		...headCommit !== void 0 && is(commit, headCommit) ? { commit: headCommit } : {},
		time: comparison.measured.createdAt ?? new Date(facts.now).toISOString()
	};
}
function parseLedger(text) {
	const entries = [];
	let unknownLines = 0;
	for (const line of text.split("\n")) {
		if (line.trim() === "") continue;
		const entry = parseEntry(line);
		if (entry === void 0) unknownLines += 1;
		else entries.push(entry);
	}
	return {
		entries,
		unknownLines
	};
}
function serializeEntry(entry) {
	return JSON.stringify(parse(ledgerEntrySchema, entry));
}
function parseEntry(line) {
	if (line.length > MAXIMUM_LINE) return void 0;
	try {
		const parsed = safeParse(ledgerEntrySchema, JSON.parse(line));
		return parsed.success ? parsed.output : void 0;
	} catch {
		return;
	}
}

export { REFRESH_SHARE, chanceOfLuck, countUses, describeEntry, isJudgement, isRecorded, ledgerFile, ledgerFileOf, ledgerPath, parseLedger, serializeEntry, spentShare };