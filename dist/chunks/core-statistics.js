// src/core/statistics/multiple-testing.ts
function holm(pValues) {
	return stepDown(pValues, (p, rank, count) => (count - rank + 1) * p);
}
function benjaminiHochberg(pValues) {
	return stepUp(pValues, (p, rank, count) => count * p / rank);
}
function stepDown(pValues, adjust) {
	const adjusted = new Array(pValues.length);
	let largest = 0;
	ascendingPositions(pValues).forEach((position, index) => {
		largest = Math.max(largest, Math.min(1, adjust(pValues[position], index + 1, pValues.length)));
		adjusted[position] = largest;
	});
	return adjusted;
}
function stepUp(pValues, adjust) {
	const adjusted = new Array(pValues.length);
	const order = ascendingPositions(pValues);
	let smallest = 1;
	for (let rank = order.length; rank >= 1; rank--) {
		const position = order[rank - 1];
		smallest = Math.min(smallest, adjust(pValues[position], rank, pValues.length));
		adjusted[position] = smallest;
	}
	return adjusted;
}
function ascendingPositions(pValues) {
	for (const p of pValues) if (!(p >= 0 && p <= 1)) throw new RangeError(`not a p-value: ${p}`);
	return pValues.map((_, position) => position).sort((left, right) => pValues[left] - pValues[right]);
}

// src/core/statistics/gamma-function.ts
const LANCZOS_G = 607 / 128;
const LANCZOS = [
	.9999999999999971,
	57.15623566586292,
	-59.59796035547549,
	14.136097974741746,
	-.4919138160976202,
	3399464998481189e-20,
	4652362892704858e-20,
	-9837447530487956e-20,
	.0001580887032249125,
	-.00021026444172410488,
	.00021743961811521265,
	-.0001643181065367639,
	8441822398385275e-20,
	-26190838401581408e-21,
	36899182659531625e-22
];
const HALF_LOG_TWO_PI$1 = .5 * Math.log(2 * Math.PI);
const TINY = 1e-300;
const EPSILON$1 = 1e-16;
const MAXIMUM_TERMS$1 = 1e5;
function logGamma(x) {
	if (x === 1 || x === 2) return 0;
	if (x < .5) return logGamma(x + 1) - Math.log(x);
	if (x >= 10) return (x - .5) * Math.log(x) - x + HALF_LOG_TWO_PI$1 + stirlingCorrection(x);
	let series = LANCZOS[0];
	for (let term = 1; term < LANCZOS.length; term++) series += LANCZOS[term] / (x - 1 + term);
	const shifted = x - .5 + LANCZOS_G;
	return (x - .5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI$1 + Math.log(series);
}
function stirlingCorrection(x) {
	const inverse = 1 / x;
	const square = inverse * inverse;
	return inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * 691 / 360360)))));
}
function lowerGammaShare(a, x) {
	if (x <= 0) return 0;
	if (x === Number.POSITIVE_INFINITY) return 1;
	return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x);
}
function upperGammaShare(a, x) {
	if (x <= 0) return 1;
	if (x === Number.POSITIVE_INFINITY) return 0;
	return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
}
function gammaSeries(a, x) {
	let term = 1 / a;
	let total = term;
	for (let index = 1; index < MAXIMUM_TERMS$1 && term > total * EPSILON$1; index++) {
		term *= x / (a + index);
		total += term;
	}
	return Math.min(1, total * gammaFactor(a, x));
}
function gammaFraction(a, x) {
	let b = x + 1 - a;
	let c = 1 / TINY;
	let d = 1 / b;
	let fraction = d;
	for (let index = 1; index < MAXIMUM_TERMS$1; index++) {
		const numerator = -index * (index - a);
		b += 2;
		d = 1 / awayFromZero(numerator * d + b);
		c = awayFromZero(b + numerator / c);
		fraction *= d * c;
		if (Math.abs(d * c - 1) <= 2 * EPSILON$1) break;
	}
	return Math.min(1, fraction * gammaFactor(a, x));
}
function gammaFactor(a, x) {
	if (a < 10) return Math.exp(a * Math.log(x) - x - logGamma(a));
	const excess = (x - a) / a;
	const exponent = a * ((Math.abs(excess) < .5 ? Math.log1p(excess) : Math.log(x / a)) - excess);
	return Math.exp(exponent - stirlingCorrection(a)) * Math.sqrt(a / (2 * Math.PI));
}
function awayFromZero(value) {
	return Math.abs(value) < TINY ? TINY : value;
}

// src/core/statistics/inversion.ts
const MAXIMUM_STEPS = 2e3;
function invertMonotone(rising, low, high) {
	let left = low;
	let right = high;
	for (let step = 0; step < MAXIMUM_STEPS; step++) {
		const middle = left + (right - left) / 2;
		if (middle <= left || middle >= right) break;
		if (rising(middle) < 0) left = middle;
		else right = middle;
	}
	return left + (right - left) / 2;
}
function invertMonotoneAbove(rising, low, firstStep) {
	let step = firstStep;
	while (rising(low + step) < 0 && Number.isFinite(low + step)) step *= 2;
	return invertMonotone(rising, low, low + step);
}

// src/core/statistics/beta-function.ts
const EPSILON = 1e-16;
const MAXIMUM_TERMS = 1e5;
const HALF_LOG_TWO_PI = .5 * Math.log(2 * Math.PI);
function logBeta(a, b) {
	const small = Math.min(a, b);
	const large = Math.max(a, b);
	if (large < 10) return logGamma(small) + logGamma(large) - logGamma(small + large);
	const correction = stirlingCorrection(large) - stirlingCorrection(small + large);
	const tail = (large - .5) * Math.log1p(-small / (small + large));
	if (small < 10) return logGamma(small) + correction + small - small * Math.log(small + large) + tail;
	return HALF_LOG_TWO_PI - .5 * Math.log(large) + stirlingCorrection(small) + correction + (small - .5) * Math.log(small / (small + large)) + large * Math.log1p(-small / (small + large));
}
function betaShare(x, a, b) {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	const factor = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
	if (x < (a + 1) / (a + b + 2)) return clamp(factor * betaFraction(x, a, b) / a);
	return clamp(1 - factor * betaFraction(1 - x, b, a) / b);
}
function betaFraction(x, a, b) {
	let c = 1;
	let d = 1 / awayFromZero(1 - (a + b) * x / (a + 1));
	let fraction = d;
	for (let index = 1; index < MAXIMUM_TERMS; index++) {
		const even = index * (b - index) * x / ((a + 2 * index - 1) * (a + 2 * index));
		d = 1 / awayFromZero(1 + even * d);
		c = awayFromZero(1 + even / c);
		fraction *= d * c;
		const odd = -(a + index) * (a + b + index) * x / ((a + 2 * index) * (a + 2 * index + 1));
		d = 1 / awayFromZero(1 + odd * d);
		c = awayFromZero(1 + odd / c);
		fraction *= d * c;
		if (Math.abs(d * c - 1) <= 2 * EPSILON) break;
	}
	return fraction;
}
function clamp(share) {
	return Math.min(1, Math.max(0, share));
}

// src/core/statistics/normal.ts
function normalCdf(z) {
	return z < 0 ? normalSurvival(-z) : .5 + .5 * lowerGammaShare(.5, z * z / 2);
}
function normalSurvival(z) {
	return z < 0 ? normalCdf(-z) : .5 * upperGammaShare(.5, z * z / 2);
}
function normalTwoSidedP(z) {
	return upperGammaShare(.5, z * z / 2);
}
function normalQuantile(probability) {
	if (Number.isNaN(probability) || probability < 0 || probability > 1) return NaN;
	if (probability === 0) return Number.NEGATIVE_INFINITY;
	if (probability === 1) return Number.POSITIVE_INFINITY;
	const offset = probability - .5;
	if (Math.abs(offset) <= .425) {
		const r = .180625 - offset * offset;
		return offset * polynomial(CENTRE_NUMERATOR, r) / polynomial(CENTRE_DENOMINATOR, r);
	}
	const r = Math.sqrt(-Math.log(Math.min(probability, 1 - probability)));
	const magnitude = r <= 5 ? polynomial(MIDDLE_NUMERATOR, r - 1.6) / polynomial(MIDDLE_DENOMINATOR, r - 1.6) : polynomial(TAIL_NUMERATOR, r - 5) / polynomial(TAIL_DENOMINATOR, r - 5);
	return offset < 0 ? -magnitude : magnitude;
}
function twoSidedZ(confidence) {
	return normalQuantile(.5 + confidence / 2);
}
function polynomial(coefficients, x) {
	let value = 0;
	for (let degree = coefficients.length - 1; degree >= 0; degree--) value = value * x + coefficients[degree];
	return value;
}
const CENTRE_NUMERATOR = [
	3.3871328727963665,
	133.14166789178438,
	1971.5909503065513,
	13731.69376550946,
	45921.95393154987,
	67265.7709270087,
	33430.57558358813,
	2509.0809287301227
];
const CENTRE_DENOMINATOR = [
	1,
	42.31333070160091,
	687.1870074920579,
	5394.196021424751,
	21213.794301586597,
	39307.89580009271,
	28729.085735721943,
	5226.495278852854
];
const MIDDLE_NUMERATOR = [
	1.4234371107496835,
	4.630337846156546,
	5.769497221460691,
	3.6478483247632045,
	1.2704582524523684,
	.2417807251774506,
	.022723844989269184,
	.0007745450142783414
];
const MIDDLE_DENOMINATOR = [
	1,
	2.053191626637759,
	1.6763848301838038,
	.6897673349851,
	.14810397642748008,
	.015198666563616457,
	.0005475938084995345,
	1.0507500716444169e-9
];
const TAIL_NUMERATOR = [
	6.657904643501103,
	5.463784911164114,
	1.7848265399172913,
	.29656057182850487,
	.026532189526576124,
	.0012426609473880784,
	27115555687434876e-21,
	2.0103343992922881e-7
];
const TAIL_DENOMINATOR = [
	1,
	.599832206555888,
	.1369298809227358,
	.014875361290850615,
	.0007868691311456133,
	18463183175100548e-21,
	1.421511758316446e-7,
	20442631033899397e-31
];

// src/core/statistics/proportions.ts
function wilsonInterval({ successes, rows }, confidence) {
	const z = twoSidedZ(confidence);
	const share = successes / rows;
	const centre = (share + z * z / (2 * rows)) / (1 + z * z / rows);
	const halfWidth = z * Math.sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows)) / (1 + z * z / rows);
	return {
		low: successes === 0 ? 0 : Math.max(0, centre - halfWidth),
		high: successes === rows ? 1 : Math.min(1, centre + halfWidth)
	};
}
function compareProportions(first, second, confidence) {
	const firstShare = first.successes / first.rows;
	const secondShare = second.successes / second.rows;
	const difference = firstShare - secondShare;
	const pooled = (first.successes + second.successes) / (first.rows + second.rows);
	const variance = pooled * (1 - pooled) * (1 / first.rows + 1 / second.rows);
	const z = variance === 0 ? 0 : difference / Math.sqrt(variance);
	const one = wilsonInterval(first, confidence);
	const two = wilsonInterval(second, confidence);
	return {
		difference,
		interval: {
			low: difference - Math.hypot(firstShare - one.low, two.high - secondShare),
			high: difference + Math.hypot(one.high - firstShare, secondShare - two.low)
		},
		z,
		pValue: normalTwoSidedP(z)
	};
}

// src/core/statistics/chi-squared.ts
function chiSquaredSurvival(x, degreesOfFreedom) {
	return upperGammaShare(degreesOfFreedom / 2, x / 2);
}

// src/core/statistics/random.ts
const COUNTER_STEP = 1831565813;
const TWO_TO_32 = 4294967296;
function createRandom(seed, position = 0) {
	let state = stateAt(seed, position);
	function uniform() {
		state = state + COUNTER_STEP | 0;
		return scramble(state) / TWO_TO_32;
	}
	return {
		uniform,
		integer: (bound) => Math.floor(uniform() * bound)
	};
}
function countDraws(plan, counts, offset = 0) {
	const { draws, items } = plan;
	let state = stateAt(plan.seed, plan.position);
	for (let draw = 0; draw < draws; draw++) {
		state = state + COUNTER_STEP | 0;
		const item = Math.floor(scramble(state) / TWO_TO_32 * items);
		counts[offset + item] = counts[offset + item] + 1;
	}
}
const WORD = 65536;
const poissonCounts = tabulatePoisson();
function tabulatePoisson() {
	const table = new Uint8Array(WORD);
	let filled = 0;
	let probability = Math.exp(-1);
	let cumulated = 0;
	for (let count = 0; filled < WORD; count++) {
		cumulated += probability;
		const end = count > 8 ? WORD : Math.round(cumulated * WORD);
		table.fill(count, filled, end);
		filled = end;
		probability /= count + 1;
	}
	return table;
}
function drawPoissonCounts({ seed, position }, counts) {
	let state = stateAt(seed, position);
	const pairs = counts.length - counts.length % 2;
	for (let index = 0; index < pairs; index += 2) {
		state = state + COUNTER_STEP | 0;
		const bits = scramble(state);
		counts[index] = poissonCounts[bits & 65535];
		counts[index + 1] = poissonCounts[bits >>> 16];
	}
	if (pairs < counts.length) counts[pairs] = poissonCounts[scramble(state + COUNTER_STEP | 0) & 65535];
}
function shuffle(items, random) {
	for (let last = items.length - 1; last > 0; last--) {
		const chosen = random.integer(last + 1);
		const kept = items[last];
		items[last] = items[chosen];
		items[chosen] = kept;
	}
}
function stateAt(seed, position) {
	return seed + Math.imul(position % TWO_TO_32, COUNTER_STEP) | 0;
}
function scramble(state) {
	let mixed = Math.imul(state ^ state >>> 15, state | 1);
	mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
	return (mixed ^ mixed >>> 14) >>> 0;
}

// src/core/statistics/contingency.ts
function chiSquaredStatistic(counts) {
	const { reference, current } = withoutEmpty(counts);
	const referenceTotal = total(reference);
	const currentTotal = total(current);
	const all = referenceTotal + currentTotal;
	let statistic = 0;
	let minimumExpected = Number.POSITIVE_INFINITY;
	for (let category = 0; category < reference.length; category++) {
		const column = reference[category] + current[category];
		const expectedReference = column * referenceTotal / all;
		const expectedCurrent = column * currentTotal / all;
		statistic += (reference[category] - expectedReference) ** 2 / expectedReference;
		statistic += (current[category] - expectedCurrent) ** 2 / expectedCurrent;
		minimumExpected = Math.min(minimumExpected, expectedReference, expectedCurrent);
	}
	return {
		statistic,
		degreesOfFreedom: Math.max(0, reference.length - 1),
		minimumExpected
	};
}
function totalVariation(counts) {
	return sumOverShares(counts, (reference, current) => Math.abs(reference - current)) / 2;
}
function totalVariationLowerBound(counts, confidence) {
	const referenceTotal = total(counts.reference);
	const currentTotal = total(counts.current);
	const inverse = 1 / referenceTotal + 1 / currentTotal;
	const noise = sumOverShares(counts, (reference, current) => {
		const pooled = (reference * referenceTotal + current * currentTotal) / (referenceTotal + currentTotal);
		return Math.sqrt(2 / Math.PI * pooled * (1 - pooled) * inverse);
	}) / 2;
	const referenceSigns = sumOverShares(counts, (reference, current) => reference * Math.sign(reference - current));
	const currentSigns = sumOverShares(counts, (reference, current) => current * Math.sign(reference - current));
	const variance = ((1 - referenceSigns ** 2) / referenceTotal + (1 - currentSigns ** 2) / currentTotal) / 4;
	return Math.max(0, totalVariation(counts) - noise - normalQuantile(confidence) * Math.sqrt(variance));
}
function sumOverShares(counts, term) {
	const referenceTotal = total(counts.reference);
	const currentTotal = total(counts.current);
	let sum = 0;
	for (let category = 0; category < counts.reference.length; category++) sum += term(counts.reference[category] / referenceTotal, counts.current[category] / currentTotal);
	return sum;
}
function withoutEmpty(counts) {
	const reference = [];
	const current = [];
	for (let category = 0; category < counts.reference.length; category++) {
		if (counts.reference[category] + counts.current[category] === 0) continue;
		reference.push(counts.reference[category]);
		current.push(counts.current[category]);
	}
	return {
		reference,
		current
	};
}
function total(counts) {
	let sum = 0;
	for (let category = 0; category < counts.length; category++) sum += counts[category];
	return sum;
}

// src/core/statistics/kolmogorov.ts
const NEGLIGIBLE = 1e-20;
function kolmogorovSurvival(x) {
	if (x <= 0) return 1;
	return x < 1.18 ? 1 - thetaSeries(x) : alternatingSeries(x);
}
function alternatingSeries(x) {
	let total = 0;
	let sign = 1;
	for (let index = 1;; index++) {
		const term = Math.exp(-2 * index * index * x * x);
		total += sign * term;
		if (term < NEGLIGIBLE * total || term === 0) return Math.min(1, 2 * total);
		sign = -sign;
	}
}
function thetaSeries(x) {
	let total = 0;
	for (let odd = 1;; odd += 2) {
		const term = Math.exp(-odd * odd * Math.PI * Math.PI / (8 * x * x));
		total += term;
		if (term <= NEGLIGIBLE * total) return Math.min(1, Math.sqrt(2 * Math.PI) / x * total);
	}
}

// src/core/statistics/kolmogorov-smirnov.ts
const EXACT_PAIR_LIMIT = 4e6;
const EXACT_RESOLUTION = 1e-10;
function kolmogorovSmirnovTest(reference, current) {
	const gap = largestGap(reference, current);
	const pairs = reference.length * current.length;
	const statistic = gap / pairs;
	if (pairs <= EXACT_PAIR_LIMIT) {
		const pValue = exactP(gap, reference.length, current.length);
		if (pValue > EXACT_RESOLUTION) return {
			statistic,
			pValue,
			method: "exact"
		};
	}
	const root = Math.sqrt(pairs / (reference.length + current.length));
	return {
		statistic,
		pValue: kolmogorovSurvival((root + .12 + .11 / root) * statistic),
		method: "asymptotic"
	};
}
function gapLowerBound(statistic, sizes, confidence) {
	const width = Math.sqrt(Math.log(4 / (1 - confidence)) / 2);
	return Math.max(0, statistic - width * (1 / Math.sqrt(sizes.reference) + 1 / Math.sqrt(sizes.current)));
}
function largestGap(reference, current) {
	const referenceCount = reference.length;
	const currentCount = current.length;
	let inReference = 0;
	let inCurrent = 0;
	let largest = 0;
	while (inReference < referenceCount && inCurrent < currentCount) {
		const value = Math.min(reference[inReference], current[inCurrent]);
		while (inReference < referenceCount && reference[inReference] <= value) inReference++;
		while (inCurrent < currentCount && current[inCurrent] <= value) inCurrent++;
		largest = Math.max(largest, Math.abs(inReference * currentCount - inCurrent * referenceCount));
	}
	return largest;
}
function exactP(gap, first, second) {
	if (gap === 0) return 1;
	const shares = new Float64Array(second + 1);
	for (let column = 0; column <= second && column * first < gap; column++) shares[column] = 1;
	for (let row = 1; row <= first; row++) {
		const weight = row / (row + second);
		shares[0] = row * second < gap ? weight * shares[0] : 0;
		for (let column = 1; column <= second; column++) {
			const inside = Math.abs(row * second - column * first) < gap;
			shares[column] = inside ? weight * shares[column] + shares[column - 1] : 0;
		}
	}
	return Math.min(1, Math.max(0, 1 - shares[second]));
}

// src/core/statistics/groups.ts
function indexGroups(codes) {
	const distinct = Int32Array.from(new Set(codes)).sort();
	const numbers = /* @__PURE__ */ new Map();
	for (const code of distinct) if (code !== -1) numbers.set(code, numbers.size);
	const groupOfRow = new Int32Array(codes.length);
	let groupCount = numbers.size;
	for (let row = 0; row < codes.length; row++) groupOfRow[row] = numbers.get(codes[row]) ?? groupCount++;
	return {
		groupCount,
		groupOfRow
	};
}
function countGroups(rowCount, codes, counts = () => true) {
	const seen = /* @__PURE__ */ new Set();
	let single = 0;
	for (let row = 0; row < rowCount; row++) {
		if (!counts(row)) continue;
		const code = codes?.[row] ?? -1;
		if (code === -1) single++;
		else seen.add(code);
	}
	return seen.size + single;
}
function sumByGroup(index, values) {
	const sums = new Float64Array(index.groupCount);
	for (let row = 0; row < index.groupOfRow.length; row++) {
		const group = index.groupOfRow[row];
		sums[group] = sums[group] + values[row];
	}
	return sums;
}

// src/core/statistics/interval.ts
function intervalAround(estimate, halfWidth) {
	return {
		low: estimate - halfWidth,
		high: estimate + halfWidth
	};
}
function simultaneousConfidence(confidence, count) {
	return 1 - (1 - confidence) / Math.max(1, count);
}

// src/core/statistics/student-t.ts
function studentTwoSidedP(t, degreesOfFreedom) {
	if (!Number.isFinite(t)) return Number.isNaN(t) ? NaN : 0;
	const square = t * t;
	if (square < degreesOfFreedom) return 1 - betaShare(square / (degreesOfFreedom + square), .5, degreesOfFreedom / 2);
	return betaShare(degreesOfFreedom / (degreesOfFreedom + square), degreesOfFreedom / 2, .5);
}
function studentQuantile(probability, degreesOfFreedom) {
	if (Number.isNaN(probability) || probability < 0 || probability > 1) return NaN;
	if (probability === .5) return 0;
	if (probability === 0 || probability === 1) return probability === 0 ? -Infinity : Infinity;
	const tail = Math.min(probability, 1 - probability);
	const magnitude = invertMonotoneAbove((t) => 2 * tail - studentTwoSidedP(t, degreesOfFreedom), 0, 2);
	return probability < .5 ? -magnitude : magnitude;
}

// src/core/statistics/influence.ts
function influenceStandardError({ values, groups }) {
	const sums = groups === void 0 ? values : sumByGroup(indexGroups(groups), values);
	const units = sums.length;
	if (units < 2) return NaN;
	let squares = 0;
	for (let unit = 0; unit < units; unit++) squares += sums[unit] ** 2;
	return Math.sqrt(squares * units / (units - 1));
}
function influenceDegreesOfFreedom({ values, groups }) {
	const sums = groups === void 0 ? values : sumByGroup(indexGroups(groups), values);
	let squares = 0;
	let fourths = 0;
	for (let unit = 0; unit < sums.length; unit++) {
		const square = sums[unit] ** 2;
		squares += square;
		fourths += square * square;
	}
	const scatter = fourths / squares ** 2 - 1 / sums.length;
	return scatter > 0 ? Math.max(1, Math.min(sums.length - 1, 2 / scatter)) : Math.max(1, sums.length - 1);
}
function studentInterval(estimate, spread, confidence) {
	const quantile = studentQuantile(.5 + confidence / 2, spread.degreesOfFreedom);
	return intervalAround(estimate, quantile * spread.standardError);
}
function studentPValue(estimate, spread) {
	return studentTwoSidedP(estimate / spread.standardError, spread.degreesOfFreedom);
}

// src/core/statistics/ordering.ts
const RADIX_THRESHOLD = 4096;
const DIGIT_BITS = 16;
const DIGITS = 65536;
function ascendingOrder(values) {
	if (values.length >= RADIX_THRESHOLD) return radixOrder(values);
	return identityOrder(values.length).sort((left, right) => compareNumbers(values[left], values[right]));
}
function ascending(values) {
	return Float64Array.from(values).sort();
}
function midranks(values) {
	const order = ascendingOrder(values);
	const ranks = new Float64Array(values.length);
	let start = 0;
	while (start < order.length) {
		let end = start + 1;
		while (end < order.length && values[order[end]] === values[order[start]]) end++;
		const shared = (start + 1 + end) / 2;
		for (let index = start; index < end; index++) ranks[order[index]] = shared;
		start = end;
	}
	return ranks;
}
function identityOrder(length) {
	const order = new Uint32Array(length);
	for (let index = 0; index < length; index++) order[index] = index;
	return order;
}
function compareNumbers(left, right) {
	if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : 1;
	return Number.isNaN(right) ? -1 : left - right || Number(left > right) - Number(left < right);
}
function radixOrder(values) {
	const { low, high } = sortableKeys(values);
	let order = identityOrder(values.length);
	let spare = new Uint32Array(values.length);
	const starts = new Uint32Array(DIGITS);
	for (const [keys, shift] of [
		[low, 0],
		[low, DIGIT_BITS],
		[high, 0],
		[high, DIGIT_BITS]
	]) {
		if (!startsOfDigits(keys, shift, starts)) continue;
		for (let index = 0; index < order.length; index++) {
			const position = order[index];
			const digit = keys[position] >>> shift & 65535;
			const target = starts[digit];
			spare[target] = position;
			starts[digit] = target + 1;
		}
		[order, spare] = [spare, order];
	}
	return order;
}
function sortableKeys(values) {
	const low = new Uint32Array(values.length);
	const high = new Uint32Array(values.length);
	const double = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));
	for (let index = 0; index < values.length; index++) {
		const value = values[index];
		double.setFloat64(0, Number.isNaN(value) ? NaN : value + 0);
		const top = double.getUint32(0);
		const bottom = double.getUint32(4);
		const negative = top >>> 31 === 1;
		high[index] = negative ? ~top : top | 2147483648;
		low[index] = negative ? ~bottom : bottom;
	}
	return {
		low,
		high
	};
}
function startsOfDigits(keys, shift, starts) {
	starts.fill(0);
	for (let index = 0; index < keys.length; index++) {
		const digit = keys[index] >>> shift & 65535;
		starts[digit] = starts[digit] + 1;
	}
	if (starts[keys[0] >>> shift & 65535] === keys.length) return false;
	let position = 0;
	for (let digit = 0; digit < DIGITS; digit++) {
		const count = starts[digit];
		starts[digit] = position;
		position += count;
	}
	return true;
}

// src/core/statistics/sums.ts
function sum(values) {
	let total = 0;
	let lost = 0;
	for (let index = 0; index < values.length; index++) {
		const value = values[index];
		const next = total + value;
		lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
		total = next;
	}
	return Number.isFinite(lost) ? total + lost : total;
}
function mean(values) {
	return values.length === 0 ? NaN : sum(values) / values.length;
}
function sampleVariance(values) {
	if (values.length < 2) return NaN;
	const centre = mean(values);
	const squares = new Float64Array(values.length);
	for (let index = 0; index < values.length; index++) squares[index] = (values[index] - centre) ** 2;
	return sum(squares) / (values.length - 1);
}
function skewness(values) {
	const centre = mean(values);
	let squares = 0;
	let cubes = 0;
	for (let index = 0; index < values.length; index++) {
		const deviation = values[index] - centre;
		squares += deviation ** 2;
		cubes += deviation ** 3;
	}
	return cubes / values.length / (squares / values.length) ** 1.5;
}
function differences(minuend, subtrahend) {
	const result = new Float64Array(minuend.length);
	for (let index = 0; index < minuend.length; index++) result[index] = minuend[index] - subtrahend[index];
	return result;
}

// src/core/statistics/placements.ts
function placements(labels, scores) {
	const positiveCount = labels.reduce((count, label) => count + label, 0);
	const negativeCount = labels.length - positiveCount;
	if (positiveCount === 0 || negativeCount === 0) return void 0;
	const byRow = placementsByRow(labels, scores, {
		positiveCount,
		negativeCount
	});
	const positives = new Float64Array(positiveCount);
	const negatives = new Float64Array(negativeCount);
	let nextPositive = 0;
	let nextNegative = 0;
	for (let row = 0; row < labels.length; row++) if (labels[row] === 1) positives[nextPositive++] = byRow[row];
	else negatives[nextNegative++] = byRow[row];
	return {
		area: mean(positives),
		positives,
		negatives
	};
}
function influenceOnArea(labels, scores) {
	const placed = placements(labels, scores);
	return placed && influenceOfPlacements(labels, placed);
}
function influenceOfPlacements(labels, { area, positives, negatives }) {
	let nextPositive = 0;
	let nextNegative = 0;
	return Float64Array.from(labels, (label) => label === 1 ? (positives[nextPositive++] - area) / positives.length : (negatives[nextNegative++] - area) / negatives.length);
}
function placementsByRow(labels, scores, counts) {
	const { positiveCount, negativeCount } = counts;
	const order = ascendingOrder(scores);
	const byRow = new Float64Array(labels.length);
	let positivesBelow = 0;
	let negativesBelow = 0;
	let start = 0;
	while (start < order.length) {
		const score = scores[order[start]];
		let end = start;
		let positivesHere = 0;
		while (end < order.length && scores[order[end]] === score) positivesHere += labels[order[end++]];
		const negativesHere = end - start - positivesHere;
		const negativeShare = (negativesBelow + negativesHere / 2) / negativeCount;
		const positiveShare = (positiveCount - positivesBelow - positivesHere / 2) / positiveCount;
		for (let index = start; index < end; index++) {
			const row = order[index];
			byRow[row] = labels[row] === 1 ? negativeShare : positiveShare;
		}
		positivesBelow += positivesHere;
		negativesBelow += negativesHere;
		start = end;
	}
	return byRow;
}

// src/core/statistics/delong.ts
const MINIMUM_ROWS_PER_CLASS = 10;
const NO_VARIANCE = 1e-24;
function areaInterval(labels, scores, confidence, groups) {
	const placed = placements(labels, scores);
	if (placed === void 0) return {
		defined: false,
		reason: "the rows hold only one class"
	};
	const { area } = placed;
	if (area === 0 || area === 1) {
		if (groups !== void 0) return {
			defined: false,
			reason: "the classes are told apart without fail, and groups give no bound then"
		};
		const bound = disjointPairsBound(placed.positives.length, placed.negatives.length, confidence);
		return {
			defined: true,
			area,
			standardError: 0,
			interval: area === 1 ? {
				low: bound,
				high: 1
			} : {
				low: 0,
				high: 1 - bound
			},
			method: "disjoint-pairs"
		};
	}
	if (Math.min(placed.positives.length, placed.negatives.length) < 2) return {
		defined: false,
		reason: "a class has fewer than two rows"
	};
	const variance = areaVariance(placed);
	if (variance <= NO_VARIANCE) return {
		defined: false,
		reason: "the scores do not tell the rows apart"
	};
	const standardError = groups === void 0 ? Math.sqrt(variance) : influenceStandardError({
		values: influenceOfPlacements(labels, placed),
		groups
	});
	const logit = Math.log(area / (1 - area));
	const spread = intervalAround(logit, twoSidedZ(confidence) * standardError / (area * (1 - area)));
	return {
		defined: true,
		area,
		standardError,
		interval: {
			low: logistic(spread.low),
			high: logistic(spread.high)
		},
		method: groups === void 0 ? "delong-logit" : "delong-logit by group"
	};
}
function compareAreasAt(pair) {
	const champion = placements(pair.labels, pair.champion);
	const challenger = placements(pair.labels, pair.challenger);
	if (champion === void 0 || challenger === void 0) return {
		outcome: "undefined",
		reason: "the rows hold only one class"
	};
	const rowsOfSmallerClass = Math.min(champion.positives.length, champion.negatives.length);
	const shift = {
		area: challenger.area - champion.area,
		positives: differences(challenger.positives, champion.positives),
		negatives: differences(challenger.negatives, champion.negatives)
	};
	const areas = {
		champion: champion.area,
		challenger: challenger.area,
		difference: shift.area
	};
	if (ranksAlike(shift, pair)) {
		const intervalAt = () => ({
			low: 0,
			high: 0
		});
		return {
			...areas,
			difference: 0,
			outcome: "identical",
			pValue: 1,
			intervalAt
		};
	}
	if (rowsOfSmallerClass < 2) return {
		outcome: "undefined",
		reason: "a class has fewer than two rows"
	};
	const variance = varianceOfShift(pair, shift);
	if (typeof variance === "string") return {
		outcome: "undefined",
		reason: variance
	};
	if (variance <= NO_VARIANCE) return {
		...areas,
		outcome: "degenerate",
		reason: "the rows show no spread between the two rankings"
	};
	const standardError = Math.sqrt(variance);
	const z = shift.area / standardError;
	return {
		...areas,
		outcome: "estimated",
		standardError,
		z,
		pValue: normalTwoSidedP(z),
		fewRows: rowsOfSmallerClass < 10,
		intervalAt: (confidence) => intervalAround(shift.area, twoSidedZ(confidence) * standardError)
	};
}
function areaVariance(placed) {
	return sampleVariance(placed.positives) / placed.positives.length + sampleVariance(placed.negatives) / placed.negatives.length;
}
function disjointPairsBound(positives, negatives, confidence) {
	return ((1 - confidence) / 2) ** (1 / Math.min(positives, negatives));
}
function varianceOfShift(pair, shift) {
	if (pair.groups === void 0) return areaVariance(shift);
	const index = indexGroups(pair.groups);
	const sums = sumsByGroup(pair.labels, shift, index);
	if (index.groupCount < 20 || sums.groupsWithPositives < 20) return `inference over groups needs ${20} groups that hold positive rows; there are ${sums.groupsWithPositives} among ${index.groupCount}`;
	if (sums.groupsWithNegatives < 2) return "fewer than two groups hold negative rows";
	return obuchowskiVariance(sums, index.groupCount, shift);
}
function sumsByGroup(labels, shift, index) {
	const positive = new Float64Array(index.groupCount);
	const negative = new Float64Array(index.groupCount);
	const withPositives = /* @__PURE__ */ new Set();
	const withNegatives = /* @__PURE__ */ new Set();
	let nextPositive = 0;
	let nextNegative = 0;
	for (let row = 0; row < labels.length; row++) {
		const group = index.groupOfRow[row];
		if (labels[row] === 1) {
			positive[group] = positive[group] + shift.positives[nextPositive++] - shift.area;
			withPositives.add(group);
		} else {
			negative[group] = negative[group] + shift.negatives[nextNegative++] - shift.area;
			withNegatives.add(group);
		}
	}
	return {
		positive,
		negative,
		groupsWithPositives: withPositives.size,
		groupsWithNegatives: withNegatives.size
	};
}
function obuchowskiVariance(sums, groups, shift) {
	const positives = shift.positives.length;
	const negatives = shift.negatives.length;
	let squaresOfPositive = 0;
	let squaresOfNegative = 0;
	let products = 0;
	for (let group = 0; group < groups; group++) {
		squaresOfPositive += sums.positive[group] ** 2;
		squaresOfNegative += sums.negative[group] ** 2;
		products += sums.positive[group] * sums.negative[group];
	}
	const positiveFactor = sums.groupsWithPositives / (sums.groupsWithPositives - 1) / positives ** 2;
	const negativeFactor = sums.groupsWithNegatives / (sums.groupsWithNegatives - 1) / negatives ** 2;
	const crossFactor = 2 * groups / ((groups - 1) * positives * negatives);
	return positiveFactor * squaresOfPositive + negativeFactor * squaresOfNegative + crossFactor * products;
}
function ranksAlike({ positives, negatives }, pair) {
	const isZero = (value) => value === 0;
	if (!positives.every(isZero) || !negatives.every(isZero)) return false;
	const championRanks = midranks(pair.champion);
	const challengerRanks = midranks(pair.challenger);
	return championRanks.every((rank, row) => rank === challengerRanks[row]);
}
function logistic(logit) {
	return 1 / (1 + Math.exp(-logit));
}

// src/core/statistics/superiority.ts
function probabilityOfSuperiority(reference, current, options) {
	const smaller = Math.min(reference.length, current.length);
	const values = new Float64Array(reference.length + current.length);
	values.set(reference);
	values.set(current, reference.length);
	const labels = new Uint8Array(values.length).fill(1, reference.length);
	const placed = smaller < 2 ? void 0 : placements(labels, values);
	if (placed === void 0) return {
		defined: false,
		reason: "a sample has fewer than two rows"
	};
	const probability = placed.area;
	const distance = Math.abs(probability - .5);
	if (distance === .5) return separated(probability, reference.length, current.length, options);
	const standardError = Math.sqrt(areaVariance(placed));
	const interval = intervalAround(probability, twoSidedZ(options.confidence) * standardError);
	const excess = distance - options.minimumEffect;
	return {
		defined: true,
		probability,
		standardError,
		interval,
		minimumEffectP: standardError === 0 ? Number(excess <= 0) : normalSurvival(excess / standardError)
	};
}
function separated(probability, referenceCount, currentCount, options) {
	const bound = disjointPairsBound(referenceCount, currentCount, options.confidence);
	return {
		defined: true,
		probability,
		standardError: 0,
		interval: probability === 1 ? {
			low: bound,
			high: 1
		} : {
			low: 0,
			high: 1 - bound
		},
		minimumEffectP: Math.min(1, .5 + options.minimumEffect) ** Math.min(referenceCount, currentCount)
	};
}

// src/core/statistics/quantiles.ts
function quantileOfSorted(sorted, probability) {
	if (sorted.length === 0) return NaN;
	const position = (sorted.length - 1) * probability;
	const below = Math.floor(position);
	const low = sorted[below];
	if (below === position) return low;
	return low + (position - below) * (sorted[below + 1] - low);
}
function quantile(values, probability) {
	return quantileOfSorted(ascending(values), probability);
}
function median(values) {
	return quantile(values, .5);
}

// src/core/statistics/wasserstein.ts
const NORMAL_IQR = 1.349;
const NORMAL_MAD = 1.4826;
function wassersteinDistance(reference, current) {
	let distance = 0;
	forEachStep(reference, current, (width, gap) => {
		distance += Math.abs(gap) * width;
	});
	return distance;
}
function wassersteinNoise(sorted, sizes) {
	let integral = 0;
	for (let index = 1; index < sorted.length; index++) {
		const below = index / sorted.length;
		integral += Math.sqrt(below * (1 - below)) * (sorted[index] - sorted[index - 1]);
	}
	return Math.sqrt(2 / Math.PI * (1 / sizes.reference + 1 / sizes.current)) * integral;
}
function robustScale(sorted) {
	const spread = (quantileOfSorted(sorted, .75) - quantileOfSorted(sorted, .25)) / NORMAL_IQR;
	if (spread > 0) return spread;
	const centre = quantileOfSorted(sorted, .5);
	const deviations = ascending(sorted.map((value) => Math.abs(value - centre)));
	const deviation = quantileOfSorted(deviations, .5) * NORMAL_MAD;
	if (deviation > 0) return deviation;
	const standardDeviation = Math.sqrt(sampleVariance(sorted));
	return standardDeviation > 0 ? standardDeviation : void 0;
}
function scaledWasserstein(reference, current, confidence) {
	const distance = wassersteinDistance(reference, current);
	const scale = robustScale(reference);
	if (scale === void 0) return {
		defined: false,
		distance,
		reason: "the reference is constant"
	};
	const noise = wassersteinNoise(reference, {
		reference: reference.length,
		current: current.length
	});
	const margin = normalQuantile(confidence) * standardErrorOf(reference, current);
	return {
		defined: true,
		distance,
		scaled: distance / scale,
		scaledNoise: noise / scale,
		scaledLowerBound: Math.max(0, distance - noise - margin) / scale
	};
}
function standardErrorOf(reference, current) {
	const steps = reference.length + current.length;
	const heights = new Float64Array(steps);
	const referenceCounts = new Float64Array(steps);
	const currentCounts = new Float64Array(steps);
	let height = 0;
	let step = 0;
	forEachStep(reference, current, (width, gap, arrived) => {
		heights[step] = height;
		referenceCounts[step] = arrived.reference;
		currentCounts[step] = arrived.current;
		height += Math.sign(gap) * width;
		step++;
	});
	const variance = repeatedVariance(heights, referenceCounts) / reference.length + repeatedVariance(heights, currentCounts) / current.length;
	return Number.isFinite(variance) ? Math.sqrt(variance) : Number.POSITIVE_INFINITY;
}
function repeatedVariance(values, counts) {
	let total = 0;
	let weighted = 0;
	for (let index = 0; index < values.length; index++) {
		total += counts[index];
		weighted += counts[index] * values[index];
	}
	const centre = weighted / total;
	let squares = 0;
	for (let index = 0; index < values.length; index++) squares += counts[index] * (values[index] - centre) ** 2;
	return squares / (total - 1);
}
function forEachStep(reference, current, visit) {
	let inReference = 0;
	let inCurrent = 0;
	while (inReference < reference.length || inCurrent < current.length) {
		const value = Math.min(reference[inReference] ?? Infinity, current[inCurrent] ?? Infinity);
		const before = {
			reference: inReference,
			current: inCurrent
		};
		while (inReference < reference.length && reference[inReference] <= value) inReference++;
		while (inCurrent < current.length && current[inCurrent] <= value) inCurrent++;
		const next = Math.min(reference[inReference] ?? Infinity, current[inCurrent] ?? Infinity);
		visit(next === Infinity ? 0 : next - value, inReference / reference.length - inCurrent / current.length, {
			reference: inReference - before.reference,
			current: inCurrent - before.current
		});
	}
}

// src/core/statistics/resampling.ts
function createResampler(design) {
	switch (design.kind) {
		case "rows": return rowResampler(design.rowCount);
		case "strata": return strataResampler(design.codes);
		case "groups": return groupResampler(design.codes);
	}
}
const POISSON_FROM = 2e4;
function rowResampler(rowCount) {
	if (rowCount > 2e4) return poissonResampler(rowCount);
	return {
		rowCount,
		unitOfRow: positions(rowCount),
		unitCount: rowCount,
		countsAreSmall: false,
		draw(seed, replicate, multiplicities) {
			multiplicities.fill(0);
			const plan = {
				seed,
				position: replicate * rowCount,
				draws: rowCount,
				items: rowCount
			};
			countDraws(plan, multiplicities);
		}
	};
}
function poissonResampler(rowCount) {
	const draws = Math.ceil(rowCount / 2);
	return {
		rowCount,
		unitOfRow: positions(rowCount),
		unitCount: rowCount,
		countsAreSmall: true,
		draw: (seed, replicate, multiplicities) => drawPoissonCounts({
			seed,
			position: replicate * draws
		}, multiplicities)
	};
}
function strataResampler(codes) {
	const rowCount = codes.length;
	const rows = positions(rowCount).sort((left, right) => codes[right] - codes[left] || left - right);
	const ends = [];
	for (let index = 0; index < rowCount; index++) if (index + 1 === rowCount || codes[rows[index + 1]] !== codes[rows[index]]) ends.push(index + 1);
	const counts = new Float64Array(rowCount);
	return {
		rowCount,
		unitOfRow: positions(rowCount),
		unitCount: rowCount,
		countsAreSmall: false,
		draw(seed, replicate, multiplicities) {
			counts.fill(0);
			let start = 0;
			for (const end of ends) {
				const size = end - start;
				const position = replicate * rowCount + start;
				countDraws({
					seed,
					position,
					draws: size,
					items: size
				}, counts, start);
				start = end;
			}
			for (let index = 0; index < rowCount; index++) multiplicities[rows[index]] = counts[index];
		}
	};
}
function groupResampler(codes) {
	const { groupCount, groupOfRow } = indexGroups(codes);
	const counts = new Float64Array(groupCount);
	return {
		rowCount: codes.length,
		unitOfRow: groupOfRow,
		unitCount: groupCount,
		countsAreSmall: false,
		draw(seed, replicate, multiplicities) {
			counts.fill(0);
			countDraws({
				seed,
				position: replicate * groupCount,
				draws: groupCount,
				items: groupCount
			}, counts);
			for (let row = 0; row < groupOfRow.length; row++) multiplicities[row] = counts[groupOfRow[row]];
		}
	};
}
function positions(length) {
	const result = new Int32Array(length);
	for (let index = 0; index < length; index++) result[index] = index;
	return result;
}

// src/core/statistics/bootstrap.ts
const BCA_ROW_LIMIT = 5e3;
const JACKKNIFE_BLOCKS = 200;
const PROGRESS_REPORTS = 100;
function runPairedBootstrap(plan) {
	const { replicates, seed, statistics, firstReplicate = 0, onProgress } = plan;
	const resampler = createResampler(plan.design);
	const multiplicities = resampler.countsAreSmall ? new Uint8Array(resampler.rowCount) : new Float64Array(resampler.rowCount);
	const evaluator = evaluateAll(statistics);
	const results = Array.from({ length: evaluator.count }, () => new Float64Array(replicates));
	const stride = Math.max(1, Math.ceil(replicates / PROGRESS_REPORTS));
	for (let replicate = 0; replicate < replicates; replicate++) {
		resampler.draw(seed, firstReplicate + replicate, multiplicities);
		evaluator.evaluate(multiplicities).forEach((value, index) => {
			results[index][replicate] = value;
		});
		const done = replicate + 1;
		if (onProgress !== void 0 && (done % stride === 0 || done === replicates)) onProgress(done, replicates);
	}
	return results;
}
function evaluateAll(statistics) {
	const counts = statistics.map((statistic) => typeof statistic === "function" ? 1 : statistic.count);
	const values = new Float64Array(counts.reduce((total, count) => total + count, 0));
	return {
		count: values.length,
		evaluate(multiplicities) {
			let offset = 0;
			statistics.forEach((statistic, index) => {
				if (typeof statistic === "function") values[offset] = statistic(multiplicities);
				else statistic.evaluate(multiplicities, values, offset);
				offset += counts[index];
			});
			return values;
		}
	};
}
function runJackknife(plan) {
	const { unitOfRow, unitCount, rowCount } = createResampler(plan.design);
	const blocks = unitCount <= 5e3 ? unitCount : JACKKNIFE_BLOCKS;
	const rowsOfBlock = Array.from({ length: blocks }, () => []);
	for (let row = 0; row < rowCount; row++) rowsOfBlock[unitOfRow[row] % blocks].push(row);
	const multiplicities = new Float64Array(rowCount).fill(1);
	const evaluator = evaluateAll(plan.statistics);
	const results = Array.from({ length: evaluator.count }, () => new Float64Array(blocks));
	rowsOfBlock.forEach((rows, block) => {
		for (const row of rows) multiplicities[row] = 0;
		evaluator.evaluate(multiplicities).forEach((value, index) => {
			results[index][block] = value;
		});
		for (const row of rows) multiplicities[row] = 1;
	});
	return results;
}

// src/core/statistics/permutation.ts
const EXACT_UNITS = 20;
const PERMUTATIONS = 9999;
const ROUNDING = 1e-12;
function signFlipTest(differences, options) {
	const sums = options.groups ? sumByGroup(indexGroups(options.groups), differences) : differences;
	const seen = Math.abs(sum(sums)) - ROUNDING * differences.length;
	if (sums.length <= 20 && options.permutations === void 0) return exactSignFlip(sums, seen);
	const { permutations = PERMUTATIONS } = options;
	const random = createRandom(options.seed);
	let extreme = 0;
	for (let permutation = 0; permutation < permutations; permutation++) {
		let total = 0;
		for (let unit = 0; unit < sums.length; unit++) total += random.uniform() < .5 ? sums[unit] : -sums[unit];
		if (Math.abs(total) >= seen) extreme++;
	}
	return {
		pValue: (1 + extreme) / (permutations + 1),
		exact: false
	};
}
function exactSignFlip(values, seen) {
	const arrangements = 2 ** values.length;
	const signs = new Int8Array(values.length).fill(1);
	let total = sum(values);
	let extreme = 0;
	for (let step = 1; step <= arrangements; step++) {
		if (Math.abs(total) >= seen) extreme++;
		const flipped = Math.log2(step & -step);
		if (flipped >= values.length) break;
		total -= 2 * signs[flipped] * values[flipped];
		signs[flipped] = -signs[flipped];
	}
	return {
		pValue: extreme / arrangements,
		exact: true
	};
}
function areaSwapTest(pair, options) {
	const first = midranks(pair.champion);
	const second = midranks(pair.challenger);
	const { permutations = PERMUTATIONS } = options;
	const index = indexGroups(options.groups ?? new Int32Array(first.length).fill(-1));
	const swapped = new Uint8Array(index.groupCount);
	const random = createRandom(options.seed);
	const area = areaOfRanks(pair.labels);
	const left = new Float64Array(first.length);
	const right = new Float64Array(first.length);
	const seen = Math.abs(area(second) - area(first)) - ROUNDING;
	let extreme = 0;
	for (let permutation = 0; permutation < permutations; permutation++) {
		for (let unit = 0; unit < swapped.length; unit++) swapped[unit] = Number(random.uniform() < .5);
		for (let row = 0; row < left.length; row++) {
			const swap = swapped[index.groupOfRow[row]] === 1;
			left[row] = swap ? second[row] : first[row];
			right[row] = swap ? first[row] : second[row];
		}
		if (Math.abs(area(right) - area(left)) >= seen) extreme++;
	}
	return {
		pValue: (1 + extreme) / (permutations + 1),
		exact: false
	};
}
function areaOfRanks(labels) {
	const positives = labels.reduce((total, label) => total + label, 0);
	const pairs = positives * (labels.length - positives);
	return (scores) => {
		const ranks = midranks(scores);
		let total = 0;
		for (let row = 0; row < labels.length; row++) total += labels[row] * ranks[row];
		return (total - positives * (positives + 1) / 2) / pairs;
	};
}

// src/core/statistics/paired-mean.ts
function compareMeans(paired) {
	const { differences, confidence } = paired;
	if (differences.length < 2) return {
		outcome: "undefined",
		reason: "fewer than two rows"
	};
	if (differences.every((value) => value === 0)) return {
		outcome: "identical",
		difference: 0,
		pValue: 1,
		interval: {
			low: 0,
			high: 0
		}
	};
	const difference = mean(differences);
	const spread = paired.groups === void 0 ? rowSpread(differences) : groupSpread(differences, paired.groups);
	if (typeof spread === "string") return {
		outcome: "undefined",
		reason: spread
	};
	const { standardError, degreesOfFreedom } = spread;
	if (!(standardError > 1e-12 * Math.abs(difference))) return {
		outcome: "undefined",
		reason: "all rows show the same difference"
	};
	const t = difference / standardError;
	const halfWidth = studentQuantile(.5 + confidence / 2, degreesOfFreedom) * standardError;
	return {
		outcome: "estimated",
		difference,
		standardError,
		degreesOfFreedom,
		t,
		pValue: studentTwoSidedP(t, degreesOfFreedom),
		interval: intervalAround(difference, halfWidth)
	};
}
function rowSpread(differences) {
	const count = differences.length;
	return {
		standardError: Math.sqrt(sampleVariance(differences) / count),
		degreesOfFreedom: count - 1
	};
}
function groupSpread(differences, codes) {
	const index = indexGroups(codes);
	const groups = index.groupCount;
	if (groups < 20) return `inference over groups needs ${20} groups; there are ${groups}`;
	const centre = mean(differences);
	const squares = sumByGroup(index, differences.map((value) => value - centre)).reduce((total, value) => total + value * value, 0);
	const variance = groups / (groups - 1) * squares / differences.length ** 2;
	return {
		standardError: Math.sqrt(variance),
		degreesOfFreedom: groups - 1
	};
}

// src/core/statistics/binomial.ts
function binomialCdf(successes, trials, probability) {
	if (successes < 0) return 0;
	if (successes >= trials) return 1;
	return betaShare(1 - probability, trials - successes, successes + 1);
}
function binomialProbability(successes, trials, probability) {
	if (successes < 0 || successes > trials) return 0;
	if (probability === 0) return successes === 0 ? 1 : 0;
	if (probability === 1) return successes === trials ? 1 : 0;
	const logWays = -Math.log(trials + 1) - logBeta(trials - successes + 1, successes + 1);
	return Math.exp(logWays + successes * Math.log(probability) + (trials - successes) * Math.log1p(-probability));
}

// src/core/statistics/mcnemar.ts
function countPairedOutcomes(champion, challenger) {
	let onlyChampion = 0;
	let onlyChallenger = 0;
	for (let row = 0; row < champion.length; row++) if (champion[row] > challenger[row]) onlyChampion++;
	else if (champion[row] < challenger[row]) onlyChallenger++;
	return {
		rows: champion.length,
		onlyChampion,
		onlyChallenger
	};
}
function compareOutcomes(outcomes, confidence) {
	return {
		difference: (outcomes.onlyChallenger - outcomes.onlyChampion) / outcomes.rows,
		interval: tangoInterval(outcomes, confidence),
		pValue: mcnemarMidP(outcomes)
	};
}
function mcnemarMidP({ onlyChampion, onlyChallenger }) {
	const discordant = onlyChampion + onlyChallenger;
	const smaller = Math.min(onlyChampion, onlyChallenger);
	if (discordant === 0) return 1;
	const here = binomialProbability(smaller, discordant, .5);
	if (onlyChampion === onlyChallenger) return 1 - here / 2;
	return Math.min(1, 2 * binomialCdf(smaller, discordant, .5) - here);
}
function tangoInterval(outcomes, confidence) {
	const z = twoSidedZ(confidence);
	return {
		low: invertMonotone((difference) => z - tangoScore(outcomes, difference), -1, 1),
		high: invertMonotone((difference) => -z - tangoScore(outcomes, difference), -1, 1)
	};
}
function tangoScore({ rows, onlyChampion, onlyChallenger }, difference) {
	const numerator = onlyChallenger - onlyChampion - rows * difference;
	const a = 2 * rows;
	const b = -(onlyChallenger + onlyChampion) + (2 * rows - onlyChallenger + onlyChampion) * difference;
	const c = -onlyChampion * difference * (1 - difference);
	const variance = rows * (2 * ((Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a)) + difference * (1 - difference));
	return variance <= 0 ? numerator * Number.POSITIVE_INFINITY || 0 : numerator / Math.sqrt(variance);
}

// src/core/statistics/bootstrap-interval.ts
const TOLERATED_UNDEFINED_SHARE = .05;
function bootstrapInterval(sample) {
	const sorted = ascending(sample.replicates.filter((value) => !Number.isNaN(value)));
	const undefinedReplicates = sample.replicates.length - sorted.length;
	if (Number.isNaN(sample.estimate)) return {
		defined: false,
		reason: "the estimate is undefined"
	};
	if (sorted.length === 0 || undefinedReplicates > TOLERATED_UNDEFINED_SHARE * sample.replicates.length) return {
		defined: false,
		reason: `undefined in ${undefinedReplicates} of ${sample.replicates.length} resamples`
	};
	const spread = sorted.at(-1) - sorted[0];
	if (spread === 0 && sample.estimate !== 0) return {
		defined: false,
		reason: "no spread between resamples: there are too few distinct rows"
	};
	const tail = (1 - widenedConfidence(sample.confidence, sample.units)) / 2;
	if (spread > 0 && (sample.by === "spread" || tail * sorted.length < REPLICATES_BEYOND)) return {
		defined: true,
		interval: spreadInterval(sample, sorted),
		method: "spread",
		undefinedReplicates
	};
	const caution = spread === 0 ? { caution: "every resample gave the same value" } : {};
	const percentile = (extra) => ({
		defined: true,
		interval: {
			low: quantileOfSorted(sorted, tail),
			high: quantileOfSorted(sorted, 1 - tail)
		},
		method: "percentile",
		undefinedReplicates,
		...extra
	});
	if (sample.jackknife === void 0 || spread === 0) return percentile(caution);
	const levels = bcaLevels(sample.estimate, sorted, {
		jackknife: sample.jackknife,
		tail
	});
	if (typeof levels === "string") return percentile({ caution: levels });
	return {
		defined: true,
		interval: {
			low: quantileOfSorted(sorted, levels.low),
			high: quantileOfSorted(sorted, levels.high)
		},
		method: "bca",
		undefinedReplicates
	};
}
const REPLICATES_BEYOND = 15;
function widenedConfidence(confidence, units) {
	if (units === void 0 || units < 2) return confidence;
	const quantile = studentQuantile(.5 + confidence / 2, units - 1) * Math.sqrt(units / (units - 1));
	return 2 * normalCdf(quantile) - 1;
}
function spreadInterval(sample, replicates) {
	const { standardError, degreesOfFreedom } = spreadOf(sample, replicates);
	if (degreesOfFreedom === void 0) return intervalAround(sample.estimate, twoSidedZ(sample.confidence) * standardError);
	return studentInterval(sample.estimate, {
		standardError,
		degreesOfFreedom
	}, sample.confidence);
}
function spreadPValue(sample) {
	const { standardError, degreesOfFreedom } = spreadOf(sample, sample.replicates.filter((value) => !Number.isNaN(value)));
	if (standardError === 0) return sample.estimate === 0 ? 1 : NaN;
	if (degreesOfFreedom === void 0) return normalTwoSidedP(sample.estimate / standardError);
	return studentPValue(sample.estimate, {
		standardError,
		degreesOfFreedom
	});
}
function spreadOf({ units }, replicates) {
	const deviation = Math.sqrt(sampleVariance(replicates));
	if (units === void 0 || units < 2) return {
		standardError: deviation,
		degreesOfFreedom: void 0
	};
	return {
		standardError: deviation * Math.sqrt(units / (units - 1)),
		degreesOfFreedom: units - 1
	};
}
function bcaLevels(estimate, sorted, options) {
	let below = 0;
	let equal = 0;
	for (const value of sorted) if (value < estimate) below++;
	else if (value === estimate) equal++;
	const bias = normalQuantile((2 * below + equal) / (2 * sorted.length));
	if (!Number.isFinite(bias)) return "all resamples lie on one side of the estimate";
	const acceleration = accelerationOf(options.jackknife);
	if (Number.isNaN(acceleration)) return "undefined when single rows are left out";
	const low = correctedLevel(options.tail, bias, acceleration);
	const high = correctedLevel(1 - options.tail, bias, acceleration);
	if (!(low >= 0 && high <= 1 && low < high)) return "the correction is out of range";
	return {
		bias,
		acceleration,
		low,
		high
	};
}
function accelerationOf(jackknife) {
	const centre = mean(jackknife);
	let squares = 0;
	let cubes = 0;
	for (const value of jackknife) {
		const influence = centre - value;
		squares += influence ** 2;
		cubes += influence ** 3;
	}
	return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
function correctedLevel(level, bias, acceleration) {
	const shifted = bias + normalQuantile(level);
	const denominator = 1 - acceleration * shifted;
	return denominator <= 0 ? NaN : normalCdf(bias + shifted / denominator);
}

// src/core/statistics/sample-size.ts
function minimumDetectableDifference(standardError, options) {
	return (twoSidedZ(options.confidence) + normalQuantile(options.power)) * standardError;
}
function rowsNeeded(pilot, difference, options) {
	const detectable = minimumDetectableDifference(pilot.standardError, options);
	return Math.ceil(pilot.rows * (detectable / difference) ** 2);
}

// src/core/statistics/calibration.ts
function binByProbability({ labels, probabilities }, { bins, ties }) {
	const order = ascendingOrder(probabilities);
	const found = [];
	const size = Math.floor(order.length / bins);
	const larger = order.length % bins;
	let start = 0;
	for (let bin = 1; bin <= bins; bin++) {
		let end = bin * size + Math.min(bin, larger);
		if (ties === "together") end = afterTies(order, probabilities, {
			start,
			end
		});
		if (end <= start) continue;
		const rows = Array.from(order.subarray(start, end));
		found.push({
			rows: rows.length,
			predicted: sum(rows.map((row) => probabilities[row])) / rows.length,
			observed: sum(rows.map((row) => labels[row])) / rows.length
		});
		start = end;
	}
	return found;
}
function afterTies(order, probabilities, range) {
	if (range.end <= range.start) return range.start;
	let end = Math.min(order.length, Math.max(range.end, range.start + 2));
	while (end < order.length && probabilities[order[end]] === probabilities[order[end - 1]]) end++;
	return end === order.length - 1 ? order.length : end;
}
function expectedError(bins) {
	return meanOverRows(bins, ({ predicted, observed }) => Math.abs(predicted - observed));
}
function debiasedSquaredError(bins) {
	return meanOverRows(bins, ({ rows, predicted, observed }) => {
		const chance = rows < 2 ? 0 : observed * (1 - observed) / (rows - 1);
		return (predicted - observed) ** 2 - chance;
	});
}
function meanOverRows(bins, value) {
	const rows = sum(bins.map((bin) => bin.rows));
	return sum(bins.map((bin) => bin.rows * value(bin))) / rows;
}
function spiegelhalterTest({ labels, probabilities }) {
	const excess = probabilities.map((p, row) => (labels[row] - p) * (1 - 2 * p));
	const variance = sum(probabilities.map((p) => (1 - 2 * p) ** 2 * p * (1 - p)));
	if (!(variance > 0)) return void 0;
	const z = sum(excess) / Math.sqrt(variance);
	return {
		z,
		pValue: normalTwoSidedP(z)
	};
}

// src/core/statistics/hodges-lehmann.ts
const NORMAL_FROM = 50;
function hodgesLehmannShift(reference, current, confidence) {
	const pairs = new Float64Array(reference.length * current.length);
	let pair = 0;
	for (const after of current) for (const before of reference) pairs[pair++] = after - before;
	const sorted = ascending(pairs);
	const value = quantileOfSorted(sorted, .5);
	const rank = lowestRank(reference.length, current.length, (1 - confidence) / 2);
	if (rank < 1) return { value };
	return {
		value,
		interval: {
			low: sorted[rank - 1],
			high: sorted[sorted.length - rank]
		}
	};
}
function hodgesLehmannRatio(reference, current, confidence) {
	const { value, interval } = hodgesLehmannShift(reference.map(Math.log), current.map(Math.log), confidence);
	if (interval === void 0) return { value: Math.exp(value) };
	return {
		value: Math.exp(value),
		interval: {
			low: Math.exp(interval.low),
			high: Math.exp(interval.high)
		}
	};
}
function lowestRank(first, second, tail) {
	if (first >= NORMAL_FROM || second >= NORMAL_FROM) {
		const pairs = first * second;
		const spread = Math.sqrt(pairs * (first + second + 1) / 12);
		return Math.floor(intervalAround(pairs / 2, twoSidedZ(1 - 2 * tail) * spread).low);
	}
	const counts = mannWhitneyCounts(first, second);
	const all = sum(counts);
	let rank = 0;
	let below = 0;
	while (rank < counts.length && (below + counts[rank]) / all <= tail) below += counts[rank++];
	return rank;
}
function mannWhitneyCounts(first, second) {
	const rows = Array.from({ length: first + 1 }, () => new Float64Array(first * second + 1));
	rows[0][0] = 1;
	for (let place = 1; place <= first + second; place++) for (let placed = Math.min(place, first); placed >= 1; placed--) {
		const above = place - placed;
		if (above > second) continue;
		const from = rows[placed - 1];
		const to = rows[placed];
		for (let statistic = to.length - 1; statistic >= above; statistic--) to[statistic] = to[statistic] + from[statistic - above];
	}
	return rows[first];
}

// src/core/statistics/drawn-samples.ts
function drawReplicates(resampler, seed, { from, to }) {
	const firstRows = firstRowOfUnits(resampler);
	const multiplicities = new Float64Array(resampler.rowCount);
	const expected = (to - from) * resampler.unitCount;
	const capacity = Math.ceil(expected + 10 * Math.sqrt(expected));
	const [samples, units] = [new Int32Array(capacity), new Int32Array(capacity)];
	let filled = 0;
	for (let replicate = from; replicate < to; replicate++) {
		resampler.draw(seed, replicate, multiplicities);
		for (let unit = 0; unit < resampler.unitCount; unit++) for (let left = multiplicities[firstRows[unit]]; left > 0; left--) {
			samples[filled] = replicate - from;
			units[filled] = unit;
			filled++;
		}
	}
	if (filled > capacity) throw new Error(`${filled} units were drawn where at most ${capacity} can be`);
	return {
		count: to - from,
		samples: samples.subarray(0, filled),
		units: units.subarray(0, filled)
	};
}
function allUnits({ unitCount }, times = 1) {
	const pairs = unitCount * times;
	const units = Int32Array.from({ length: pairs }, (_, pair) => pair % unitCount);
	return {
		count: 1,
		samples: new Int32Array(pairs),
		units
	};
}
function leaveOutUnits({ unitCount }, { from, to }) {
	const pairs = (to - from) * (unitCount - 1);
	const [samples, units] = [new Int32Array(pairs), new Int32Array(pairs)];
	let filled = 0;
	for (let leftOut = from; leftOut < to; leftOut++) for (let unit = 0; unit < unitCount; unit++) {
		if (unit === leftOut) continue;
		samples[filled] = leftOut - from;
		units[filled] = unit;
		filled++;
	}
	return {
		count: to - from,
		samples,
		units
	};
}
function dealIntoBlocks({ unitCount }, seed, blocks) {
	const units = Int32Array.from({ length: unitCount }, (_, unit) => unit);
	shuffle(units, createRandom(seed));
	return {
		count: blocks,
		samples: units.map((_, position) => position % blocks),
		units
	};
}
function firstRowOfUnits({ unitOfRow, unitCount }) {
	const rows = new Int32Array(unitCount).fill(-1);
	for (let row = 0; row < unitOfRow.length; row++) {
		const unit = unitOfRow[row];
		if (rows[unit] === -1) rows[unit] = row;
	}
	return rows;
}

// src/core/statistics/noncentral-t.ts
const REACH = 12;
const INTERVALS = 600;
function noncentralStudentSurvival(t, degreesOfFreedom, noncentrality) {
	const half = degreesOfFreedom / 2;
	const spread = REACH / Math.sqrt(2 * degreesOfFreedom);
	const low = Math.max(0, 1 - spread);
	const step = (1 + spread - low) / INTERVALS;
	const constant = Math.LN2 + half * Math.log(half) - logGamma(half);
	let sum = 0;
	for (let index = 0; index <= INTERVALS; index++) {
		const s = low + index * step;
		const weight = index === 0 || index === INTERVALS ? 1 : index % 2 === 1 ? 4 : 2;
		sum += weight * densityOfSpread(s, degreesOfFreedom, constant) * normalCdf(noncentrality - t * s);
	}
	return Math.min(1, sum * step / 3);
}
function densityOfSpread(s, degreesOfFreedom, constant) {
	if (s === 0) return degreesOfFreedom === 1 ? Math.exp(constant) : 0;
	return Math.exp(constant + (degreesOfFreedom - 1) * Math.log(s) - degreesOfFreedom * s * s / 2);
}

export { BCA_ROW_LIMIT, allUnits, areaInterval, areaSwapTest, ascending, ascendingOrder, benjaminiHochberg, betaShare, binByProbability, binomialCdf, bootstrapInterval, chiSquaredStatistic, chiSquaredSurvival, compareAreasAt, compareMeans, compareOutcomes, compareProportions, countGroups, countPairedOutcomes, createRandom, createResampler, dealIntoBlocks, debiasedSquaredError, differences, drawReplicates, expectedError, gapLowerBound, hodgesLehmannRatio, holm, indexGroups, influenceDegreesOfFreedom, influenceOnArea, influenceStandardError, intervalAround, invertMonotone, invertMonotoneAbove, kolmogorovSmirnovTest, leaveOutUnits, logGamma, mean, median, midranks, minimumDetectableDifference, noncentralStudentSurvival, normalQuantile, normalSurvival, probabilityOfSuperiority, quantile, quantileOfSorted, rowsNeeded, runJackknife, runPairedBootstrap, sampleVariance, scaledWasserstein, shuffle, signFlipTest, simultaneousConfidence, skewness, spiegelhalterTest, spreadPValue, studentInterval, studentPValue, studentQuantile, sum, totalVariation, totalVariationLowerBound, twoSidedZ, wilsonInterval };