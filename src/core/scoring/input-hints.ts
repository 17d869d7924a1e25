import { type GraphWalk, readersOf, walkGraph } from '../onnx/graph-walk.ts';
import type { OnnxModel, OnnxNode } from '../onnx/model.ts';
import { attributeIntegers, attributeTexts, attributeValue } from '../onnx/read-model.ts';

/** What a model's own operators say about the values an input expects. */
export type InputHint = {
  /** Texts that the encoders behind the input know. */
  readonly categories?: ReadonlySet<string>;
  /** The number that an imputer behind the input takes for missing, where that is not NaN. */
  readonly missingNumber?: number;
};

/** Attributes in which encoders keep the texts they know. */
const CATEGORY_ATTRIBUTES = ['cats_strings', 'keys_strings'];

/** Hints by the name of the input; inputs that nothing is known of are left out. */
export function findInputHints({ graph }: OnnxModel): ReadonlyMap<string, InputHint> {
  const walk = walkGraph(graph);
  return new Map(
    graph.inputs.flatMap(({ name }) => {
      const hint = hintOf(walk, name);
      return hint === undefined ? [] : [[name, hint] as const];
    }),
  );
}

function hintOf(walk: GraphWalk, input: string): InputHint | undefined {
  const readers = readersOf(walk, input);
  const categories = readers.flatMap(categoriesOf);
  const missing = new Set(readers.flatMap((node) => replacedValue(node) ?? []));
  const [missingNumber] = missing;
  if (categories.length === 0 && missingNumber === undefined) return undefined;
  return {
    ...(categories.length > 0 ? { categories: new Set(categories) } : {}),
    // Two imputers that disagree say nothing.
    ...(missingNumber !== undefined && missing.size === 1 ? { missingNumber } : {}),
  };
}

function categoriesOf(node: OnnxNode): readonly string[] {
  if (!['OneHotEncoder', 'LabelEncoder', 'CategoryMapper'].includes(node.opType)) return [];
  return node.attributes.flatMap((attribute) =>
    CATEGORY_ATTRIBUTES.includes(attribute.name) ? attributeTexts(attribute) : [],
  );
}

/** The value that an Imputer replaces; zero where it names none (ONNX operators, ai.onnx.ml Imputer). */
function replacedValue(node: OnnxNode): number | undefined {
  if (node.opType !== 'Imputer') return undefined;
  const isWhole = node.attributes.some(
    (attribute) => attribute.name === 'imputed_value_int64s' && attributeIntegers(attribute).length > 0,
  );
  const name = isWhole ? 'replaced_value_int64' : 'replaced_value_float';
  const attribute = node.attributes.find((candidate) => candidate.name === name);
  const value = attribute === undefined ? 0 : attributeValue(attribute);
  return typeof value === 'number' && !Number.isNaN(value) ? value : undefined;
}

/** Words for a missing value that converters leave among the categories, the likeliest first. */
const MISSING_WORDS = [
  '',
  'nan',
  'NaN',
  'None',
  'null',
  'NULL',
  '<NA>',
  'NA',
  'N/A',
  'missing',
  'Missing',
  'unknown',
  'Unknown',
];

/** The text that stands for missing: the first of the usual words that the model knows, else the empty text. */
export function missingText(categories: ReadonlySet<string> | undefined): string {
  return MISSING_WORDS.find((word) => categories?.has(word)) ?? '';
}

/** How the text of a column is spelled for a model; absent texts stay as they are. */
export type Spelling =
  | { readonly kind: 'words'; readonly words: Readonly<Record<string, string>> }
  | { readonly kind: 'decimal' };

const TRUTH_WORDS: readonly (readonly [string, string])[] = [
  ['true', 'false'],
  ['True', 'False'],
  ['TRUE', 'FALSE'],
  ['1', '0'],
  ['1.0', '0.0'],
  ['yes', 'no'],
];

/**
 * How booleans and numbers are written for an input that takes text: as the model's own categories write
 * them. Undefined when they say nothing, or what is usual (`true`, `12`).
 */
export function spellingFor(type: string, categories: ReadonlySet<string> | undefined): Spelling | undefined {
  if (categories === undefined) return undefined;
  if (type === 'boolean') {
    const words = TRUTH_WORDS.find(([yes, no]) => categories.has(yes) || categories.has(no));
    return words && words[0] !== 'true'
      ? { kind: 'words', words: { true: words[0], false: words[1] } }
      : undefined;
  }
  if (type !== 'integer' && type !== 'number') return undefined;
  const texts = [...categories];
  const decimal =
    texts.some((text) => /^-?\d+\.0$/.test(text)) && !texts.some((text) => /^-?\d+$/.test(text));
  return decimal ? { kind: 'decimal' } : undefined;
}

/** A text as a model spells it. */
export function spell(text: string, spelling: Spelling | undefined): string {
  if (spelling === undefined) return text;
  if (spelling.kind === 'words') return spelling.words[text] ?? text;
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
