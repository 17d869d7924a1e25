/** A package registry on loopback that serves tarballs, and can be told to misbehave. It knows no metadata. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';

export type Tarball = { readonly name: string; readonly version: string; readonly bytes: Buffer };

/** Answers instead of the registry when it returns true. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => boolean;

export type PackageRegistry = AsyncDisposable & {
  readonly url: string;
  readonly requests: readonly { readonly url: string; readonly authorization: string | undefined }[];
};

export async function startRegistry(
  tarballs: readonly Tarball[],
  answer: Answer = () => false,
): Promise<PackageRegistry> {
  const requests: { url: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', authorization: request.headers.authorization });
    if (answer(request, response)) return;
    const found = tarballs.find(({ name, version }) => {
      return new URL(request.url ?? '', 'http://registry').pathname === tarballPath(name, version);
    });
    response.writeHead(found === undefined ? 404 : 200, { 'content-length': found?.bytes.length ?? 0 });
    response.end(found?.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function tarballPath(name: string, version: string): string {
  return `/${name}/-/${name.split('/').at(-1)}-${version}.tgz`;
}

/** A gzipped tarball with everything under `package/`, as registries serve it. */
export async function makeTarball(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const archive = pack();
  const compressed = archive.pipe(createGzip({ level: 1 })).toArray();
  for (const [path, content] of Object.entries(files)) {
    archive.entry({ name: `package/${path}` }, content);
  }
  archive.finalize();
  return Buffer.concat(await compressed);
}
