import { inferColumn, parseContract, renderContract, updateContract } from "./core-contract.js";
import { alsoHiding, chooseDiscretion, declaredColumns, findPersonalColumns, holdToContract, lackingColumns } from "./stages-validation.js";
import { lackingColumn } from "./core-data.js";

// src/stages/contract/infer-contract.ts
async function inferContract({ data, columns, name }) {
	const names = data.columns.map((column) => column.name);
	requireDeclared(columns, names);
	return renderContract({
		name,
		origin: `${data.files.map(({ path }) => path).join(", ")}: ${data.rowCount} rows, ${names.length} columns`,
		columns: await inferColumns(data, columns, names)
	});
}
function requireDeclared(configured, names) {
	const [lacking] = lackingColumns([...declaredColumns(configured), configured.target], names);
	if (lacking === void 0) return;
	throw lackingColumn(lacking, names, "it is named by the config or an option");
}
async function inferColumns(data, configured, names) {
	const { target, id } = configured;
	const declared = chooseDiscretion(configured, true, names).personal;
	const profiles = names.length === 0 ? [] : await data.profile(names);
	const found = await findPersonalColumns(data, profiles, { leftOut: declared });
	const personal = new Map(found.map(({ name, words }) => [name, words]));
	const inferred = [];
	for (const profile of profiles) {
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
			isHidden: declared.has(profile.name) || personal.has(profile.name),
			holds: personal.get(profile.name)
		}));
	}
	return inferred;
}

// src/stages/contract/accept-data.ts
async function acceptData(request) {
	const { data, columns, others, now } = request;
	const contract = parseContract(request.text, request.file, request.names);
	const declared = chooseDiscretion(columns, true, data.columns.map(({ name }) => name));
	const profiles = await data.profile(data.columns.map(({ name }) => name));
	const found = await findPersonalColumns(data, profiles, {
		leftOut: declared.personal,
		settings: contract.checks ?? []
	});
	const hidden = alsoHiding(declared, found.map(({ name }) => name)).personal;
	const breaches = await holdToContract({
		data,
		contract,
		others,
		now,
		hidden,
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