import type { Margin } from '../configuration/configuration.ts';

/** Share of the champion's gain over the no-information baseline that is given away without a word. */
export const DEFAULT_SHARE_OF_GAIN = 0.02;

export type MarginRequest = {
  /** What the config says; undefined: the default. */
  readonly margin: Margin | undefined;
  readonly championValue: number;
  /** Value of the metric when nothing is known; undefined where there is no such value. */
  readonly noInformation: number | undefined;
  readonly direction: 'higher' | 'lower';
};

export type ResolvedMargin =
  | { readonly defined: true; readonly value: number; readonly words: string }
  | { readonly defined: false; readonly reason: string };

/**
 * A margin in the unit of the metric. Without one in the config it is 2 % of the champion's gain over the
 * no-information baseline; where that gain is zero or less an explicit margin is asked for.
 */
export function resolveMargin(request: MarginRequest): ResolvedMargin {
  const { margin } = request;
  if (margin?.kind === 'absolute') return { defined: true, value: margin.value, words: 'as configured' };
  if (margin?.kind === 'relative') {
    return {
      defined: true,
      value: margin.share * Math.abs(request.championValue),
      words: `${percent(margin.share)} of the champion's value`,
    };
  }
  return resolveShareOfGain(request, margin?.share ?? DEFAULT_SHARE_OF_GAIN, margin === undefined);
}

function resolveShareOfGain(request: MarginRequest, share: number, isDefault: boolean): ResolvedMargin {
  if (request.noInformation === undefined) {
    return { defined: false, reason: 'this metric has no no-information value; set an explicit margin' };
  }
  const sign = request.direction === 'higher' ? 1 : -1;
  const gain = sign * (request.championValue - request.noInformation);
  if (!(gain > 0)) {
    return {
      defined: false,
      reason: 'the champion gains nothing over knowing nothing; set an explicit margin',
    };
  }
  const words = `${percent(share)} of the champion's gain over knowing nothing${isDefault ? ', the default' : ''}`;
  return { defined: true, value: share * gain, words };
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
