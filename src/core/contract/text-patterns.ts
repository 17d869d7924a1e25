/** Words for the format of a text that the standard names, as regular expressions (RE2). */
export const TEXT_FORMATS: Readonly<Record<string, string>> = {
  email:
    "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$",
  uuid: '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$',
  uri: '^[A-Za-z][A-Za-z0-9+.-]*:[^\\s]+$',
  hostname:
    '^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$',
  ipv4: '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
  ipv6: '^[0-9A-Fa-f:]*:[0-9A-Fa-f:]+(?:(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?$',
  byte: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
};

/** Ranges of the number formats; `i64`, `f32` and `f64` hold everything that is read. */
export const NUMBER_FORMATS: Readonly<
  Record<string, { readonly minimum: number; readonly maximum: number }>
> = {
  i8: { minimum: -(2 ** 7), maximum: 2 ** 7 - 1 },
  i16: { minimum: -(2 ** 15), maximum: 2 ** 15 - 1 },
  i32: { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  u8: { minimum: 0, maximum: 2 ** 8 - 1 },
  u16: { minimum: 0, maximum: 2 ** 16 - 1 },
  u32: { minimum: 0, maximum: 2 ** 32 - 1 },
};

/**
 * Why a regular expression cannot be used, or undefined when it can: it must be one in ECMA-262, and rows are
 * matched in linear time (RE2), which knows neither look-around nor back-references.
 */
export function refusePattern(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
  } catch {
    try {
      new RegExp(pattern);
    } catch (error) {
      return error instanceof Error ? error.message : 'it is no regular expression';
    }
  }
  if (/\(\?<?[=!]/.test(pattern)) return 'look-around such as (?=…) is not matched; write it without';
  if (/(?:^|[^\\])(?:\\\\)*\\(?:[1-9]|k<)/.test(pattern))
    return 'back-references are not matched; write it without';
  return undefined;
}
