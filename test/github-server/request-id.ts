import { randomBytes } from 'node:crypto';

/** GitHub's id of a request, as support asks for it. */
export function requestId(): string {
  const hex = randomBytes(20).toString('hex').toUpperCase();
  return [hex.slice(0, 4), hex.slice(4, 10), hex.slice(10, 18), hex.slice(18, 26), hex.slice(26, 34)].join(
    ':',
  );
}
