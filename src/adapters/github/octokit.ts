import { setTimeout as delay } from 'node:timers/promises';
import { getOctokit } from '@actions/github';
import { GitHub } from '@actions/github/lib/utils';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { InputError } from '../../core/errors.ts';
import { createPacer } from './pacer.ts';

export type Octokit = ReturnType<typeof getOctokit>;

export type OctokitOptions = {
  readonly token: string;
  /** Name and version of the product. */
  readonly userAgent: string;
  /** Address of the API; the runner's GITHUB_API_URL by default. */
  readonly apiUrl?: string;
  /** Told when a wait is long enough to wonder about. */
  readonly onWait?: (message: string) => void;
  /** How long waits that the server asks for may take, all together. */
  readonly maximumWaitSeconds?: number;
  /** Unit of the growing delay between retries after a failure (times 1, 4, 9). */
  readonly retryMilliseconds?: number;
};

const API_VERSION = '2022-11-28';
const MAXIMUM_WAIT_SECONDS = 600;
/** Asked for by GitHub where a refusal for too many requests names no time. */
const UNNAMED_WAIT_SECONDS = 60;
const RETRIES = 3;
const BURST = 20;
/** Answers that no second try changes; 403 and 429 are retried when they are limits, by their own rule. */
const FINAL_STATUSES = [400, 401, 403, 404, 406, 409, 410, 415, 422, 429, 451];

/**
 * The client of GitHub's API: failures of the server and the connection are tried again, limits are
 * waited for as long as the server asks, within a bound, and everything else is thrown at once.
 */
export function createOctokit(options: OctokitOptions): Octokit {
  if (options.token.trim() === '') {
    throw new InputError(
      'the GitHub token is empty; leave out github-token, or set GITHUB_TOKEN on a laptop',
    );
  }
  const budget = createWaitBudget(options);
  const pace = createPacer({ burst: BURST, perSecond: 1, now: Date.now, sleep: (time) => delay(time) });
  const settings = {
    ...(options.apiUrl !== undefined && { baseUrl: options.apiUrl }),
    userAgent: options.userAgent,
    log: silentLog,
    retry: retrySettings(options),
    throttle: {
      onRateLimit: budget.grant,
      onSecondaryRateLimit: budget.grant,
      fallbackSecondaryRateRetryAfter: UNNAMED_WAIT_SECONDS,
      write: queueThrough(pace),
      notifications: queueThrough(() => Promise.resolve()),
    },
  };
  // The first plugin is nearest to the network.
  return getOctokit(options.token, settings, versionAndDelays(budget), retry, throttling);
}

/** A client without a token, for storage behind addresses that are signed: a token must not go there. */
export function createStorageClient(options: Omit<OctokitOptions, 'token'>): InstanceType<typeof GitHub> {
  const Client = GitHub.plugin(retry);
  return new Client({ userAgent: options.userAgent, log: silentLog, retry: retrySettings(options) });
}

function retrySettings(options: Pick<OctokitOptions, 'retryMilliseconds'>) {
  return {
    doNotRetry: FINAL_STATUSES,
    retries: RETRIES,
    retryAfterBaseValue: options.retryMilliseconds ?? 1000,
  };
}

type WaitBudget = {
  /** Whether a wait of that many seconds is still within the bound. */
  readonly grant: (seconds: number, request: { method: string; url: string }) => boolean;
};

function createWaitBudget(options: OctokitOptions): WaitBudget {
  let secondsLeft = options.maximumWaitSeconds ?? MAXIMUM_WAIT_SECONDS;
  return {
    grant(seconds, { method, url }) {
      if (seconds > secondsLeft) return false;
      secondsLeft -= seconds;
      if (seconds > 1) options.onWait?.(`GitHub asks to wait ${seconds} s before ${method} ${url}`);
      return true;
    },
  };
}

type Hooks = { hook: Pick<Octokit['hook'], 'before' | 'error'> };

function versionAndDelays(budget: WaitBudget) {
  return ({ hook }: Hooks) => {
    hook.before('request', (request) => {
      request.headers['x-github-api-version'] = API_VERSION;
    });
    hook.error('request', async (error, request) => {
      const { status, message, response } = error as Failure;
      const seconds = Number(response?.headers['retry-after']);
      if (seconds > 0 && status >= 500 && budget.grant(seconds, request)) await delay(seconds * 1000);
      // The throttling plugin knows a limit by these words alone; `retry-after` says it as plainly.
      const isLimit = seconds > 0 && (status === 403 || status === 429);
      if (isLimit && !/secondary rate/i.test(message)) error.message = `${message} (secondary rate limit)`;
      throw error;
    });
    return {};
  };
}

type Failure = {
  readonly status: number;
  readonly message: string;
  readonly response?: { readonly headers: Readonly<Record<string, string | undefined>> };
};

/** In the place of the plugin's own queue, which knows no burst. */
function queueThrough(pace: () => Promise<void>): never {
  const queue = {
    key: () => ({
      schedule: async (_options: unknown, work: () => unknown) => {
        await pace();
        return work();
      },
    }),
  };
  // The plugin uses no more of Bottleneck's groups than this.
  return queue as never;
}

const silentLog = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}
