import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packageOf } from './chunk-plan.ts';

/** The licences of all packages that modules were bundled from, as one text in the order of their names. */
export async function collectLicenses(moduleIds: Iterable<string>): Promise<string> {
  const directories = new Set<string>();
  for (const id of moduleIds) {
    const found = packageOf(id);
    if (found !== undefined) directories.add(found.directory);
  }
  const entries = new Map<string, string>();
  for (const directory of directories) {
    const { title, text } = await readLicense(directory);
    entries.set(title, text);
  }
  const sorted = [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    'The files in this folder contain code of these packages.',
    ...sorted.map(([title, text]) => `${'-'.repeat(80)}\n${title}\n\n${text}`),
  ]
    .join('\n\n')
    .concat('\n');
}

async function readLicense(directory: string): Promise<{ title: string; text: string }> {
  const description = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  // A package may keep the licences of what it took over in a folder.
  const files = (await readdir(directory, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(relative(directory, entry.parentPath), entry.name))
    .filter((file) => /^(licen[cs]es?[\\/])?(licen[cs]e|copying|notice)[^\\/]*$/i.test(file))
    .sort();
  const texts = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
  const license = description.license ?? 'licence not stated';
  return {
    title: `${description.name} ${description.version} (${license})`,
    text:
      texts.length === 0
        ? 'The package has no file with the text of its licence.'
        : texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n'),
  };
}
