/** Check digits of the standards that numbers of people and accounts use. Arguments are digits only. */

/** The digits of a text as numbers. */
export function digitsOf(text: string): number[] {
  const digits: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit >= 0 && digit <= 9) digits.push(digit);
  }
  return digits;
}

/** Luhn's formula (ISO/IEC 7812-1, annex B). */
export function passesLuhn(number: string): boolean {
  let sum = 0;
  for (let index = number.length - 1, doubled = false; index >= 0; index--, doubled = !doubled) {
    const digit = number.charCodeAt(index) - 48;
    sum += doubled ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit;
  }
  return sum % 10 === 0;
}

/** The remainder of a number of any length. */
export function remainderOf(number: string, divisor: number): number {
  let remainder = 0;
  for (let index = 0; index < number.length; index++) {
    remainder = (remainder * 10 + number.charCodeAt(index) - 48) % divisor;
  }
  return remainder;
}

/** The sum of the digits, each times its weight. */
export function weightedSum(number: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * (number.charCodeAt(index) - 48), 0);
}

/** ISO/IEC 7064, MOD 11,10. */
export function passesMod11And10(number: string): boolean {
  let product = 10;
  for (let index = 0; index < number.length - 1; index++) {
    const sum = (number.charCodeAt(index) - 48 + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === number.charCodeAt(number.length - 1) - 48;
}

const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const;

/** Verhoeff's check (Error detecting decimal codes, 1969), in the dihedral group of order 10. */
export function passesVerhoeff(number: string): boolean {
  let check = 0;
  for (let index = 0; index < number.length; index++) {
    let digit = number.charCodeAt(number.length - 1 - index) - 48;
    for (let times = index % 8; times > 0; times--) digit = PERMUTATION[digit]!;
    check = multiplyInDihedralGroup(check, digit);
  }
  return check === 0;
}

/** Elements 0 to 4 are rotations, 5 to 9 reflections. */
function multiplyInDihedralGroup(left: number, right: number): number {
  const [turn, flip] = [left % 5, left >= 5];
  const sum = flip ? (turn - (right % 5) + 5) % 5 : (turn + (right % 5)) % 5;
  return flip === right >= 5 ? sum : sum + 5;
}

/** Whether a number is one digit over and over, which passes many checks and is nobody's. */
export function isOneDigit(number: string): boolean {
  return number === number[0]!.repeat(number.length);
}
