import { DEFAULT_CONFIDENCE, DEFAULT_SHARE_OF_GAIN, describeMetric, describeRepeatedIds, findLosingSlices, formatCount, formatNumber, formatPValue, formatPercent, formatQuantity, formatValue, validAcceptance } from "./core-comparison.js";
import { columns, heading, line, paragraph, shownText } from "./core-report-inspection.js";
import { simultaneousConfidence } from "./core-statistics.js";

// src/core/report/explain/confidence-words.ts
function confidenceText(confidence) {
	const digits = Math.max(1, Math.ceil(-Math.log10(Math.max(1 - confidence, 1e-12))));
	return `${Number((confidence * 100).toFixed(digits))} %`;
}
function confidenceSentence({ confidence, holdout }) {
	const start = `Intervals have a confidence of ${confidenceText(confidence)}`;
	if (!(confidence > .95)) return `${start}: of a hundred such intervals, about ${Math.round(confidence * 100)} hold the true number.`;
	const uses = holdout.uses === void 0 ? "many models" : formatQuantity(holdout.uses, "model");
	return `${start} and not ${confidenceText(DEFAULT_CONFIDENCE)}: this holdout has judged ${uses}, and the chance of an error is spent over all of them, so that luck does not pass one in the end.`;
}

// src/core/report/explain/explain-reach.ts
function gateSentences(gates) {
	return gates.map((gate) => {
		const needed = gate.outcome === "inconclusive" && gate.rowsNeeded !== void 0 ? `; about ${aboutUnits(gate.rowsNeeded, gate.rowsUnit)} would settle it` : "";
		const role = gate.role === "guardrail" ? " (guardrail)" : "";
		return `${gate.outcome}: ${shownText(gate.description, 200)}${role}: ${shownText(gate.reason, 600)}${needed}`;
	});
}
function reachSentences(comparison, metric) {
	const { detectable, margin } = metric;
	if (detectable === void 0 || !(detectable > 0)) return [];
	const { style } = describeMetric(metric);
	const { rows, groups } = comparison.holdout;
	const seen = `A true difference of ${formatValue(detectable, style)} would be seen in 80 of 100 holdouts like this one; a smaller one mostly stays hidden.`;
	if (margin === void 0 || !(margin > 0)) return [seen];
	const needed = Math.ceil((groups ?? rows) * (detectable / margin) ** 2);
	const unit = groups === void 0 ? "rows" : "groups";
	return [seen, needed <= (groups ?? rows) ? `That is within the margin of ${formatValue(margin, style)}: this holdout is large enough to find an equal challenger not worse.` : `To find an equal challenger not worse by ${formatValue(margin, style)} as often, about ${aboutUnits(needed, unit)} would be needed (contender plan-holdout --evidence tells more).`];
}
function aboutUnits(count, unit) {
	const rounded = count < 100 ? count : Number(count.toPrecision(2));
	return formatQuantity(rounded, unit === "groups" ? "labelled group" : "labelled row");
}

// src/core/report/explain/explain-rows.ts
function rowSentences({ holdout, champion }) {
	const { rows, positives, groups, groupsWithPositives, unlabelledRows, refusedRows, leakage, uses } = holdout;
	const ofThem = positives === void 0 ? "" : `, ${formatCount(positives)} of them positive`;
	const inGroups = groups === void 0 ? "" : `, in ${formatQuantity(groups, "group")}`;
	const withPositives = groupsWithPositives === void 0 ? "" : ` (${formatCount(groupsWithPositives)} with a positive row)`;
	const leftOut = [...unlabelledRows ? [`${formatQuantity(unlabelledRows, "row")} without a label`] : [], ...refusedRows ? [`${formatQuantity(refusedRows, "row")} that a model gave no answer for`] : []];
	return [
		`${formatQuantity(rows, "labelled row")} of the holdout${ofThem}${inGroups}${withPositives}${champion === void 0 ? "" : "; both models answered the same rows"}.`,
		...groups === void 0 ? [] : ["Rows of one group depend on each other, so that it is the groups that count as evidence."],
		leftOut.length === 0 ? "No row was left out." : `Left out: ${leftOut.join("; ")}.`,
		...holdout.repeatedIds ? [`${describeRepeatedIds(holdout.repeatedIds, rows)}.`] : [],
		...leakage ? [`Training saw ${formatQuantity(leakage, "row")} of them, which flatters the numbers.`] : [],
		...uses === void 0 ? [] : [`This holdout has judged ${formatQuantity(uses, "model")} so far.`]
	];
}

// src/core/report/explain/explain-slices.ts
const MOST_SLICES = 30;
function explainSlices(comparison, name) {
	const slices = comparison.slices.filter((slice) => slice.name === name);
	if (slices.length === 0) return [];
	const judged = slices.filter((slice) => slice.rows >= 50);
	const losing = findLosingSlices(slices);
	const ordered = [...losing, ...slices.filter((slice) => !losing.includes(slice))];
	const shown = ordered.slice(0, MOST_SLICES);
	const confidence = simultaneousConfidence(comparison.confidence, Math.max(1, judged.length));
	return [
		...paragraph("", `Each slice is judged by the same table. The more slices, the likelier luck makes one look bad, so that the intervals of ${formatQuantity(judged.length, "slice")} are wider: each has a confidence of ${confidenceText(confidence)}, and all of them together that of the whole. Slices of under ${50} rows are not judged.`),
		...columns([[
			"slice",
			"rows",
			"difference",
			"interval",
			"verdict"
		], ...shown.map(describeSlice)]),
		...ordered.length > shown.length ? [line(`and ${formatCount(ordered.length - shown.length)} more`)] : []
	];
}
function describeSlice(slice) {
	const text = describeMetric(slice);
	const words = text.mark.words || (slice.note === void 0 ? "not compared" : shownText(slice.note, 80));
	return [
		shownText(slice.slice),
		formatCount(slice.rows),
		text.gain,
		text.interval ?? "",
		words
	];
}

// src/core/report/explain/margin-words.ts
function marginSentences(metric) {
	const { margin, champion, noInformation } = metric;
	if (margin === void 0) return ["There is none: the config sets none for this metric (comparison.margins), and none could be derived. Then nothing but better or inconclusive can be said."];
	const text = describeMetric(metric);
	const start = `A loss of up to ${text.margin} still counts as not worse.`;
	if (champion === void 0) return [start];
	const gain = noInformation === void 0 ? void 0 : (metric.direction === "higher" ? 1 : -1) * (champion.value - noInformation);
	if (gain !== void 0 && isNear(margin, .02 * gain)) return [`${start} That is ${formatPercent(DEFAULT_SHARE_OF_GAIN)} of what the champion gains over knowing nothing (${text.champion} against ${text.noInformation}), as it is where the config sets no other margin.`];
	const share = champion.value === 0 ? "" : ` It is ${formatPercent(margin / Math.abs(champion.value))} of the champion's value.`;
	return [`${start} The config sets it (comparison.margins, ${formatNumber(margin)}).${share}`];
}
function isNear(left, right) {
	return Math.abs(left - right) <= 1e-9 * Math.abs(right);
}

// src/core/report/explain/method-words.ts
const METHODS = [
	[/delong/i, "DeLong's formula compares, for every pair of a positive and a negative row, which of the two each model ranks higher, and knows that both models ranked the same rows. It is used because the area under the ROC curve has a formula, so that nothing has to be drawn at random."],
	[/obuchowski/i, "Obuchowski's formula is that of DeLong for rows that come in groups: it compares which of two rows each model ranks higher, and counts what whole groups agree on only once."],
	[/mcnemar|tango/i, "Where both models are right, or both wrong, nothing tells them apart: only the rows are counted where exactly one of them is right. McNemar's test asks whether these fall evenly on both sides, and Tango's formula gives the interval that goes with it. It is used because every row is simply right or wrong."],
	[/\bpaired[- ]t\b|\bt[- ]test\b|student/i, "The difference of the two models is taken row by row; its mean, and how much the rows scatter around it, give the interval (the paired t test). It is used because the metric is a mean over rows."],
	[/bootstrap/i, "The holdout is drawn again some thousand times at random, with replacement, and both models are measured on each of these; how much the difference moves from one to the next is the interval. It asks nothing of the metric, so that it works for every one."],
	[/permutation|sign[- ]?flip/i, "The answers of the two models are swapped at random, row by row, many times: what differences then come about by luck alone is held against the one that was seen."],
	[/cluster|\bcr1\b/i, "Rows of one group depend on each other, so that the scatter is taken over whole groups and not over rows (cluster-robust)."],
	[/\bby (group|quer)/i, "Rows of one group depend on each other, so that whole groups are drawn or counted, never single rows."],
	[/strat|by class|within class/i, "One class has few rows, so that each class is drawn for itself and keeps its number."],
	[/\bbca\b/i, "The ends are corrected for a metric that leans to one side (BCa, for holdouts that are not too large)."],
	[/infinitesimal jackknife|mean over classes/i, "How much each single row moves the difference is added up over all rows, which is what drawing rows at random tends to, without drawing any."],
	[/\(spread\)|disjoint blocks/i, "The ends lie as many standard errors away from the difference as Student's distribution says."],
	[/identical answers/i, "Both models gave the same answer for every row: there is nothing to tell them apart."],
	[/percentile/i, "The ends are those that leave out the outermost draws on either side (percentile)."],
	[/order[- ]?statistic/i, "The ends are two of the measured values themselves, counted from either end."],
	[/^exact$/i, "It is known exactly, so that there is no uncertainty to be told."]
];
function methodSentences(method, shownName) {
	const known = METHODS.filter(([part]) => part.test(method)).map(([, words]) => words);
	return known.length > 0 ? known : [`It comes from the method called ${shownName}, on the same rows for both models.`];
}

// src/core/report/explain/metric-meanings.ts
const MEANINGS = [
	[/^roc_auc$/, "the chance that a positive row gets a higher score than a negative one: 0.5 is guessing, 1 is perfect order"],
	[/^roc_auc_ovr$/, "the chance that a row of a class gets a higher score for it than a row of another class, as a mean over the classes: 0.5 is guessing, 1 is perfect order"],
	[/^average_precision$/, "how many of the rows with the highest scores are positive, as a mean over all places where one could stop: the share of positives is guessing, 1 is perfect order"],
	[/^log_loss$/, "how surprised the model is by the true answers; being sure and wrong costs most, 0 is perfect"],
	[/^brier_score$/, "the mean squared distance of the probability from what happened (1 or 0); 0 is perfect"],
	[/^balanced_accuracy$/, "the share of right answers in each class, as a mean over the classes"],
	[/^top_\d+_accuracy$/, "the share of rows whose true class is among the first answers of the model"],
	[/^accuracy$/, "the share of rows that the model answers right"],
	[/^f1/, "precision and recall in one number, near the lower of the two"],
	[/^precision$/, "the share of the rows called positive that really are"],
	[/^precision_at_recall_/, "the share of true alarms at a threshold that finds the named share of the positives"],
	[/^recall$/, "the share of the positive rows that are found"],
	[/^recall_at_fpr_/, "the share of the positive rows found when at most the named share of the negatives raises an alarm"],
	[/^specificity$/, "the share of the negative rows that raise no alarm"],
	[/^matthews_corrcoef$/, "the correlation of answers and truth: 0 is guessing, 1 is perfect, whatever the share of the classes"],
	[/^ks_statistic$/, "the largest distance between the scores of positives and negatives; 0 is guessing, 1 is perfect"],
	[/^expected_calibration_error$/, "how far stated probabilities lie from what happens; 0 means that of rows with 30 % three in ten are positive"],
	[/^expected_cost$/, "what the wrong decisions cost, per row"],
	[/^rmse$/, "the typical error, in the unit of the target; large errors count most"],
	[/^mae$/, "the mean size of the error, in the unit of the target"],
	[/^median_absolute_error$/, "the size that half of the errors stay below, in the unit of the target"],
	[/^r2$/, "the share of the variation of the target that the model explains; 0 is always answering the mean"],
	[/^(mape|smape|wape)$/, "the size of the error as a share of the true value"],
	[/^pinball_/, "how well the model hits the named quantile; 0 is perfect"],
	[/^poisson_deviance$/, "how far predicted counts lie from true ones; 0 is perfect"],
	[/^ndcg/, "how near the top the best entries of each query stand; 1 is perfect order"],
	[/^latency_p95_ms$/, "the time that 95 of 100 batches are answered in"],
	[/^size_bytes$/, "the size of the model file"]
];
function meaningOf(name) {
	return MEANINGS.find(([pattern]) => pattern.test(name))?.[1] ?? "a metric that the config defines itself";
}

// src/core/report/explain/verdict-steps.ts
function verdictSteps(metric) {
	const interval = metric.difference?.interval;
	if (interval === void 0) return [];
	const [low, high] = interval;
	const { style } = describeMetric(metric);
	const write = (value) => formatValue(value, style);
	const better = {
		verdict: "better",
		question: "does all of it lie above 0?",
		numbers: `${write(low)} > 0`,
		applies: low > 0
	};
	const open = {
		verdict: "inconclusive",
		question: "none of these",
		numbers: "",
		applies: true
	};
	const { margin } = metric;
	if (margin === void 0) return [better, open];
	return [
		better,
		{
			verdict: "worse",
			question: "does all of it lie below minus the margin?",
			numbers: `${write(high)} < ${write(-margin)}`,
			applies: high < -margin
		},
		{
			verdict: "equivalent",
			question: "does all of it lie within the margin on both sides?",
			numbers: `${write(-margin)} < ${write(low)} and ${write(high)} < ${write(margin)}`,
			applies: -margin < low && high < margin
		},
		{
			verdict: "not-worse",
			question: "does all of it lie above minus the margin?",
			numbers: `${write(low)} > ${write(-margin)}`,
			applies: low > -margin
		},
		open
	];
}

// src/core/report/explain/explain-metric.ts
function explainMetric(comparison, name) {
	const metric = comparison.metrics.find((candidate) => candidate.name === name);
	const parts = metric === void 0 ? explainAbsence(comparison, name) : explainPresent(comparison, metric);
	return [`How ${shownText(name)} was judged`, ...parts.filter(({ lines }) => lines.length > 0).flatMap(({ title: subject, lines }, index) => [heading(`${index + 1}. ${subject}`), ...lines])].join("\n").replaceAll("\xA0", " ");
}
function explainPresent(comparison, metric) {
	const gates = comparison.gates.filter((gate) => gate.metric === metric.name);
	return [
		{
			title: "What it measures",
			lines: explainMeaning(metric)
		},
		{
			title: "The rows",
			lines: isMeasured(metric) ? [] : rowSentences(comparison).flatMap(sentence)
		},
		{
			title: "The values",
			lines: explainValues(comparison, metric)
		},
		...explainDifference(comparison, metric),
		{
			title: "The gates that look at it",
			lines: gateSentences(gates).flatMap(item)
		},
		{
			title: "What this holdout can see",
			lines: reachSentences(comparison, metric).flatMap(sentence)
		},
		{
			title: "The slices",
			lines: explainSlices(comparison, metric.name)
		},
		{
			title: "What came of it",
			lines: explainOutcome(comparison, metric.name)
		}
	];
}
function isMeasured({ name }) {
	return name.endsWith("_bytes") || name.endsWith("_ms");
}
function explainAbsence(comparison, name) {
	const known = comparison.metrics.map((metric) => shownText(metric.name)).join(", ");
	return [{
		title: "What happened",
		lines: sentence(comparison.verdict === "unchanged" ? "The challenger is the champion, byte for byte, and reads the same features: there was nothing to compare, and no metric was computed." : `It was not computed. The comparison has ${known === "" ? "no metrics" : known}.`)
	}, {
		title: "What came of it",
		lines: explainOutcome(comparison, name)
	}];
}
function explainMeaning(metric) {
	const { noInformation } = describeMetric(metric);
	const nothing = noInformation === void 0 ? "" : ` A model that knows nothing of the rows would get ${noInformation}.`;
	return sentence(`${capitalized(meaningOf(metric.name))}. ${metric.direction === "higher" ? "Higher" : "Lower"} is better.${nothing}`);
}
function explainValues(comparison, metric) {
	const text = describeMetric(metric);
	const rows = [...comparison.champion === void 0 ? [] : [[
		"champion",
		text.champion,
		text.championInterval ?? "",
		shownText(comparison.champion.origin, 120)
	]], [
		"challenger",
		text.challenger,
		text.challengerInterval ?? "",
		shownText(comparison.challenger.origin, 120)
	]];
	return [
		...columns(rows),
		...metric.challenger?.interval === void 0 ? [] : sentence(confidenceSentence(comparison)),
		...metric.note === void 0 ? [] : paragraph("! ", shownText(metric.note, 600))
	];
}
function explainDifference(comparison, metric) {
	const { difference } = metric;
	if (difference === void 0) return [{
		title: "The difference",
		lines: explainNoDifference(comparison)
	}];
	return [
		{
			title: "The difference",
			lines: describeDifference(metric, describeMetric(metric))
		},
		{
			title: "How the interval came about",
			lines: difference.interval === void 0 ? [] : [...sentence(`Method: ${shownText(difference.method, 120)}.`), ...methodSentences(difference.method, shownText(difference.method, 120)).flatMap(sentence)]
		},
		{
			title: "The margin",
			lines: metric.verdict === void 0 ? [] : marginSentences(metric).flatMap(sentence)
		},
		{
			title: "The verdict",
			lines: explainVerdict(metric)
		}
	];
}
function explainNoDifference({ champion }) {
	return sentence(champion === void 0 ? "There is no champion yet, so that there is nothing to be better or worse than. A first model is held against knowing nothing, or against a bound of the config." : "There is none, since a value of one of the models is missing or the two are not compared by this metric. What is missing is never taken for a pass.");
}
function describeDifference(metric, text) {
	const { difference, direction } = metric;
	const order = direction === "higher" ? "challenger minus champion" : "champion minus challenger, since lower is better: a positive difference is a gain";
	return sentence(`${text.gain}: ${order}. ${intervalWords(difference, text)}`);
}
function intervalWords(difference, { interval }) {
	if (difference?.interval === void 0) return "There is no interval, so that nothing can be said of other rows.";
	if (interval === void 0) return "It is exact.";
	return `On other rows like these it would lie in ${interval}. This interval decides, and no other number.${difference.pValue === void 0 ? "" : ` Between equally good models luck makes a difference as large with ${formatPValue(difference.pValue)}.`}`;
}
function explainVerdict(metric) {
	const steps = verdictSteps(metric);
	if (metric.verdict === void 0) return [];
	if (steps.length === 0) return sentence("Without an interval the verdict is inconclusive.");
	const first = steps.findIndex(({ applies }) => applies);
	const rows = steps.map(({ verdict, question, numbers, applies }, index) => [
		index === first ? ">" : " ",
		question,
		numbers,
		index > first ? "" : applies ? "yes" : "no",
		`${verdict.replaceAll("-", " ")}${index === first ? " (the first that applies)" : ""}`
	]);
	const words = describeMetric(metric).mark.words;
	const nuance = words === "slightly worse" || words === "lower" ? sentence(`In words it is called ${words}: all of the interval lies below 0, but not all of it beyond the margin.`) : [];
	return [...columns(rows), ...nuance];
}
function explainOutcome(comparison, name) {
	const { verdict, promote, primary, gates } = comparison;
	const words = verdict.replaceAll("-", " ");
	const role = verdict === "unchanged" || verdict === "no-champion" ? `The comparison has the verdict ${words}.` : name === primary ? `It is the primary metric, so that its verdict is that of the comparison: ${words}.` : `The primary metric is ${shownText(primary)}, and its verdict is that of the comparison: ${words}.`;
	const open = gates.filter(({ outcome }) => outcome !== "pass");
	const blocking = open.length === 0 ? "" : ` Gates that do not pass: ${open.map((gate) => shownText(gate.description, 120)).join("; ")}.`;
	return sentence(`${role} The challenger ${promote ? "may" : "may not"} be promoted.${blocking}${acceptedWords(comparison)}`);
}
function acceptedWords(comparison) {
	const accepted = validAcceptance(comparison);
	if (accepted === void 0) return "";
	return ` ${shownText(accepted.by)} accepted it all the same: ${shownText(accepted.reason, 400)}`;
}
function sentence(text) {
	return paragraph("", text);
}
function item(text) {
	return paragraph("- ", text);
}
function capitalized(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

export { confidenceText, explainMetric };