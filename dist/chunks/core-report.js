// src/core/report/markdown.ts
const BREAK = "&#8203;";
const RAW_BREAK = "​";
const DEFAULT_LENGTH = 200;
const UNSEEN = /(?!\ufe0f|(?<=[\p{Extended_Pictographic}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{M}])[\u200c\u200d])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
function makeVisible(text, maximumLength = DEFAULT_LENGTH) {
	const bounded = text.length > maximumLength * 8 ? text.slice(0, maximumLength * 8) : text;
	const visible = bounded.toWellFormed().replace(/[^\S\u00a0]+/gu, " ").trim().replace(UNSEEN, nameCharacter).replace(/(\p{M}{3})\p{M}+/gu, "$1").replace(/<!--/g, "<! --").replace(/-->/g, "-- >");
	const characters = [...visible];
	if (characters.length > maximumLength) return `${characters.slice(0, maximumLength - 1).join("")}…`;
	return bounded.length < text.length ? `${visible}…` : visible;
}
function escapeText(text, maximumLength) {
	return escapeMarkup(breakReferences(makeVisible(text, maximumLength))).replaceAll(RAW_BREAK, BREAK);
}
function escapeSummary(text, maximumLength) {
	return escapeHtml(breakReferences(makeVisible(text, maximumLength))).replaceAll(RAW_BREAK, BREAK);
}
function codeSpan(text, maximumLength = 80) {
	const visible = makeVisible(text, maximumLength);
	if (visible === "") return "(empty)";
	return /^[^`|\\<>&$]+$/.test(visible) ? `\`${visible}\`` : `<code>${escapeText(visible, maximumLength)}</code>`;
}
function escapeHtml(text) {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;").replaceAll("'", "&#39;");
}
function link(label, address) {
	return isPlainAddress(address) ? `[${label}](${address})` : void 0;
}
function isPlainAddress(address) {
	return address !== void 0 && /^https?:\/\/[A-Za-z0-9][\w.:/?#=&%~+@,-]*$/.test(address) && address.length < 2e3;
}
function renderTable(header, rows, alignment = header.map(() => "l").join("")) {
	return [
		header,
		[...alignment].map((side) => side === "r" ? "---:" : side === "c" ? ":---:" : ":---"),
		...rows
	].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
function renderFolded(summary, body, options = {}) {
	return `<details${options.open === true ? " open" : ""}><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
function renderAlert(kind, body) {
	return `> [!${kind}]\n${body.split("\n").map((line) => line === "" ? ">" : `> ${line}`).join("\n")}`;
}
function nameCharacter(character) {
	return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
function breakReferences(text) {
	return text.replace(/@/g, `@${RAW_BREAK}`).replace(/#(?=\w)/g, `#${RAW_BREAK}`).replace(/\b([a-z][a-z0-9_]*)-(?=\d)/gi, `$1-${RAW_BREAK}`).replace(/:(?=\/\/)/g, `:${RAW_BREAK}`).replace(/\b(mailto|xmpp|javascript|data|vbscript):/gi, `$1${RAW_BREAK}:`).replace(/www\./gi, (found) => `${found.slice(0, 3)}${RAW_BREAK}.`).replace(/[0-9a-f]{7,}/gi, (digits) => digits.replace(/.{6}(?=.)/g, `$&${RAW_BREAK}`)).replace(/:(?=[\w+-]+(?::|$))/g, `:${RAW_BREAK}`);
}
function escapeMarkup(text) {
	return text.replace(/[&<>"'`*~[\]\\|$!^={}]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "&#95;").replace(/^([-+#])/, (character) => `&#${character.charCodeAt(0)};`).replace(/^(\d+)([.)])(?=\s|$)/, (_, digits, mark) => `${digits}&#${mark.charCodeAt(0)};`);
}

// src/core/report/log-text.ts
function logLine(text, maximumLength = 2e3) {
	return makeVisible(text, maximumLength).replaceAll(/:(?=:)/g, ":​").replaceAll("##[", "#​#[");
}

// src/core/report/comment/detail.ts
const FOLDED_PARTS = [
	"slices",
	"intervals",
	"curves",
	"model",
	"data",
	"importance"
];
const EVERYTHING = {
	folded: FOLDED_PARTS,
	rows: 250,
	parts: 20,
	lines: 100
};
const DETAIL_STEPS = [
	EVERYTHING,
	{
		...EVERYTHING,
		folded: [
			"slices",
			"model",
			"data"
		],
		leftOut: "curves, calibration, intervals of each model and importance"
	},
	{
		...EVERYTHING,
		folded: ["slices", "model"],
		rows: 40,
		leftOut: "most folded details and rows beyond 40 of each table"
	},
	{
		...EVERYTHING,
		folded: [],
		rows: 25,
		leftOut: "folded details and rows beyond 25 of each table"
	},
	{
		...EVERYTHING,
		folded: [],
		rows: 8,
		parts: 8,
		leftOut: "all but the first rows of each table"
	},
	{
		folded: [],
		rows: 4,
		parts: 1,
		lines: 50,
		leftOut: "all but the essential of the first model"
	},
	{
		folded: [],
		rows: 2,
		parts: 0,
		lines: 25,
		leftOut: "all but a line per model"
	}
];

// src/core/report/format-number.ts
const NO_BREAK_SPACE = "\xA0";
const MINUS = "−";
const MAX_DECIMALS = 6;
const EXTRA_DECIMALS = 3;
function chooseStyle(numbers) {
	if (numbers.name.endsWith("_bytes")) return {
		unit: "bytes",
		decimals: 0
	};
	const unit = numbers.name.endsWith("_ms") ? "milliseconds" : "plain";
	const present = numbers.values.filter((value) => value !== void 0);
	const least = unit === "plain" && present.every((value) => Math.abs(value) <= 1) ? 3 : 0;
	const decimals = Math.max(least, decimalsOfWidth(numbers, present));
	return {
		unit,
		decimals: separateEnds(numbers, Math.min(decimals, MAX_DECIMALS))
	};
}
function formatValue(value, style) {
	if (style.unit === "bytes") return formatBytes(value);
	const text = formatFixed(value, style.decimals);
	return style.unit === "milliseconds" ? `${text}${"\xA0"}ms` : text;
}
function formatDifference(value, style) {
	const text = formatValue(value, style);
	return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}
function formatInterval([low, high], style) {
	if (style.unit === "bytes") return `[${formatBytes(low)}, ${formatBytes(high)}]`;
	const text = `[${formatFixed(low, style.decimals)}, ${formatFixed(high, style.decimals)}]`;
	return style.unit === "milliseconds" ? `${text}${"\xA0"}ms` : text;
}
function formatNumber(value) {
	if (value === 0) return "0";
	const size = Math.floor(Math.log10(Math.abs(value)));
	if (size < -6 || size > 14) return withMinus(value.toExponential(2));
	const text = formatFixed(value, Math.max(0, 3 - size));
	return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
function formatCount(count) {
	return formatFixed(Math.round(count), 0);
}
function formatQuantity(count, singular, plural = `${singular}s`) {
	return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}
function formatPercent(share) {
	const percent = share * 100;
	if (percent > 0 && percent < .05) return `<${"\xA0"}0.1${"\xA0"}%`;
	if (percent < 100 && percent > 99.95) return `>${"\xA0"}99.9${"\xA0"}%`;
	return `${formatFixed(percent, 1).replace(/\.0$/, "")}${"\xA0"}%`;
}
function formatBytes(bytes) {
	const units = [
		"B",
		"kB",
		"MB",
		"GB",
		"TB"
	];
	let scaled = Math.abs(bytes);
	let index = 0;
	while (scaled >= 999.5 && index < units.length - 1) {
		scaled /= 1e3;
		index += 1;
	}
	const text = index === 0 ? formatFixed(scaled, 0) : formatNumber(Number(scaled.toPrecision(3)));
	return `${bytes < 0 ? MINUS : ""}${text}${"\xA0"}${units[index]}`;
}
function formatPValue(value) {
	if (value < .001) return `p${"\xA0"}<${"\xA0"}0.001`;
	return `p${"\xA0"}=${"\xA0"}${formatFixed(value, 3)}`;
}
function decimalsOfWidth(numbers, present) {
	const width = numbers.interval ? numbers.interval[1] - numbers.interval[0] : 0;
	if (width > 0) return Math.max(0, 1 - Math.floor(Math.log10(width)));
	const largest = Math.max(0, ...present.map(Math.abs));
	return largest === 0 ? 3 : Math.max(0, 3 - Math.max(0, Math.ceil(Math.log10(largest))));
}
function separateEnds(numbers, decimals) {
	const { interval } = numbers;
	if (interval === void 0) return decimals;
	const bounds = [0, ...numbers.bounds ?? []];
	const apart = (digits) => interval.every((end) => bounds.every((bound) => end === bound || printed(end, digits) !== printed(bound, digits)));
	for (let extra = 0; extra <= EXTRA_DECIMALS; extra += 1) if (apart(decimals + extra)) return decimals + extra;
	return decimals;
}
function printed(value, decimals) {
	return value.toFixed(decimals).replace(/^-(?=[0.]+$)/, "");
}
function formatFixed(value, decimals) {
	if (Math.abs(value) >= 0x38d7ea4c68000) return withMinus(value.toExponential(2));
	const [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
	const text = fraction === void 0 ? grouped : `${grouped}.${fraction}`;
	return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}
function withMinus(text) {
	return text.replace(/-/g, MINUS);
}

// src/core/report/metric-text.ts
const NO_NUMBER = "–";
const MARKS = {
	better: {
		glyph: "▲",
		words: "better"
	},
	equivalent: {
		glyph: "◆",
		words: "equivalent"
	},
	"not-worse": {
		glyph: "◇",
		words: "not worse"
	},
	worse: {
		glyph: "▼",
		words: "worse"
	},
	inconclusive: {
		glyph: "?",
		words: "undecided"
	}
};
function describeMetric(metric) {
	const { champion, challenger, difference } = metric;
	const style = chooseStyle({
		name: metric.name,
		values: [champion?.value, challenger?.value],
		interval: difference?.interval ?? challenger?.interval,
		bounds: difference !== void 0 && metric.margin !== void 0 ? [-metric.margin, metric.margin] : []
	});
	const value = (number) => number === void 0 ? "–" : formatValue(number, style);
	return {
		style,
		champion: value(champion?.value),
		challenger: value(challenger?.value),
		championInterval: champion?.interval && formatInterval(champion.interval, style),
		challengerInterval: challenger?.interval && formatInterval(challenger.interval, style),
		gain: difference === void 0 ? "–" : formatDifference(difference.value, style),
		interval: difference?.interval && !isExact(difference.interval) ? formatInterval(difference.interval, style) : void 0,
		noInformation: metric.noInformation === void 0 ? void 0 : value(metric.noInformation),
		margin: metric.margin === void 0 ? void 0 : value(metric.margin),
		mark: chooseMark(metric)
	};
}
function isExact([low, high]) {
	return low === high;
}
function findPrimary(comparison) {
	return comparison.metrics.find((metric) => metric.name === comparison.primary);
}
function findLosingSlices(slices) {
	return slices.filter((slice) => slice.verdict === "worse" || isBelowZero(slice)).sort((left, right) => (left.difference?.value ?? 0) - (right.difference?.value ?? 0));
}
function countOpenSlices(slices) {
	return slices.filter((slice) => slice.difference?.interval === void 0 || slice.verdict === "inconclusive" && !isBelowZero(slice)).length;
}
function isBelowZero(metric) {
	return metric.difference?.interval !== void 0 && metric.difference.interval[1] < 0;
}
function chooseMark(metric) {
	if (metric.verdict === void 0) return {
		glyph: "",
		words: ""
	};
	if (metric.verdict === "equivalent" && isBelowZero(metric)) return {
		glyph: "◆",
		words: "slightly worse"
	};
	if (metric.verdict === "inconclusive" && isBelowZero(metric)) return {
		glyph: "▽",
		words: "lower"
	};
	return MARKS[metric.verdict];
}

// src/core/report/judgement.ts
function judge(evidence) {
	const died = findDeadStage(evidence);
	if (died !== void 0) return died;
	const { comparison } = evidence;
	if (comparison === void 0 || comparison.verdict === "error") return missingComparison();
	const decisiveGate = findDecisiveGate(comparison);
	const selfReported = evidence.selfReported === true;
	const outcome = decideOutcome(comparison, decisiveGate);
	return {
		kind: "completed",
		state: decideState(comparison, outcome, decisiveGate),
		outcome: selfReported && outcome === "success" ? "pending" : outcome,
		comparison,
		decisiveGate,
		selfReported
	};
}
function isUnchanged(judgement) {
	return judgement.kind === "completed" && judgement.state === "unchanged" && judgement.comparison.exam.changed.length === 0;
}
function worstFirst(items) {
	const rank = {
		error: 0,
		failure: 1,
		pending: 2,
		success: 3
	};
	return [...items].sort((left, right) => rank[left.judgement.outcome] - rank[right.judgement.outcome]);
}
function validAcceptance(comparison) {
	return comparison.accepted?.digest === comparison.challenger.digest ? comparison.accepted : void 0;
}
function findDeadStage(evidence) {
	const stages = [
		{
			stage: "validate-data",
			document: evidence.validation
		},
		{
			stage: "train-model",
			document: evidence.training
		},
		{
			stage: "compare-models",
			document: evidence.comparison
		}
	];
	for (const { stage, document } of stages) if (document?.verdict === "error") return {
		kind: "failed",
		outcome: "error",
		stage,
		error: document.error
	};
}
function missingComparison() {
	return {
		kind: "failed",
		outcome: "error",
		stage: "compare-models",
		error: {
			code: "outside",
			message: "it left no comparison; look at the log of the run"
		}
	};
}
function findDecisiveGate(comparison) {
	const { gates } = comparison;
	return gates.find((gate) => gate.outcome === "fail") ?? gates.find((gate) => gate.outcome === "inconclusive");
}
function decideOutcome(comparison, gate) {
	if (comparison.verdict === "unchanged" || validAcceptance(comparison) !== void 0) return "success";
	if (comparison.verdict === "no-champion") return comparison.promote ? "success" : "pending";
	if (comparison.verdict === "worse" || gate?.outcome === "fail") return "failure";
	if (comparison.verdict === "inconclusive" || gate !== void 0) return "pending";
	return comparison.promote ? "success" : "pending";
}
function decideState(comparison, outcome, gate) {
	const { verdict } = comparison;
	if (verdict === "unchanged") return "unchanged";
	if (validAcceptance(comparison) !== void 0) return "accepted";
	if (verdict === "no-champion") return "first-model";
	if (verdict === "worse") return "worse";
	if (outcome === "failure") return "gate-failed";
	if (verdict === "inconclusive") return "inconclusive";
	const primary = findPrimary(comparison);
	if (verdict === "equivalent" && primary !== void 0 && isBelowZero(primary)) return "slightly-worse";
	return outcome === "pending" && gate !== void 0 ? "gate-undecided" : verdict;
}

// src/core/report/comment/footer.ts
const PLAIN_WORD = /^[A-Za-z0-9_./:=,@+-]+$/;
const SHORT = 12;
function renderRunLine(run) {
	const parts = [
		run.commit === void 0 ? void 0 : `commit ${shortDigest(run.commit)}`,
		link("run", run.runUrl),
		link("full report", run.reportUrl)
	].filter((part) => part !== void 0);
	return parts.length === 0 ? "" : `<sub>${capitalize$3(parts.join(" · "))}</sub>`;
}
function renderReproduction(run) {
	const words = run.reproduce;
	if (words === void 0 || words.length === 0 || !words.every((word) => PLAIN_WORD.test(word))) return;
	const command = `contender ${words.join(" ")}`;
	if (run.commit === void 0 || !/^[0-9a-f]{40,64}$/.test(run.commit)) return command;
	return `git fetch origin ${run.commit} && git checkout ${run.commit} && ${command}`;
}
function renderProvenance(evidence) {
	const judgement = judge(evidence);
	if (judgement.kind === "failed") return "";
	const { comparison } = judgement;
	const { champion, challenger, holdout } = comparison;
	const lines = [`<sub>${capitalize$3([
		champion === void 0 ? void 0 : `champion ${champion.version === void 0 ? "" : `${codeSpan(champion.version, 30)} `}${shortDigest(champion.digest)}`,
		`challenger ${shortDigest(challenger.digest)}`,
		`holdout ${shortDigest(holdout.digest)}${holdout.uses === void 0 ? "" : `, used ${formatQuantity(holdout.uses, "time")}`}`,
		comparison.exam.commit === void 0 ? void 0 : `rules of ${shortDigest(comparison.exam.commit)}`
	].filter((part) => part !== void 0).join(" · "))}</sub>`];
	if (judgement.outcome !== "success" && validAcceptance(comparison) === void 0 && !judgement.selfReported) lines.push(`<sub>A maintainer can accept it all the same: \`/contender accept ${challenger.digest.slice(0, SHORT)} <reason>\`</sub>`);
	return lines.join("<br>\n");
}
function shortDigest(digest) {
	return codeSpan(digest.replace(/^[a-z0-9-]+:/, "").slice(0, SHORT), SHORT);
}
function capitalize$3(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

// src/core/report/comment/marker.ts
const WORD = /^[A-Za-z0-9_.]+(-[A-Za-z0-9_.]+)*$/;
const LINE = /^<!-- contender key=(?<key>[\w.-]+)(?: commit=(?<commit>[0-9a-f]{40,64}))?(?: run=(?<run>\d+))?(?: attempt=(?<attempt>\d+))? content=(?<content>[0-9a-f]+) -->$/;
function renderMarker(marker) {
	const line = `<!-- contender ${[
		["key", marker.key],
		["commit", marker.commit],
		["run", marker.run],
		["attempt", marker.attempt],
		["content", marker.content]
	].filter((part) => part[1] !== void 0).map(([name, value]) => `${name}=${value}`).join(" ")} -->`;
	if (!WORD.test(marker.key) || !LINE.test(line)) throw new Error(`a marker is made of plain words, and this is none: ${line}`);
	return line;
}
function parseMarker(body) {
	const last = body.trimEnd().split("\n").at(-1)?.trim() ?? "";
	const groups = LINE.exec(last)?.groups;
	if (groups === void 0) return void 0;
	const { key, commit, run, attempt, content } = groups;
	if (key === void 0 || content === void 0) return void 0;
	return {
		key,
		commit,
		run,
		attempt,
		content
	};
}
function decideReplacement(options) {
	const { existing, proposed, headCommit } = options;
	if (headCommit !== void 0 && proposed.commit !== void 0 && proposed.commit !== headCommit) return "older";
	if (existing.commit === proposed.commit && existing.content === proposed.content) return "unchanged";
	const existingIsOfHead = headCommit !== void 0 && existing.commit === headCommit;
	if (headCommit !== void 0 && !existingIsOfHead) return "replace";
	return isOlderRun(proposed, existing) ? "older" : "replace";
}
function isOlderRun(left, right) {
	if (left.run === void 0 || right.run === void 0) return false;
	const difference = BigInt(left.run) - BigInt(right.run);
	if (difference !== 0n) return difference < 0n;
	return Number(left.attempt ?? "1") < Number(right.attempt ?? "1");
}

// src/core/report/headline.ts
const GLANCE = 60;
const ICONS = {
	success: "✅",
	failure: "❌",
	pending: "🟡",
	error: "⛔"
};
const WORDS = {
	better: "Better",
	equivalent: "Equivalent",
	"slightly-worse": "Slightly worse",
	"not-worse": "Not worse",
	worse: "Worse",
	inconclusive: "Inconclusive",
	"gate-failed": "Gate failed",
	"gate-undecided": "Gate undecided",
	"first-model": "First model",
	unchanged: "Unchanged",
	accepted: "Accepted"
};
function buildHeadline(judgement) {
	const icon = ICONS[judgement.outcome];
	if (judgement.kind === "failed") return judgement.error.code === "data-unavailable" ? {
		icon,
		word: "Data unavailable",
		subject: "",
		numbers: ""
	} : {
		icon,
		word: "Error",
		subject: judgement.stage,
		numbers: ""
	};
	const word = judgement.selfReported ? `Self-reported ${WORDS[judgement.state].toLowerCase()}` : WORDS[judgement.state];
	const { subject, numbers } = chooseSubject(judgement);
	const room = 60 - [...`${icon} ${word} ${numbers} `].length - 1;
	return {
		icon,
		word,
		subject: makeVisible(subject, Math.max(room, 12)),
		numbers
	};
}
function headlineText(headline) {
	return [
		headline.word,
		headline.subject,
		headline.numbers
	].filter((part) => part !== "").join(" ");
}
function describeMerging(judgement) {
	const { comparison, outcome, state } = judgement;
	if (state === "unchanged") return "merging publishes nothing new";
	if (outcome === "success") {
		const version = comparison.proposedVersion;
		return version === void 0 ? "merging publishes it" : `merging publishes ${makeVisible(version, 40)}`;
	}
	if (judgement.selfReported) return "a run without code of the pull request has to confirm it";
	return "merging publishes nothing unless a maintainer accepts it";
}
function describeSlices(comparison) {
	const { slices } = comparison;
	if (slices.length === 0 || comparison.champion === void 0) return void 0;
	const losing = findLosingSlices(slices).length;
	return losing === 0 ? "no slice got worse" : `${losing} of ${formatQuantity(slices.length, "slice")} got worse`;
}
function describeRowsNeeded(comparison) {
	const most = comparison.gates.filter((gate) => gate.outcome === "inconclusive" && gate.rowsNeeded !== void 0).sort((left, right) => right.rowsNeeded - left.rowsNeeded)[0];
	if (most === void 0) return void 0;
	const rounded = Number(most.rowsNeeded.toPrecision(2));
	const noun = most.rowsUnit === "groups" ? "labelled group" : "labelled row";
	return `about ${formatQuantity(rounded, noun)}`;
}
function chooseSubject(judgement) {
	const { comparison, decisiveGate, state } = judgement;
	if (state === "unchanged") return {
		subject: "",
		numbers: ""
	};
	if ((state === "gate-failed" || state === "gate-undecided") && decisiveGate !== void 0) {
		const metric = comparison.metrics.find((candidate) => candidate.name === decisiveGate.metric);
		if (decisiveGate.role === "gate" || metric === void 0) return {
			subject: decisiveGate.description,
			numbers: ""
		};
		return {
			subject: metric.name,
			numbers: pairOfNumbers(metric)
		};
	}
	const primary = findPrimary(comparison);
	return {
		subject: comparison.primary,
		numbers: primary === void 0 ? "" : pairOfNumbers(primary)
	};
}
function pairOfNumbers(metric) {
	const text = describeMetric(metric);
	return metric.champion === void 0 ? text.challenger : `${text.champion} → ${text.challenger}`;
}

// src/core/report/scores-note.ts
const ORIGINS = {
	table: "a table of scores",
	command: "the scores of scoring.command",
	release: "the scores of its release"
};
function describeScores({ champion, challenger }) {
	const judged = [{
		name: "the challenger",
		scores: challenger.scores
	}, {
		name: "the champion",
		scores: champion?.scores
	}].flatMap(({ name, scores }) => scores ? [`${name} was judged by ${ORIGINS[scores.by]}`] : []);
	if (judged.length === 0) return void 0;
	return `${judged.join(", ")}; latency and model contract are not compared`;
}
function hasOutsideScores({ champion, challenger }) {
	return [champion, challenger].some((model) => model?.scores !== void 0 && model.scores.by !== "release");
}

// src/core/report/comment/alerts.ts
const MOST_LUCK = 1 / 3;
function renderAlerts(judgement, validation, detail) {
	const { comparison } = judgement;
	return [
		describeExam(comparison, detail),
		describeLeakage(comparison),
		describeBrokenData(validation, detail),
		describeOveruse(comparison),
		describeSelfReport(judgement),
		describeMissingRows(judgement)
	].filter((alert) => alert !== void 0);
}
function describeExam(comparison, detail) {
	const { changed, proposed } = comparison.exam;
	if (changed.length === 0) return void 0;
	const shown = changed.slice(0, Math.min(detail.rows, 12));
	const lines = shown.map(({ what, before, after }) => {
		const values = [before, after].map((value) => value === void 0 ? "nothing" : codeSpan(value, 120));
		const change = before === void 0 && after === void 0 ? "" : `: ${values[0]} → ${values[1]}`;
		return `- ${escapeText(what)}${change}`;
	});
	if (shown.length < changed.length) lines.push(`- and ${formatQuantity(changed.length - shown.length, "more")}`);
	const note = proposed === void 0 ? [] : ["", `Under its own rules it would be **${escapeText(proposed.verdict)}**: ${escapeText(proposed.note)}`];
	return renderAlert("IMPORTANT", [
		"**This pull request changes the rules.** It is judged under the rules of the base branch.",
		...lines,
		...note
	].join("\n"));
}
function describeLeakage(comparison) {
	const leaked = comparison.holdout.leakage ?? 0;
	if (leaked === 0) return void 0;
	const share = `${formatQuantity(leaked, "row")} of the holdout ${leaked === 1 ? "was" : "were"} also in the training data`;
	return renderAlert("CAUTION", `**Leakage.** ${share}; the numbers below flatter the challenger.`);
}
function describeOveruse(comparison) {
	const uses = comparison.holdout.uses ?? 0;
	const luck = 1 - (1 - (1 - comparison.confidence) / 2) ** uses;
	if (luck < MOST_LUCK) return void 0;
	return renderAlert("WARNING", `**This holdout has judged ${formatQuantity(uses, "model")}.** With so many tries one that is no better passes for better with a chance of about ${formatPercent(Math.round(luck * 100) / 100)}; replace the holdout.`);
}
function describeBrokenData(validation, detail) {
	if (validation?.verdict !== "fail") return void 0;
	const errors = validation.findings.filter((finding) => finding.severity === "error");
	const shown = errors.slice(0, Math.min(detail.rows, 5));
	const lines = shown.map((finding) => {
		const where = [finding.dataset, finding.column].filter((name) => name !== void 0).join(".");
		return `- ${codeSpan(where)}: ${escapeText(finding.message)}`;
	});
	if (shown.length < errors.length) lines.push(`- and ${errors.length - shown.length} more`);
	const intro = `**The data break their contract** (${formatQuantity(errors.length, "error")}).`;
	return renderAlert("CAUTION", [intro, ...lines].join("\n"));
}
function describeSelfReport(judgement) {
	if (!judgement.selfReported) return void 0;
	return renderAlert("WARNING", "**Self-reported.** Code of this pull request ran in the job that made these numbers, so they are its own word; they set no passing status.");
}
function describeMissingRows(judgement) {
	const { comparison, state } = judgement;
	if (state !== "inconclusive" && state !== "gate-undecided") return void 0;
	const needed = describeRowsNeeded(comparison);
	const seen = describeSight(comparison);
	const advice = needed === void 0 ? "" : `${capitalize$2(needed)} would settle it.`;
	if (seen === "" && advice === "") return void 0;
	return renderAlert("NOTE", [
		"**Not enough data to tell.**",
		seen,
		advice
	].filter((part) => part !== "").join(" "));
}
function describeSight(comparison) {
	const primary = findPrimary(comparison);
	if (primary?.detectable === void 0) return "";
	const smallest = formatValue(primary.detectable, describeMetric(primary).style);
	const { holdout } = comparison;
	return `A holdout of ${holdout.groups === void 0 ? formatQuantity(holdout.rows, "row") : `${formatQuantity(holdout.rows, "row")} in ${formatQuantity(holdout.groups, "group")}`} shows a difference of ${smallest} or more with 80 % chance.`;
}
function capitalize$2(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

// src/core/report/model-changes.ts
function breakingFirst(changes) {
	return [...changes.filter(({ breaking }) => breaking), ...changes.filter(({ breaking }) => !breaking)];
}

// src/core/report/scoring-notes.ts
function describeScoring({ champion, challenger }) {
	return [...describeModel("challenger", challenger), ...champion ? describeModel("champion", champion) : []];
}
function describeModel(name, { binding, refused }) {
	const fed = binding ? [`${name}: inputs take their columns ${[binding.by, ...binding.notes].join("; ")}`] : [];
	if (refused === void 0) return fed;
	const { rows, reasons, first } = refused;
	const places = rows > first.length ? [...first, "and others"] : first;
	const count = rows === 1 ? "1 row" : `${formatCount(rows)} rows`;
	return [...fed, `${name}: no answer for ${count}, left out for both: ${reasons.join("; ")} (${places.join(", ")})`];
}

// src/core/report/sparkline.ts
const BLOCKS = "▁▂▃▄▅▆▇█";
function renderSparkline(values, range) {
	const [low, high] = range;
	const span = high - low;
	return values.map((value) => {
		const share = span > 0 ? (value - low) / span : 0;
		const index = Math.min(7, Math.max(0, Math.floor(share * 8)));
		return BLOCKS.charAt(index);
	}).join("");
}
function renderBar(share) {
	const eighths = Math.round(Math.min(1, Math.max(0, share)) * 80);
	const rest = eighths % 8;
	return `${"█".repeat(Math.floor(eighths / 8))}${rest === 0 ? "" : "▏▎▍▌▋▊▉".charAt(rest - 1)}`;
}
function reachWithin(points, bound) {
	return Math.max(0, ...points.filter(([first]) => first <= bound + 1e-12).map(([, second]) => second));
}
function reachFrom(points, bound) {
	return Math.max(0, ...points.filter(([first]) => first >= bound - 1e-12).map(([, second]) => second));
}

// src/core/report/comment/curves.ts
const FALSE_POSITIVE_RATES = [
	.01,
	.05,
	.1,
	.2,
	.5
];
const RECALLS = [
	.1,
	.25,
	.5,
	.75,
	.9
];
const GRID = Array.from({ length: 24 }, (_, index) => (index + .5) / 24);
const MOST_CALIBRATION_ROWS = 12;
function renderCurves(comparison) {
	const { curves } = comparison;
	const parts = [renderPair(curves?.roc, {
		title: "ROC",
		axis: "false positive rate at most",
		value: "recall",
		bounds: FALSE_POSITIVE_RATES,
		reach: reachWithin
	}), renderPair(curves?.precisionRecall, {
		title: "Precision-recall",
		axis: "recall at least",
		value: "precision",
		bounds: RECALLS,
		reach: reachFrom
	})].filter((part) => part !== void 0);
	return parts.length === 0 ? void 0 : parts.join("\n\n");
}
function renderCalibration(comparison) {
	const pair = comparison.curves?.calibration;
	if (pair === void 0 || pair.challenger.length === 0) return void 0;
	const challenger = thin(pair.challenger, MOST_CALIBRATION_ROWS);
	const champion = thin(pair.champion ?? [], MOST_CALIBRATION_ROWS);
	const rows = Array.from({ length: Math.max(challenger.length, champion.length) }, (_, index) => [...calibrationCells(champion[index]), ...calibrationCells(challenger[index])]);
	return `**Calibration:** predicted and observed share\n\n${renderTable([
		"champion predicts",
		"observed",
		"challenger predicts",
		"observed"
	], rows, "rrrr")}`;
}
function renderPair(pair, words) {
	if (pair === void 0 || pair.challenger.length === 0) return void 0;
	const sides = [pair.champion, pair.challenger];
	const lines = sides.map((points) => points === void 0 ? "–" : `\`${renderSparkline(GRID.map((x) => words.reach(points, x)), [0, 1])}\``);
	const rows = words.bounds.map((bound) => [formatPercent(bound), ...sides.map((points) => points === void 0 ? "–" : formatPercent(words.reach(points, bound)))]);
	return [
		`**${words.title}:** ${words.value} by ${words.axis.replace(/ at (most|least)$/, "")}`,
		"",
		renderTable([
			words.axis,
			"champion",
			"challenger"
		], [...rows, ["0 to 100 %", ...lines]], "rrr")
	].join("\n");
}
function thin(points, most) {
	if (points.length <= most) return points;
	return Array.from({ length: most }, (_, index) => points[Math.round(index * (points.length - 1) / (most - 1))]);
}
function calibrationCells(point) {
	return point === void 0 ? ["–", "–"] : point.map((share) => formatPercent(share));
}

// src/core/report/comment/metric-table.ts
function renderMetricTable(comparison, detail) {
	const metrics = primaryFirst(comparison);
	const shown = metrics.slice(0, detail.rows);
	const hidden = metrics.length - shown.length;
	return [comparison.champion === void 0 ? renderFirstModel(shown) : renderPairs(shown, comparison.confidence), hidden > 0 ? `${formatCount(hidden)} more ${hidden === 1 ? "metric is" : "metrics are"} in the report.` : ""].filter((part) => part !== "").join("\n\n");
}
function renderIntervalTable(comparison, detail) {
	const rows = primaryFirst(comparison).slice(0, detail.rows).map((metric) => {
		const text = describeMetric(metric);
		return [
			codeSpan(metric.name),
			twoLines(text.champion, text.championInterval),
			twoLines(text.challenger, text.challengerInterval),
			text.margin ?? "–",
			metric.detectable === void 0 ? "–" : formatValue(metric.detectable, text.style)
		];
	});
	if (rows.length === 0) return void 0;
	return renderTable([
		"metric",
		"champion",
		"challenger",
		"margin",
		"detectable"
	], rows, "lrrrr");
}
function renderPairs(metrics, confidence) {
	const rows = metrics.map((metric) => {
		const text = describeMetric(metric);
		return [
			nameCell$1(metric),
			gainCell(text),
			text.champion,
			text.challenger,
			unbroken(text.mark.words)
		];
	});
	const header = [
		"metric",
		`gain [${formatPercent(confidence)}]`,
		"champion",
		"challenger",
		""
	];
	return renderTable(header, rows, "lrrrl");
}
function renderFirstModel(metrics) {
	const rows = metrics.map((metric) => {
		const text = describeMetric(metric);
		const value = text.challenger === "–" ? "–" : `**${text.challenger}**`;
		return [
			nameCell$1(metric),
			twoLines(value, text.challengerInterval),
			text.noInformation ?? "–"
		];
	});
	return renderTable([
		"metric",
		"challenger",
		"knowing nothing"
	], rows, "lrr");
}
function nameCell$1(metric) {
	const name = codeSpan(metric.name, 40);
	return metric.direction === "lower" ? `${name}<br><sub>lower is better</sub>` : name;
}
function gainCell({ gain, interval, mark }) {
	if (gain === "–") return gain;
	return twoLines(`${mark.glyph === "" ? "" : `${mark.glyph}&nbsp;`}**${gain}**`, interval);
}
function unbroken(text) {
	return text.replaceAll(" ", "&nbsp;");
}
function twoLines(first, second) {
	return second === void 0 ? first : `${first}<br>${unbroken(second)}`;
}
function primaryFirst(comparison) {
	const isPrimary = (metric) => Number(metric.name === comparison.primary);
	return [...comparison.metrics].sort((left, right) => isPrimary(right) - isPrimary(left));
}

// src/core/report/comment/slices.ts
function renderLosingSlices(comparison, detail) {
	const { slices } = comparison;
	if (slices.length === 0 || comparison.champion === void 0) return void 0;
	const losing = findLosingSlices(slices);
	const open = countOpenSlices(slices);
	const openWords = open === 0 ? "" : ` (${formatCount(open)} undecided)`;
	if (losing.length === 0) return `**Slices that got worse:** none of ${formatCount(slices.length)}${openWords}`;
	const intro = `**Slices that got worse:** ${formatCount(losing.length)} of ${formatCount(slices.length)}${openWords}`;
	const shown = losing.slice(0, Math.min(detail.rows, 10));
	const more = losing.length - shown.length;
	const rest = more === 0 ? [] : ["", `and ${formatQuantity(more, "slice")} more`];
	return [
		intro,
		"",
		renderTable(...sliceTable(shown)),
		...rest
	].join("\n");
}
function renderAllSlices(comparison, detail) {
	if (comparison.slices.length === 0) return void 0;
	const sorted = [...comparison.slices].sort((left, right) => (left.difference?.value ?? 0) - (right.difference?.value ?? 0));
	const shown = sorted.slice(0, detail.rows);
	const rest = shown.length < sorted.length ? ["", `and ${formatQuantity(sorted.length - shown.length, "slice")} more`] : [];
	return [renderTable(...sliceTable(shown)), ...rest].join("\n");
}
function renderFlips(comparison) {
	const { flips } = comparison;
	if (flips === void 0) return void 0;
	const at = flips.threshold === void 0 ? "" : ` (threshold ${flips.threshold})`;
	return `**Flips:** ${formatQuantity(flips.newlyRight, "row")} newly right, ${formatQuantity(flips.newlyWrong, "row")} newly wrong${at}`;
}
function sliceTable(slices) {
	const metrics = new Set(slices.map((slice) => slice.name));
	const rows = slices.map((slice) => {
		const text = describeMetric(slice);
		return [
			metrics.size > 1 ? `${nameCell(slice.slice)}<br>${codeSpan(slice.name, 40)}` : nameCell(slice.slice),
			gainCell(text),
			formatCount(slice.rows),
			text.champion,
			text.challenger,
			unbroken(text.mark.words)
		];
	});
	const only = metrics.size === 1 ? slices[0] : void 0;
	return [
		[
			"slice",
			only === void 0 ? "gain" : `gain in ${codeSpan(only.name, 40)}`,
			"rows",
			"champion",
			"challenger",
			""
		],
		rows,
		"lrrrrl"
	];
}
function nameCell(name) {
	return codeSpan(name.length <= 28 ? name.replaceAll(" ", "\xA0") : name);
}

// src/core/report/comment/details.ts
const MOST_IMPORTANCES = 15;
function renderDetails(comparison, evidence, detail) {
	const parts = {
		slices: () => [`All ${formatQuantity(comparison.slices.length, "slice")}`, renderAllSlices(comparison, detail)],
		intervals: () => ["Intervals, margins, detectable differences", renderIntervalTable(comparison, detail)],
		curves: () => ["Curves and calibration", joinParts([renderCurves(comparison), renderCalibration(comparison)])],
		model: () => ["Size, parameters, inputs and outputs of the model", joinParts([
			renderSize(comparison),
			renderParameters(comparison, detail),
			renderModelContract(comparison, detail),
			renderScoring(comparison)
		])],
		data: () => renderData(evidence, detail),
		importance: () => ["Importance of columns", renderImportance(comparison)]
	};
	return detail.folded.map((name) => parts[name]()).filter((part) => part[1] !== void 0).map(([summary, body]) => renderFolded(summary, body));
}
function joinParts(parts) {
	const present = parts.filter((part) => part !== void 0);
	return present.length === 0 ? void 0 : present.join("\n\n");
}
function renderSize({ size }) {
	if (size === void 0) return void 0;
	const { champion, challenger } = size;
	return `**Size:** ${champion === void 0 ? "" : `${formatBytes(champion)} → `}${formatBytes(challenger)}`;
}
function renderData(evidence, detail) {
	const { validation } = evidence;
	if (validation === void 0 || validation.verdict === "error") return ["Data", void 0];
	return [`Data: ${formatQuantity(validation.findings.length, "finding")}`, [renderDatasets(validation), ...renderFindings(validation, detail)].join("\n\n")];
}
function renderDatasets(validation) {
	const rows = validation.datasets.slice(0, 12).map(({ name, rows, columns }) => [
		codeSpan(name),
		formatCount(rows),
		formatCount(columns.length)
	]);
	return renderTable([
		"data set",
		"rows",
		"columns"
	], rows, "lrr");
}
function renderFindings(validation, detail) {
	const rank = {
		error: 0,
		warning: 1,
		info: 2
	};
	const sorted = [...validation.findings].sort((left, right) => rank[left.severity] - rank[right.severity]);
	if (sorted.length === 0) return [];
	const shown = sorted.slice(0, Math.min(detail.rows, 50));
	const rows = shown.map((finding) => [
		finding.severity,
		codeSpan([finding.dataset, finding.column].filter((name) => name !== void 0).join(".")),
		escapeText(finding.message, 160),
		finding.failing === void 0 ? "–" : formatCount(finding.failing)
	]);
	const more = sorted.length - shown.length;
	const table = renderTable([
		"",
		"where",
		"what",
		"rows"
	], rows, "lllr");
	return more === 0 ? [table] : [table, `and ${formatQuantity(more, "finding")} more`];
}
function renderParameters(comparison, detail) {
	const changes = comparison.parametersChanged ?? [];
	if (changes.length === 0) return void 0;
	const rows = changes.slice(0, Math.min(detail.rows, 50)).map(({ what, before, after }) => [
		codeSpan(what),
		valueCell(before),
		valueCell(after)
	]);
	return `**Parameters changed**\n\n${renderTable([
		"parameter",
		"champion",
		"challenger"
	], rows, "lrr")}`;
}
function renderModelContract(comparison, detail) {
	const changes = comparison.modelContract?.changes ?? [];
	if (changes.length === 0) return void 0;
	const shown = breakingFirst(changes).slice(0, Math.min(detail.rows, 50));
	const lines = shown.map(({ change, breaking }) => `- ${breaking ? "**breaking:** " : "compatible: "}${escapeText(change, 400)}`);
	const more = changes.length - shown.length;
	if (more > 0) lines.push(`- and ${formatQuantity(more, "change")} more`);
	return `**Inputs, outputs and operators**\n\n${lines.join("\n")}`;
}
function renderScoring(comparison) {
	const notes = describeScoring(comparison);
	if (notes.length === 0) return void 0;
	return `**How they were scored**\n\n${notes.map((note) => `- ${escapeText(note, 400)}`).join("\n")}`;
}
function renderImportance(comparison) {
	const sorted = [...comparison.importance ?? []].sort((left, right) => right.share - left.share);
	if (sorted.length === 0) return void 0;
	const largest = Math.max(sorted[0]?.share ?? 0, Number.MIN_VALUE);
	const rows = sorted.slice(0, MOST_IMPORTANCES).map(({ column, share }) => [codeSpan(column), `${renderBar(share / largest)} ${formatPercent(share)}`]);
	return renderTable(["column", "share of the gain in training"], rows, "ll");
}
function valueCell(value) {
	return value === void 0 ? "–" : codeSpan(value, 60);
}

// src/core/report/comment/gates.ts
const OUTCOMES = {
	fail: {
		icon: "❌",
		word: "failed",
		rank: 0
	},
	inconclusive: {
		icon: "🟡",
		word: "undecided",
		rank: 1
	},
	pass: {
		icon: "✅",
		word: "passed",
		rank: 2
	}
};
function renderGates(comparison, detail) {
	if (comparison.gates.length === 0) return void 0;
	const sorted = [...comparison.gates].sort((left, right) => OUTCOMES[left.outcome].rank - OUTCOMES[right.outcome].rank);
	const shown = sorted.slice(0, detail.rows);
	const lines = shown.map(renderGate);
	if (shown.length < sorted.length) lines.push(`- and ${formatQuantity(sorted.length - shown.length, "gate")} more`);
	return [
		"**Gates**",
		"",
		...lines
	].join("\n");
}
function renderGate(gate) {
	const { icon, word } = OUTCOMES[gate.outcome];
	const needed = gate.outcome === "inconclusive" && gate.rowsNeeded !== void 0 ? `; about ${formatQuantity(Number(gate.rowsNeeded.toPrecision(2)), gate.rowsUnit === "groups" ? "group" : "row")} would settle it` : "";
	return `- ${icon} **${escapeText(gate.description)}** ${word}: ${escapeText(gate.reason, 400)}${needed}`;
}

// src/core/report/comment/sentence.ts
function renderSentence(judgement) {
	if (judgement.kind === "failed") return describeFailure(judgement);
	switch (judgement.state) {
		case "unchanged": return describeUnchanged(judgement);
		case "accepted": return describeAcceptance(judgement);
		case "first-model": return describeFirstModel(judgement);
		default: return describeDifference(judgement);
	}
}
function describeUnchanged({ comparison }) {
	return comparison.exam.changed.length > 0 ? "The model is the champion, byte for byte; nothing but the rules changes." : "Code, data, rules and environment are those of the champion; nothing had to be judged.";
}
function describeFailure(judgement) {
	const { error, stage } = judgement;
	const place = error.file === void 0 ? "" : ` (${codeSpan(error.line === void 0 ? error.file : `${error.file}:${error.line}`, 120)})`;
	if (error.code === "data-unavailable") return `The data cannot be had in this run, so nothing was judged: ${escapeText(error.message, 600)}${place}`;
	const whose = error.code === "bug" ? " This is a bug of Contender, not of this pull request." : "";
	return `\`${stage}\` stopped: ${escapeText(error.message, 600)}${place}${whose}`;
}
function describeAcceptance(judgement) {
	const accepted = validAcceptance(judgement.comparison);
	return `Accepted by ${accepted === void 0 ? "a maintainer" : codeSpan(accepted.by)}${accepted === void 0 ? "" : `: “${escapeText(accepted.reason, 400)}”`}. By itself it was ${describeVerdict(judgement)}; ${escapeText(describeMerging(judgement))}.`;
}
function describeVerdict(judgement) {
	const { verdict } = judgement.comparison;
	const failed = judgement.decisiveGate?.outcome === "fail" && verdict !== "worse";
	if (verdict === "no-champion") return "a first model that no gate let pass";
	return `**${verdict.replace("-", " ")}**${failed ? " with a failed gate" : ""}`;
}
function describeFirstModel(judgement) {
	const primary = findPrimary(judgement.comparison);
	const text = primary && describeMetric(primary);
	const against = text?.noInformation === void 0 ? "" : ` against ${text.noInformation} for knowing nothing`;
	const interval = text?.challengerInterval === void 0 ? "" : ` ${text.challengerInterval}`;
	return `There is no champion yet.${primary === void 0 ? "" : ` ${codeSpan(primary.name, 40)} is **${text?.challenger}**${interval}${against};`} ${judgement.outcome === "success" ? escapeText(describeMerging(judgement)) : "no gate lets it pass, so a person decides"}.`;
}
function describeDifference(judgement) {
	const { comparison, state } = judgement;
	const primary = findPrimary(comparison);
	const parts = [];
	if (primary?.difference === void 0) parts.push(`${codeSpan(comparison.primary, 40)} could not be compared${primary?.note === void 0 ? "" : ` (${escapeText(primary.note)})`}`);
	else {
		const text = describeMetric(primary);
		const interval = text.interval === void 0 ? "" : ` ${text.interval}`;
		const ofPrimary = state === "gate-failed" || state === "gate-undecided" ? ` in ${codeSpan(primary.name, 40)}` : "";
		parts.push(`Difference${ofPrimary} **${text.gain}**${interval} on ${describeHoldout(judgement)}`);
	}
	const slices = describeSlices(comparison);
	if (slices !== void 0) parts.push(slices);
	return `${[...parts, escapeText(describeMerging(judgement))].join("; ")}.`;
}
function describeHoldout(judgement) {
	const { holdout } = judgement.comparison;
	const positives = holdout.positives === void 0 ? "" : ` (${formatQuantity(holdout.positives, "positive")})`;
	return `${formatQuantity(holdout.rows, "row")}${positives}`;
}

// src/core/report/comment/model-part.ts
function renderTitle({ evidence, judgement }) {
	return `### ${headlineMarkdown(buildHeadline(judgement))}, ${escapeText(evidence.model)}`;
}
function renderModelLine({ evidence, judgement }) {
	return `- ${headlineMarkdown(buildHeadline(judgement))}, ${escapeText(evidence.model)}`;
}
function renderModelSummary({ evidence, judgement }) {
	const { icon, word, subject, numbers } = buildHeadline(judgement);
	return `${icon} <b>${word}</b> ${[subject, numbers].filter((part) => part !== "").map((part) => escapeSummary(part)).join(" ")}, <b>${escapeSummary(evidence.model)}</b>`;
}
function renderModelPart({ evidence, judgement }, detail) {
	const sentence = renderSentence(judgement);
	if (judgement.kind === "failed") return sentence;
	const { comparison } = judgement;
	if (judgement.state === "unchanged") return [
		sentence,
		...renderAlerts(judgement, evidence.validation, detail),
		renderProvenance(evidence)
	].join("\n\n");
	return [
		sentence,
		...renderAlerts(judgement, evidence.validation, detail),
		renderMetricTable(comparison, detail),
		renderRefusals(judgement),
		renderGates(comparison, detail),
		renderLosingSlices(comparison, detail),
		renderFlips(comparison),
		...renderDetails(comparison, evidence, detail),
		renderProvenance(evidence)
	].filter((section) => section !== void 0 && section !== "").join("\n\n");
}
function renderRefusals(judgement) {
	const { holdout, metrics } = judgement.comparison;
	const notes = metrics.filter((metric) => metric.note !== void 0).slice(0, 6).map((metric) => `- ${codeSpan(metric.name, 40)}: ${escapeText(metric.note ?? "")}`);
	const scores = describeScores(judgement.comparison);
	if (scores !== void 0) notes.unshift(`- ${scores}`);
	const refused = holdout.refusedRows ?? 0;
	if (refused > 0) notes.push(`- rows that a model refused to score: ${refused}`);
	return notes.length === 0 ? void 0 : [
		"**To know**",
		"",
		...notes
	].join("\n");
}
function headlineMarkdown({ icon, word, subject, numbers }) {
	return [
		`${icon} **${word}**`,
		subject === "" ? "" : escapeText(subject),
		numbers
	].filter((part) => part !== "").join(" ");
}

// src/core/report/comment.ts
const COMMENT_LIMIT = {
	units: 65e3,
	bytes: 65536
};
const RESERVED = 1e3;
function renderComment(request) {
	const { run } = request;
	const limit = {
		units: COMMENT_LIMIT.units - RESERVED,
		bytes: COMMENT_LIMIT.bytes - RESERVED
	};
	const fitted = fitReport(request.models, run, limit);
	const steady = fitReport(request.models.map(withoutLatency), { commit: run.commit }, limit);
	const marker = {
		key: request.key ?? "report",
		commit: run.commit,
		run: run.run,
		attempt: run.attempt,
		content: request.sha256(steady.text).slice(0, 32)
	};
	return {
		body: `${fitted.text}\n\n${renderMarker(marker)}\n`,
		marker,
		leftOut: fitted.leftOut
	};
}
function fitReport(evidence, run, limit) {
	const models = selectModels(evidence);
	let smallest;
	for (const detail of DETAIL_STEPS) {
		smallest = renderAt(models, run, detail);
		if (smallest.text.length <= limit.units && byteLength(smallest.text) <= limit.bytes) return smallest;
	}
	if (smallest === void 0) throw new Error("there is no step of detail");
	throw new Error(`a report of ${models.length} models does not fit in ${limit.units} characters at its smallest`);
}
function withoutLatency(evidence) {
	const { comparison } = evidence;
	if (comparison === void 0 || comparison.verdict === "error") return evidence;
	const isSteady = (name) => !name.startsWith("latency_");
	return {
		...evidence,
		comparison: {
			...comparison,
			metrics: comparison.metrics.filter((metric) => isSteady(metric.name)),
			slices: comparison.slices.filter((slice) => isSteady(slice.name)),
			gates: comparison.gates.map((gate) => isSteady(gate.metric) ? gate : {
				...gate,
				reason: ""
			})
		}
	};
}
function selectModels(evidence) {
	const all = evidence.map((one) => ({
		evidence: one,
		judgement: judge(one)
	}));
	const changed = all.filter(({ judgement }) => !isUnchanged(judgement));
	return worstFirst(changed.length > 0 ? changed : all.slice(0, 1));
}
function renderAt(models, run, detail) {
	const body = models.length === 1 ? renderOne(models, detail) : renderSeveral(models, detail);
	const note = detail.leftOut === void 0 ? "" : `<sub>Shortened to fit: without ${detail.leftOut}. The full report has them.</sub>`;
	const command = renderReproduction(run);
	return {
		text: [
			body,
			note,
			command === void 0 ? "" : renderFolded("Repeat this on a laptop", `\`\`\`sh\n${command}\n\`\`\``),
			renderRunLine(run)
		].filter((part) => part !== "").join("\n\n"),
		leftOut: detail.leftOut
	};
}
function renderOne(models, detail) {
	const model = models[0];
	if (model === void 0) return "### Nothing to report";
	const part = detail.parts === 0 ? "" : renderModelPart(model, detail);
	return [renderTitle(model), part].filter((section) => section !== "").join("\n\n");
}
function renderSeveral(models, detail) {
	const [first] = models;
	const parts = models.slice(0, detail.parts).map((model, index) => renderFolded(renderModelSummary(model), renderModelPart(model, detail), { open: index === 0 && model.judgement.outcome !== "success" }));
	const lines = models.slice(parts.length, parts.length + detail.lines).map(renderModelLine);
	const more = models.length - parts.length - lines.length;
	if (more > 0) lines.push(`- and ${formatQuantity(more, "model")} more`);
	return [
		renderTitle(first),
		countOutcomes(models),
		...parts,
		lines.join("\n")
	].filter((part) => part !== "").join("\n\n");
}
function countOutcomes(models) {
	const words = {
		error: "stopped",
		failure: "failed",
		pending: "undecided",
		success: "passed"
	};
	const counts = Object.keys(words).map((outcome) => ({
		word: words[outcome],
		count: models.filter(({ judgement }) => judgement.outcome === outcome).length
	})).filter(({ count }) => count > 0).map(({ count, word }) => `${count} ${word}`);
	return `${formatQuantity(models.length, "model")} changed: ${counts.join(", ")}.`;
}
function byteLength(text) {
	let bytes = 0;
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		bytes += code < 128 ? 1 : code < 2048 ? 2 : code < 65536 ? 3 : 4;
	}
	return bytes;
}

// src/core/report/job-summary.ts
const SUMMARY_LIMIT_BYTES = 1048576;
function renderJobSummary(models, run) {
	return `${fitReport(models, run, {
		units: SUMMARY_LIMIT_BYTES / 2,
		bytes: SUMMARY_LIMIT_BYTES / 2
	}).text}\n`;
}

// src/core/report/retraining.ts
const MOST_COLUMNS = 20;
const COMPARISON_LIMIT = {
	units: 4e4,
	bytes: 4e4
};
function renderRetrainingTitle(request) {
	const { comparison, version } = request;
	const { subject, numbers } = buildHeadline(judge({
		model: comparison.model,
		comparison
	}));
	return makeVisible(`Retrain ${comparison.model} ${version}: ${subject} ${numbers}`, 120);
}
function renderRetrainingBody(request) {
	const { comparison, drift } = request;
	return `${[
		`**Merging this publishes ${codeSpan(comparison.model)} ${codeSpan(request.version, 40)}.** ${escapeText(capitalize$1(drift.reason))}.`,
		"## Why: what the check found",
		renderDriftEvidence(drift),
		"## What it proposes",
		renderComparison(request),
		"## What waiting costs",
		describeWaiting(request),
		"## What you can do",
		renderChoices(request)
	].join("\n\n")}\n`;
}
function renderDriftEvidence(drift) {
	const drifted = drift.columns.filter((column) => column.drifted);
	const shown = drifted.slice(0, MOST_COLUMNS);
	const intro = `${formatQuantity(drift.current.rows, "row")}${describeSpan(drift)} against ${formatQuantity(drift.reference.rows, "row")} (${escapeText(drift.reference.description)}).`;
	const form = drift.form === "unknown" ? "" : ` The change is ${drift.form}.`;
	const count = `${formatCount(drifted.length)} of ${formatQuantity(drift.columns.length, "column")} drifted.${form}`;
	const table = renderTable([
		"column",
		"role",
		"effect",
		"minimum",
		"adjusted p"
	], shown.map(({ name, role, effect, adjustedPValue }) => [
		codeSpan(name),
		role,
		effect === void 0 ? "–" : `${formatNumber(effect.value)}<br><sub>${escapeText(effect.name, 60)}</sub>`,
		effect === void 0 ? "–" : formatNumber(effect.minimum),
		adjustedPValue === void 0 ? "–" : formatPValue(adjustedPValue)
	]), "llrrr");
	const more = drifted.length - shown.length;
	return [
		describePerformance(drift),
		`${intro} ${count}`,
		drift.leftOut === void 0 ? "" : `Not checked: ${escapeText(drift.leftOut, 300)}.`,
		shown.length === 0 ? "" : table,
		more > 0 ? `and ${formatQuantity(more, "column")} more` : ""
	].filter((part) => part !== "").join("\n\n");
}
function renderDashboard(models) {
	const sorted = [...models].sort((left, right) => left.model < right.model ? -1 : 1).slice(0, 200);
	const rows = sorted.map((one) => [
		codeSpan(one.model),
		one.champion === void 0 ? "none yet" : link(makeVisible(one.champion.version, 40).replace(/[^\w.+-]/g, ""), one.champion.url) ?? codeSpan(one.champion.version, 40),
		one.lastCheck === void 0 ? "never" : `${escapeText(one.lastCheck.on, 20)}: **${escapeText(one.lastCheck.verdict, 40)}**`,
		describeNext(one)
	]);
	const reasons = sorted.filter((one) => one.lastCheck !== void 0).slice(0, 100).map(({ model, lastCheck, withheld }) => {
		const why = withheld === void 0 ? "" : `; no pull request: ${escapeText(withheld)}`;
		return `- ${codeSpan(model)}: ${escapeText(lastCheck?.recommendation ?? "")}, ${escapeText(lastCheck?.reason ?? "")}${why}`;
	});
	return `${[
		"Champions of this repository, their last drift checks and open retrainings. Contender rewrites this text; comments stay.",
		renderTable([
			"model",
			"champion",
			"last check",
			"retraining"
		], rows),
		reasons.join("\n"),
		"<!-- contender kind=dashboard -->"
	].filter((part) => part !== "").join("\n\n")}\n`;
}
function isDashboard(body) {
	return body.trimEnd().split("\n").at(-1)?.trim() === "<!-- contender kind=dashboard -->";
}
function describeNext(one) {
	if (one.retraining !== void 0) return link(`open: ${one.retraining.number}`, one.retraining.url) ?? `open: ${one.retraining.number}`;
	const opening = link("open it by hand", one.openLink);
	if (opening !== void 0) return `waits: ${opening}`;
	if (one.snoozedUntil !== void 0) return `snoozed until ${escapeText(one.snoozedUntil, 20)}`;
	return one.withheld === void 0 ? "none" : "withheld";
}
function renderComparison({ comparison, run }) {
	const full = fitReport([{
		model: comparison.model,
		comparison
	}], run, COMPARISON_LIMIT);
	const table = {
		...DETAIL_STEPS[0],
		rows: 20
	};
	return [renderMetricTable(comparison, table), renderFolded("The whole comparison", full.text)].join("\n\n");
}
function describePerformance(drift) {
	const { performance } = drift;
	if (performance === void 0) return "";
	const { metric, reference, current, interval, kind, margin } = performance;
	const style = chooseStyle({
		name: metric,
		values: [reference, current],
		interval
	});
	const how = kind === "realized" ? "measured on labelled rows" : "estimated without labels";
	const bound = margin === void 0 ? "" : `, margin ${formatValue(margin, style)}`;
	return `**${codeSpan(metric, 40)} ${formatValue(reference, style)} → ${formatValue(current, style)}** (${how}; change ${formatInterval(interval, style)}${bound}).`;
}
function describeSpan({ current }) {
	if (current.from === void 0 || current.to === void 0) return "";
	return ` from ${codeSpan(current.from, 40)} to before ${codeSpan(current.to, 40)}`;
}
function describeWaiting({ comparison, drift, lossPerDay }) {
	const primary = comparison.metrics.find((metric) => metric.name === comparison.primary);
	const parts = [];
	if (primary?.difference !== void 0) {
		const { value, interval } = primary.difference;
		const style = chooseStyle({
			name: primary.name,
			values: [value],
			interval
		});
		const range = interval === void 0 ? "" : ` ${formatInterval(interval, style)}`;
		parts.push(`Until it is merged the champion answers, and on the newest labelled rows it is behind by ${formatDifference(value, style).replace("+", "")}${range} of ${codeSpan(primary.name, 40)}.`);
	}
	if (lossPerDay !== void 0) parts.push(`By the declared costs that is about ${formatNumber(lossPerDay)} a day.`);
	if (drift.performance?.kind === "estimated") parts.push("The loss of performance is an estimate without labels; it assumes that only the inputs changed.");
	return parts.length === 0 ? "It could not be told from these rows." : parts.join(" ");
}
function renderChoices({ comparison, version, lockFile, cooldownDays, token }) {
	const undo = comparison.champion?.version === void 0 ? `- **Undo** later: revert the merge and publish an older model again as a newer version.` : `- **Undo** later: publish ${codeSpan(comparison.champion.version, 40)} again as a newer version; releases only move forward, and its bytes stay in its release.`;
	return [
		`- **Take it:** merge. The only file that changes is ${codeSpan(lockFile, 200)}; merging publishes exactly the bytes \`${comparison.challenger.digest.slice(0, 12)}\` as ${codeSpan(version, 40)}.`,
		`- **Decline it:** close this pull request; none is opened for ${formatQuantity(cooldownDays, "day")}. The label \`contender:snooze\` does the same without closing.`,
		undo,
		`- **Checks:** ${describeChecks(token)}`
	].join("\n");
}
function describeChecks(token) {
	return token === "job" ? "this was opened with the token of the job, so workflows on it wait until someone with write permission approves them, and later pushes need it again. The verdict is a commit status on the head commit and waits for nothing." : "this was opened with the token of an app or a person, so workflows on it start by themselves. The verdict is a commit status on the head commit.";
}
function capitalize$1(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

// src/core/report/stage-summary.ts
const MOST_MODELS = 100;
const MESSAGE_LENGTH = 2e3;
const VALUE_LENGTH = 300;
function renderStageSummary({ stage, verdict, endings }) {
	const shown = endings.slice(0, MOST_MODELS);
	const more = endings.length - shown.length;
	return `${[
		`## ${escapeText(stage)}: ${escapeText(verdict)}`,
		...shown.flatMap(renderEnding),
		more > 0 ? `and ${more} more` : ""
	].filter((part) => part !== "").join("\n\n")}\n`;
}
function renderEnding({ model, outputs, message, details }) {
	const heading = model === "" ? "" : `### ${codeSpan(model)}`;
	if (message !== void 0) return [heading, `**Stopped:** ${escapeText(message, MESSAGE_LENGTH)}`];
	const rows = Object.entries(outputs).filter(([, value]) => value !== "").map(([name, value]) => [codeSpan(name), codeSpan(value, VALUE_LENGTH)]);
	return [
		heading,
		rows.length === 0 ? "" : renderTable(["output", "value"], rows),
		details?.trim() ?? ""
	];
}

// src/core/report/comparison-log.ts
function describeComparison(comparison) {
	const primary = describePrimary(comparison);
	const scores = describeScores(comparison);
	return [
		...primary === void 0 ? [] : [primary],
		...comparison.gates.map(describeGate),
		...scores === void 0 ? [] : [scores]
	];
}
function describePrimary(comparison) {
	const metric = findPrimary(comparison);
	if (metric === void 0) return void 0;
	const text = describeMetric(metric);
	if (metric.champion === void 0) {
		const interval = text.challengerInterval === void 0 ? "" : ` ${text.challengerInterval}`;
		const baseline = text.noInformation === void 0 ? "" : `, no information gives ${text.noInformation}`;
		return `${metric.name}: ${text.challenger}${interval}${baseline}`;
	}
	const interval = text.interval === void 0 ? "" : ` ${text.interval}`;
	const verdict = text.mark.words === "" ? "" : `, ${text.mark.words}`;
	return `${metric.name}: ${text.champion} → ${text.challenger}, gain ${text.gain}${interval}${verdict}`;
}
function describeGate({ outcome, description, reason, rowsNeeded, rowsUnit }) {
	const unit = rowsUnit === "groups" ? "group" : "row";
	const needed = outcome === "inconclusive" && rowsNeeded !== void 0 ? `; about ${formatQuantity(Number(rowsNeeded.toPrecision(2)), unit)} would settle it` : "";
	return `gate ${outcome}: ${description}${reason === "" ? "" : `: ${reason}`}${needed}`;
}

// src/core/report/status.ts
const MAX_DESCRIPTION = 140;
function renderStatus(evidence) {
	const judgement = judge(evidence);
	const headline = headlineText(buildHeadline(judgement));
	const rest = judgement.kind === "completed" ? describeRest(judgement) : judgement.error.code === "data-unavailable" ? ["never judged without its data"] : [judgement.error.message];
	return {
		context: `contender/${evidence.model}`,
		state: judgement.outcome,
		description: shorten([headline, ...rest].join("; "))
	};
}
function describeRest(judgement) {
	const { comparison, state, outcome, decisiveGate } = judgement;
	if (state === "unchanged") return ["same code, data, rules and environment"];
	if (state === "accepted") {
		const accepted = validAcceptance(comparison);
		return [`accepted by ${accepted?.by ?? "a maintainer"}: ${accepted?.reason ?? ""}`];
	}
	const parts = [];
	if (judgement.selfReported) parts.push("self-reported, sets no passing status");
	if (state === "first-model") return [...parts, outcome === "success" ? "a gate passes" : "a person decides"];
	const primary = findPrimary(comparison);
	const text = primary && describeMetric(primary);
	if (text?.interval !== void 0 && decisiveGate?.outcome !== "fail") parts.push(`difference ${text.gain} ${text.interval}`);
	if (outcome === "failure" && decisiveGate !== void 0) parts.push(decisiveGate.reason);
	if (outcome === "pending") {
		const needed = describeRowsNeeded(comparison);
		if (needed !== void 0) parts.push(`${needed} would settle it`);
		else if (decisiveGate !== void 0) parts.push(decisiveGate.reason);
	}
	const slices = describeSlices(comparison);
	return slices === void 0 ? parts : [...parts, slices];
}
function shorten(text) {
	const visible = makeVisible(text, MAX_DESCRIPTION);
	if (visible.length <= MAX_DESCRIPTION) return visible;
	return `${visible.slice(0, 139).toWellFormed().replace(/\ufffd$/, "")}…`;
}

// src/core/report/notes.ts
const TABLES = {
	...DETAIL_STEPS[0],
	rows: 100
};
function renderReleaseNotes({ comparison, training, manifest }) {
	const primary = findPrimary(comparison);
	const text = primary && describeMetric(primary);
	const numbers = text === void 0 ? "" : comparison.champion === void 0 ? ` ${codeSpan(comparison.primary, 40)} ${text.challenger}` : ` ${codeSpan(comparison.primary, 40)} ${text.champion} → ${text.challenger}`;
	return [
		`**${capitalize(manifest.verdict.replaceAll("-", " "))}**${numbers}${against(manifest)}.`,
		renderAcceptance(manifest),
		renderMetricTable(comparison, TABLES),
		describeLosses(comparison),
		"### Made from",
		renderFacts(training, manifest),
		"### Use",
		renderDigest(manifest)
	].filter((part) => part !== "").join("\n\n");
}
function renderDigest({ file, files = [], digest }) {
	if (files.length === 0) return `${codeSpan(file)} has the digest \`sha256:${digest}\`; \`SHA256SUMS\` has those of all files.`;
	const weights = files.map(({ name }) => codeSpan(name)).join(", ");
	return `${codeSpan(file)} needs ${weights} in the same folder. Together they have the digest \`sha256:${digest}\`, which is that of their sorted lines in \`SHA256SUMS\`, the model as \`model.onnx\`.`;
}
function renderModelCard({ comparison, training, manifest }) {
	const { holdout } = comparison;
	const positives = holdout.positives === void 0 ? "" : `, ${formatQuantity(holdout.positives, "positive")}`;
	const groups = holdout.groups === void 0 ? "" : `, ${formatQuantity(holdout.groups, "group")}`;
	return `${[
		`# ${escapeText(manifest.model)} ${escapeText(manifest.version)}`,
		`A model for ${manifest.task.replaceAll("-", " ")}${training.learner === void 0 ? "" : `, learned by ${codeSpan(training.learner)}`}.`,
		"## What it reads",
		renderTable(["column", "type"], manifest.featureColumns.map(({ name, type }) => [codeSpan(name), codeSpan(type)])),
		"## What it answers",
		renderAnswers(manifest),
		"## How good it is",
		`Judged on ${formatQuantity(holdout.rows, "row")}${positives}${groups}${windowWords(manifest.windows?.holdout)}. ${describeSeen(holdout.leakage)}`,
		renderMetricTable(comparison, TABLES),
		renderAcceptance(manifest),
		"## Where it is weaker",
		describeLosses(comparison) || "No slice was looked at by itself.",
		renderAllSlices(comparison, TABLES) ?? "",
		"## How it was made",
		renderFacts(training, manifest)
	].filter((part) => part !== "").join("\n\n")}\n`;
}
function renderAnswers({ signature, file, scores }) {
	if (signature === void 0) {
		const judged = scores === void 0 ? "" : `; its scores on its holdout, by hashed id, are in ${codeSpan(scores)}`;
		return `${codeSpan(file)} is no ONNX file and was never opened here${judged}.`;
	}
	return renderTable([
		"output",
		"type",
		"shape"
	], signature.outputs.map(({ name, type, shape }) => [
		codeSpan(name),
		codeSpan(type),
		codeSpan(`[${shape.map((size) => size ?? "?").join(", ")}]`)
	]));
}
function renderAcceptance({ accepted, verdict }) {
	if (accepted === void 0) return "";
	return `Accepted by ${codeSpan(accepted.by)} although it was judged ${escapeText(verdict)}: ${escapeText(accepted.reason, 400)}`;
}
function describeSeen(leakage) {
	if (leakage === void 0) return "Whether training saw some of them was not checked.";
	return leakage === 0 ? "Training saw none of them." : `Training saw ${formatQuantity(leakage, "row")} of them, which flatters the numbers.`;
}
function describeLosses(comparison) {
	const { slices } = comparison;
	if (slices.length === 0) return "";
	if (comparison.champion === void 0) return `${formatQuantity(slices.length, "slice")}, no champion to compare with.`;
	const losing = findLosingSlices(slices);
	if (losing.length === 0) return `Slices that got worse: none of ${formatCount(slices.length)}.`;
	const names = losing.slice(0, 20).map((slice) => `${codeSpan(slice.slice)} ${describeMetric(slice).gain}`);
	const more = losing.length - names.length;
	return `Slices that got worse: ${names.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}.`;
}
function renderFacts(training, manifest) {
	const parameters = Object.entries(manifest.parameters).slice(0, 50).map(([name, value]) => codeSpan(`${name}=${value}`));
	const rows = [
		["size", formatBytes(manifest.bytes)],
		["training rows", formatCount(training.rows)],
		["training data", codeSpan(manifest.trainingData, 100)],
		["holdout data", codeSpan(manifest.holdoutData, 100)],
		["training window", windowWords(manifest.windows?.training).replace(/^, /, "") || void 0],
		["learner", manifest.learner === void 0 ? void 0 : codeSpan(manifest.learner)],
		["command", manifest.command === void 0 ? void 0 : codeSpan(manifest.command, 200)],
		["parameters", parameters.length === 0 ? void 0 : parameters.join(" ")],
		["seed", String(manifest.seed)],
		["commit", manifest.commit === void 0 ? void 0 : codeSpan(manifest.commit)],
		["run", manifest.run === void 0 ? void 0 : codeSpan(manifest.run)],
		["champion before", manifest.previous === void 0 ? void 0 : codeSpan(manifest.previous)],
		["made by", codeSpan(`${manifest.tool.name} ${manifest.tool.version}`)]
	];
	return renderTable(["fact", "value"], rows.map(([name, value]) => [name, value ?? "–"]).filter(([, value]) => value !== "–"));
}
function windowWords(window) {
	if (window === void 0) return "";
	const from = window.from === void 0 ? "" : ` from ${codeSpan(window.from, 40)}`;
	const to = window.to === void 0 ? "" : ` to before ${codeSpan(window.to, 40)}`;
	return from === "" && to === "" ? "" : `,${from}${to}`;
}
function against(manifest) {
	return manifest.previous === void 0 ? "" : `, against ${codeSpan(manifest.previous)}`;
}
function capitalize(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

export { breakingFirst, buildHeadline, chooseStyle, codeSpan, countOpenSlices, decideReplacement, describeComparison, describeMerging, describeMetric, describeRowsNeeded, describeScores, describeScoring, describeSlices, describeUnchanged, escapeHtml, escapeText, findPrimary, formatBytes, formatCount, formatInterval, formatNumber, formatPValue, formatPercent, formatQuantity, formatValue, hasOutsideScores, headlineText, isDashboard, isPlainAddress, judge, logLine, makeVisible, parseMarker, renderComment, renderDashboard, renderDriftEvidence, renderJobSummary, renderMarker, renderModelCard, renderReleaseNotes, renderReproduction, renderRetrainingBody, renderRetrainingTitle, renderStageSummary, renderStatus, validAcceptance, worstFirst };