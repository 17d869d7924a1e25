import * as core from '@actions/core';
import { InputError } from '../../core/errors.ts';

/** The inputs of an action, which all arrive as text. An input that is empty counts as absent. */
export type ActionInputs = {
  text(name: string): string | undefined;
  /** @throws InputError when absent. */
  requiredText(name: string): string;
  /** Only `true` and `false`. @throws InputError */
  flag(name: string): boolean | undefined;
  /** A finite decimal number. @throws InputError */
  number(name: string): number | undefined;
  /** One of the named values. @throws InputError listing them. */
  choice<const Value extends string>(name: string, values: readonly Value[]): Value | undefined;
  /** Lines or comma-separated values, without the empty ones. */
  list(name: string): readonly string[];
};

export function readActionInputs(): ActionInputs {
  return {
    text,
    requiredText(name) {
      const value = text(name);
      if (value === undefined) throw new InputError(`the input "${name}" is empty; give it under "with:"`);
      return value;
    },
    flag(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (/^(true|True|TRUE)$/.test(value)) return true;
      if (/^(false|False|FALSE)$/.test(value)) return false;
      throw wrongInput(name, value, 'true or false');
    },
    number(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) && Number.isFinite(Number(value))) {
        return Number(value);
      }
      throw wrongInput(name, value, 'a number such as 7 or 0.5');
    },
    choice(name, values) {
      const value = text(name);
      if (value === undefined) return undefined;
      const known = values.find((candidate) => candidate === value);
      if (known === undefined) throw wrongInput(name, value, `one of ${values.join(', ')}`);
      return known;
    },
    list(name) {
      const lines = (text(name) ?? '').split(/[\n,]/);
      return lines.map((line) => line.trim()).filter((line) => line !== '');
    },
  };
}

function text(name: string): string | undefined {
  const value = core.getInput(name);
  return value === '' ? undefined : value;
}

function wrongInput(name: string, value: string, wanted: string): InputError {
  return new InputError(`the input "${name}" is ${JSON.stringify(value)}; write ${wanted}`);
}
