import { setTimeout as wait } from 'node:timers/promises';
import { messageOf, OutsideError } from '../../../core/errors.ts';
import type { Environment } from '../options.ts';
import type { WantedPackage } from '../packages.ts';
import { HttpStatusError, openDownload } from './download.ts';
import type { Registry } from './registry.ts';
import { IntegrityError, unpackTarball } from './unpack-tarball.ts';

/** Pauses before the second and the third attempt. */
const RETRY_PAUSES_MILLISECONDS = [1000, 4000];

export type PackageTarget = {
  /** Folder of the package. */
  readonly directory: string;
  readonly registry: Registry;
  readonly environment: Environment;
  /** Ends the work early when another package has failed. */
  readonly signal: AbortSignal;
};

/**
 * Fetches the needed files of one package. The tarball's hash is known only at its end, so what was unpacked
 * must not be used before this resolves.
 * @throws OutsideError naming package, version and what the registry answered.
 */
export async function fetchPackage(wanted: WantedPackage, target: PackageTarget): Promise<void> {
  const url = tarballAddress(wanted, target.registry);
  for (let attempt = 0; ; attempt += 1) {
    try {
      const { registry, environment, signal } = target;
      await using download = await openDownload({ url, registry, environment, signal });
      await unpackTarball(wanted, download.body, target.directory);
      return;
    } catch (cause) {
      const pause = RETRY_PAUSES_MILLISECONDS[attempt];
      if (target.signal.aborted || pause === undefined || !isWorthAnotherAttempt(cause))
        throw failure(wanted, url, cause, attempt + 1);
      await wait(pause, undefined, { signal: target.signal });
    }
  }
}

/** Every npm registry serves tarballs at this address. */
function tarballAddress({ name, version }: WantedPackage, registry: Registry): string {
  return new URL(`${name}/-/${name.split('/').at(-1)}-${version}.tgz`, registry.url).href;
}

function isWorthAnotherAttempt(error: unknown): boolean {
  if (error instanceof IntegrityError) return false;
  if (error instanceof HttpStatusError) {
    return error.status >= 500 || error.status === 429 || error.status === 408;
  }
  // A full disk stays full and a stranger's certificate strange; what is left are connections that broke.
  return !/^(ENOSPC|EACCES|EROFS|EPERM|EDQUOT)$|CERT|UNABLE_TO_/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function failure(
  { name, version }: WantedPackage,
  url: string,
  cause: unknown,
  attempts: number,
): OutsideError {
  const { host } = new URL(url);
  const tries = attempts === 1 ? '' : ` (${attempts} attempts)`;
  return new OutsideError(
    `${name} ${version} cannot be fetched from ${host}: ${messageOf(cause)}${tries}${hintFor(cause, host)}`,
    { cause },
  );
}

function hintFor(cause: unknown, host: string): string {
  if (cause instanceof HttpStatusError && (cause.status === 401 || cause.status === 403)) {
    return `; the registry wants a token: write //${host}/:_authToken=… into the .npmrc of the user`;
  }
  if (/CERT|UNABLE_TO_/.test(codeOf(cause))) {
    return '; name the certificates of your authority in NODE_EXTRA_CA_CERTS or in cafile of .npmrc';
  }
  return '';
}
