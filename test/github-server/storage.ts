import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type StoredObject = { readonly data: Buffer; readonly contentType: string; readonly fileName: string };

/** A place for one object that is sent in blocks, as Azure's storage takes them. */
export type Upload = {
  readonly url: string;
  /** What was sent, once a list of its blocks was; undefined before. */
  readonly content: () => Buffer | undefined;
};

type Blocks = { readonly sent: Map<string, Buffer>; content?: Buffer };

/**
 * Object storage behind signed addresses, on an origin of its own, as GitHub keeps assets and artifacts: the
 * signature is the permission, and a request that brings an Authorization header is refused.
 */
export class Storage {
  readonly #objects = new Map<string, StoredObject>();
  readonly #uploads = new Map<string, Blocks>();
  readonly #server: Server;
  #origin = '';

  constructor() {
    this.#server = createServer((request, response) => void this.#receive(request, response));
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A signed address under which the object can be fetched until the server closes. */
  sign(object: StoredObject): string {
    const signature = randomBytes(16).toString('hex');
    this.#objects.set(signature, object);
    return `${this.#origin}/${encodeURIComponent(object.fileName)}?signature=${signature}`;
  }

  /** A signed address that takes an object. */
  openUpload(fileName: string): Upload {
    const signature = randomBytes(16).toString('hex');
    const blocks: Blocks = { sent: new Map() };
    this.#uploads.set(signature, blocks);
    // Azure's client takes account and container out of the path.
    const url = `${this.#origin}/account/actions-results/${encodeURIComponent(fileName)}?sig=${signature}`;
    return { url, content: () => blocks.content };
  }

  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.#origin);
    const object = this.#objects.get(url.searchParams.get('signature') ?? '');
    const blocks = this.#uploads.get(url.searchParams.get('sig') ?? '');
    if (request.headers.authorization !== undefined) {
      refuse(response, 400, '<Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message>');
    } else if (blocks !== undefined && request.method === 'PUT') {
      const done = await takeBlock(request, url, blocks).catch(() => undefined);
      if (done === undefined) response.destroy();
      else if (done) response.writeHead(201, BLOB_HEADERS).end();
      else refuse(response, 400, '<Code>InvalidBlockList</Code>');
    } else if (object === undefined) {
      refuse(response, 403, '<Code>AuthenticationFailed</Code>');
    } else {
      response.writeHead(200, {
        'content-type': object.contentType,
        'content-length': object.data.length,
        'content-disposition': `attachment; filename=${object.fileName}`,
      });
      response.end(request.method === 'HEAD' ? undefined : object.data);
    }
  }
}

const BLOB_HEADERS = {
  etag: '"0x8D0"',
  'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
  'x-ms-request-id': '00000000-0000-0000-0000-000000000000',
  'x-ms-version': '2025-01-05',
};

function refuse(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error>${error}</Error>`);
}

/** False for a list that names a block which never came. */
async function takeBlock(request: IncomingMessage, url: URL, blocks: Blocks): Promise<boolean> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  if (url.searchParams.get('comp') === 'block') {
    blocks.sent.set(url.searchParams.get('blockid') ?? '', body);
    return true;
  }
  const ids = [...body.toString('utf8').matchAll(/<Latest>([^<]*)<\/Latest>/g)].map(([, id = '']) => id);
  const listed = ids.map((id) => blocks.sent.get(id));
  if (listed.some((block) => block === undefined)) return false;
  blocks.content = Buffer.concat(listed as Buffer[]);
  return true;
}
