import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type StoredObject = { readonly data: Buffer; readonly contentType: string; readonly fileName: string };

/**
 * Object storage behind signed addresses, on an origin of its own, as GitHub keeps assets: the signature
 * is the permission, and a request that brings an Authorization header is refused.
 */
export class Storage {
  readonly #objects = new Map<string, StoredObject>();
  readonly #server: Server;
  #origin = '';

  constructor() {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', this.#origin);
      const object = this.#objects.get(url.searchParams.get('signature') ?? '');
      if (request.headers.authorization !== undefined) {
        response.writeHead(400, { 'content-type': 'application/xml' });
        response.end(
          '<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>',
        );
      } else if (object === undefined) {
        response.writeHead(403, { 'content-type': 'application/xml' });
        response.end('<Error><Code>AuthenticationFailed</Code></Error>');
      } else {
        response.writeHead(200, {
          'content-type': object.contentType,
          'content-length': object.data.length,
          'content-disposition': `attachment; filename=${object.fileName}`,
        });
        response.end(request.method === 'HEAD' ? undefined : object.data);
      }
    });
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

  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
  }
}
