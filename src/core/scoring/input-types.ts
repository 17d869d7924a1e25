/** Element types of model inputs that columns are turned into, with the bytes of one value on their way to the model. */
export const INPUT_TYPES = {
  float: { bytes: 4 },
  double: { bytes: 8 },
  float16: { bytes: 2 },
  int64: { bytes: 8, minimum: -(2 ** 63), maximum: 2 ** 63 },
  int32: { bytes: 4, minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  int16: { bytes: 2, minimum: -(2 ** 15), maximum: 2 ** 15 - 1 },
  int8: { bytes: 1, minimum: -128, maximum: 127 },
  uint64: { bytes: 8, minimum: 0, maximum: 2 ** 64 },
  uint32: { bytes: 4, minimum: 0, maximum: 2 ** 32 - 1 },
  uint16: { bytes: 2, minimum: 0, maximum: 2 ** 16 - 1 },
  uint8: { bytes: 1, minimum: 0, maximum: 255 },
  bool: { bytes: 1 },
  /** Travels as a position in a list of texts. */
  string: { bytes: 4 },
} as const;

export type InputType = keyof typeof INPUT_TYPES;

export function isInputType(type: string): type is InputType {
  return Object.hasOwn(INPUT_TYPES, type);
}

/** Whether values of a type are whole numbers, which cannot say "missing". */
export function isWholeType(type: InputType): boolean {
  return 'minimum' in INPUT_TYPES[type];
}
