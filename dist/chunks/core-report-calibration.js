import { chooseStyle, formatCount, formatDifference, formatInterval, formatNumber, formatPercent, formatQuantity, formatValue } from "./core-comparison.js";
import { columns, heading, line, paragraph, shownText } from "./core-report-inspection.js";

// src/core/report/calibration/margin-words.ts
const LARGE_SHARE_OF_GAIN = .2;
function explainMetric(metric, isDefaultGate) {
	return [
		...explainChampion(metric),
		...explainSpread(metric),
		...explainMargin(metric),
		...metric.role === "primary" && isDefaultGate ? explainDefaultGate(metric) : []
	];
}
function explainChampion({ champion, name }) {
	if (champion?.betweenHoldouts === void 0) return [];
	return [`The champion against itself: its own ${name} differs by up to ${short(champion.betweenHoldouts)} between two holdouts of this size (19 of 20 cases). That is what comparing two numbers from different rows sees; on the same rows most of it cancels.`];
}
function explainSpread({ spread, differences }) {
	if (spread === void 0) return [];
	const { mean, deviation, holdout, retraining } = spread;
	const shown = retraining === 0 ? "what seed and training rows do to a retraining does not show beside it" : `seed and training rows move a retraining by ${short(retraining)} (standard deviation)`;
	const parts = `A difference to the champion has a standard error of ${short(holdout)} from the rows of the holdout; ${shown}.`;
	if (Math.abs(mean) <= 2 * deviation / Math.sqrt(differences.length)) return [parts];
	return [parts, mean < 0 ? `Retrainings lose ${short(-mean)} on average: this champion was made from more rows or another recipe, or is lucky on this holdout. The margin makes room for that.` : `Retrainings gain ${short(mean)} on average: this champion is behind its recipe, or unlucky on this holdout. The margin does not count on that.`];
}
function explainMargin(metric) {
	const { meaning, margins, gain, units } = metric;
	if (meaning === void 0 || margins.proposed === void 0) return [];
	const { margin } = margins.proposed;
	if (!meaning.resolvable) return [explainUnresolvable(margin, gain ?? 0, {
		meaning,
		now: units.count
	})];
	const loss = `a loss of less than ${formatNumber(margin)}${sharesOf(metric, meaning)} counts as not worse`;
	return [
		`With the margin of ${formatNumber(margin)}, ${loss}. A challenger that really loses ${formatNumber(margin)} or more is let through in at most 1 of 40 comparisons.`,
		`A real loss of ${short(meaning.heldBack)} is held back (worse or inconclusive) with 80${"\xA0"}% chance, one of ${short(meaning.calledWorse)} is called worse with 80${"\xA0"}% chance.`,
		...explainHalf(meaning.forHalf, units.count),
		...explainLarge(meaning),
		...explainDefault(metric)
	];
}
function sharesOf({ champion }, meaning) {
	const parts = [...meaning.shareOfValue === void 0 || champion === void 0 ? [] : [`${formatPercent(meaning.shareOfValue)} of the champion's ${formatNumber(champion.value)}`], ...meaning.shareOfGain === void 0 ? [] : [`${formatPercent(meaning.shareOfGain)} of its gain over knowing nothing`]];
	return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
function explainUnresolvable(margin, gain, { meaning, now }) {
	const needed = meaning.forTenthOfGain;
	const what = `This holdout can resolve nothing: equally good retrainings need a margin of ${formatNumber(margin)}`;
	if (needed === void 0) return `${what}, and the champion gains nothing over knowing nothing (${formatNumber(gain)}). A margin cannot mend that; a better model or more labelled rows can.`;
	const advice = needed.count === void 0 ? "no number of rows in reach would do, since retrainings differ too much themselves: make the recipe steadier" : `collect about ${countOf(needed)} (now ${formatCount(now)}), on which a tenth of that gain, ${short(gain / 10)}, would do`;
	return `${what}, which is more than the champion's whole gain over knowing nothing (${short(gain)}): a gate with it lets everything through. Instead of a margin, ${advice}.`;
}
function explainHalf(needed, now) {
	if (needed.count === void 0) return ["No number of labelled rows in reach makes half this margin work: two retrainings differ by too much themselves. A steadier recipe does (more training rows, more and smaller steps, an average over seeds)."];
	if (needed.count <= now) return [];
	return [`Half this margin needs about ${countOf(needed)} (now ${formatCount(now)}).`];
}
function countOf({ count = 0, unit }) {
	return `${formatCount(count)} ${unit === "groups" ? "groups of labelled rows" : "labelled rows"}`;
}
function explainLarge({ shareOfGain }) {
	if (shareOfGain === void 0 || shareOfGain < LARGE_SHARE_OF_GAIN) return [];
	return [`That gives away ${formatPercent(shareOfGain)} of what the model knows: rather collect rows than live with it.`];
}
function explainDefault({ margins }) {
	const { proposed, default: own } = margins;
	if (proposed === void 0) return [];
	if (own === void 0) return ["There is no default margin for this metric: without one in the config only a better challenger passes."];
	const count = Object.values(own.verdicts).reduce((total, verdict) => total + verdict, 0);
	const { inconclusive, worse } = own.verdicts;
	const judged = `With the default margin of ${short(own.margin)}, ${inconclusive} of ${count} retrainings come out inconclusive and ${worse} worse`;
	if (own.margin >= proposed.margin) return [`${judged}: the default is wide enough here, and this holdout could keep the narrower one.`];
	return [`${judged}; with ${formatNumber(proposed.margin)}, ${proposed.verdicts.inconclusive} and ${proposed.verdicts.worse}.`];
}
function explainDefaultGate({ margins, differences, meaning }) {
	const { proposed } = margins;
	if (proposed === void 0 || meaning?.resolvable !== true) return [];
	return [`The default gate also asks that a challenger is not lower at all, and ${proposed.withoutLoss} of ${differences.length} retrainings pass it with this margin. The gate below asks for no more than not worse.`];
}
function short(value) {
	return formatNumber(Number(value.toPrecision(2)));
}

// src/core/report/calibration/render-calibration.ts
function renderCalibration(calibration) {
	return `${[
		renderFacts(calibration),
		...calibration.metrics.map((metric) => renderMetric(metric, calibration)),
		renderNotes(calibration),
		renderPaste(calibration)
	].flat().join("\n")}\n`;
}
function renderFacts({ model, task, champion, retrainings, holdout, ...rest }) {
	const groups = holdout.groups === void 0 ? [] : [`${formatQuantity(holdout.groups, "group")}`];
	const positives = holdout.positives === void 0 ? [] : [`${formatQuantity(holdout.positives, "positive", "positive")}`];
	return [`Calibration of ${shownText(model)} (${task})`, ...columns([
		["champion", `${shownText(champion.origin, 300)}, ${champion.digest.slice(0, 12)}`],
		["retrainings", describeRetrainings({
			retrainings,
			...rest
		})],
		["holdout", [
			formatQuantity(holdout.rows, "row"),
			...groups,
			...positives
		].join(", ")]
	])];
}
function describeRetrainings({ retrainings, share, sampled }) {
	if (share === void 0) return `${retrainings.length} models made elsewhere`;
	const seeds = retrainings.map(({ seed }) => seed);
	const drawn = sampled === "groups" ? "groups of the training rows" : "training rows";
	return `${retrainings.length} of the recipe, each on ${Number((share * 100).toPrecision(3))} % of the ${drawn}, seeds ${seeds[0]} to ${seeds.at(-1)}`;
}
function renderMetric(metric, { defaultGate }) {
	const words = explainMetric(metric, defaultGate).map((text) => paragraph("- ", text));
	return [
		heading(`${metric.name}${metric.role === "further" ? "" : ` (${metric.role})`}: ${outcomeOf(metric)}`),
		...renderDifferences(metric),
		...renderMargins(metric),
		"",
		...words.flat()
	];
}
function outcomeOf({ margins, meaning, refusal }) {
	if (refusal !== void 0) return `no margin is proposed: ${shownText(refusal, 500)}`;
	if (meaning?.resolvable !== true || margins.proposed === void 0) return "no margin is proposed: this holdout can resolve nothing";
	return `margin ${formatNumber(margins.proposed.margin)}`;
}
function renderDifferences({ name, champion, differences }) {
	if (champion === void 0) return [];
	const first = differences.find(({ interval }) => interval !== void 0)?.interval;
	const style = chooseStyle({
		name,
		values: [champion.value],
		interval: first
	});
	const interval = champion.interval === void 0 ? "" : formatInterval(champion.interval, style);
	const rows = differences.map(({ value, interval: own, note }, index) => [
		`retraining ${index + 1}`,
		value === void 0 ? "no value" : formatDifference(value, style),
		own === void 0 ? shownText(note ?? "no interval", 100) : formatInterval(own, style)
	]);
	return columns([[
		"champion",
		formatValue(champion.value, style),
		interval
	], ...rows]);
}
function renderMargins({ margins, differences }) {
	const known = differences.filter(({ interval }) => interval !== void 0).length;
	const rows = [
		["default margin", margins.default],
		["of the config", margins.configured],
		["proposed", margins.proposed]
	].flatMap(([name, judged]) => judged === void 0 ? [] : [describeMargin(name, judged)]);
	if (rows.length === 0 || known === 0) return [];
	return ["", ...columns([[
		"margin",
		"",
		"better",
		"equivalent",
		"not worse",
		"inconclusive",
		"worse"
	], ...rows])];
}
function describeMargin(name, { margin, verdicts }) {
	const { better, equivalent, "not-worse": notWorse, inconclusive, worse } = verdicts;
	const counts = [
		better,
		equivalent,
		notWorse,
		inconclusive,
		worse
	].map(String);
	return [
		name,
		formatNumber(Number(margin.toPrecision(3))),
		...counts
	];
}
function renderNotes({ notes }) {
	return notes.length === 0 ? [] : [heading("Notes"), ...notes.flatMap((note) => paragraph("- ", shownText(note, 500)))];
}
function renderPaste({ metrics, primary, defaultGate }) {
	const proposed = metrics.flatMap(({ name, margins, meaning }) => margins.proposed !== void 0 && meaning?.resolvable === true ? [`${name}: ${margins.proposed.margin}`] : []);
	if (proposed.length === 0) return [];
	const hasPrimary = proposed.some((entry) => entry.startsWith(`${primary}:`));
	return [
		heading("To paste into contender.yml"),
		line("comparison:"),
		line(`  margins: {${proposed.join(", ")}}`),
		...defaultGate && hasPrimary ? [line(`  gates: [{metric: ${primary}, require: not-worse}]   # optional: not worse is enough`)] : []
	];
}

export { renderCalibration };