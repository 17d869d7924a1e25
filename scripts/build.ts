/** Writes `dist/` from `src/entries`. The result is committed; `scripts/check-dist.ts` compares. */
import { join } from 'node:path';
import { bundle } from './build/bundle.ts';

const root = join(import.meta.dirname, '..');

await bundle({
  root,
  entriesDirectory: join(root, 'src/entries'),
  outputDirectory: join(root, 'dist'),
});
