import { InputError, createProgress, describeProgress } from "./core.js";
import { debug, endGroup, error, info, setOutput, setSecret, startGroup, summary, warning } from "./vendor-actions.js";
import { readFileSync } from "node:fs";
import { stat } from "node:fs/promises";

// src/adapters/runner/outputs.ts
const CUT_NOTE = "\n\n*The summary is longer than GitHub shows; the HTML report has all of it.*\n";
function setOutputs(outputs) {
	for (const [name, value] of Object.entries(outputs)) if (value !== void 0) setOutput(name, value);
}
async function addSummary(markdown, environment = process.env) {
	const file = environment.GITHUB_STEP_SUMMARY;
	if (file === void 0 || file === "") return;
	const text = cutToBytes(markdown, 1047552 - await stat(file).then(({ size }) => size, () => 0));
	if (text !== "") await summary.addRaw(text, true).write();
}
function maskSecrets(secrets) {
	for (const secret of secrets) {
		if (secret === void 0 || secret === "") continue;
		setSecret(secret);
		setSecret(Buffer.from(`x-access-token:${secret}`).toString("base64"));
	}
}
function cutToBytes(markdown, limit) {
	if (Buffer.byteLength(markdown) <= limit) return markdown;
	const room = limit - Buffer.byteLength(CUT_NOTE);
	if (room <= 0) return "";
	const cut = Buffer.from(markdown).subarray(0, room).toString("utf8");
	return `${cut.slice(0, Math.max(0, cut.lastIndexOf("\n")))}${CUT_NOTE}`;
}

// src/adapters/runner/run-context.ts
const EVENTS = [
	"pull_request",
	"push",
	"schedule",
	"workflow_dispatch",
	"merge_group",
	"workflow_run",
	"issue_comment"
];
const NO_COMMIT = /^0+$/;
function loadRunContext(environment) {
	const file = environment.GITHUB_EVENT_PATH;
	if (file === void 0 || file === "") return readRunContext(environment, {});
	let payload;
	try {
		payload = JSON.parse(readFileSync(file, "utf8"));
	} catch (cause) {
		throw new InputError(`the event of this run (GITHUB_EVENT_PATH) cannot be read: ${cause.message}`, {
			location: { file },
			cause
		});
	}
	return readRunContext(environment, payload);
}
function readRunContext(environment, eventPayload) {
	const payload = new Payload(eventPayload);
	const event = eventOf(environment);
	const commit = filled(environment.GITHUB_SHA);
	const repository = filled(environment.GITHUB_REPOSITORY);
	const serverUrl = filled(environment.GITHUB_SERVER_URL) ?? "https://github.com";
	const run = filled(environment.GITHUB_RUN_ID);
	const branch = payload.text("repository", "default_branch");
	return withoutUndefined({
		event,
		repository,
		serverUrl,
		run,
		runUrl: run && repository ? `${serverUrl}/${repository}/actions/runs/${run}` : void 0,
		attempt: filled(environment.GITHUB_RUN_ATTEMPT),
		workflow: filled(environment.GITHUB_WORKFLOW),
		job: filled(environment.GITHUB_JOB),
		commit,
		...commitsOf(event, payload, commit),
		pullRequest: pullRequestOf(event, payload),
		upstream: event === "workflow_run" ? upstreamOf(payload) : void 0,
		untrusted: isUntrusted(event, payload, environment),
		defaultBranch: event === "push" && branch !== void 0 && environment.GITHUB_REF === `refs/heads/${branch}`,
		schedule: event === "schedule" ? payload.text("schedule") : void 0
	});
}
function eventOf(environment) {
	if (environment.GITHUB_ACTIONS !== "true") return "local";
	return EVENTS.find((event) => event === environment.GITHUB_EVENT_NAME) ?? "other";
}
function pullRequestOf(event, payload) {
	if (event === "pull_request") return payload.number("pull_request", "number");
	return event === "issue_comment" && payload.text("issue", "pull_request", "url") !== void 0 ? payload.number("issue", "number") : void 0;
}
function commitsOf(event, payload, commit) {
	switch (event) {
		case "pull_request": return {
			headCommit: payload.text("pull_request", "head", "sha") ?? commit,
			baseCommit: payload.text("pull_request", "base", "sha")
		};
		case "merge_group": return {
			headCommit: payload.text("merge_group", "head_sha") ?? commit,
			baseCommit: payload.text("merge_group", "base_sha")
		};
		case "workflow_run": return { headCommit: payload.text("workflow_run", "head_sha") };
		case "issue_comment": return { headCommit: void 0 };
		case "push": {
			const before = payload.text("before");
			return {
				headCommit: commit,
				beforeCommit: before !== void 0 && NO_COMMIT.test(before) ? void 0 : before
			};
		}
		default: return { headCommit: commit };
	}
}
function upstreamOf(payload) {
	const run = payload.number("workflow_run", "id");
	const headBranch = payload.text("workflow_run", "head_branch");
	const headCommit = payload.text("workflow_run", "head_sha");
	if (run === void 0 || headBranch === void 0 || headCommit === void 0) return void 0;
	const headRepository = payload.text("workflow_run", "head_repository", "full_name");
	return {
		run: String(run),
		event: payload.text("workflow_run", "event") ?? "unknown",
		...headRepository === void 0 ? {} : { headRepository },
		headBranch,
		headCommit
	};
}
function isUntrusted(event, payload, environment) {
	const repository = filled(environment.GITHUB_REPOSITORY) ?? payload.text("repository", "full_name");
	if (event === "workflow_run") return payload.text("workflow_run", "head_repository", "full_name") !== repository;
	if (event !== "pull_request") return false;
	return (filled(environment.GITHUB_ACTOR) ?? payload.text("sender", "login")) === "dependabot[bot]" || payload.text("pull_request", "head", "repo", "full_name") !== repository;
}
var Payload = class {
	#value;
	constructor(value) {
		this.#value = value;
	}
	text(...keys) {
		const value = this.#at(keys);
		return typeof value === "string" && value !== "" ? value : void 0;
	}
	number(...keys) {
		const value = this.#at(keys);
		return typeof value === "number" ? value : void 0;
	}
	#at(keys) {
		return keys.reduce((value, key) => typeof value === "object" && value !== null ? Reflect.get(value, key) : void 0, this.#value);
	}
};
function filled(value) {
	return value === "" ? void 0 : value;
}
function withoutUndefined(fields) {
	const defined = Object.entries(fields).filter(([, value]) => value !== void 0);
	return Object.fromEntries(defined);
}

// src/adapters/runner/workflow-commands.ts
function withoutCommands(text) {
	return text.split(/\r\n|\r|\n/).map((line) => line.replace(/^([\s\u0085]*)::/, "$1\\::").replaceAll("##[", "##\\[")).join("\n");
}

// src/adapters/runner/runner-log.ts
const PROGRESS_MILLISECONDS = 5e3;
function createRunnerLog(options = {}) {
	let openGroups = 0;
	const info$1 = (message) => info(withoutCommands(message));
	return {
		info: info$1,
		debug: (message) => debug(withoutCommands(message)),
		warning: (message, location) => warning(withoutCommands(message), annotationAt(location)),
		error: (message, location) => error(withoutCommands(message), annotationAt(location)),
		progress: createProgress({
			everyMilliseconds: PROGRESS_MILLISECONDS,
			now: options.now ?? Date.now,
			show: (report) => info$1(describeProgress(report))
		}),
		async group(title, work) {
			if (openGroups > 0) info$1(title);
			else startGroup(withoutCommands(title));
			openGroups += 1;
			try {
				return await work();
			} finally {
				openGroups -= 1;
				if (openGroups === 0) endGroup();
			}
		}
	};
}
function annotationAt(location) {
	if (location === void 0) return {};
	return {
		file: location.file,
		...location.line !== void 0 && { startLine: location.line },
		...location.line !== void 0 && location.column !== void 0 && { startColumn: location.column }
	};
}

export { addSummary, createRunnerLog, loadRunContext, maskSecrets, setOutputs };