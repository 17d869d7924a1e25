/**
 * Checks who imports whom in `src`, or in the folder that is given as argument. Ends with 1 and a line for
 * each broken rule.
 */
import { join, relative } from 'node:path';
import { checkTree } from './imports/check-tree.ts';

const directory = process.argv[2] ?? join(import.meta.dirname, '../src');
const violations = await checkTree(directory);
for (const { file, line, message } of violations) {
  console.error(`${relative(process.cwd(), join(directory, file))}:${line}: ${message}`);
}
if (violations.length === 0) console.log('The import rules hold.');
process.exitCode = violations.length > 0 ? 1 : 0;
