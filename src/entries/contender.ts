#!/usr/bin/env node
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(`error: contender needs Node 24 or newer, this is Node ${process.versions.node}\n`);
  process.exit(2);
}

// Loaded only now: an older Node could not even read these files.
const { main } = await import('../composition/command-line/main.ts');
await main(process.argv.slice(2));

export {};
