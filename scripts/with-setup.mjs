/**
 * Runs a script of this repository on Node 24 after installing what it needs.
 *
 * Usage: node scripts/with-setup.mjs <script> [arguments]
 *
 * It is plain JavaScript because it has to start on the Node that a machine happens to have (20 or newer):
 * it installs the packages of the lock file if they are not there yet, and then hands over to the Node 24
 * among them.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const stamp = join(root, 'node_modules', '.installed-lock');

function lockDigest() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function install() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockDigest()) return;
  console.error('Installing packages (once) …');
  const npm = process.env.npm_execpath;
  const command = npm ? [process.execPath, npm] : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  const result = spawnSync(command[0], [...command.slice(1), 'ci', '--no-progress', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
  writeFileSync(stamp, lockDigest());
}

/** The Node 24 of the lock file, else this one when it is new enough (macOS, where there is no such package). */
function findNode() {
  const platforms = [`node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`];
  for (const name of platforms) {
    for (const path of [`bin/node`, `bin/node.exe`]) {
      const candidate = join(root, 'node_modules', name, path);
      if (existsSync(candidate)) return candidate;
    }
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  console.error(
    `Node ${process.versions.node} is too old, and the package registry has no Node 24 for ${process.platform} ${process.arch}; install Node 24 or newer`,
  );
  process.exit(2);
}

install();
const [script, ...rest] = process.argv.slice(2);
const result = spawnSync(findNode(), [resolve(root, script), ...rest], { cwd: root, stdio: 'inherit' });
process.exit(result.status ?? 1);
