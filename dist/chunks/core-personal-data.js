import { betaShare, wilsonInterval } from "./core-statistics.js";

// src/core/personal-data/check-digits.ts
function digitsOf(text) {
	const digits = [];
	for (let index = 0; index < text.length; index++) {
		const digit = text.charCodeAt(index) - 48;
		if (digit >= 0 && digit <= 9) digits.push(digit);
	}
	return digits;
}
function passesLuhn(number) {
	let sum = 0;
	for (let index = number.length - 1, doubled = false; index >= 0; index--, doubled = !doubled) {
		const digit = number.charCodeAt(index) - 48;
		sum += doubled ? digit > 4 ? 2 * digit - 9 : 2 * digit : digit;
	}
	return sum % 10 === 0;
}
function remainderOf(number, divisor) {
	let remainder = 0;
	for (let index = 0; index < number.length; index++) remainder = (remainder * 10 + number.charCodeAt(index) - 48) % divisor;
	return remainder;
}
function weightedSum(number, weights) {
	return weights.reduce((sum, weight, index) => sum + weight * (number.charCodeAt(index) - 48), 0);
}
function passesMod11And10(number) {
	let product = 10;
	for (let index = 0; index < number.length - 1; index++) {
		const sum = (number.charCodeAt(index) - 48 + product) % 10;
		product = (sum === 0 ? 10 : sum) * 2 % 11;
	}
	return (11 - product) % 10 === number.charCodeAt(number.length - 1) - 48;
}
const PERMUTATION = [
	1,
	5,
	7,
	6,
	2,
	8,
	3,
	0,
	9,
	4
];
function passesVerhoeff(number) {
	let check = 0;
	for (let index = 0; index < number.length; index++) {
		let digit = number.charCodeAt(number.length - 1 - index) - 48;
		for (let times = index % 8; times > 0; times--) digit = PERMUTATION[digit];
		check = multiplyInDihedralGroup(check, digit);
	}
	return check === 0;
}
function multiplyInDihedralGroup(left, right) {
	const [turn, flip] = [left % 5, left >= 5];
	const sum = flip ? (turn - right % 5 + 5) % 5 : (turn + right % 5) % 5;
	return flip === right >= 5 ? sum : sum + 5;
}
function isOneDigit(number) {
	return number === number[0].repeat(number.length);
}

// src/core/personal-data/detector.ts
const LIMIT = {
	plainDigits: 1e-6,
	threeInARow: .0011,
	single: .15
};
const BEFORE = `(?:^|[\\s:;,="'(\\[<])`;
const AFTER = `(?:$|[\\s;:"')\\]>!?]|[.,](?:\\s|$))`;
function partsOf(text, expression) {
	return [...text.matchAll(expression)].map((match) => match[1]);
}
function bestOf(parts, accepts) {
	let best = "other";
	for (const part of parts) {
		const judgement = accepts(part);
		if (judgement === "match") return "match";
		if (judgement === "form") best = "form";
	}
	return best;
}

// src/core/personal-data/card-number.ts
const SIXTEEN_TO_NINETEEN = [
	16,
	17,
	18,
	19
];
const FOURTEEN_TO_NINETEEN = [
	14,
	15,
	...SIXTEEN_TO_NINETEEN
];
const THIRTEEN_TO_NINETEEN = [13, ...FOURTEEN_TO_NINETEEN];
const ISSUERS = [
	{
		from: 4,
		to: 4,
		lengths: [
			13,
			16,
			19
		]
	},
	{
		from: 51,
		to: 55,
		lengths: [16]
	},
	{
		from: 2221,
		to: 2720,
		lengths: [16]
	},
	{
		from: 34,
		to: 34,
		lengths: [15]
	},
	{
		from: 37,
		to: 37,
		lengths: [15]
	},
	{
		from: 6011,
		to: 6011,
		lengths: SIXTEEN_TO_NINETEEN
	},
	{
		from: 644,
		to: 649,
		lengths: SIXTEEN_TO_NINETEEN
	},
	{
		from: 65,
		to: 65,
		lengths: SIXTEEN_TO_NINETEEN
	},
	{
		from: 300,
		to: 305,
		lengths: FOURTEEN_TO_NINETEEN
	},
	{
		from: 3095,
		to: 3095,
		lengths: FOURTEEN_TO_NINETEEN
	},
	{
		from: 36,
		to: 36,
		lengths: FOURTEEN_TO_NINETEEN
	},
	{
		from: 38,
		to: 39,
		lengths: FOURTEEN_TO_NINETEEN
	},
	{
		from: 3528,
		to: 3589,
		lengths: SIXTEEN_TO_NINETEEN
	},
	{
		from: 62,
		to: 62,
		lengths: SIXTEEN_TO_NINETEEN
	},
	{
		from: 5018,
		to: 5018,
		lengths: THIRTEEN_TO_NINETEEN
	},
	{
		from: 5020,
		to: 5020,
		lengths: THIRTEEN_TO_NINETEEN
	},
	{
		from: 5038,
		to: 5038,
		lengths: THIRTEEN_TO_NINETEEN
	},
	{
		from: 5893,
		to: 5893,
		lengths: THIRTEEN_TO_NINETEEN
	},
	{
		from: 6304,
		to: 6304,
		lengths: THIRTEEN_TO_NINETEEN
	},
	{
		from: 6759,
		to: 6759,
		lengths: THIRTEEN_TO_NINETEEN
	},
	{
		from: 6761,
		to: 6763,
		lengths: THIRTEEN_TO_NINETEEN
	},
	{
		from: 2200,
		to: 2204,
		lengths: SIXTEEN_TO_NINETEEN
	}
];
const NAMES$2 = /\b(card|cc|pan|credit ?card|debit ?card|payment ?card)( (number|num|no|nr))?$|\b(cardnumber|cardno|ccnum|cardnum)\b/;
const DIGITS = "[2-6][0-9]{12,18}";
const GROUPS = "[2-6][0-9]{3}(?:(?:[ -][0-9]{4}){3}(?:[ -][0-9]{3})?|[ -][0-9]{6}[ -][0-9]{4,5})";
const CARD_DIGITS = detectorOf(DIGITS, LIMIT.threeInARow);
const CARD_GROUPS = detectorOf(GROUPS, LIMIT.single);
function detectorOf(written, limit) {
	const form = `${BEFORE}(${written})${AFTER}`;
	const expression = new RegExp(form, "g");
	return {
		kind: "card-number",
		words: "card numbers",
		names: NAMES$2,
		form,
		judge: (text) => bestOf(partsOf(text, expression), judgeCardNumber),
		chance: .1,
		limit,
		isTelling: true
	};
}
function judgeCardNumber(text) {
	const number = text.replace(/[ -]/g, "");
	if (isOneDigit(number) || !hasIssuer(number)) return "other";
	return passesLuhn(number) ? "match" : "form";
}
function hasIssuer(number) {
	return ISSUERS.some(({ from, to, lengths }) => {
		if (!lengths.includes(number.length)) return false;
		const first = Number(number.slice(0, String(from).length));
		return first >= from && first <= to;
	});
}

// src/core/personal-data/email.ts
const EXPRESSION$9 = new RegExp(`${BEFORE}([A-Za-z0-9.!#$%&'*+/=?^_\`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]*)`, "g");
const FILE_ENDINGS = /\.(png|jpe?g|gif|webp|svg|js|css|html?|json|ya?ml|zip|gz)$/i;
const EMAIL = {
	kind: "e-mail",
	words: "e-mail addresses",
	names: /\be ?mails?\b/,
	form: "@[A-Za-z0-9-]+\\.[A-Za-z]",
	judge: (text) => bestOf(partsOf(text, EXPRESSION$9), judgeEmail),
	chance: 0,
	limit: LIMIT.single,
	isTelling: true
};
function judgeEmail(text) {
	if (text.startsWith("git@") || FILE_ENDINGS.test(text)) return "other";
	const ending = text.slice(text.lastIndexOf(".") + 1);
	return /^([A-Za-z]{2,}|xn--[A-Za-z0-9-]+)$/.test(ending) ? "match" : "other";
}

// src/core/personal-data/iban.ts
const LENGTHS = Object.fromEntries(Object.entries({
	15: "NO",
	16: "BE",
	18: "DK FK FI FO GL NL SD",
	19: "MK SI",
	20: "AT BA EE KZ LT LU MN XK",
	21: "CH CR HR LI LV",
	22: "BG BH DE GB GE IE ME RS VA",
	23: "AE GI IL IQ OM SO TL",
	24: "AD CZ ES MD PK RO SA SE SK TN VG",
	25: "LY PT ST",
	26: "IS TR",
	27: "BI DJ FR GR IT MC MR SM",
	28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
	29: "BR EG PS QA UA",
	30: "JO KW MU YE",
	31: "MT SC",
	32: "LC",
	33: "RU"
}).flatMap(([length, countries]) => countries.split(" ").map((country) => [country, Number(length)])));
const FORM$9 = `${BEFORE}([A-Z]{2}[0-9]{2}(?:[A-Z0-9]{11,29}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?))${AFTER}`;
const EXPRESSION$8 = new RegExp(FORM$9, "g");
const IBAN = {
	kind: "iban",
	words: "bank account numbers (IBAN)",
	names: /\biban\b/,
	form: FORM$9,
	judge: (text) => bestOf(partsOf(text, EXPRESSION$8), judgeIban),
	chance: 1 / 97,
	limit: .02,
	isTelling: true
};
function judgeIban(text) {
	const number = text.replaceAll(" ", "");
	if (LENGTHS[number.slice(0, 2)] !== number.length) return "other";
	const digits = [...`${number.slice(4)}${number.slice(0, 4)}`].map((sign) => Number.parseInt(sign, 36));
	return remainderOf(digits.join(""), 97) === 1 ? "match" : "form";
}

// src/core/personal-data/ip-address.ts
const NAMES$1 = /\b(ip|ipv[46]|ip ?addr(ess)?|ips|remote ?addr(ess)?)( (addr(ess)?|v?[46]))?$/;
const DOTTED = "^[0-9]{1,5}\\.[0-9]{1,5}\\.[0-9]{1,5}\\.[0-9]{1,5}$";
const DOTTED_EXPRESSION = new RegExp(DOTTED);
const LARGE_PART = 32;
const IP_VERSION_4 = {
	kind: "ip-address",
	words: "IP addresses",
	names: NAMES$1,
	form: DOTTED,
	judge: judgeVersion4,
	chance: .1,
	limit: LIMIT.threeInARow,
	isTelling: false
};
const IP_VERSION_6 = {
	kind: "ip-address",
	words: "IP addresses",
	names: NAMES$1,
	form: "^[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:.]{3,41}$",
	judge: judgeVersion6,
	chance: 0,
	limit: LIMIT.single,
	isTelling: true
};
function judgeVersion4(text, isNamed) {
	if (!DOTTED_EXPRESSION.test(text)) return "other";
	const parts = text.split(".");
	const isAddress = parts.every((part) => Number(part) <= 255 && (part === "0" || !part.startsWith("0")));
	const isNobodys = /^(0|127)\./.test(text) || text === "255.255.255.255";
	if (!isAddress || isNobodys) return "form";
	return isNamed || parts.filter((part) => Number(part) >= LARGE_PART).length >= 2 ? "match" : "form";
}
function judgeVersion6(text) {
	const [before, after, ...rest] = text.split("::");
	if (rest.length > 0) return "other";
	const groups = [before, after].flatMap((part) => part ? part.split(":") : []);
	const isWhole = after === void 0 ? groups.length === 8 : groups.length <= 7;
	const isHost = groups.length >= 3 && groups.some((group) => group.length >= 3);
	return isWhole && isHost && groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group)) ? "match" : "other";
}

// src/core/personal-data/national-ids/brazil.ts
const FORM$8 = "^(?:[0-9]{11}|[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}-[0-9]{2})$";
const EXPRESSION$7 = new RegExp(FORM$8);
const BRAZIL = {
	kind: "national-id",
	words: "Brazilian taxpayer numbers (CPF)",
	names: /\bcpf\b/,
	form: FORM$8,
	judge: judge$9,
	chance: .01,
	limit: LIMIT.plainDigits,
	isTelling: false
};
function judge$9(text) {
	if (!EXPRESSION$7.test(text)) return "other";
	const number = text.replace(/[.-]/g, "");
	if (isOneDigit(number)) return "other";
	const first = checkDigit(number, [
		10,
		9,
		8,
		7,
		6,
		5,
		4,
		3,
		2
	]);
	const second = checkDigit(number, [
		11,
		10,
		9,
		8,
		7,
		6,
		5,
		4,
		3,
		2
	]);
	return number.endsWith(`${first}${second}`) ? "match" : "form";
}
function checkDigit(number, weights) {
	return weightedSum(number, weights) * 10 % 11 % 10;
}

// src/core/personal-data/national-ids/france.ts
const FORM$7 = "^[1-478] ?[0-9]{2} ?(?:0[1-9]|1[0-2]|[2-9][0-9]) ?(?:[0-9]{2}|2[AB]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}$";
const EXPRESSION$6 = new RegExp(FORM$7);
const FRANCE = {
	kind: "national-id",
	words: "French social security numbers (NIR)",
	names: /\b(nir|insee|num secu|securite sociale)\b/,
	form: FORM$7,
	judge: judge$8,
	chance: 1 / 97,
	limit: LIMIT.plainDigits,
	isTelling: false
};
function judge$8(text) {
	if (!EXPRESSION$6.test(text)) return "other";
	const number = text.replaceAll(" ", "").replace("2A", "19").replace("2B", "18");
	return 97 - remainderOf(number.slice(0, 13), 97) === Number(number.slice(13)) ? "match" : "form";
}

// src/core/personal-data/national-ids/germany.ts
const FORM$6 = "^[1-9][0-9] ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}$";
const EXPRESSION$5 = new RegExp(FORM$6);
const GERMANY = {
	kind: "national-id",
	words: "German tax numbers",
	names: /\b(steuer ?id|steueridentifikationsnummer|idnr|tax ?(id|number|no))\b/,
	form: FORM$6,
	judge: judge$7,
	chance: .1,
	limit: LIMIT.plainDigits,
	isTelling: false
};
function judge$7(text) {
	if (!EXPRESSION$5.test(text)) return "other";
	const number = text.replaceAll(" ", "");
	if (!repeatsOneDigit(number.slice(0, 10))) return "other";
	return passesMod11And10(number) ? "match" : "form";
}
function repeatsOneDigit(digits) {
	const counts = /* @__PURE__ */ new Map();
	for (const digit of digits) counts.set(digit, (counts.get(digit) ?? 0) + 1);
	const repeated = [...counts.values()].filter((count) => count > 1);
	return repeated.length === 1 && repeated[0] <= 3;
}

// src/core/personal-data/national-ids/india.ts
const FORM$5 = "^[2-9][0-9]{3}(?:[0-9]{8}| [0-9]{4} [0-9]{4}|-[0-9]{4}-[0-9]{4})$";
const EXPRESSION$4 = new RegExp(FORM$5);
const INDIA = {
	kind: "national-id",
	words: "Aadhaar numbers",
	names: /\b(aadhaar|aadhar|uidai)\b/,
	form: FORM$5,
	judge: judge$6,
	chance: .1,
	limit: LIMIT.plainDigits,
	isTelling: false
};
function judge$6(text) {
	if (!EXPRESSION$4.test(text)) return "other";
	return passesVerhoeff(text.replace(/[ -]/g, "")) ? "match" : "form";
}

// src/core/personal-data/national-ids/italy.ts
const DIGIT = "[0-9LMNPQRSTUV]";
const FORM$4 = `^[A-Za-z]{6}${DIGIT}{2}[ABCDEHLMPRSTabcdehlmprst]${DIGIT}{2}[A-Za-z]${DIGIT}{3}[A-Za-z]$`;
const EXPRESSION$3 = new RegExp(FORM$4);
const ODD_VALUES = [...[
	1,
	0,
	5,
	7,
	9,
	13,
	15,
	17,
	19,
	21,
	2,
	4,
	18,
	20,
	11,
	3,
	6,
	8,
	12,
	14,
	16,
	10,
	22,
	25,
	24,
	23
]];
const ITALY = {
	kind: "national-id",
	words: "Italian fiscal codes",
	names: /\b(codice fiscale|codicefiscale|cod fiscale)\b/,
	form: FORM$4,
	judge: judge$5,
	chance: 1 / 26,
	limit: LIMIT.single,
	isTelling: true
};
function judge$5(text) {
	if (!EXPRESSION$3.test(text)) return "other";
	const signs = [...text.toUpperCase()].map(valueOfSign);
	return signs.slice(0, 15).reduce((total, value, index) => total + (index % 2 === 0 ? ODD_VALUES[value] : value), 0) % 26 === signs[15] ? "match" : "form";
}
function valueOfSign(sign) {
	return sign <= "9" ? Number(sign) : sign.charCodeAt(0) - 65;
}

// src/core/personal-data/national-ids/netherlands.ts
const NETHERLANDS = {
	kind: "national-id",
	words: "Dutch citizen numbers (BSN)",
	names: /\b(bsn|burgerservicenummer|sofinummer)\b/,
	form: "^[0-9]{9}$",
	judge: judge$4,
	chance: 1 / 11,
	limit: LIMIT.plainDigits,
	isTelling: false
};
function judge$4(text) {
	if (!/^[0-9]{9}$/.test(text) || isOneDigit(text)) return "other";
	return weightedSum(text, [
		9,
		8,
		7,
		6,
		5,
		4,
		3,
		2,
		-1
	]) % 11 === 0 ? "match" : "form";
}

// src/core/personal-data/national-ids/poland.ts
const POLAND = {
	kind: "national-id",
	words: "Polish identity numbers (PESEL)",
	names: /\bpesel\b/,
	form: "^[0-9]{2}[0-9][0-9][0-3][0-9]{6}$",
	judge: judge$3,
	chance: .1,
	limit: LIMIT.plainDigits,
	isTelling: false
};
function judge$3(text) {
	if (!/^[0-9]{11}$/.test(text)) return "other";
	const month = Number(text.slice(2, 4)) % 20;
	const day = Number(text.slice(4, 6));
	if (month < 1 || month > 12 || day < 1 || day > 31) return "other";
	return weightedSum(text, [
		1,
		3,
		7,
		9,
		1,
		3,
		7,
		9,
		1,
		3,
		1
	]) % 10 === 0 ? "match" : "form";
}

// src/core/personal-data/national-ids/spain.ts
const FORM$3 = "^(?:[0-9]{8}|[XYZxyz][0-9]{7})-?[A-Za-z]$";
const EXPRESSION$2 = new RegExp(FORM$3);
const LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
const SPAIN = {
	kind: "national-id",
	words: "Spanish identity numbers (DNI, NIE)",
	names: /\b(dni|nie|nif)\b/,
	form: FORM$3,
	judge: judge$2,
	chance: 1 / 23,
	limit: LIMIT.threeInARow,
	isTelling: false
};
function judge$2(text) {
	if (!EXPRESSION$2.test(text)) return "other";
	const code = text.toUpperCase().replace("-", "");
	const number = code.slice(0, -1).replace("X", "0").replace("Y", "1").replace("Z", "2");
	return LETTERS[Number(number) % 23] === code.at(-1) ? "match" : "form";
}

// src/core/personal-data/national-ids/united-kingdom.ts
const FORM$2 = "^[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-Z]$";
const EXPRESSION$1 = new RegExp(FORM$2);
const UNITED_KINGDOM = {
	kind: "national-id",
	words: "British national insurance numbers",
	names: /\b(nino|ni (number|no)|national insurance)\b/,
	form: FORM$2,
	judge: judge$1,
	chance: .09,
	limit: LIMIT.threeInARow,
	isTelling: false
};
function judge$1(text) {
	if (!EXPRESSION$1.test(text)) return "other";
	return /^[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]/.test(text) && /[A-D]$/.test(text) && !/^(BG|GB|KN|NK|NT|TN|ZZ)/.test(text) ? "match" : "form";
}

// src/core/personal-data/national-ids/united-states.ts
const FORM$1 = "^[0-9]{3}-[0-9]{2}-[0-9]{4}$";
const NAMED_FORM = "^[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}$";
const NAMED_EXPRESSION = new RegExp(NAMED_FORM);
const UNITED_STATES = {
	kind: "national-id",
	words: "American social security numbers",
	names: /\b(ssn|social security|socialsecurity(number)?)\b/,
	form: FORM$1,
	namedForm: NAMED_FORM,
	judge,
	chance: .89,
	limit: LIMIT.threeInARow,
	isTelling: false
};
const ADVERTISED = ["219099999", "078051120"];
function judge(text, isNamed) {
	if (!NAMED_EXPRESSION.test(text) || !(isNamed || text[3] === "-")) return "other";
	const number = text.replace(/[- ]/g, "");
	if (/^(000|666|9)/.test(number) || /^...00/.test(number) || number.endsWith("0000")) return "form";
	return ADVERTISED.includes(number) ? "form" : "match";
}

// src/core/personal-data/phone.ts
const NAMES = /\b(phone|telephone|tel|mobile|cell|cellphone|fax|msisdn|telefon|telefono|phonenumber)( (number|num|no|nr|home|work|primary|[0-9]+))*$/;
const COUNTRY_CODES = new Set([
	...[
		"1",
		"7",
		"20",
		"27",
		"30-34",
		"36",
		"39-41",
		"43-49",
		"51-58",
		"60-66",
		"81",
		"82",
		"84",
		"86"
	],
	...[
		"90-95",
		"98",
		"211-213",
		"216",
		"218",
		"220-258",
		"260-269",
		"290",
		"291",
		"297-299",
		"350-359"
	],
	...[
		"370-383",
		"385-387",
		"389",
		"420",
		"421",
		"423",
		"500-509",
		"590-599",
		"670",
		"672-683"
	],
	...[
		"685-692",
		"800",
		"808",
		"850",
		"852",
		"853",
		"855",
		"856",
		"870",
		"878",
		"880-883",
		"886",
		"888"
	],
	...[
		"960-968",
		"970-977",
		"979",
		"992-996",
		"998"
	]
].flatMap((range) => {
	const [from, to = from] = range.split("-").map(Number);
	return Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
}));
const FORM = `${BEFORE}(\\+[1-9](?:[ .()/-]{0,2}[0-9]){7,14}|\\([2-9][0-9]{2}\\) ?[2-9][0-9]{2}[-. ][0-9]{4})${AFTER}`;
const EXPRESSION = new RegExp(FORM, "g");
const PHONE = {
	kind: "phone",
	words: "phone numbers",
	names: NAMES,
	form: FORM,
	namedForm: "^[ ]*[+(]?[0-9](?:[ .()/-]{0,3}[0-9]){6,14}[ ]*$",
	judge: (text, isNamed) => {
		const written = bestOf(partsOf(text, EXPRESSION), judgeInternational);
		return written === "match" || !isNamed ? written : judgeNational(text);
	},
	chance: 0,
	limit: LIMIT.single,
	isTelling: true
};
const AMERICAN = `${BEFORE}((?:1[ .-])?[0-9]{3}[-.][0-9]{3}[-.][0-9]{4})${AFTER}`;
const AMERICAN_EXPRESSION = new RegExp(AMERICAN, "g");
const AMERICAN_PHONE = {
	kind: "phone",
	words: "phone numbers",
	names: NAMES,
	form: AMERICAN,
	judge: (text) => bestOf(partsOf(text, AMERICAN_EXPRESSION), (part) => isAmerican(digitsOf(part)) ? "match" : "form"),
	chance: .8,
	limit: LIMIT.threeInARow,
	isTelling: false
};
function judgeInternational(text) {
	if (text.startsWith("(")) return "match";
	const digits = digitsOf(text);
	const number = digits.join("");
	const code = [
		1,
		2,
		3
	].map((length) => number.slice(0, length)).find((start) => COUNTRY_CODES.has(start));
	if (code === void 0 || isOneDigit(number)) return "other";
	return code !== "1" || isAmerican(digits) ? "match" : "other";
}
function judgeNational(text) {
	const digits = digitsOf(text);
	if (digits.length < 7 || digits.length > 15 || isOneDigit(digits.join(""))) return "other";
	return /^[ ]*[+(]?[0-9](?:[ .()/-]{0,3}[0-9])*[ ]*$/.test(text) ? "match" : "other";
}
function isAmerican(digits) {
	const own = digits.length === 11 && digits[0] === 1 ? digits.slice(1) : digits;
	return own.length === 10 && own[0] >= 2 && own[3] >= 2;
}

// src/core/personal-data/detectors.ts
const DETECTORS = [...[
	CARD_DIGITS,
	CARD_GROUPS,
	IBAN,
	EMAIL,
	PHONE,
	AMERICAN_PHONE,
	IP_VERSION_4,
	IP_VERSION_6
], ...[
	BRAZIL,
	FRANCE,
	GERMANY,
	INDIA,
	ITALY,
	NETHERLANDS,
	POLAND,
	SPAIN,
	UNITED_KINGDOM,
	UNITED_STATES
]];
const TELLING = DETECTORS.filter(({ isTelling }) => isTelling);
const MOST_CHARACTERS = 4096;
function isPlainlyPersonal(text) {
	const start = text.slice(0, MOST_CHARACTERS);
	return start.length >= 6 && TELLING.some((detector) => detector.judge(start, false) === "match");
}
function wordsOfName(name) {
	return name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2").replace(/[^\p{L}\p{N}]+/gu, " ").toLowerCase().trim();
}

// src/core/personal-data/find-personal.ts
const LEAST_NUMBER = 1e6;
const LEAST_SHARE = .001;
const LEAST_HITS = 3;
const EXAMPLES = 3;
function formsOf(name) {
	const words = wordsOfName(name);
	return DETECTORS.flatMap((detector) => {
		const named = detector.names.test(words) ? detector.namedForm : void 0;
		return [detector.form, named].filter((form) => form !== void 0);
	});
}
function findPersonal(column) {
	if (column.values.length === 0 || column.checked === 0) return void 0;
	const words = wordsOfName(column.name);
	const [best] = DETECTORS.flatMap((detector) => judgeColumn(column, detector, detector.names.test(words))).toSorted((left, right) => Number(right.isNamed) - Number(left.isNamed) || right.column.hits - left.column.hits);
	return best?.column;
}
function judgeColumn({ name, checked, values }, detector, isNamed) {
	let ofForm = 0;
	let hits = 0;
	const matches = [];
	for (const value of values) {
		const judgement = detector.judge(value.value, isNamed);
		if (judgement === "other") continue;
		ofForm += 1;
		if (judgement === "form") continue;
		matches.push(value);
		hits += value.count;
	}
	if (hits === 0) return [];
	const atLeast = wilsonInterval({
		successes: hits,
		rows: checked
	}, .95).low;
	if (!(atLeast > LEAST_SHARE || hits >= LEAST_HITS) || !(isNamed || isBeyondChance(matches.length, ofForm, detector))) return [];
	const { kind, words } = detector;
	const examples = matches.slice(0, EXAMPLES);
	return [{
		column: {
			name,
			kind,
			words,
			hits,
			checked,
			atLeast,
			examples
		},
		isNamed
	}];
}
function isBeyondChance(matches, ofForm, { chance, limit }) {
	return chance === 0 || betaShare(chance, matches, ofForm - matches + 1) <= limit;
}

// src/core/personal-data/describe-personal.ts
function personalFinding({ dataset, column, examples }) {
	const { name, words, hits, checked, atLeast } = column;
	const share = `${percent(hits / checked)} %, at least ${percent(atLeast)} %`;
	return {
		check: "personal-data",
		severity: "warning",
		dataset,
		column: name,
		message: `column ${name}: ${count(hits)} of ${count(checked)} values (${share}) are ${words}; list it in data.sensitive or data.exclude, or mask it with \`contender mask\``,
		failing: hits,
		checked,
		examples
	};
}
function redact(value, hash, showsEnd) {
	const digest = hash(value).slice(0, 8);
	const end = [...value.trim()].slice(-2).join("");
	return showsEnd ? `${digest}…${end}` : `${digest}…`;
}
function percent(share) {
	const percents = 100 * share;
	return percents >= .1 ? percents.toFixed(1) : percents.toPrecision(1);
}
function count(number) {
	return String(number).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ",");
}

export { LEAST_NUMBER, findPersonal, formsOf, isPlainlyPersonal, personalFinding, redact };