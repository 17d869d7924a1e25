/** The first line of what the runtime said, without the paths and C++ signatures of whoever built it. */
export function explainRuntime(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const [line = ''] = text.slice(0, LOOKED_AT).trim().split('\n');
  let said = line.replace(/^Load model from .*? failed:/, '');
  for (let places = 0; places < MOST_PLACES; places++) said = withoutPlace(said);
  return said.replaceAll('onnxruntime::', '').trim().slice(0, 450) || 'no reason was given';
}

/** Signatures of templates take some hundreds; names within a message may be of any length. */
const LOOKED_AT = 4000;

/** A message that was handed on names each place that it passed through. */
const MOST_PLACES = 4;

/** A file of the runtime's sources with its line. */
const PLACE = /\.(?:cc|cpp|cxx|h|hpp):\d+\s+/;

function withoutPlace(text: string): string {
  const place = PLACE.exec(text);
  if (place === null) return text;
  const before = text.slice(0, text.lastIndexOf(' ', place.index) + 1);
  return before + withoutFunction(text.slice(place.index + place[0].length));
}

/** Return type and qualified name, as far as the parenthesis of the parameters. */
const SIGNATURE = /^[\w:<>,&*~\s]*::[\w<>~=+\-*/]+(?=\()/;
/** How a function is named where no parameters are: qualified, or a single word of several. */
const NAME = /^(?:(?:[\w~]+::)+[\w~]+|(?:[A-Z][a-z]+){2,})\s+/;
/** What may stand behind the parameters. */
const SUFFIX = /^(?:\s*(?:const|noexcept|mutable)\b|::[^\s([]+)/;

/** Leaves out the function that a text begins with; a text that begins otherwise stays. */
function withoutFunction(text: string): string {
  const signature = SIGNATURE.exec(text);
  if (signature === null) return text.replace(NAME, '');
  let rest = text.slice(signature[0].length);
  for (;;) {
    const suffix = SUFFIX.exec(rest);
    if (suffix !== null) rest = rest.slice(suffix[0].length);
    else if (rest.startsWith('(') || rest.startsWith(' [with ')) rest = behindBrackets(rest);
    else return rest.replace(/^>?\s*/, '');
  }
}

/** What follows the brackets that a text begins with; nothing when they are never closed. */
function behindBrackets(text: string): string {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(' || text[index] === '[') depth += 1;
    else if (text[index] === ')' || text[index] === ']') depth -= 1;
    else continue;
    if (depth === 0) return text.slice(index + 1);
  }
  return '';
}
