/**
 * A value as JSON for standard output. What a terminal or a runner would obey (control characters, directions of
 * text, `##[…]`) is written as escapes, which read back as the same text.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, escapeCharacter)
    .replaceAll('##[', '#\\u0023[');
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
