import { type Detector, type Judgement, LIMIT } from './detector.ts';

const NAMES = /\b(ip|ipv[46]|ip ?addr(ess)?|ips|remote ?addr(ess)?)( (addr(ess)?|v?[46]))?$/;

const DOTTED = '^[0-9]{1,5}\\.[0-9]{1,5}\\.[0-9]{1,5}\\.[0-9]{1,5}$';
const DOTTED_EXPRESSION = new RegExp(DOTTED);

/** Parts of a version number are small; of addresses taken at random 99 % have two such parts. */
const LARGE_PART = 32;

/**
 * Addresses of version 4. Version numbers of four parts look alike: outside of columns that say so an address
 * has two large parts, which one version in ten may have by chance.
 */
export const IP_VERSION_4: Detector = {
  kind: 'ip-address',
  words: 'IP addresses',
  names: NAMES,
  form: DOTTED,
  judge: judgeVersion4,
  chance: 0.1,
  limit: LIMIT.threeInARow,
  isTelling: false,
};

/** Addresses of version 6 (RFC 4291) that name a host. */
export const IP_VERSION_6: Detector = {
  kind: 'ip-address',
  words: 'IP addresses',
  names: NAMES,
  form: '^[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:.]{3,41}$',
  judge: judgeVersion6,
  chance: 0,
  limit: LIMIT.single,
  isTelling: true,
};

function judgeVersion4(text: string, isNamed: boolean): Judgement {
  if (!DOTTED_EXPRESSION.test(text)) return 'other';
  const parts = text.split('.');
  const isAddress = parts.every((part) => Number(part) <= 255 && (part === '0' || !part.startsWith('0')));
  const isNobodys = /^(0|127)\./.test(text) || text === '255.255.255.255';
  if (!isAddress || isNobodys) return 'form';
  return isNamed || parts.filter((part) => Number(part) >= LARGE_PART).length >= 2 ? 'match' : 'form';
}

function judgeVersion6(text: string): Judgement {
  const [before, after, ...rest] = text.split('::');
  if (rest.length > 0) return 'other';
  const groups = [before, after].flatMap((part) => (part ? part.split(':') : []));
  const isWhole = after === undefined ? groups.length === 8 : groups.length <= 7;
  // Times and words such as dead::beef are no addresses.
  const isHost = groups.length >= 3 && groups.some((group) => group.length >= 3);
  return isWhole && isHost && groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group)) ? 'match' : 'other';
}
