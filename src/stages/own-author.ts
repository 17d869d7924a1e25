/**
 * Whether something was written with the token of this run. The token of an app (the job's own is one) may
 * not ask who it is; what it writes carries a login that no person can have.
 */
export function isOwnAuthor(author: string, viewer: string | undefined): boolean {
  if (viewer === undefined) return author.endsWith('[bot]');
  return author.toLowerCase() === viewer.toLowerCase();
}
