/**
 * Name of the lock file that belongs to a config: `models/contender.yml` → `models/contender.lock.yml`.
 * A name without a YAML ending keeps its name and gains `.lock.yml`.
 */
export function lockFileNameOf(configFile: string): string {
  const match = /\.ya?ml$/i.exec(configFile);
  if (match === null) return `${configFile}.lock.yml`;
  return `${configFile.slice(0, match.index)}.lock${match[0]}`;
}

/** Whether a file is a lock file, which globs of configs skip. */
export function isLockFileName(file: string): boolean {
  return /\.lock\.ya?ml$/i.test(file);
}
