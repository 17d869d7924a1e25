import { Caller, type TokenStore } from './access.ts';
import type { GitHubError } from './answers.ts';
import { nodeId } from './links.ts';
import { synchronizePulls } from './pull-synchronization.ts';
import { write } from './router.ts';
import type { GitHubState, Repository } from './state.ts';

/**
 * The one mutation of GitHub's GraphQL API that is used: `updateRefs`, for one reference at a time. Its input is
 * checked against what GitHub's reference says of `UpdateRefsInput` and `RefUpdate`.
 */

export const UPDATE_REFS_ROUTE = 'graphql/update-refs';

const NO_OBJECT = '0'.repeat(40);
const OBJECT = /^[0-9a-f]{40}$/;
const INPUT_FIELDS = ['clientMutationId', 'refUpdates', 'repositoryId'];
const UPDATE_FIELDS = ['afterOid', 'beforeOid', 'force', 'name'];

export type GraphqlAnswer = {
  readonly body: unknown;
  readonly login: string | undefined;
  /** What goes against GitHub's reference. */
  readonly violation?: string;
};

type RefUpdate = {
  readonly name: string;
  readonly beforeOid?: string;
  readonly afterOid: string;
  readonly force?: boolean;
};
type Input = { readonly repositoryId: string; readonly refUpdates: readonly RefUpdate[] };

export async function answerGraphql(
  bytes: Buffer,
  context: {
    readonly authorization: string | undefined;
    readonly state: GitHubState;
    readonly tokens: TokenStore;
  },
): Promise<GraphqlAnswer> {
  const { state, tokens } = context;
  const token = tokens.fromHeader(context.authorization);
  const login = token?.login;
  const request = JSON.parse(bytes.toString('utf8')) as { query: string; variables: { input: Input } };
  const violation = problemOf(request);
  if (violation !== undefined) return { ...refusal('INVALID', violation), login, violation };
  const { repositoryId, refUpdates } = request.variables.input;
  const repository = state.repositories.find((one) => nodeId('Repository', one.id) === repositoryId);
  if (repository === undefined) {
    return {
      ...refusal('NOT_FOUND', `Could not resolve to a node with the global id of '${repositoryId}'`),
      login,
    };
  }
  const caller = new Caller(token, login === undefined ? undefined : state.user(login));
  try {
    caller.require(repository, write('contents'));
  } catch (error) {
    return { ...refusal('FORBIDDEN', (error as GitHubError).message), login };
  }
  return repository.exclusively(async () => {
    const refused = await update(repository, refUpdates[0] as RefUpdate);
    if (refused !== undefined) return { ...refusal('UNPROCESSABLE', refused), login };
    await synchronizePulls(state, repository, caller.author);
    return { body: { data: { updateRefs: { clientMutationId: null } } }, login };
  });
}

function problemOf({
  query,
  variables,
}: {
  readonly query: string;
  readonly variables?: { readonly input?: Input };
}): string | undefined {
  const words = query.replace(/\s+/g, ' ').trim();
  const known = 'mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }';
  if (words !== known) return `the local GitHub knows no other query than ${known}`;
  const input = variables?.input;
  const unknown = [
    ...Object.keys(input ?? {}).filter((name) => !INPUT_FIELDS.includes(name)),
    ...(input?.refUpdates ?? [])
      .flatMap((one) => Object.keys(one))
      .filter((name) => !UPDATE_FIELDS.includes(name)),
  ];
  if (unknown.length > 0) return `there are no such fields: ${unknown.join(', ')}`;
  const [wanted] = input?.refUpdates ?? [];
  if (input === undefined || input.refUpdates.length !== 1 || wanted === undefined)
    return 'the local GitHub updates one reference at a time';
  if (!wanted.name.startsWith('refs/')) return `${wanted.name} is no full reference name`;
  const ids = [wanted.afterOid, ...(wanted.beforeOid === undefined ? [] : [wanted.beforeOid])];
  return ids.every((id) => OBJECT.test(id)) ? undefined : `no object ids: ${ids.join(', ')}`;
}

/** Moves the reference, or says why not. */
async function update(repository: Repository, wanted: RefUpdate): Promise<string | undefined> {
  const { name, beforeOid, afterOid, force } = wanted;
  const current = await repository.git.reference(name);
  if (beforeOid !== undefined && (current ?? NO_OBJECT) !== beforeOid) {
    return `Reference ${name} is at ${current} but expected ${beforeOid}`;
  }
  if ((await repository.git.objectType(afterOid)) !== 'commit') return 'Object does not exist';
  const isForward = current === undefined || (await repository.git.isAncestor(current, afterOid));
  if (!isForward && force !== true) return 'Update is not a fast forward';
  await repository.git.updateReference(name, afterOid);
  return undefined;
}

function refusal(type: string, message: string): { readonly body: unknown } {
  return { body: { data: { updateRefs: null }, errors: [{ type, path: ['updateRefs'], message }] } };
}
