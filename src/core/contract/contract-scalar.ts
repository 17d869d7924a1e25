/** Whether a text can stand in YAML as it is, in a list of either style, and is read as text. */
export function isPlainText(text: string): boolean {
  const isPlain = /^[A-Za-z][A-Za-z0-9_-]*( [A-Za-z0-9_-]+)*$/.test(text);
  return isPlain && !/^(true|false|null|yes|no|on|off|y|n|nan|inf)$/i.test(text);
}

/** A value of the data: numbers as they are, other texts so that they read back as the same text. */
export function writeScalar(text: string): string {
  const isNumber = /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/.test(text);
  return isNumber || isPlainText(text) ? text : JSON.stringify(text);
}
