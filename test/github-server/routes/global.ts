import { type Answer, GitHubError, ok } from '../answers.ts';
import { userJson } from '../json/user.ts';
import { timestamp } from '../links.ts';
import { type Exchange, globalRoute } from '../router.ts';

export const GLOBAL_ROUTES = [
  globalRoute('rate-limit/get', getRateLimit),
  globalRoute('users/get-authenticated', getAuthenticatedUser),
];

function getRateLimit({ rateLimit }: Exchange): Answer {
  const search = { ...rateLimit, limit: 30, remaining: 30, used: 0 };
  return ok({ resources: { core: rateLimit, search }, rate: rateLimit });
}

/** The token of a job stands for no user and is refused. */
function getAuthenticatedUser({ state, links, caller }: Exchange): Answer {
  const user = caller.author;
  if (caller.token?.kind !== 'user') throw new GitHubError(403, 'Resource not accessible by integration');
  const joined = timestamp(state.now());
  return ok({
    ...userJson(links, user),
    ...{ name: user.name, company: null, blog: null, location: null, email: null, hireable: null, bio: null },
    ...{ twitter_username: null, public_repos: 0, public_gists: 0, followers: 0, following: 0 },
    ...{ created_at: joined, updated_at: joined },
  });
}
