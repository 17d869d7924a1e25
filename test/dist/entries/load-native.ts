/** Loads a native module as the actions do, and prints what came of it. Takes the options as JSON in a file. */
import { readFile } from 'node:fs/promises';
import { loadNative } from '../../../src/adapters/native/load-native.ts';
import type { NativeOptions } from '../../../src/adapters/native/options.ts';
import type { NativeName } from '../../../src/adapters/native/packages.ts';
import { exitCodeOf, messageOf } from '../../../src/core/errors.ts';

type Request = Omit<NativeOptions, 'environment'> & { readonly name: NativeName };

try {
  const { name, ...options } = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')) as Request;
  const fetched: string[] = [];
  const loaded: object = await loadNative(name, {
    ...options,
    environment: process.env,
    onFetch: (message) => fetched.push(message),
  });
  console.log(JSON.stringify({ exports: Object.keys(loaded).sort(), fetched }));
} catch (error) {
  process.exitCode = exitCodeOf(error);
  console.log(JSON.stringify({ failure: messageOf(error) }));
}
