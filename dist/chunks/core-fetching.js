// src/core/fetching/fetch-command.ts
const POINTER_PATTERNS = ["**/*.dvc", "**/dvc.lock"];
const SETTING_PATTERNS = ["**/.dvc/config", ".lfsconfig"];
const FETCH_PATTERNS = [...POINTER_PATTERNS, ...SETTING_PATTERNS];
const TRANSFERS = /* @__PURE__ */ new Set([
	...[
		"aws",
		"s5cmd",
		"gsutil",
		"gcloud",
		"az",
		"azcopy",
		"rclone",
		"curl",
		"wget"
	],
	...[
		"cd",
		"mkdir",
		"cp",
		"mv",
		"rm",
		"cat",
		"echo",
		"test",
		"[",
		"true",
		"false",
		"exit"
	],
	...[
		"tar",
		"unzip",
		"gzip",
		"gunzip",
		"zstd",
		"sha256sum"
	]
]);
const TRANSFERS_OF = {
	dvc: [
		"pull",
		"fetch",
		"checkout"
	],
	git: ["lfs"]
};
const INERT = /\.(csv|tsv|parquet|jsonl?|ndjson|gz|zst|md|sql|dvc|onnx|png|svg)$|(^|\/)dvc\.lock$|\.lock\.ya?ml$/i;
function isTransfer(command) {
	if (/[`\\]|\$\(|[<>]\(/.test(command)) return false;
	return command.split(/[;|&\n]+/).every((part) => {
		const [program = "", action = ""] = part.trim().split(/\s+/).filter((word) => !/^\w+=/.test(word));
		return program === "" || TRANSFERS.has(program) || TRANSFERS_OF[program]?.includes(action) === true;
	});
}
function wordsOf(command) {
	const words = command.split(/[\s;&|<>()"'`=]+/).map((word) => word.replace(/^\.\//, ""));
	return [...new Set(words.filter((word) => word !== "" && !word.startsWith("-")))];
}
function mayFetchOther(command, { changed, deciding, own }) {
	if (deciding.length > 0) return true;
	return !isTransfer(command) && changed.some((path) => !own.includes(path) && !/\.md$/i.test(path));
}
function mayRunChange(command, { changed, deciding, own }) {
	return (isTransfer(command) ? deciding : changed).some((path) => !own.includes(path) && !INERT.test(path));
}

export { FETCH_PATTERNS, isTransfer, mayFetchOther, mayRunChange, wordsOf };