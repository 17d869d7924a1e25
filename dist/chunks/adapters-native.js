import { InputError, OutsideError, messageOf } from "./core.js";
import { createRequire, registerHooks } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { existsSync, realpathSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { open, readFile } from "node:fs/promises";
import { createHash } from "node:crypto";

// src/adapters/native/find-installed.ts
async function findInstalledAbove(start, packages) {
	for (let directory = start;; directory = dirname(directory)) {
		if (basename(directory) !== "node_modules" && await lackingIn(directory, packages) === void 0) return directory;
		if (directory === dirname(directory)) return void 0;
	}
}
async function checkRuntimeDirectory(runtimeDirectory, packages) {
	const named = resolve(runtimeDirectory);
	const directory = basename(named) === "node_modules" ? dirname(named) : named;
	const lacking = await lackingIn(directory, packages);
	if (lacking === void 0) return directory;
	const wanted = packages.map(({ name, version }) => `${name}@${version}`).join(" ");
	throw new InputError(`runtime-directory ${runtimeDirectory} has ${lacking}: fill it with \`npm install --prefix ${runtimeDirectory} --ignore-scripts ${wanted}\`, or leave it out`);
}
async function lackingIn(directory, packages) {
	const modules = join(directory, "node_modules");
	if (!existsSync(modules)) return "no node_modules";
	for (const { name, version } of packages) {
		const found = await installedVersion(join(modules, name, "package.json"));
		if (found === void 0) return `no ${name}`;
		if (found !== version) return `${name} ${found} instead of ${version}`;
	}
}
async function installedVersion(path) {
	try {
		const content = JSON.parse(await readFile(path, "utf8"));
		if (typeof content !== "object" || content === null || !("version" in content)) return void 0;
		return typeof content.version === "string" ? content.version : void 0;
	} catch {
		return;
	}
}

// src/adapters/native/guarded-require.ts
function requireGuarded({ directory, main, files }) {
	const allowed = new Set(files.map((file) => pathToFileURL(realpathSync(file)).href));
	let planted;
	const hooks = registerHooks({ resolve(specifier, context, nextResolve) {
		const resolved = nextResolve(specifier, context);
		if (resolved.url.startsWith("node:") || allowed.has(resolved.url)) return resolved;
		planted ??= resolved.url;
		throw new Error(`${resolved.url} is not part of ${main}`);
	} });
	try {
		const loaded = createRequire(join(directory, "node_modules", "contender.cjs"))(main);
		if (planted !== void 0) throw new Error(`${planted} is not part of ${main}`);
		return loaded;
	} catch (cause) {
		if (planted !== void 0) throw new InputError(`${main} would load ${planted}, which is none of its published files: delete ${join(directory, "node_modules", main)} and install it again`, { cause });
		throw new OutsideError(`${main} cannot be loaded on this machine: ${messageOf(cause)}`, { cause });
	} finally {
		hooks.deregister();
	}
}

// src/adapters/native/manifest.ts
const NATIVE_MANIFEST = {
	platforms: [
		"linux-x64",
		"linux-arm64",
		"darwin-arm64",
		"win32-x64",
		"win32-arm64"
	],
	modules: {
		duckdb: {
			main: "@duckdb/node-api",
			packages: [
				{
					name: "@duckdb/node-api",
					version: "1.5.5-r.5",
					integrity: "sha512-ZMX+sel3DjSKbGuQ44Y5Tp5LwYjlJkhB5faKr+9sSMcxixDMSW+8vaTOD1uRDuN9o0udUoCY/XX9PI1haEZuZg==",
					tarballBytes: 108181,
					files: { every: {
						"lib/DuckDBAppender.js": "ce5df9de47aa8153b3d815b1529bf8edf68b87045ebd283757bbbec008d783d9",
						"lib/DuckDBClientContext.js": "a9ef42b19ea8c28ac95ab130c51641e30de996384672f09d6b1392d23470f5c5",
						"lib/DuckDBConnection.js": "037dc8e6ca50cddd194d32e438479967c50344d0f585f89f567014a38b4aed8b",
						"lib/DuckDBDataChunk.js": "b080df369b2afc44afeae7d00a98317532cca00e64e7e280b6c7b204c30b7a71",
						"lib/DuckDBDataChunkWriter.js": "826f749d9e230fc08d679c98bb2f5011683f1334e5c18420c2a27febc2cfca4a",
						"lib/DuckDBExtractedStatements.js": "60cfd0b9c71182be60940919877359d92468b676e9a028e59a96b6d409b6b711",
						"lib/DuckDBInstance.js": "f2704ba3e0d0fd8d2cc7e7481569cf01f006140a8d34f51d0afe13db0750cd53",
						"lib/DuckDBInstanceCache.js": "707ab835466fbc1ce096abd1691205c2ebd46f50c189a9bc8ad48e3f51181a5e",
						"lib/DuckDBLogicalType.js": "803f40044f78565f84ff8887a4f02a8c37b1e15599f678f579c395b83cf2c96e",
						"lib/DuckDBMaterializedResult.js": "9cdcbb0cfa08362d56fe5e4068d7395723ab67b036a9e8fcc390691ea1efa0cd",
						"lib/DuckDBPendingResult.js": "b221b9c7a6255059930dbe441686e3cd0b633b35809b384e1913db0f114371e7",
						"lib/DuckDBPreparedStatement.js": "f2f495ff1b0645e0566253d3ce8625ddf50ebe7591e9afecea8a9761178b032a",
						"lib/DuckDBPreparedStatementCollection.js": "d43aa81f5bc89faa359e0f97c814ba25155591ff078fbb9bfd40f8c7c9683230",
						"lib/DuckDBPreparedStatementWeakRefCollection.js": "93d6c035f44eb52a00727a7839cc4226a61aea4dbaf1c1a159186d3649c01f0c",
						"lib/DuckDBResult.js": "d79e96ef16b5c4e1517c0ad3f29b9f55e7aa58db5168cf0262c93c3264ab9c13",
						"lib/DuckDBResultReader.js": "0d238a7178dc81193740d9b72fdf7765d7327fc940e4c11b739f70f8d764064e",
						"lib/DuckDBScalarFunction.js": "34f7b100969d183a7159bb23454ae63421f947bb7d15b2276789322eb9983f2c",
						"lib/DuckDBScalarFunctionBindInfo.js": "2e8c8d0779dcd0ce94a333535538c4b4b090a1d6844d0e9ce501e32672d541e5",
						"lib/DuckDBScalarFunctionInfo.js": "6983eab37f98f9e049b8798ee69b868245877cfb554713b78a24634543a9164f",
						"lib/DuckDBScalarFunctionInitInfo.js": "0e3a5355c07b952a884fcdb790e283652e92e4ec8f95c469e9359c3e9c31388f",
						"lib/DuckDBTableFunction.js": "84e116621c29fbf1e11e6c234802d3ebd1403de2dddc298621494532b8ebf1b7",
						"lib/DuckDBTableFunctionBindInfo.js": "bd759f9dd6a851d810142f5985ed91a380812b1ae7c8b758e1c08f6bdc0fdac4",
						"lib/DuckDBTableFunctionInfo.js": "cb715101e44f5a1a27f273e4af37a284a102a5dccfff3b53605b2f968a017b48",
						"lib/DuckDBTableFunctionInitInfo.js": "f1dac6b4be3a1de8a9667283ce7e7c6ac586ff49092d43c6935f1ada48231256",
						"lib/DuckDBType.js": "284ed68478b7a0e3470c155a169626e77bcf59d82083b02894c4619722ca2b3a",
						"lib/DuckDBTypeId.js": "c1874729b6a631fa0809ac400075e28fcbed1cda353dfb54a4f79e5b6c39fdad",
						"lib/DuckDBValueConverter.js": "d43aa81f5bc89faa359e0f97c814ba25155591ff078fbb9bfd40f8c7c9683230",
						"lib/DuckDBValueConverters.js": "9224dac83540b0245b7e6799a0d12b160f5a26a1745bd98f85ee1551c5e41e7b",
						"lib/DuckDBVector.js": "3553b7e2e517962e388bfa8eb0ea4b04387d868737c524e0d3a57964e81b6e6c",
						"lib/JS.js": "d43aa81f5bc89faa359e0f97c814ba25155591ff078fbb9bfd40f8c7c9683230",
						"lib/JSDuckDBValueConverter.js": "d0e06d88a364d2e47ce4be226e5cdb544d01ecaa76fdf4889c457c21d4816f03",
						"lib/JSInputTypeForTypeId.js": "75ece3d7eb116d016058ad97ac01581cd4bf3f96f2e9375dd81b0792f95eda80",
						"lib/JSToDuckDBValueConverter.js": "7eae988d9297031ea314c8094fa8426c850ead1b2d2138cba7aba7a951ed8de8",
						"lib/JSTypeForTypeId.js": "75ece3d7eb116d016058ad97ac01581cd4bf3f96f2e9375dd81b0792f95eda80",
						"lib/Json.js": "d43aa81f5bc89faa359e0f97c814ba25155591ff078fbb9bfd40f8c7c9683230",
						"lib/JsonDuckDBValueConverter.js": "2decfdafa7989be261edada049e1acc7289358f672c94bb90dabab808639c4a5",
						"lib/JsonTypeForTypeId.js": "75ece3d7eb116d016058ad97ac01581cd4bf3f96f2e9375dd81b0792f95eda80",
						"lib/ToDuckDBValueConverter.js": "f8632a41cf0cf51d3ce5159faf5de9b4164adc880aa7da273bc50be14dfc2e48",
						"lib/ToDuckDBValueConverters.js": "bfb6bb27a245ff4512d0670913e5931483a6d8a418a84d545faed0e545510cef",
						"lib/configurationOptionDescriptions.js": "58fa960bcf68bfcdf4738322560720505c1a6ef32f15ae5075646138b66a9b4f",
						"lib/conversion/bytesFromString.js": "16b756a5eaaa0fdde63a48cc1ace7e15bef2b668da476540730772d6e94b58c9",
						"lib/conversion/dateTimeStringConversion.js": "85382bcc0ff25c51fa80cc03b2634868d614bc5d598623e1e9fb97a440a7ebcf",
						"lib/conversion/displayStringForDuckDBValue.js": "7c7720fb3c58c9ea101dc0992f41c90b9e86593102aa5aa006a91a2fd35672c8",
						"lib/conversion/stringFromBlob.js": "e8427c8f0a5362c858114c44ce27ab8ada91bac980aca178caa80a3bf9d3d3be",
						"lib/conversion/stringFromDecimal.js": "e1476d79f98b8ab3fb3f4ac74c93f97eaec5455fbb83edffe84c8e7a36fc316e",
						"lib/conversion/varintDecode.js": "a1db4619901ffff6c5402a0edf3d89ad178b44f056e3380d6f51fff37058b240",
						"lib/convertColumnsFromChunks.js": "87776abbf2b114234e49e07da537616e0ddd24a1520471b6e4d95454de750733",
						"lib/convertColumnsObjectFromChunks.js": "c0ca50d13f4e7337a0594b3d11b1fea12227d3b45ada9107e04d4749b54cfa2d",
						"lib/convertRowObjectsFromChunks.js": "38ee7910ad1c2be26d5a16a1ff7b14705f74aea41430f73d8cda6c6baa12fdfa",
						"lib/convertRowsFromChunks.js": "f791a43b2ea6b362aeab9f616afb8b9c2c6802d36d2fc96ac48eb9481bff77b6",
						"lib/createConfig.js": "dba2310fb49c3583a58c520b0d2b5157f1a83106c90926c278ca691cc2416b33",
						"lib/createDuckDBValueConverter.js": "f3f80df0bf1e3a829e7b4a68914df948237908ee136d036760e2b2f9c14f0cf8",
						"lib/createResult.js": "9f7bae2657ed795d14c5077b75f9f892e574f7c8070aeba8b9926267b1315c9c",
						"lib/createValue.js": "9a10f5878faa94adcaa08d9a59945a2994136243d1d86a0cdce4cf0030107369",
						"lib/duckdb.js": "90d13b045cf1bed6656dc09180e67fb527b1ed3907ce3bf34a0ecbc398a5b96f",
						"lib/enums.js": "aad1185ac501beb73b7850763bc6af5257737d9fe4e9f955d9f306cc8e738094",
						"lib/getColumnsFromChunks.js": "c06e1d51f856cfc066d19df7312b38129081f469696199ac3cf733d94633cfc3",
						"lib/getColumnsObjectFromChunks.js": "2088a0986e3aa1cb9b386ad90ed3f924842937e3cbd5fd82cdf95c7d1f90bbe6",
						"lib/getRowObjectsFromChunks.js": "d78348df1b4659b67e606d4eb00ec507cc1f806388e120be08a36cef927a2a41",
						"lib/getRowsFromChunks.js": "1e3745fa722e153f971744faf16863ea2cf51c76952aacd30b50f1345d4ac22d",
						"lib/index.js": "9d78710fc48494f42133452f3e76ad62634fe9ad50dc7d7bcc55e3bcffff95e3",
						"lib/readValue.js": "8a5a75886cf036e9846a78376b7df73b48deb81fe09f1d41252bcb88531e4c78",
						"lib/sleep.js": "cea426a53a37a1f238d180a0cdfe3800b38970fa54b54a7705da50869fafe70b",
						"lib/sql.js": "53c883c27ea8f214279b3e86735c6917b0016adcbfc0d2d2b820e0c7dc797533",
						"lib/typeForValue.js": "edd38ec80e29c2f2921a513d7eb0c9ffc4627b7ef885eff16136c8f840d1365c",
						"lib/types/BaseDuckDBType.js": "ae2d822ccbf55d214753730be7188d9f5c01a9407f62a0f90e9a44a180666ad8",
						"lib/types/DuckDBAnyType.js": "97f5f2530ebe0215a6d66c0c5cc4fcdfbc87c6d43a32ca55767d1bcc59a5468d",
						"lib/types/DuckDBArrayType.js": "aad827009ba9f53e444993dd963a0906a034ac485a95769e8955b1091e5034ee",
						"lib/types/DuckDBBigIntType.js": "030cce4e640246b403ffa520c4279ff40bdd7accc7d191434276adc69396e06d",
						"lib/types/DuckDBBigNumType.js": "05ba529c106f202f76e5b4776a51827d4f778d8cb8f69aeae85c5073da081701",
						"lib/types/DuckDBBitType.js": "2d5d529567e7711a8d49ab7f806c5f0dffb929c1ff379d83f4fa855ced98d305",
						"lib/types/DuckDBBlobType.js": "33d056d208770276f3eabb1b91b5d336f55aa7f85d89f6b817dcb2dd0681d587",
						"lib/types/DuckDBBooleanType.js": "231699ee9ad22f79651cc441118b815a69888f9ee7e52586c2272ef9ca2a1fea",
						"lib/types/DuckDBDateType.js": "408fba7cca40c8a17dda2f69a61a18b9482d65834fe5fe8e782bff911fa1f94f",
						"lib/types/DuckDBDecimalType.js": "ddb69733e660aca0e8a75c430243689f323a91a46160d2b8be189e29e6bd081a",
						"lib/types/DuckDBDoubleType.js": "93cdb9def48d7ab421cd8226e24c48ae0e14b322a9673d45854410259fb67d41",
						"lib/types/DuckDBEnumType.js": "7d1ce86024d470cbc83e81fa616e14e14b64b0b05aa455bd3379132f946f8cfa",
						"lib/types/DuckDBFloatType.js": "7710fb6bdb75dc60f5deda828b4a5cc521a2792bc58af2ca14b72c1997a807eb",
						"lib/types/DuckDBGeometryType.js": "15d37c5e7b0740be546d60f49eb8a76b29d8dbc2c340c554d3f695564d0e017a",
						"lib/types/DuckDBHugeIntType.js": "13fee3db746f3ba34682dee0a2ebf23c8fa72e0f2724a0ebef1c96d6e2e611f5",
						"lib/types/DuckDBIntegerLiteralType.js": "836d3bc5401ba103b3b76267a2cb3f761a384728760888ed34d561c12c10f428",
						"lib/types/DuckDBIntegerType.js": "8bee0ac4d59da1c28698f4bda907e0e8c840f5518926a47e1e0cf8292f42113c",
						"lib/types/DuckDBIntervalType.js": "75fc46d419ee44f971b15fdd7bee09c0292811feffdde38392627189ef5c9a60",
						"lib/types/DuckDBListType.js": "6d629c947595337613d8c38509f95ee512d9f692585c6f37b9b84c41db28bc34",
						"lib/types/DuckDBMapType.js": "2e24dc3fc85764d9b3c16da84371ec6e008c22d1e9be5dc028ddb2942efe3567",
						"lib/types/DuckDBSQLNullType.js": "0d633636b6c5284ba69e177564d268f9f40e25d5ebc304bc5082b51539f03deb",
						"lib/types/DuckDBSmallIntType.js": "0bbe79a3a8e95c65c0ddee2de9bd25d68842f6fc0de14e118fd2f25e46300593",
						"lib/types/DuckDBStringLiteralType.js": "39ccdb2b3b95408ee346d36303b00efdea6d6dc6a818c421b707e2b771e98778",
						"lib/types/DuckDBStructType.js": "373fdb162d25f76e3b78e6c51979d068ae3786eee5fa8b9bbf6903dd331b2c65",
						"lib/types/DuckDBTimeNSType.js": "49b9d6555e5b8528613cfb8f2f4c2fb45b1eedbc1e048abd6040b8f20f165f12",
						"lib/types/DuckDBTimeTZType.js": "beb83f75dba08addc36154264f49dd4b51290cea2aba2c8c2ede741741d6c166",
						"lib/types/DuckDBTimeType.js": "e1ce4a5023ca5f00465d495acd75829daaf88232b88e7dab78a6f4b9ae2a01d6",
						"lib/types/DuckDBTimestampMillisecondsType.js": "f23efd751f4cd3a450712828a49cee7ed006250b19e23ab11e38aea7ad089e9d",
						"lib/types/DuckDBTimestampNanosecondsType.js": "669d84b0578bdb3caa4fadc432b5ff703049c1689c9d164100d3f76ced07dfab",
						"lib/types/DuckDBTimestampSecondsType.js": "4c50e04882bf71be76065563eb89d490377d723d5a7bab840fbc9a9467145754",
						"lib/types/DuckDBTimestampTZType.js": "d8d6e042549cfec9e71cbf675dbef9b9a02e76db21a528b747fda390d8f3079a",
						"lib/types/DuckDBTimestampType.js": "cc94de08fc45311a2d598fee34e7307176830a1a0b352f626cf2a9169142d50c",
						"lib/types/DuckDBTinyIntType.js": "0961be4db6b99e390fefd9aaab7ff3fda51b3ac4cd86533b42a49348f7dc6d67",
						"lib/types/DuckDBType.js": "d43aa81f5bc89faa359e0f97c814ba25155591ff078fbb9bfd40f8c7c9683230",
						"lib/types/DuckDBUBigIntType.js": "2079a9e59ba4951969f68ff0130128d3ad53530423c3dbb06edfd621cf441f2d",
						"lib/types/DuckDBUHugeIntType.js": "3caf8fcfd6b6be1646117c88b763050942740f1dacef2ded872c76793a016be7",
						"lib/types/DuckDBUIntegerType.js": "8d464e1fe28a552057837ffd0bf64ee9d82f705e01b3b89b14ade81686a3726c",
						"lib/types/DuckDBUSmallIntType.js": "c2121dee72adbf5ed797d03dcef2393b65d58d531cf2c4de29f63843a8baa098",
						"lib/types/DuckDBUTinyIntType.js": "e54487d4bd1f05ef43b87a8f7b948d57bc8b878dbd1fcfd68d661aaab837c1a3",
						"lib/types/DuckDBUUIDType.js": "c86957d56fae0b21c8b4d4ba55eaa255a578ba34e60035e62368b0d0b6dbd8c5",
						"lib/types/DuckDBUnionType.js": "d9dca45996736ada41a367ba096d2ed5457952079ef65cd3f397a1a85df7fc9f",
						"lib/types/DuckDBVarCharType.js": "42bd0db9178bf7f169b5bbb7edc515ebee9bcecc116ea65beefa784468ecd341",
						"lib/types/DuckDBVariantType.js": "4669d2b508b2d8f02882810ba7711377fd5d70f0996a3c9ff8104b9f7b36581a",
						"lib/types/index.js": "5e63ab04b6dc2265ecaac5050f4ad7f4b330bbb1253be8447dd378298efa8a97",
						"lib/values/DuckDBArrayValue.js": "1a5994d6056c668bbf358545b6b32142cd202dca1e60324dc90fa6038c343d95",
						"lib/values/DuckDBBitValue.js": "3ed35d3fa433bdaa9e7f3d7a3cd8a14f5efe9c5e6bdbc5eb1b9c7de8606ad25e",
						"lib/values/DuckDBBlobValue.js": "7d80620fa5f899756a4f3d806248cbdccc3fa343ab63e38ee4752ccb48ff2600",
						"lib/values/DuckDBDateValue.js": "8d3cd233c7cc088ffc890efe9e8ac4fec92374cb6b751231a2613e8f83ce10ef",
						"lib/values/DuckDBDecimalValue.js": "5fdb46018962a0a2cf47ba56c72ce27d88dcd0c3e490caa5bc393f6b33cb792c",
						"lib/values/DuckDBGeometryValue.js": "9b6714fa24d21745da9088388a09685eaca3a486c0d5a1f1bac75cce79f80683",
						"lib/values/DuckDBIntervalValue.js": "aad9b06eb58ce3294c4574e8b6fddd0712b5123bb1c1a78c5a0907d828f29d84",
						"lib/values/DuckDBListValue.js": "6fec431179d89e9dc6504fa2991ddb95cea2202193397528340b512d7ea621b0",
						"lib/values/DuckDBMapValue.js": "eba5414c74ad2fb8cfdb079170491f79f10145f21196afdbcb85cc6bd592fc62",
						"lib/values/DuckDBStructValue.js": "dedbf5df2cadafefa5f539f0e3d5ccf6810a39dfbb2e048b864a6940841d4039",
						"lib/values/DuckDBTimeNSValue.js": "70dc845736064d7717135fb15e7ed699366421832a1c32db3d3cac1ffe82ea0a",
						"lib/values/DuckDBTimeTZValue.js": "d503bd7a074f09a8dc638be9fe1478b240b087df40e87c2459b95f2a0826b3f5",
						"lib/values/DuckDBTimeValue.js": "8dd0911b20d6deb2a2ed8ed2974fe14ceb891055a1e14f69ff17d585184a94ec",
						"lib/values/DuckDBTimestampMillisecondsValue.js": "7fdf0b72af55e597498a832e3d2c390a2b8e692b51365b29eb9844687c4ed69f",
						"lib/values/DuckDBTimestampNanosecondsValue.js": "31b6adca733d70180b7b82aecf2a62c31262d39a10a7dd63eed2b6a7058c1d94",
						"lib/values/DuckDBTimestampSecondsValue.js": "04e29d4feab88ebf75ab85eab78805f15cc61c56a324d34828e94670d6ce516a",
						"lib/values/DuckDBTimestampTZValue.js": "7588a75533812ef1e0bcdf40113c2f2412e24ae938a588000e53b77121c50efc",
						"lib/values/DuckDBTimestampValue.js": "0214c81dfe27c2161597ea26b7846818c4f5cbe774c3deab559199b64b3aeb4f",
						"lib/values/DuckDBUUIDValue.js": "defa7248d6ef5b14d40e590b1e7d6f75be552131f2b0f57412a72de4984c768c",
						"lib/values/DuckDBUnionValue.js": "7990ab00df26ab56b3199b9185943e135378d55ec352dbdfaef8ef409ce160c0",
						"lib/values/DuckDBValue.js": "d43aa81f5bc89faa359e0f97c814ba25155591ff078fbb9bfd40f8c7c9683230",
						"lib/values/DuckDBVariantValue.js": "b51ff59998430283f86893f2adb250bb80f2908006072f364835410e3ad8215b",
						"lib/values/index.js": "af5ebc425d971ba565df9b1c7ff27b6a2aceed05a97afa9692ed19a4716d2d6a",
						"lib/vectors/DuckDBArrayVector.js": "8a88178ec1af1dab79978afbafd6de6cc6ee83776c98f7269a908e57959bf238",
						"lib/vectors/DuckDBBigIntVector.js": "a9b5c358ca64276e33481dfa7a74bbd971d7e1f9127b145e2a2daa2e3f316324",
						"lib/vectors/DuckDBBigNumVector.js": "bacb0fad2f0524063e582b942de68e6162a7c9f45d14d63dc615cb4bf95c5272",
						"lib/vectors/DuckDBBitVector.js": "bab555133901c6c804a54c7a0fed1e31c761aff75868267b08662633843cf143",
						"lib/vectors/DuckDBBlobVector.js": "1e35361d8d2f0ac7e11794935d461c04941e911d6233c59273681176a2f95d35",
						"lib/vectors/DuckDBBooleanVector.js": "6e3c4899e0bcecbce43c47f433be205ae17dcd98082f98d61cc855937ea47a74",
						"lib/vectors/DuckDBDateVector.js": "36ab89b90b44fc0e4ac3cf31e8ef5381efe0bc7d522b5c57e48b49bf7cb58c3d",
						"lib/vectors/DuckDBDecimal128Vector.js": "a17e15fc37bb1ccf924229a37ac844a1f3d429ac90d264b0a007a97a9a61a8db",
						"lib/vectors/DuckDBDecimal16Vector.js": "bdf7e76b26de79a2c35ffd0fa66499213d34020bbe8dbd292f5c43a1dd318f81",
						"lib/vectors/DuckDBDecimal32Vector.js": "9d2cde4fb1bf408618a47d243df5c3bff2f9ae8babf636e7e1ea8420b01ef9e1",
						"lib/vectors/DuckDBDecimal64Vector.js": "5344e9dc507b7cf058d28c09d9df94c6af9aadbf5b8d7ef9a53da8b1e343625b",
						"lib/vectors/DuckDBDoubleVector.js": "5008ccda7c79b61875fd996ee1ae045accb37f015adf902ca8c63325956c8888",
						"lib/vectors/DuckDBEnum16Vector.js": "6aa6c1438eaaf6da90f1fd9f7b45228a42ff9152e6149a1a5318fa68ec83c950",
						"lib/vectors/DuckDBEnum32Vector.js": "0fff89cce1f48ddc79cbf472afad6f0352db86a6864659f96dca61b8a74aae31",
						"lib/vectors/DuckDBEnum8Vector.js": "493011da49af7adc857c4c5e6a9909786567aca8e0623c513559180b691f5063",
						"lib/vectors/DuckDBFloatVector.js": "c978b5ec7023ff124aaee86870549b0b153aa37af8b9543f3b5ddbc20553eb96",
						"lib/vectors/DuckDBGeometryVector.js": "0bb6c919865021a0f4c4194d22dd982731e0ef5dfdde71a7d20cb4cf7d47b4b6",
						"lib/vectors/DuckDBHugeIntVector.js": "aa35340429f27e8e8b63822d8999143e343e3ea0e5f23116c7696bc34906c53c",
						"lib/vectors/DuckDBIntegerVector.js": "16acf3d9fb1deb69a8c84dcc61b551b1e6f404b804e5da1b7d4e36d4e85bf30e",
						"lib/vectors/DuckDBIntervalVector.js": "b2ebf7f9ce611e0c9457f18c6004ac2d244cb51cd0cabc3dd278007f8385ee50",
						"lib/vectors/DuckDBListVector.js": "4307e1514755e788546888a0b203c3a60269665601c6421279231b10b51c0d0f",
						"lib/vectors/DuckDBMapVector.js": "b3c59dda16f0beff2f3c0ddef50c79ba535aaa6131d88fd003dfb6fd8fc0d835",
						"lib/vectors/DuckDBSmallIntVector.js": "9e1b0b9a5c346cb6c38aeeb3fd41993228b30e284ea2d934074c6835a12d8ed0",
						"lib/vectors/DuckDBStructVector.js": "27cc5357f32ac304d1d30cc9621dc928b5fd2358fea1cd9f7b1c300417055b8e",
						"lib/vectors/DuckDBTimeNSVector.js": "7e473b0558867c17e6e7400712ed2748e1cc6e58378e2e50fdb60d6a8d28915d",
						"lib/vectors/DuckDBTimeTZVector.js": "cb72c6e3e37e9564c593274b035cab9715fc2d182b62dc9c19cce2ed53b84d45",
						"lib/vectors/DuckDBTimeVector.js": "86b12598dc7149d1b809a6c40f03131d169a56019ab85f6c42226349beb3d10b",
						"lib/vectors/DuckDBTimestampMillisecondsVector.js": "bd8ed395adcf78f1518740fce502625d5dfde7f0d86a5736aa9708ea4d040124",
						"lib/vectors/DuckDBTimestampNanosecondsVector.js": "bc87df7c51928e7fe5d4787502a5bbd0a1c4b2a11cf024930533ebe71fa166f3",
						"lib/vectors/DuckDBTimestampSecondsVector.js": "eee547bf03b3ee47d5b06243f9b0bde258afc7b02bc09da0ce8eccf1196b25e5",
						"lib/vectors/DuckDBTimestampTZVector.js": "846062c2c7708ecf9f89bcc4b6370c702ddfe878c234760bf962625f135bfdb7",
						"lib/vectors/DuckDBTimestampVector.js": "0e3386d5c4c0eaf2cd1e99ddfbd9c983a116e8e66e751e935836c03669e1304c",
						"lib/vectors/DuckDBTinyIntVector.js": "0e1040f1ffb83e1dcc6c66489a10c83cdd99ad264f6194257caffc68b591fda2",
						"lib/vectors/DuckDBUBigIntVector.js": "da92f670022913a08e5efbf31874b21ed6e00b8585594c352dfc9e7aa85e1b61",
						"lib/vectors/DuckDBUHugeIntVector.js": "ddabda7e94290b85a9fd9c14f891922e65402d555cdbbd3569e04ab9450d4189",
						"lib/vectors/DuckDBUIntegerVector.js": "67b6e8d73b0b9728fadc77dfd0d961f9811800c66b089c5e868fbd4c58f20d8a",
						"lib/vectors/DuckDBUSmallIntVector.js": "9d01833b5aadabc25b56247cbb936b05a492ccc9b6b26f2721dfccf815c8352c",
						"lib/vectors/DuckDBUTinyIntVector.js": "e58dd4faa6fe7da4380d47b06d177ca6c5bd77a0210ab69ac1fefac64bea387c",
						"lib/vectors/DuckDBUUIDVector.js": "4146008b849773916cc8df86562aef662ecec802a962d4bc19b325ecc5064512",
						"lib/vectors/DuckDBUnionVector.js": "5764b67e81cdb03b3f59197636b565f3d8e1d93a3f07d79272f16f5191c71faf",
						"lib/vectors/DuckDBValidity.js": "9f70499344881c32397963772eabff457cb9daaf5e1109cfd777bc820c99f2f5",
						"lib/vectors/DuckDBVarCharVector.js": "20f77f4ada5481bc1fb75aea95c8d0bc23d967ae22732305b85382927e6d2c71",
						"lib/vectors/DuckDBVariantVector.js": "7532d735c2f4949e7e0b1b52a9be45f6040bb67189200f8adc59dbb9d4988c2e",
						"lib/vectors/DuckDBVector.js": "72cfeda244d4c5507b14915d8959b5de732e70a0f759ad954556184a7da565c2",
						"lib/vectors/createVector.js": "be1f028a579868dda260f7568aa0ca38d158e5bfce2a31429fa673dc7067a3c9",
						"lib/vectors/dataAccessors.js": "60570df29f03ca9bf4641a62e4a1de80d16e7251e253d37940b8f7d996540697",
						"lib/vectors/index.js": "3eee4b6863c716cd2da9fe0f8bed88f038daf1fa61f2d255b975950ac28d0560",
						"lib/vectors/vectorRegistry.js": "7c4cc6668e66f12487280681e5ae4f3d9d9fc268983e0251f4a17cd27f4e53b7",
						"lib/version.js": "6877a1da7cc1c857b0338f765af0a1c3a00a0e7e858d63ba54e329894be0a9c5",
						"package.json": "d74753bf4dd4b044b81b402acf3863f6b4f0f91bf4236aeda1d70629d69ab623"
					} }
				},
				{
					name: "@duckdb/node-bindings",
					version: "1.5.5-r.5",
					integrity: "sha512-sR7x91TfBunLqLbdvrcdiPCU+VGEQFPicxh1STZM402fuHW2ituPTAo2bY3IlntsvJShltrKF4R6B+JYPlAPZg==",
					tarballBytes: 13842,
					files: { every: {
						"duckdb.js": "19451f98da76e7db519b909d98a4401c92ffb14df5bc1c48ad7ce5b7b67113ce",
						"package.json": "4af5d82267248056caa150c8d13f3038439d734d449b050782bd10cc96f98389"
					} }
				},
				{
					name: "detect-libc",
					version: "2.1.2",
					integrity: "sha512-Btj2BOOO83o3WyH59e8MgXsxEQVcarkUOpEYrubB0urwnN10yQ364rsiByU11nZlqWYZm05i/of7io4mzihBtQ==",
					tarballBytes: 7776,
					files: { every: {
						"lib/detect-libc.js": "5de6a1c1abec8bba5ea1261cf819d83a73c92ebe72b879ae48c59ca12320a462",
						"lib/elf.js": "0e8820f00ee11d179d94894d4f97a6e87c34ab59e5dd4d3a571dfabcecf043af",
						"lib/filesystem.js": "5c98fb66b559d0b4fa82c7a3e39d9ab6840f022c4c73e6b1a73ac6d16ec13fd7",
						"lib/process.js": "f37dd0ead9f70b50c6f5529c600e1cdf076e3c3bc8e6b4a0a9820a8d65244628",
						"package.json": "ee88e5b954fdf3a8480b1d01ef767d68d8ca2c6da269f58c5cf1c5550e9aa2a7"
					} }
				},
				{
					name: "@duckdb/node-bindings-linux-x64",
					version: "1.5.5-r.5",
					integrity: "sha512-kCyq6BXhn6QXfwF8yVdVKriSSHP+rfVWcJ56cG8qZzlOZpxyvT5WGm6jMshxg4ditLlOsHsIN/D47RYrcjXuHQ==",
					tarballBytes: 23881820,
					files: { "linux-x64": {
						"duckdb.node": "778d45b3d918a8d3b6dfeb819472472d3ff85d427110973fc9c1b0d462514c15",
						"libduckdb.so": "fc23f12e376c47be520f75221288281906e7942e8fd6f6ce4849198ba60d0405",
						"package.json": "da65345622a954085211c5cbe40a63e13910aa322c8981ef3873c597164042c8"
					} }
				},
				{
					name: "@duckdb/node-bindings-linux-arm64",
					version: "1.5.5-r.5",
					integrity: "sha512-CafH2AIvXtpwDynG3KB/4uEOHRGlFoB7auCRMIwH3BKNIobsANV5LSpDJ3tfyRCFIsK6e8AT1eseWVnu2Dv3cw==",
					tarballBytes: 21632048,
					files: { "linux-arm64": {
						"duckdb.node": "51b959ad6a5b57cfa3e9a5d20bffebe0e58974222efcddcd97c85e12700dbbb1",
						"libduckdb.so": "d00d007f3f7ca1f2896a5e4b89c2ce141bf0508506a9d6d56f9598b8e59d074e",
						"package.json": "8ae077ac159b1b2dec21b56537d55abe70cb3b6aeefb73f9456d5a28ca97f091"
					} }
				},
				{
					name: "@duckdb/node-bindings-darwin-arm64",
					version: "1.5.5-r.5",
					integrity: "sha512-WJdeLTFy4pRg60rkbp9smtlP1iIQ8ErtIJkxS+2LQtM1ZZMSByyW+3WPpNoKe7IwPtVl2fLlPw7tDmQW4Z974g==",
					tarballBytes: 36788031,
					files: { "darwin-arm64": {
						"duckdb.node": "ba396b8fc069b1c34d1b5d3bdb7f54b1ddef160b6f440b2539fcef89720e9947",
						"libduckdb.dylib": "b9027d18ef3e8d960568f77e946a83ca68009cb22d71cf7f94de842afdd094d8",
						"package.json": "5582b954f8cb27c9c8bd26d8e24d51dd042bb55baf4ac458832e49bba89e332e"
					} }
				},
				{
					name: "@duckdb/node-bindings-win32-x64",
					version: "1.5.5-r.5",
					integrity: "sha512-mBGFn8netT/AAhK4TOG6Fw47+Db68CxCVtQ9qfxZc1kZAjds+aYrh17Fd/u5CbTDdxILsrcyuF8q9cUcm54kQA==",
					tarballBytes: 13549050,
					files: { "win32-x64": {
						"duckdb.dll": "2b7468a4ad844429e6af2fde0b5f91893e8130a5686a88f11442ab547c7ede46",
						"duckdb.node": "a587a097a6ce7f370e12cf6530a187813cabd03aba36a6caeaba6912e01a3d63",
						"package.json": "e04faf0dfff06cafba37cf38280012c836b73287c071412e26f420b910d3ab7e"
					} }
				},
				{
					name: "@duckdb/node-bindings-win32-arm64",
					version: "1.5.5-r.5",
					integrity: "sha512-L3Mroc23xhqOowWVElni8LgEmsm5e9DdG1y2pLka/1ug3Pl2vpQMl1Phxwz4UEMF8DOBbMgN5BBNrYwG2BFo+g==",
					tarballBytes: 14459553,
					files: { "win32-arm64": {
						"duckdb.dll": "ca938da6e124d6c91fcbff5983860ebc3753576e5b04c11ad8bc9135853aa752",
						"duckdb.node": "e4e6d94b1c8d30497222356ce7761fd3a50c8a121cf484d7eae54fef818ea9c1",
						"package.json": "626e0244371f6900789a2eec6061c9faae8eacde80bff564618c75487a826aef"
					} }
				}
			]
		},
		onnxruntime: {
			main: "onnxruntime-node",
			packages: [{
				name: "onnxruntime-node",
				version: "1.30.0",
				integrity: "sha512-twhs1C2C/BFkz1yc5OY0KIU2GUq6DURO7hD4bx5Q2Qy3nAMJwRXW8xU3NVczE29VA9lolLOYepoD8fjTGOfIqw==",
				tarballBytes: 113507888,
				files: {
					"darwin-arm64": {
						"bin/napi-v6/darwin/arm64/libonnxruntime.1.dylib": "685d2be5dba1309c89d3a5324b7fd06a5c42f1a61bfea32d14c4cc28d072121d",
						"bin/napi-v6/darwin/arm64/onnxruntime_binding.node": "a3f993357759b06ae2411f70af60f5e041d04521ea7f0d12cb7546e411a527dd"
					},
					"linux-arm64": {
						"bin/napi-v6/linux/arm64/libonnxruntime.so.1": "1f549d46250b005580b597f4164984aaf75b3bcb9f3aeb07c7f8a8fe60b23c76",
						"bin/napi-v6/linux/arm64/onnxruntime_binding.node": "afec78dc11d38dc81605b068cefe1fc73ffe77ca240c15468aa40786150beac8"
					},
					"linux-x64": {
						"bin/napi-v6/linux/x64/libonnxruntime.so.1": "ffb75a925ba05e47b235bb66e3e3911714a80b328a9c9425539feb204aa32a23",
						"bin/napi-v6/linux/x64/onnxruntime_binding.node": "ccdc60b981d93a490cf9513d3f583547252b6e285b72988a96a494f2f006c7b8"
					},
					"win32-arm64": {
						"bin/napi-v6/win32/arm64/DirectML.dll": "aaf72a9d55aa123e0708d957d30dd4fbeb7a2e335ec6257ed5ff4261a402b9ee",
						"bin/napi-v6/win32/arm64/dxcompiler.dll": "442a995492579e1048cf1f05a86ab00f476c46b7f9d0996e588884040a543bbe",
						"bin/napi-v6/win32/arm64/dxil.dll": "859b6d638c5ca3df39e9cab2a602cb0f63d0e63d750f84bb2a9ec9031319b73e",
						"bin/napi-v6/win32/arm64/onnxruntime.dll": "6c3a2abf5c6aca11c48a0d338a91af309f2266f25ce2e4084e6a87bbcb0fbfd0",
						"bin/napi-v6/win32/arm64/onnxruntime_binding.node": "d8179924f15c2d3c1c8a75c50adf1671ec28c7f1cb0da9fc28b17daa02c5ecf5"
					},
					"win32-x64": {
						"bin/napi-v6/win32/x64/DirectML.dll": "234e8898778cdec88d3cb0539508273494082812c968699f3de665a018971625",
						"bin/napi-v6/win32/x64/dxcompiler.dll": "593d42df78c7f9cbd97c1374af107cfe20985759f98b77afc1448fe41ee3cc76",
						"bin/napi-v6/win32/x64/dxil.dll": "cf9a3981263f8ec30c9905d136eeaf4b4573209c602198671b958ec86905dea8",
						"bin/napi-v6/win32/x64/onnxruntime.dll": "508c362f5673483dd3a086379c392795b2e42d10d5e6f3f90ebd7ac21c97af67",
						"bin/napi-v6/win32/x64/onnxruntime_binding.node": "ddd428464069b84414d34ec1796c7c2a69c33a976e4b0390692629e394f92fa1"
					},
					every: {
						"dist/backend.js": "a79e8019e7276a282987023f9d38d41063a99e563e5e1a6f38a73a7d39ea83ab",
						"dist/binding.js": "2a85ac5de943c7222aae5ca2897f52d73891f528d4295b701fab077470c668c0",
						"dist/index.js": "019eb02133b94b1f7fdf2d89eb93b590ce1288d271f7b280647fb3978e6391fa",
						"dist/version.js": "0a1a7f532f4455ead0678966815c3114730150aa4368ebb5ebd9727425e9003b",
						"package.json": "0871cd56ac2b9c9dfc834c7eabba819e5d4f966f005388515abb3402b14e0874"
					}
				}
			}, {
				name: "onnxruntime-common",
				version: "1.30.0",
				integrity: "sha512-7fdVWjAID1dVhH/G8qK3APARunV4VkBFoCQAP7qp4Wkab0mrorvmc+sqiT+mKXOzDqdjN5j+/Z9nb4gzNPWcyA==",
				tarballBytes: 66795,
				files: { every: {
					"dist/cjs/backend-impl.js": "3d25321895995f7e9480570b9a88f121049adf152e1829d0ecb11218da02d487",
					"dist/cjs/backend.js": "325aaee7a2649ea27629666f3ca01c0d80b9751e704ce502e43a8352390749b4",
					"dist/cjs/env-impl.js": "35cd8cac33973538eab471b68622c86c35a6896f4307d1a74c9ca0eda7abbac6",
					"dist/cjs/env.js": "22c7647f8ca1c1b83b437a92b95fee1457fcb72866fa029616b8f146dc609be8",
					"dist/cjs/index.js": "d7dd6cc9790e87299099fcd1b0ccb4969c01591d7eec0383a1c64dbea133dd1a",
					"dist/cjs/inference-session-impl.js": "88d90723a169297855ad3b564b134c6b685b2661316c81f71fc80da1e203bae0",
					"dist/cjs/inference-session.js": "458be26f316c5068d32a56ddbc30ca0aa687c636e079b3d161a69f0f14a683f1",
					"dist/cjs/onnx-model.js": "667f5fdac4b6df25e17f8a864d4dc619507f541f9fa0aafb6d3572fcca1e25e5",
					"dist/cjs/onnx-value.js": "8446854766f4955ce438a7338216f49223767ecc508bb502b73a3dc1a1f1998e",
					"dist/cjs/package.json": "091a04fa67c7907b98e106fcff8b964e13129754fce72d24f3025b97c4887fa3",
					"dist/cjs/tensor-conversion-impl.js": "9815e72c0bb91896035de93b3113a2256a1a998bc53c7b5e6bf5fb4e93714766",
					"dist/cjs/tensor-conversion.js": "28cc462d4a9ea556ecc86c0e6d16a51d61b58d5bc5b4b7b48976b14bc8035bdc",
					"dist/cjs/tensor-factory-impl.js": "a3204838a2c14416e4e61c968dc17c663ab3c9b8b2c4a8b7f2a1c5b06e3e5173",
					"dist/cjs/tensor-factory.js": "13b8d735350b828a49bda8aeec50b1dac888cf42268006efc4312f50a88b6906",
					"dist/cjs/tensor-impl-type-mapping.js": "333110edbbffdb7575ea340cb341bcaf691862d6594a649db28097f7d8cb19b7",
					"dist/cjs/tensor-impl.js": "11645352ba5d08971344717d3339f86aac560f84f29229b2ebe07f1ec8aa8905",
					"dist/cjs/tensor-utils-impl.js": "e7b1db989d33d54bdd1807b080a0989ff0b10d5f7dd8c93b92bbf293103aa4d5",
					"dist/cjs/tensor-utils.js": "d3f577e90dc2257c72ac728e5e6355c34af0342d971158d9f22b69d22aa97b8d",
					"dist/cjs/tensor.js": "9097114de356750f36f28776fa6ccd08d13694f0f9aac9e7669c30b6c43153f7",
					"dist/cjs/trace.js": "faecd0df94998d786e2085d56aa6003449f1ac3b35c350e0d2762498604e5d72",
					"dist/cjs/type-helper.js": "7f786da8d2a611ad751c70a74edf4d9acfccd26be8e5c6b1cb730f982892bf32",
					"dist/cjs/version.js": "0a1a7f532f4455ead0678966815c3114730150aa4368ebb5ebd9727425e9003b",
					"package.json": "4266741a80346e25820ccc494fbffb95e2f652b6dfb5585025be44df3b0d6722"
				} }
			}]
		}
	}
};

// src/adapters/native/packages.ts
function packagesFor(module, platform) {
	return module.packages.flatMap(({ files, ...rest }) => {
		const wanted = {
			...files.every,
			...files[platform]
		};
		return Object.keys(wanted).length === 0 ? [] : [{
			...rest,
			files: wanted
		}];
	});
}
function mainPackage(module) {
	const found = module.packages.find(({ name }) => name === module.main);
	if (found === void 0) throw new Error(`${module.main} is not in its own manifest`);
	return found;
}

// src/adapters/native/platform.ts
function currentPlatform() {
	const { platform: system, arch: architecture } = process;
	return {
		system,
		architecture,
		library: system === "linux" ? linuxLibrary() : "none"
	};
}
function supportedPlatform(platform, supported) {
	const key = supported.find((candidate) => candidate === `${platform.system}-${platform.architecture}`);
	if (key === void 0 || platform.system === "linux" && platform.library !== "glibc") throw new InputError(`${describePlatform(platform)} is not supported, because DuckDB or ONNX Runtime has no binaries for it: use ${listOf(supported.map(describeKey))}`);
	return key;
}
const SYSTEM_NAMES = {
	linux: "Linux",
	darwin: "macOS",
	win32: "Windows"
};
function describePlatform({ system, architecture, library }) {
	const name = `${SYSTEM_NAMES[system] ?? system} ${architectureName(system, architecture)}`;
	return library === "musl" ? `${name} with musl libc (such as Alpine)` : name;
}
function describeKey(key) {
	const [system = "", architecture = ""] = key.split("-");
	const name = `${SYSTEM_NAMES[system] ?? system} ${architectureName(system, architecture)}`;
	return system === "linux" ? `${name} with glibc` : name;
}
function architectureName(system, architecture) {
	if (system !== "darwin") return architecture;
	return {
		x64: "on Intel",
		arm64: "on Apple silicon"
	}[architecture] ?? architecture;
}
function listOf(names) {
	return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
function linuxLibrary() {
	const report = process.report;
	const before = report.excludeNetwork;
	report.excludeNetwork = true;
	try {
		const { header } = report.getReport();
		return header?.glibcVersionRuntime === void 0 ? "musl" : "glibc";
	} finally {
		report.excludeNetwork = before;
	}
}

// src/adapters/native/verify-files.ts
const READ_BYTES = 4194304;
const PARALLEL_FILES = 4;
async function verifyFiles({ directory, packages }) {
	const files = packages.flatMap(({ name, version, files: hashes }) => Object.entries(hashes).map(([path, hash]) => ({
		path: join(directory, "node_modules", name, path),
		package: `${name} ${version}`,
		hash
	})));
	const waiting = files.values();
	await Promise.all(Array.from({ length: PARALLEL_FILES }, async () => {
		const block = { buffer: Buffer.allocUnsafe(65536) };
		for (const file of waiting) await verifyFile(file, block);
	}));
	return files.map(({ path }) => path);
}
async function verifyFile(file, block) {
	const actual = await hashFile(file, block);
	if (actual === file.hash) return;
	throw new InputError(`${file.path} is not the file that ${file.package} was published with (SHA-256 ${actual}, expected ${file.hash}): it was changed or damaged, so delete the folder it is in and install it again`);
}
async function hashFile(file, block) {
	const handle = await openExpected(file);
	try {
		const { size } = await handle.stat();
		if (size > block.buffer.length && block.buffer.length < READ_BYTES) block.buffer = Buffer.allocUnsafe(READ_BYTES);
		const hash = createHash("sha256");
		for (;;) {
			const { bytesRead } = await handle.read(block.buffer, 0, block.buffer.length);
			if (bytesRead === 0) return hash.digest("hex");
			hash.update(block.buffer.subarray(0, bytesRead));
		}
	} finally {
		await handle.close();
	}
}
async function openExpected(file) {
	try {
		return await open(file.path, "r");
	} catch (cause) {
		throw new InputError(`${file.path} of ${file.package} cannot be read, though it is needed: install the package again`, { cause });
	}
}

// src/adapters/native/load-native.ts
async function loadNative(name, options) {
	const manifest = options.manifest ?? NATIVE_MANIFEST;
	const packages = wantedPackages(name, options);
	const directory = await locate(name, packages, options);
	const files = await verifyFiles({
		directory,
		packages
	});
	return requireGuarded({
		directory,
		main: manifest.modules[name].main,
		files
	});
}
async function locateNative(name, options) {
	return locate(name, wantedPackages(name, options), options);
}
function wantedPackages(name, options) {
	const manifest = options.manifest ?? NATIVE_MANIFEST;
	const platform = supportedPlatform(options.platform ?? currentPlatform(), manifest.platforms);
	return packagesFor(manifest.modules[name], platform);
}
async function locate(name, packages, options) {
	const start = options.searchFrom ?? dirname(fileURLToPath(import.meta.url));
	const beside = await findInstalledAbove(start, packages);
	if (beside !== void 0) return beside;
	if (options.runtimeDirectory) return checkRuntimeDirectory(options.runtimeDirectory, packages);
	const { fetchToCache } = await import("./fetch-to-cache.js");
	const { version } = mainPackage((options.manifest ?? NATIVE_MANIFEST).modules[name]);
	return fetchToCache({
		name,
		version,
		packages,
		options
	});
}

export { loadNative, locateNative };