import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type GitResult, type GitRun, runGit } from './git-process.ts';

export type Signature = { readonly name: string; readonly email: string; readonly date: Date };

export type CommitRequest = {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
};

/** `content` undefined removes the path, `sha` names an object that is there already. */
export type TreeChange = {
  readonly path: string;
  readonly mode: string;
  readonly sha?: string;
  readonly content?: string | Uint8Array;
};

/**
 * A bare repository on disk, changed by git itself. Needs git 2.38 for merges without a work tree. Objects
 * never change and never go, so what git said of one is not asked again: starting git is what takes time here.
 */
export class GitRepository {
  readonly directory: string;
  readonly #known = new Map<string, unknown>();

  constructor(directory: string) {
    this.directory = directory;
  }

  async initialize(defaultBranch: string): Promise<void> {
    await runGit(['init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`, this.directory]);
    await configure(this.directory);
  }

  async initializeFrom(source: GitRepository): Promise<void> {
    await runGit(['clone', '--quiet', '--bare', '--no-hardlinks', source.directory, this.directory]);
    const pullReferences = await this.references('refs/pull/');
    for (const { name } of pullReferences) await this.deleteReference(name);
    await configure(this.directory);
  }

  git(commandArguments: readonly string[], run: GitRun = {}): Promise<GitResult> {
    return runGit(['--git-dir', this.directory, ...commandArguments], run);
  }

  /** The commit a branch, tag, full reference name or (abbreviated) SHA stands for, or undefined. */
  async commitOf(revision: string): Promise<string | undefined> {
    const expression = `${revision}^{commit}`;
    if (!FULL_SHA.test(revision)) return this.object(expression);
    return this.remember(expression, () => this.object(expression));
  }

  /** The object a revision expression names, or undefined when there is none. */
  async object(expression: string): Promise<string | undefined> {
    const run = { acceptedCodes: [1, 128] };
    const { code, text } = await this.git(
      ['rev-parse', '--verify', '--quiet', '--end-of-options', expression],
      run,
    );
    if (code !== 0 || !FULL_SHA.test(text)) return undefined;
    // rev-parse believes any 40 hexadecimal digits, so ask whether such an object is there.
    return (await this.objectType(text)) === undefined ? undefined : text;
  }

  objectType(sha: string): Promise<string | undefined> {
    return this.remember(`type of ${sha}`, async () => {
      const { code, text } = await this.git(['cat-file', '-t', sha], { acceptedCodes: [1, 128] });
      return code === 0 ? text : undefined;
    });
  }

  /** Asks once for what never changes; that something is not there yet may change. */
  async remember<Value>(question: string, ask: () => Promise<Value>): Promise<Value> {
    const known = this.#known.get(question);
    if (known !== undefined) return known as Value;
    const answer = await ask();
    if (answer !== undefined) this.#known.set(question, answer);
    return answer;
  }

  /** What a reference with exactly this name (`refs/heads/main`) points at. */
  async reference(name: string): Promise<string | undefined> {
    const loose = await readFile(path.join(this.directory, name), 'utf8').catch(() => '');
    if (FULL_SHA.test(loose.trim())) return loose.trim();
    const { code, text } = await this.git(['show-ref', '--verify', '--hash', name], {
      acceptedCodes: [1, 128],
    });
    return code === 0 ? text : undefined;
  }

  async references(prefix: string): Promise<{ name: string; sha: string; type: string }[]> {
    const format = '--format=%(refname) %(objectname) %(objecttype)';
    const { text } = await this.git(['for-each-ref', format]);
    return lines(text)
      .map((line) => line.split(' '))
      .map(([name = '', sha = '', type = '']) => ({ name, sha, type }))
      .filter(({ name }) => name.startsWith(prefix));
  }

  async updateReference(name: string, sha: string): Promise<void> {
    await this.git(['update-ref', name, sha]);
  }

  async deleteReference(name: string): Promise<void> {
    await this.git(['update-ref', '-d', name]);
  }

  async isValidReferenceName(name: string): Promise<boolean> {
    const ask = async () => (await this.git(['check-ref-format', name], { acceptedCodes: [1] })).code === 0;
    return this.remember(`form of ${name}`, ask);
  }

  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    if (ancestor === descendant) return true;
    const { code } = await this.git(['merge-base', '--is-ancestor', ancestor, descendant], {
      acceptedCodes: [1, 128],
    });
    return code === 0;
  }

  async mergeBase(left: string, right: string): Promise<string | undefined> {
    const { code, text } = await this.git(['merge-base', left, right], { acceptedCodes: [1] });
    return code === 0 ? text : undefined;
  }

  /** Commits selected by rev-list arguments, in the order git gives them. */
  async commits(revisionArguments: readonly string[]): Promise<string[]> {
    return lines((await this.git(['rev-list', ...revisionArguments])).text);
  }

  blob(sha: string): Promise<Buffer> {
    return this.remember(`content of ${sha}`, async () => (await this.git(['cat-file', 'blob', sha])).stdout);
  }

  /** Content of a file at a revision, undefined when it is not there. */
  async readFile(revision: string, file: string): Promise<Buffer | undefined> {
    const sha = await this.object(`${revision}:${file}`);
    return sha === undefined ? undefined : this.blob(sha);
  }

  async createBlob(content: string | Uint8Array): Promise<string> {
    return (await this.git(['hash-object', '-w', '--stdin'], { input: content })).text;
  }

  async createCommit(request: CommitRequest): Promise<string> {
    const { tree, parents, message, author, committer } = request;
    const parentArguments = parents.flatMap((parent) => ['-p', parent]);
    const { text } = await this.git(['commit-tree', tree, ...parentArguments, '-F', '-'], {
      input: message,
      environment: {
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_AUTHOR_DATE: gitDate(author.date),
        GIT_COMMITTER_NAME: committer.name,
        GIT_COMMITTER_EMAIL: committer.email,
        GIT_COMMITTER_DATE: gitDate(committer.date),
      },
    });
    return text;
  }

  /** A tree made of `base` (empty when undefined) with the changes applied. */
  async createTree(base: string | undefined, changes: readonly TreeChange[]): Promise<string> {
    const directory = await mkdtemp(path.join(tmpdir(), 'github-index-'));
    const run = { environment: { GIT_INDEX_FILE: path.join(directory, 'index') } };
    try {
      if (base !== undefined) await this.git(['read-tree', base], run);
      for (const change of changes) {
        if (change.mode !== '040000' || change.sha === undefined) continue;
        await this.git(['rm', '-r', '--cached', '--quiet', '--ignore-unmatch', '--', change.path], run);
        await this.git(['read-tree', `--prefix=${change.path}/`, change.sha], run);
      }
      const entries = await Promise.all(
        changes.filter((change) => change.mode !== '040000').map((change) => this.#indexEntry(change)),
      );
      await this.git(['update-index', '-z', '--index-info'], { ...run, input: entries.join('') });
      return (await this.git(['write-tree'], run)).text;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  /** A tree with everything in a directory on disk (`.git` left out). */
  async createTreeFromDirectory(source: string): Promise<string> {
    const directory = await mkdtemp(path.join(tmpdir(), 'github-index-'));
    const environment = { GIT_INDEX_FILE: path.join(directory, 'index') };
    try {
      await this.git(['--work-tree', source, '-c', 'core.bare=false', 'add', '--all', '--force', '.'], {
        environment,
      });
      return (await this.git(['write-tree'], { environment })).text;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  /** The tree of the merge of two commits; undefined when they conflict. */
  async mergeTree(base: string, head: string): Promise<string | undefined> {
    const { code, text } = await this.git(['merge-tree', '--write-tree', base, head], { acceptedCodes: [1] });
    return code === 0 ? lines(text)[0] : undefined;
  }

  /** Whether `commit` differs from `reference` in the files that define workflows. */
  async changesWorkflows(reference: string, commit: string): Promise<boolean> {
    const { code } = await this.git(['diff', '--quiet', reference, commit, '--', '.github/workflows'], {
      acceptedCodes: [1],
    });
    return code === 1;
  }

  async #indexEntry({ path: file, mode, sha, content }: TreeChange): Promise<string> {
    if (sha === undefined && content === undefined) return `0 ${'0'.repeat(40)}\t${file}\0`;
    return `${mode} ${sha ?? (await this.createBlob(content!))}\t${file}\0`;
  }
}

const FULL_SHA = /^[0-9a-f]{40}$/;

async function configure(directory: string): Promise<void> {
  await appendFile(path.join(directory, 'config'), SETTINGS);
  await mkdir(path.join(directory, 'hooks'), { recursive: true });
  await writeFile(path.join(directory, 'hooks/pre-receive'), WORKFLOW_GUARD, { mode: 0o755 });
}

const SETTINGS = `[http]
	receivepack = true
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[receive]
	hideRefs = refs/pull
[gc]
	auto = 0
[core]
	logAllRefUpdates = false
`;

/** GitHub lets no token of a job change workflow files; the git backend says who pushes. */
const WORKFLOW_GUARD = `#!/bin/sh
test "$GITHUB_PUSHER_KIND" = actions || exit 0
default=$(git symbolic-ref HEAD)
while read -r old new name; do
  case "$new" in 0000000000000000000000000000000000000000) continue ;; esac
  git rev-parse --quiet --verify "$default" >/dev/null || continue
  file=$(git diff --name-only "$default...$new" -- .github/workflows | head -n 1)
  if test -n "$file"; then
    echo "refusing to allow a GitHub App to create or update workflow \\\`$file\\\` without \\\`workflows\\\` permission"
    exit 1
  fi
done
exit 0
`;

function gitDate(date: Date): string {
  return `${Math.floor(date.getTime() / 1000)} +0000`;
}

export function lines(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}
