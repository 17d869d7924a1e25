/** Reads what a step told GitHub's runner: command files and command lines. Follows the runner's own parsers. */

export type Annotation = {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
};

export type CommandLines = {
  /** Lines as they are shown: without commands that are not shown, secrets replaced by `***`. */
  readonly log: string;
  readonly annotations: readonly Annotation[];
  readonly groups: readonly string[];
  readonly masks: readonly string[];
};

/** The runner keeps this many annotations of each level for a step; the rest is only in the log. */
const MAX_ANNOTATIONS = 10;
const MAX_MESSAGE_CHARACTERS = 4096;

/** Commands that the runner refuses or warns of; a current action must not print them. */
const RETIRED_COMMANDS = ['set-output', 'save-state', 'set-env', 'add-path'];

/**
 * Pairs of a command file such as GITHUB_OUTPUT: `name=value` or `name<<delimiter`.
 * @throws when the runner would fail the step over it.
 */
export function readPairs(text: string): Readonly<Record<string, string>> {
  const pairs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals > 0 && (heredoc < 0 || equals < heredoc)) {
      pairs[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    if (heredoc <= 0) throw new Error(`Invalid format '${line}' in a command file`);
    const delimiter = line.slice(heredoc + 2);
    const end = lines.indexOf(delimiter, index + 1);
    if (end < 0) throw new Error(`Matching delimiter not found '${delimiter}' in a command file`);
    pairs[line.slice(0, heredoc)] = lines.slice(index + 1, end).join('\n');
    index = end;
  }
  return pairs;
}

/** Commands among the printed lines, in the current form (`::error::`) and the old one (`##[error]`). */
export function readCommandLines(output: string): CommandLines {
  const shown: string[] = [];
  const annotations: Annotation[] = [];
  const groups: string[] = [];
  const masks: string[] = [];
  let paused: string | undefined;
  for (const line of output.split(/\r?\n/)) {
    const command = parseCommand(line);
    if (paused !== undefined) {
      if (command?.name === paused) paused = undefined;
      else shown.push(line);
      continue;
    }
    if (command === undefined) shown.push(line);
    else if (RETIRED_COMMANDS.includes(command.name)) {
      throw new Error(`the step printed the retired command ${command.name}: ${line}`);
    } else if (command.name === 'stop-commands') paused = command.data;
    else if (command.name === 'add-mask') masks.push(...command.data.split(/\r?\n/).filter(Boolean));
    else if (command.name === 'group') {
      groups.push(command.data);
      shown.push(command.data);
    } else if (isLevel(command.name)) {
      addAnnotation(annotations, command.name, command);
      shown.push(`${command.name}: ${command.data}`);
    } else if (command.name !== 'debug' && command.name !== 'endgroup') shown.push(line);
  }
  return { log: hide(shown.join('\n'), masks), annotations, groups, masks };
}

type Command = {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
};

function parseCommand(line: string): Command | undefined {
  const current = /^\s*::([^\s:]+)(?: ([^:]*(?:%3A[^:]*)*))?::(.*)$/.exec(line);
  // The old form counts wherever it stands in a line, which is what makes it dangerous in foreign text.
  const found = current ?? /##\[([^\s\]]+)(?: ([^\]]*))?\](.*)$/.exec(line);
  if (found === null) return undefined;
  const [, name = '', properties = '', data = ''] = found;
  const pairs = properties.split(current ? ',' : ';').flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals < 1 ? [] : [[pair.slice(0, equals).trim(), unescapeProperty(pair.slice(equals + 1))]];
  });
  return { name: name.toLowerCase(), properties: Object.fromEntries(pairs), data: unescapeData(data) };
}

function isLevel(name: string): name is Annotation['level'] {
  return name === 'error' || name === 'warning' || name === 'notice';
}

function addAnnotation(annotations: Annotation[], level: Annotation['level'], command: Command): void {
  if (annotations.filter((one) => one.level === level).length >= MAX_ANNOTATIONS) return;
  const { title, file, line, col } = command.properties;
  annotations.push({
    level,
    message: command.data.slice(0, MAX_MESSAGE_CHARACTERS),
    ...(title === undefined ? {} : { title }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(col === undefined ? {} : { column: Number(col) }),
  });
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}

function hide(text: string, masks: readonly string[]): string {
  return masks.reduce((hidden, mask) => hidden.replaceAll(mask, '***'), text);
}
