/**
 * `owner/name` of a remote address on the Git host, whatever form the address has; undefined for an
 * address elsewhere.
 */
export function repositoryOfAddress(address: string, serverUrl: string): string | undefined {
  const server = new URL(serverUrl);
  const path = pathOnHost(address.trim(), server);
  const groups = path && /^\/*(?<owner>[\w.-]+)\/(?<name>[\w.-]+?)(?:\.git)?\/*$/.exec(path)?.groups;
  return groups ? `${groups.owner}/${groups.name}` : undefined;
}

function pathOnHost(address: string, server: URL): string | undefined {
  const short = /^(?:[^@/\s]+@)?(?<host>[^:/\s]+):(?!\/\/)(?<path>.+)$/.exec(address)?.groups;
  if (short) return short.host === server.hostname ? short.path : undefined;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const sameHost = url.protocol.startsWith('http')
    ? url.host === server.host
    : url.hostname === server.hostname;
  return sameHost ? url.pathname : undefined;
}
