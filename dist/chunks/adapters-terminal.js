import { OutsideError, createProgress, describeProgress } from "./core.js";
import { spawn, spawnSync } from "node:child_process";
import { stripVTControlCharacters, styleText } from "node:util";

// src/adapters/terminal/line-splitter.ts
const MAX_LINE_CHARACTERS = 65536;
function createLineSplitter(onLine) {
	let rest = "";
	return {
		push(text) {
			const lines = (rest + text).split(/\r?\n/);
			rest = lines.pop() ?? "";
			for (const line of lines) onLine(line);
			if (rest.length > MAX_LINE_CHARACTERS) {
				onLine(rest);
				rest = "";
			}
		},
		end() {
			if (rest !== "") onLine(rest);
			rest = "";
		}
	};
}

// src/adapters/terminal/reduced-environment.ts
const REMOVED = [
	/^(GITHUB|GH)_(ENTERPRISE_)?TOKEN$/,
	/^GITHUB_(PAT|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY|ARTIFACTS|ARTIFACTS_LIST)$/,
	/^(ACTIONS|INPUT|STATE)_/,
	/^(NODE_AUTH_TOKEN|NPM_TOKEN|YARN_NPM_AUTH_TOKEN)$/,
	/^npm_config_.*(auth|token|password|username)/,
	/^GIT_(CONFIG_(COUNT|KEY_\d+|VALUE_\d+|PARAMETERS)|ASKPASS)$/,
	/^SSH_ASKPASS$/
];
function reducedEnvironment(environment) {
	const kept = Object.entries(environment).filter((entry) => entry[1] !== void 0 && !REMOVED.some((name) => new RegExp(name, "i").test(entry[0])));
	return Object.fromEntries(kept);
}

// src/adapters/terminal/command-runner.ts
const LAST_OUTPUT_LINES = 40;
const GRACE_MILLISECONDS = 2e3;
const DRAIN_MILLISECONDS = 2e3;
function createCommandRunner(options) {
	const inherited = reducedEnvironment(options.environment);
	return { run: (request) => runCommand(request, {
		...inherited,
		...request.environment
	}) };
}
async function runCommand(request, environment) {
	const lastLines = [];
	const child = spawn(request.command, {
		shell: true,
		cwd: request.directory,
		env: environment,
		stdio: [
			"ignore",
			"pipe",
			"pipe"
		],
		detached: process.platform !== "win32",
		windowsHide: true
	});
	for (const stream of [child.stdout, child.stderr]) {
		const splitter = createLineSplitter((line) => {
			lastLines.push(line);
			if (lastLines.length > LAST_OUTPUT_LINES) lastLines.shift();
			request.onOutput?.(line);
		});
		stream.setEncoding("utf8").on("data", splitter.push).on("end", splitter.end);
	}
	const releaseGuard = endWithUs(child);
	try {
		return {
			exitCode: await waitForEnd(child, request),
			lastOutput: lastLines.join("\n")
		};
	} finally {
		releaseGuard();
		signalGroup(child, "SIGKILL");
	}
}
function waitForEnd(child, request) {
	return new Promise((resolve, reject) => {
		const timers = [];
		let timedOut = false;
		const { timeLimitSeconds } = request;
		if (timeLimitSeconds !== void 0) {
			const stop = () => {
				timedOut = true;
				signalGroup(child, "SIGTERM");
				timers.push(setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MILLISECONDS));
			};
			timers.push(setTimeout(stop, timeLimitSeconds * 1e3));
		}
		const settle = (finish) => {
			for (const timer of timers) clearTimeout(timer);
			finish();
		};
		child.on("error", (cause) => settle(() => reject(new OutsideError(`${quoted(request)} could not be started: ${cause.message}`, { cause }))));
		child.on("exit", () => {
			const drop = () => {
				child.stdout?.destroy();
				child.stderr?.destroy();
			};
			signalGroup(child, "SIGTERM");
			timers.push(setTimeout(drop, DRAIN_MILLISECONDS));
		});
		child.on("close", (code, signal) => settle(() => {
			if (timedOut) reject(new OutsideError(`${quoted(request)} ran longer than its ${timeLimitSeconds} s and was ended`));
			else if (code === null) reject(new OutsideError(`${quoted(request)} was ended by ${signal}`));
			else resolve(code);
		}));
	});
}
function quoted(request) {
	return `the command ${JSON.stringify(request.command.slice(0, 200))}`;
}
function signalGroup(child, signal) {
	if (child.pid === void 0) return;
	if (process.platform === "win32") {
		spawnSync("taskkill", [
			"/pid",
			String(child.pid),
			"/T",
			"/F"
		], { stdio: "ignore" });
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch {}
}
function endWithUs(child) {
	const onExit = () => signalGroup(child, "SIGKILL");
	const onSignal = (signal) => {
		onExit();
		release();
		process.kill(process.pid, signal);
	};
	const release = () => {
		process.off("exit", onExit).off("SIGINT", onSignal).off("SIGTERM", onSignal);
	};
	process.on("exit", onExit).on("SIGINT", onSignal).on("SIGTERM", onSignal);
	return release;
}

// src/adapters/terminal/terminal-log.ts
const LINE_MILLISECONDS = 5e3;
const TTY_MILLISECONDS = 200;
const CLEAR_LINE = "\r\x1B[2K";
function createTerminalLog(options) {
	const { stderr } = options;
	const stdout = options.quietStdout === true ? stderr : options.stdout;
	let lineShown = false;
	const clearLine = () => {
		if (lineShown) stderr.write(CLEAR_LINE);
		lineShown = false;
	};
	const say = (stream, line) => {
		clearLine();
		stream.write(`${line}\n`);
	};
	return {
		info: (message) => say(stdout, plain(message)),
		debug(message) {
			if (options.verbose === true) say(stderr, style("dim", plain(message), stderr));
		},
		warning: (message, location) => say(stderr, `${style("yellow", "warning:", stderr)} ${at(location, message)}${plain(message)}`),
		error: (message, location) => say(stderr, `${style("red", "error:", stderr)} ${at(location, message)}${plain(message)}`),
		progress: createProgress({
			everyMilliseconds: stderr.isTTY ? TTY_MILLISECONDS : LINE_MILLISECONDS,
			now: options.now ?? Date.now,
			show(report) {
				const line = plain(describeProgress(report));
				if (!stderr.isTTY) return say(stderr, line);
				stderr.write(`${CLEAR_LINE}${line.slice(0, Math.max(20, (stderr.columns ?? 80) - 1))}`);
				lineShown = true;
				if (report.done >= report.total) clearLine();
			}
		}),
		async group(title, work) {
			say(stdout, style("bold", plain(title), stdout));
			return await work();
		}
	};
}
function plain(text) {
	return stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "").replaceAll(/^(\s*:)(?=:)/gm, "$1​").replaceAll("##[", "#​#[");
}
function style(format, text, stream) {
	return styleText(format, text, { stream });
}
function at(location, message) {
	if (location === void 0 || message.startsWith(location.file)) return "";
	return `${plain([
		location.file,
		location.line,
		location.line === void 0 ? void 0 : location.column
	].filter((part) => part !== void 0).join(":"))}: `;
}

export { createCommandRunner, createTerminalLog };