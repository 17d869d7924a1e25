#!/usr/bin/env node
// src/entries/contender.ts
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 24) {
	process.stderr.write(`error: contender needs Node 24 or newer, this is Node ${process.versions.node}\n`);
	process.exit(2);
}
const { main } = await import("./chunks/main.js");
await main(process.argv.slice(2));

export {  };