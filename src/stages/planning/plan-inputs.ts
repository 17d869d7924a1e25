import { InputError } from '../../core/errors.ts';
import type { Inputs } from '../inputs.ts';

/** Numbers of a plan as they are written on the command line. */

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A number at least, or more than, a bound and below another; undefined when absent. */
export function readNumber(inputs: Inputs, name: string, range: NumberRange): number | undefined {
  const text = inputs.text(name);
  if (text === undefined) return undefined;
  const percent = range.percent === true && text.endsWith('%');
  const digits = percent ? text.slice(0, -1).trim() : text;
  const value = NUMBER.test(digits) ? Number(digits) / (percent ? 100 : 1) : Number.NaN;
  const above = range.includesFrom === true ? value >= range.from : value > range.from;
  const below = range.includesTo === true ? value <= range.to : value < range.to;
  // Also refuses what is no number at all, and what is too large for one.
  if (above && below && Number.isFinite(value)) return value;
  throw new InputError(`--${name} is ${JSON.stringify(text)}; write ${range.advice}`);
}

export type NumberRange = {
  readonly from: number;
  readonly to: number;
  readonly includesFrom?: boolean;
  readonly includesTo?: boolean;
  /** Whether it may be written as `5%`. */
  readonly percent?: boolean;
  /** What to write, with an example. */
  readonly advice: string;
};

/** A share that is neither nothing nor all. */
export function readShare(inputs: Inputs, name: string, advice: string): number | undefined {
  return readNumber(inputs, name, { from: 0, to: 1, percent: true, advice });
}

/**
 * A size of a difference: in the unit of the metric, or as a percentage of the champion's value.
 * @throws InputError when it is not above 0, or a percentage of a value that is not known.
 */
export function readDifference(inputs: Inputs, name: string, value: number | undefined): number | undefined {
  const text = inputs.text(name);
  if (text === undefined) return undefined;
  const advice =
    "an amount above 0 in the unit of the metric, such as 0.01, or a share of the champion's value, such as 2%";
  const size = readNumber(inputs, name, { from: 0, to: Number.POSITIVE_INFINITY, percent: true, advice });
  if (size === undefined || !text.endsWith('%')) return size;
  if (value === undefined) {
    throw new InputError(
      `--${name} ${text} is a share of the champion's value, which is not known here; add --value, such as --value 0.9, or write an amount`,
    );
  }
  if (value === 0)
    throw new InputError(`--${name} ${text} of a value of 0 is nothing; write an amount above 0`);
  return size * Math.abs(value);
}
