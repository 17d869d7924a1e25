import { BEFORE, bestOf, type Detector, type Judgement, LIMIT, partsOf } from './detector.ts';

const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';

/** As HTML checks an input of type email, with at least one dot in the domain. */
const EXPRESSION = new RegExp(
  `${BEFORE}([A-Za-z0-9.!#$%&'*+/=?^_\`{|}~-]+@(?:${LABEL}\\.)+[A-Za-z][A-Za-z0-9-]*)`,
  'g',
);

/** What a domain does not end in: files such as icon@2x.png. */
const FILE_ENDINGS = /\.(png|jpe?g|gif|webp|svg|js|css|html?|json|ya?ml|zip|gz)$/i;

/** E-mail addresses. */
export const EMAIL: Detector = {
  kind: 'e-mail',
  words: 'e-mail addresses',
  names: /\be ?mails?\b/,
  // Little is asked here: every text is matched against it.
  form: '@[A-Za-z0-9-]+\\.[A-Za-z]',
  judge: (text) => bestOf(partsOf(text, EXPRESSION), judgeEmail),
  chance: 0,
  limit: LIMIT.single,
  isTelling: true,
};

function judgeEmail(text: string): Judgement {
  if (text.startsWith('git@') || FILE_ENDINGS.test(text)) return 'other';
  const ending = text.slice(text.lastIndexOf('.') + 1);
  return /^([A-Za-z]{2,}|xn--[A-Za-z0-9-]+)$/.test(ending) ? 'match' : 'other';
}
