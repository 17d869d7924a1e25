import { loadNative } from "./chunks/adapters-native.js";
import { WORKER_OPTIONS_VARIABLE, serveWorker } from "./chunks/adapters-onnx.js";

// src/entries/score-worker.ts
process.on("disconnect", () => process.exit(1));
const options = JSON.parse(process.env["CONTENDER_WORKER_OPTIONS"] ?? "{}");
serveWorker({
	send: (reply) => new Promise((resolve, reject) => process.send(reply, void 0, void 0, (error) => error ? reject(error) : resolve())),
	onRequest: (listener) => process.on("message", listener)
}, () => loadNative("onnxruntime", options));

export {  };