import type { Theme, Tone } from '../../core/report/pictures/chart.ts';

/** Colours of GitHub's themes; texts keep at least 4.5 to 1 to the background, lines 3 to 1. */
export type Palette = {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly axis: string;
  readonly band: string;
  readonly challenger: string;
  readonly champion: string;
  readonly tones: Readonly<Record<Tone, string>>;
};

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    background: '#ffffff',
    text: '#1f2328',
    muted: '#59636e',
    grid: '#eaeef2',
    axis: '#818b98',
    band: '#ddf4ff',
    challenger: '#0969da',
    champion: '#59636e',
    tones: { good: '#1a7f37', bad: '#cf222e', unsure: '#9a6700', neutral: '#0969da' },
  },
  dark: {
    background: '#0d1117',
    text: '#f0f6fc',
    muted: '#9198a1',
    grid: '#212830',
    axis: '#656c76',
    band: '#12293f',
    challenger: '#4493f8',
    champion: '#b7bdc8',
    tones: { good: '#3fb950', bad: '#f85149', unsure: '#d29922', neutral: '#4493f8' },
  },
};
