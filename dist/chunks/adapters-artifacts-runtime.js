// src/adapters/artifacts/runtime/find-runtime.ts
const SCOPE = /(?:^| )Actions\.Results:([^: ]+):([^: ]+)(?: |$)/;
function findRuntime(environment) {
	if (!isSupported(environment.GITHUB_SERVER_URL || "https://github.com")) return { missing: "GitHub Enterprise Server has no artifact service for actions like this one" };
	const { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_RESULTS_URL: address } = environment;
	if (!token || !address || !URL.canParse(address)) return { missing: "this runner has no artifact service (no ACTIONS_RUNTIME_TOKEN, no ACTIONS_RESULTS_URL)" };
	const [, runId, jobId] = SCOPE.exec(readScopes(token)) ?? [];
	if (runId === void 0 || jobId === void 0) return { missing: "the ACTIONS_RUNTIME_TOKEN of this runner is for no artifact service" };
	return {
		url: new URL(address).origin,
		token,
		runId,
		jobId
	};
}
function isSupported(serverUrl) {
	if (!URL.canParse(serverUrl)) return false;
	const host = new URL(serverUrl).hostname.toLowerCase();
	return host === "github.com" || host.endsWith(".ghe.com") || host.endsWith(".localhost");
}
function readScopes(token) {
	try {
		const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
		const scopes = typeof claims === "object" && claims !== null && "scp" in claims ? claims.scp : void 0;
		return typeof scopes === "string" ? scopes : "";
	} catch {
		return "";
	}
}

export { findRuntime };