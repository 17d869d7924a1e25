/** Actions that only talk to GitHub start quickly because nothing of DuckDB or ONNX Runtime is near them. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GITHUB_ONLY_ENTRIES } from '../../scripts/imports/rules.ts';

const DIST = join(import.meta.dirname, '../../dist');
const NATIVE = /adapters-(native|duckdb|onnx)|score-worker/;

const STATIC = /(?:from|import)\s*"(\.[^"]+\.js)"/g;
const STATIC_AND_DYNAMIC = /(?:from|import)\s*\(?\s*"(\.[^"]+\.js)"/g;

/** Every file of `dist/` that a bundle can come to load, by static and dynamic imports or static ones alone. */
async function reachableFrom(entry: string, imports = STATIC_AND_DYNAMIC): Promise<string[]> {
  const found = new Set<string>();
  const open = [join(DIST, entry)];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const text = await readFile(file, 'utf8');
    for (const [, path = ''] of text.matchAll(imports)) {
      open.push(join(dirname(file), path));
    }
  }
  return [...found];
}

describe('bundles', () => {
  it.each(GITHUB_ONLY_ENTRIES)('%s reaches no native module', async (entry) => {
    const files = await reachableFrom(`${entry}.js`);
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => NATIVE.test(file))).toEqual([]);
  });

  it('a data action does reach them, so that the test above can fail', async () => {
    const files = await reachableFrom('compare-models.js');
    expect(files.some((file) => NATIVE.test(file))).toBe(true);
  });

  it('load the plotting library only when pictures are drawn', async () => {
    const isPlotting = (file: string) => /vendor-echarts|adapters-pictures/.test(file);
    expect((await reachableFrom('report-metrics.js', STATIC)).filter(isPlotting)).toEqual([]);
    expect((await reachableFrom('contender-action.js', STATIC)).filter(isPlotting)).toEqual([]);
    expect((await reachableFrom('report-metrics.js')).some(isPlotting)).toBe(true);
  });
});
