import { InputError } from '../../core/errors.ts';

/** How requests name a repository. */
export type RepositoryParameters = { readonly owner: string; readonly repo: string };

/** Takes `owner/name` apart. @throws InputError when it is none. */
export function parseRepositoryName(repository: string): RepositoryParameters {
  const groups = /^(?<owner>[\w.-]+)\/(?<repo>[\w.-]+)$/.exec(repository)?.groups;
  if (groups === undefined) {
    throw new InputError(`${JSON.stringify(repository)} names no repository; write owner/name`);
  }
  return { owner: groups.owner!, repo: groups.repo! };
}
