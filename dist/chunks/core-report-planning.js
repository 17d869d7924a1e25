import { confidenceText } from "./core-report-explain.js";
import { formatCount, formatNumber, formatPercent, formatQuantity } from "./core-comparison.js";
import { columns, heading, line, paragraph, shownText } from "./core-report-inspection.js";

// src/core/report/planning/plan-assumptions.ts
function listAssumptions(planned) {
	const { request } = planned;
	const { design } = request;
	return [
		...describeSpread(planned),
		...design.positiveShare === void 0 ? [] : [[
			"prevalence",
			formatPercent(design.positiveShare),
			"of the rows are positive"
		]],
		...design.groups === void 0 ? [] : [[
			"group size",
			formatNumber(design.groups.size),
			"rows of a group, on average"
		], [
			"intraclass correlation",
			formatNumber(design.groups.correlation),
			"how alike rows of one group are, from 0 to 1"
		]],
		[
			"margin",
			formatNumber(request.margin),
			"how much worse still counts as not worse"
		],
		[
			"gain",
			formatNumber(request.gain),
			"true improvement that is to be called better"
		],
		[
			"power",
			formatPercent(request.power),
			"chance that it is seen"
		],
		[
			"confidence",
			formatPercent(request.confidence),
			confidenceWords(request)
		],
		...request.value === void 0 ? [] : [[
			"value",
			formatNumber(request.value),
			"the champion's"
		]]
	];
}
function confidenceWords({ uses }) {
	return uses === void 0 ? "of the interval that decides" : "of all uses together";
}
function describeSpread({ request, pilot }) {
	const { spread, design } = request;
	switch (spread.kind) {
		case "outcomes": {
			const counted = design.countedShare === void 0 ? "rows" : "rows of that class";
			return [[
				"discordance",
				formatPercent(spread.discordance),
				`of the ${counted} have exactly one model right`
			]];
		}
		case "means": return [[
			"standard deviation",
			formatNumber(spread.standardDeviation),
			"of the per-row difference"
		]];
		case "areas": return [[
			"area",
			formatNumber(spread.area),
			"under the champion's ROC curve"
		], [
			"correlation",
			formatNumber(spread.correlation),
			"of the two areas; models that rank alike have more"
		]];
		case "pilot": {
			const groups = pilot?.groups === void 0 ? "" : ` in ${formatQuantity(pilot.groups, "group")}`;
			const from = pilot === void 0 ? "" : `${formatCount(pilot.rows)} rows${groups} of ${shownText(pilot.model)}`;
			return [[
				"standard error",
				formatNumber(spread.standardError),
				`of the difference, on ${from}`
			]];
		}
	}
}

// src/core/report/planning/render-plan.ts
function renderPlan(planned) {
	return `${[
		`A holdout for ${shownText(planned.request.metric)}`,
		...renderAnswer(planned),
		heading("What the numbers mean"),
		...meanings(planned).flatMap((sentence) => paragraph("- ", sentence)),
		heading("What a smaller or larger difference takes"),
		...renderTradeOff(planned),
		heading("Assumed"),
		...columns(listAssumptions(planned))
	].join("\n").replaceAll("\xA0", " ")}\n`;
}
function renderAnswer({ request, plan }) {
	const { margin, gain } = request;
	return columns([[`not worse by more than ${formatNumber(margin)}`, describeNeed(plan.notWorse)], [`better by ${formatNumber(gain)}`, plan.better === void 0 ? "no challenger can be better by so much" : describeNeed(plan.better)]]);
}
function describeNeed({ rows, positives, groups }) {
	const ofThem = positives === void 0 ? "" : `, ${formatCount(positives)} of them positive`;
	const from = groups === void 0 ? "" : `, from ${formatQuantity(groups, "group")}`;
	return `${formatQuantity(rows, "labelled row")}${ofThem}${from}`;
}
function meanings(planned) {
	const { request, plan } = planned;
	const chance = `${formatNumber(request.power * 100)} of 100 comparisons`;
	const rows = (need) => formatQuantity(need.rows, "row");
	return [
		"A labelled row is a row whose true answer is known and that neither model was trained on. Both models answer the same rows.",
		`On ${rows(plan.notWorse)}, a challenger that is exactly as good as the champion is found not worse, to within a margin of ${formatNumber(request.margin)}, in ${chance}. In the others the verdict stays inconclusive, which is no reason to reject it.`,
		...plan.better === void 0 ? [] : [`On ${rows(plan.better)}, a challenger that is truly better by ${formatNumber(request.gain)} is called better in ${chance}.`],
		"The default gate also asks that the challenger is not lower at all, which one that is exactly as good meets half of the time on any number of rows; a gate that requires not-worse alone does not ask for it.",
		...describeUses(planned),
		...describeGroups(planned),
		...describeExtras(planned),
		"It is a plan, not a promise: it holds if the rows to come are like what is assumed below."
	];
}
function describeUses({ request, plan }) {
	const { uses } = request;
	if (uses === void 0) return ["This is for one challenger. A holdout that judges many is in time passed by luck: --uses says how many rows the last of them needs when the confidence is spent over all."];
	const { firstUse } = plan;
	const first = firstUse === void 0 ? "" : `; the first of them could do with ${formatQuantity(firstUse.notWorse.rows, "row")} for not worse${firstUse.better ? ` and ${formatCount(firstUse.better.rows)} for better` : ""}`;
	return [`The holdout judges ${formatQuantity(uses, "challenger")}, and the rows are for the last of them, whose interval has a confidence of ${confidenceText(plan.confidence)}${first}. Then the chance that luck alone decides for any of them stays below ${confidenceText(1 - request.confidence)}, provided that they do not learn from earlier verdicts. It is what comparison: {holdout-budget: enforce} spends.`];
}
function describeGroups({ request, plan }) {
	if (plan.notWorse.groups === void 0) return [];
	const { groups } = request.design;
	return [`Rows of one group resemble each other, so that it is the number of groups that counts: more rows of the same groups help little.${groups === void 0 ? "" : ` ${formatNumber(groups.size)} rows of one group are worth ${formatNumber(groups.size / (1 + (groups.size - 1) * groups.correlation))} rows that stand alone.`}`];
}
function describeExtras({ request, plan }) {
	const { distributionFree, separateRows, halfWidth } = plan;
	const free = distributionFree === void 0 ? [] : [`Whatever the data are like, ${formatQuantity(distributionFree.none, "row")} suffice for not worse: a bound that assumes nothing but the discordance (Bennett's inequality, as ease.ml/ci uses it) and is met with ${confidenceText(request.confidence)} instead of ${confidenceText(request.power)}; ${formatCount(distributionFree.full)} if every challenger may be made in knowledge of all verdicts before it. By the same bound about ${formatQuantity(distributionFree.labels, "label")} do for one challenger when only those rows are labelled on which the two models answer differently.`];
	const separate = separateRows === void 0 ? [] : [`Judged on rows of their own, as in an A/B test, the two models would need ${formatQuantity(separateRows, "row")} each to be told apart by the gain; the same rows for both are what makes it cheaper.`];
	const width = halfWidth === void 0 ? [] : [`One model's value itself is then known to within ${formatNumber(halfWidth)} on either side, on the rows for not worse.`];
	return [
		...free,
		...separate,
		...width
	];
}
function renderTradeOff({ request, plan }) {
	const hasGroups = plan.notWorse.groups !== void 0;
	const rows = plan.tradeOff.map(({ difference, notWorse, better }) => [
		`${formatNumber(difference)}${isAsked(difference, request) ? " *" : ""}`,
		...cells(notWorse, hasGroups),
		...better === void 0 ? ["–"] : cells(better, hasGroups)
	]);
	const unit = hasGroups ? "groups" : "rows";
	const titles = [
		"difference",
		`${unit}, as a margin: not worse`,
		`${unit}, as a gain: better`
	];
	return [...columns([titles, ...rows]), line("* what was asked")];
}
function cells({ rows, groups }, hasGroups) {
	return [formatCount(hasGroups ? groups ?? rows : rows)];
}
function isAsked(difference, { margin, gain }) {
	return [margin, gain].some((asked) => Math.abs(asked - difference) <= asked * 1e-9);
}

export { renderPlan };