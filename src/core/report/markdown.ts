/**
 * Escaping of text that comes from data, models and configs. Whatever goes in, what a reader sees is that
 * text: no mention, issue or commit link, autolink, HTML, text direction trick, broken table or marker.
 */

/** Splits a reference so that the host sees none; shows as nothing. */
const BREAK = '&#8203;';
const RAW_BREAK = '\u200b';
const DEFAULT_LENGTH = 200;

/**
 * Characters without a shape of their own: controls, direction overrides, zero-width ones, tags. The selector
 * of coloured pictures and the joiners that other scripts need inside a word stay.
 */
const UNSEEN =
  /(?!\ufe0f|(?<=[\p{Extended_Pictographic}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{M}])[\u200c\u200d])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** The same text made visible and short: unseen characters as `⟨U+202E⟩`, white space as one blank. */
export function makeVisible(text: string, maximumLength: number = DEFAULT_LENGTH): string {
  // Cut first: hostile text may be megabytes long, and each step below reads all of it.
  const bounded = text.length > maximumLength * 8 ? text.slice(0, maximumLength * 8) : text;
  const visible = bounded
    .toWellFormed()
    .replace(/[^\S\u00a0]+/gu, ' ')
    .trim()
    .replace(UNSEEN, nameCharacter)
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/<!--/g, '<! --')
    .replace(/-->/g, '-- >');
  const characters = [...visible];
  if (characters.length > maximumLength) return `${characters.slice(0, maximumLength - 1).join('')}…`;
  return bounded.length < text.length ? `${visible}…` : visible;
}

/** For a sentence, a list item or a table cell. */
export function escapeText(text: string, maximumLength?: number): string {
  return escapeMarkup(breakReferences(makeVisible(text, maximumLength))).replaceAll(RAW_BREAK, BREAK);
}

/** For `<summary>` and other places inside an HTML block, where Markdown is not read but references are linked. */
export function escapeSummary(text: string, maximumLength?: number): string {
  return escapeHtml(breakReferences(makeVisible(text, maximumLength))).replaceAll(RAW_BREAK, BREAK);
}

/**
 * A name as code, in which the host links nothing; valid in sentences, tables and HTML blocks. Names with
 * characters that mean something to Markdown take HTML and entities, since tables and code spans disagree
 * between readers about what a backslash before a pipe is.
 */
export function codeSpan(text: string, maximumLength = 80): string {
  const visible = makeVisible(text, maximumLength);
  if (visible === '') return '(empty)';
  return /^[^`|\\<>&$]+$/.test(visible)
    ? `\`${visible}\``
    : `<code>${escapeText(visible, maximumLength)}</code>`;
}

/** A block of lines as they are; the fence is longer than any inside. `keepSpaces`: several spaces stay several. */
export function codeBlock(
  text: string,
  maximumLength = 4000,
  options: { readonly keepSpaces?: boolean } = {},
): string {
  const visible = (part: string) => makeVisible(part.replaceAll('\t', '  '), maximumLength);
  const lines = text
    .slice(0, maximumLength)
    .split(/\r?\n/)
    .map((line) =>
      options.keepSpaces === true
        ? line
            .split(/( {2,})/)
            .map((part, index) => (index % 2 === 1 ? part : visible(part)))
            .join('')
        : visible(line),
    );
  const content = text.length > maximumLength ? [...lines, '…'] : lines;
  const longest = Math.max(2, ...content.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${content.join('\n')}\n${fence}`;
}

/** For HTML text and quoted attribute values. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/**
 * A link to an address that the caller built; undefined when the address is no plain http(s) one.
 * @param label our own words.
 */
export function link(label: string, address: string | undefined): string | undefined {
  return isPlainAddress(address) ? `[${label}](${address})` : undefined;
}

/** Whether an address can stand in Markdown and HTML as it is. */
export function isPlainAddress(address: string | undefined): address is string {
  return (
    address !== undefined &&
    /^https?:\/\/[A-Za-z0-9][\w.:/?#=&%~+@,-]*$/.test(address) &&
    address.length < 2000
  );
}

/** A table; cells are already escaped. */
export function renderTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  alignment: string = header.map(() => 'l').join(''),
): string {
  const rule = [...alignment].map((side) => (side === 'r' ? '---:' : side === 'c' ? ':---:' : ':---'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A folded part. The summary is HTML: our own words, or text through `escapeSummary`. */
export function renderFolded(
  summary: string,
  body: string,
  options: { readonly open?: boolean } = {},
): string {
  return `<details${options.open === true ? ' open' : ''}><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** An alert block as the host draws it. */
export function renderAlert(kind: 'NOTE' | 'IMPORTANT' | 'WARNING' | 'CAUTION', body: string): string {
  return `> [!${kind}]\n${body
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')}`;
}

function nameCharacter(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

// The host looks for these in the text it rendered, so no Markdown escape keeps it from linking them.
function breakReferences(text: string): string {
  return text
    .replace(/@/g, `@${RAW_BREAK}`)
    .replace(/#(?=\w)/g, `#${RAW_BREAK}`)
    .replace(/\b([a-z][a-z0-9_]*)-(?=\d)/gi, `$1-${RAW_BREAK}`)
    .replace(/:(?=\/\/)/g, `:${RAW_BREAK}`)
    .replace(/\b(mailto|xmpp|javascript|data|vbscript):/gi, `$1${RAW_BREAK}:`)
    .replace(/www\./gi, (found) => `${found.slice(0, 3)}${RAW_BREAK}.`)
    .replace(/[0-9a-f]{7,}/gi, (digits) => digits.replace(/.{6}(?=.)/g, `$&${RAW_BREAK}`))
    .replace(/:(?=[\w+-]+(?::|$))/g, `:${RAW_BREAK}`);
}

// Entities are text to Markdown whatever they stand for; only an underscore inside a word is harmless.
function escapeMarkup(text: string): string {
  return text
    .replace(/[&<>"'`*~[\]\\|$!^={}]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '&#95;')
    .replace(/^([-+#])/, (character) => `&#${character.charCodeAt(0)};`)
    .replace(
      /^(\d+)([.)])(?=\s|$)/,
      (_, digits: string, mark: string) => `${digits}&#${mark.charCodeAt(0)};`,
    );
}
