import { runCommand } from "./chunks/composition-command-line.js";
import { endProcess } from "./chunks/composition.js";

// src/entries/contender.ts
await endProcess(await runCommand(process.argv.slice(2), async (command, invocation) => {
	const { driveStage } = await import("./chunks/drive-stage.js");
	return driveStage(command, invocation);
}));

export {  };