import * as http from 'node:http';
import * as https from 'node:https';
import type { Readable } from 'node:stream';
import type { Environment } from '../options.ts';
import type { Registry } from './registry.ts';

/** A connection that stays silent for this long is given up. */
const SILENCE_LIMIT_MILLISECONDS = 60_000;

const MAX_REDIRECTS = 5;

export type DownloadRequest = {
  readonly url: string;
  /** Whose credentials and trusted certificates are used. */
  readonly registry: Registry;
  /** Names the proxy: HTTP_PROXY, HTTPS_PROXY, NO_PROXY. */
  readonly environment: Environment;
  readonly signal?: AbortSignal;
};

export type Download = AsyncDisposable & { readonly body: Readable };

/** The server answered, with something else than the file. */
export class HttpStatusError extends Error {
  readonly status: number;

  constructor(status: number, text: string | undefined) {
    super(`HTTP status ${status}${text ? ` ${text}` : ''}`);
    this.status = status;
  }
}

/**
 * Starts a download, through the proxy the environment names and over redirects. Credentials are not sent on
 * to another host.
 * @throws HttpStatusError, or the error of the connection.
 */
export async function openDownload(download: DownloadRequest): Promise<Download> {
  const { url, registry } = download;
  const { origin } = new URL(url);
  let address = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const { authorization, ...trust } = registry;
    const own = new URL(address).origin === origin;
    const response = await request(address, own ? registry : trust, download);
    const { statusCode: status = 0, statusMessage } = response.message;
    if (status === 200) return { body: response.message, [Symbol.asyncDispose]: response.close };
    const { location } = response.message.headers;
    await response.close();
    if (status < 300 || status > 399 || location === undefined)
      throw new HttpStatusError(status, statusMessage);
    address = new URL(location, address).href;
  }
  throw new Error(`more than ${MAX_REDIRECTS} redirects`);
}

type Response = { readonly message: http.IncomingMessage; readonly close: () => Promise<void> };

function request(
  address: string,
  { authorization, certificates }: Omit<Registry, 'url'>,
  { environment, signal }: DownloadRequest,
): Promise<Response> {
  const secure = new URL(address).protocol === 'https:';
  const proxyEnv = { ...environment };
  const agent = secure ? new https.Agent({ proxyEnv, ca: certificates }) : new http.Agent({ proxyEnv });
  return new Promise((resolve, reject) => {
    const sent = (secure ? https : http).get(address, {
      agent,
      ...(signal === undefined ? {} : { signal }),
      headers: authorization === undefined ? {} : { authorization },
      timeout: SILENCE_LIMIT_MILLISECONDS,
    });
    sent.on('timeout', () => {
      sent.destroy(new Error(`no answer for ${SILENCE_LIMIT_MILLISECONDS / 1000} seconds`));
    });
    sent.on('error', reject);
    sent.on('response', (message) => {
      const close = async () => {
        message.destroy();
        agent.destroy();
      };
      resolve({ message, close });
    });
  });
}
