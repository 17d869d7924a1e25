import { loadNative } from "./chunks/adapters-native.js";
import { WORKER_OPTIONS_VARIABLE, serveSession, serveWorker } from "./chunks/adapters-onnx.js";
import { Socket } from "node:net";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

// src/entries/score-worker.ts
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 6 };
const options = JSON.parse(process.env["CONTENDER_WORKER_OPTIONS"] ?? "{}");
if (!isMainThread && parentPort !== null) await serveSession(parentPort, workerData, () => loadNative("onnxruntime", options));
else {
	process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
	serveWorker({
		send: (reply) => process.send?.(reply),
		onRequest: (listener) => process.on("message", listener),
		openFrames: () => new Socket({
			fd: 4,
			readable: true,
			writable: true
		}),
		startThread: (work) => {
			const thread = new Worker(process.argv[1], {
				workerData: work,
				resourceLimits: THREAD_LIMITS
			});
			return {
				post: (frame) => thread.postMessage(frame, [frame.payload]),
				onMessage: (listener) => thread.on("message", listener),
				onDeath: (listener) => thread.on("error", listener)
			};
		}
	});
}

export {  };