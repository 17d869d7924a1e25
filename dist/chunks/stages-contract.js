import { inferColumn, parseContract, renderContract, updateContract } from "./core-contract.js";
import { chooseDiscretion, holdToContract } from "./stages-validation.js";

// src/stages/contract/infer-contract.ts
async function inferContract({ data, columns, name }) {
	const names = data.columns.map((column) => column.name);
	return renderContract({
		name,
		origin: `${data.files.map(({ path }) => path).join(", ")}: ${data.rowCount} rows, ${names.length} columns`,
		columns: await inferColumns(data, columns, names)
	});
}
async function inferColumns(data, configured, names) {
	const { target, id } = configured;
	const { personal } = chooseDiscretion(configured, true);
	const inferred = [];
	for (const profile of names.length === 0 ? [] : await data.profile(names)) {
		const as = profile.type === "string" || profile.type === "other" ? "text" : "number";
		const { columns } = await data.read([{
			name: profile.name,
			as
		}]);
		inferred.push(inferColumn({
			rows: data.rowCount,
			profile,
			values: columns[0],
			isTarget: profile.name === target,
			isId: profile.name === id,
			isHidden: personal.has(profile.name)
		}));
	}
	return inferred;
}

// src/stages/contract/accept-data.ts
async function acceptData(request) {
	const { data, columns, others, now } = request;
	const contract = parseContract(request.text, request.file, request.names);
	const { personal } = chooseDiscretion(columns, true);
	const breaches = await holdToContract({
		data,
		contract,
		others,
		now,
		hidden: personal,
		late: /* @__PURE__ */ new Set()
	});
	const added = await inferColumns(data, columns, unknownColumns(contract, data));
	return updateContract(contract, breaches, added);
}
function unknownColumns(contract, data) {
	const known = new Set(contract.columns.map(({ name }) => name));
	return data.columns.map(({ name }) => name).filter((name) => !known.has(name));
}

export { acceptData, inferContract };