import type { Repository } from './state.ts';

/** Addresses of this GitHub, as they appear in answers. */
export type Links = {
  /** REST: `http://127.0.0.1:PORT/api/v3`. */
  readonly api: string;
  readonly uploads: string;
  /** Pages and git: `http://github.localhost:PORT`. */
  readonly server: string;
};

export function apiUrl(links: Links, repository: Repository): string {
  return `${links.api}/repos/${repository.fullName}`;
}

export function htmlUrl(links: Links, repository: Repository): string {
  return `${links.server}/${repository.fullName}`;
}

/** A path inside an address: every segment escaped, slashes kept. */
export function escapePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** GitHub's opaque node id, made of kind and number. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString('base64');
}

/** ISO 8601 without fractions of a second, as GitHub writes times. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
