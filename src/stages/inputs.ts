import { InputError } from '../core/errors.ts';

/** What a user gave a stage: inputs of an action or flags of the command, by their kebab-case name. */
export interface Inputs {
  /** Undefined when absent or empty. */
  text(name: string): string | undefined;
  /** @throws InputError unless `true` or `false`. */
  flag(name: string, otherwise: boolean): boolean;
  /** @throws InputError unless a whole number of at least 0. */
  count(name: string): number | undefined;
  /** @throws InputError naming the allowed values. */
  choice<const Value extends string>(name: string, allowed: readonly Value[], otherwise: Value): Value;
  /** Values separated by commas or line ends. */
  list(name: string): readonly string[];
}

/**
 * @param values raw text by name; an empty text is an input that was not given.
 * @param nameOf how messages call an input: ``input `fail-on` `` or `--fail-on`.
 */
export function createInputs(
  values: Readonly<Record<string, string | undefined>>,
  nameOf: (name: string) => string,
): Inputs {
  function text(name: string): string | undefined {
    const value = values[name]?.trim();
    return value === '' ? undefined : value;
  }

  function refuse(name: string, allowed: string): never {
    throw new InputError(`${nameOf(name)} is ${JSON.stringify(text(name))}; allowed: ${allowed}`);
  }

  return {
    text,
    flag(name, otherwise) {
      const value = text(name)?.toLowerCase();
      if (value === undefined) return otherwise;
      if (value !== 'true' && value !== 'false') refuse(name, 'true, false');
      return value === 'true';
    },
    count(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (!/^\d{1,15}$/.test(value)) refuse(name, 'a whole number of at least 0');
      return Number(value);
    },
    choice(name, allowed, otherwise) {
      const value = text(name);
      if (value === undefined) return otherwise;
      return allowed.find((candidate) => candidate === value) ?? refuse(name, allowed.join(', '));
    },
    list(name) {
      return (text(name) ?? '')
        .split(/[\n,]/)
        .map((item) => item.trim())
        .filter((item) => item !== '');
    },
  };
}
