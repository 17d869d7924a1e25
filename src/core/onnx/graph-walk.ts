import type { OnnxGraph, OnnxNode } from './model.ts';

/** Who makes and who reads each value of a graph; the graphs inside its nodes are not followed. */
export type GraphWalk = {
  /** The node that makes a value; undefined for inputs, initializers and unknown names. */
  readonly producerOf: (value: string) => OnnxNode | undefined;
  readonly consumersOf: (value: string) => readonly OnnxNode[];
};

export function walkGraph(graph: OnnxGraph): GraphWalk {
  const producers = new Map<string, OnnxNode>();
  const consumers = new Map<string, OnnxNode[]>();
  for (const node of graph.nodes) {
    for (const output of node.outputs) if (output !== '') producers.set(output, node);
    for (const input of node.inputs) {
      const known = consumers.get(input);
      if (known === undefined) consumers.set(input, [node]);
      else known.push(node);
    }
  }
  return {
    producerOf: (value) => producers.get(value),
    consumersOf: (value) => consumers.get(value) ?? [],
  };
}

/** Operators that hand on their first input value by value, in another shape or type. */
const PASSING = new Set([
  'Identity',
  'Reshape',
  'Squeeze',
  'Unsqueeze',
  'Flatten',
  'Cast',
  'CastLike',
  'Dropout',
]);

/** Longest chain that is followed: a hostile graph may lead in a circle. */
const LONGEST_CHAIN = 64;

/** Where a value comes from when operators that only hand it on are passed over: a node, or the name of an input. */
export function originOf(
  walk: GraphWalk,
  value: string,
): { readonly node?: OnnxNode; readonly value: string } {
  let name = value;
  for (let steps = 0; steps < LONGEST_CHAIN; steps++) {
    const node = walk.producerOf(name);
    if (node === undefined) return { value: name };
    const [first] = node.inputs;
    if (!PASSING.has(node.opType) || first === undefined) return { node, value: name };
    name = first;
  }
  return { value: name };
}

/** Operators that put values beside others, or take some of them out. */
const PICKING = new Set(['Concat', 'ArrayFeatureExtractor', 'Split', 'Slice', 'Gather', 'FeatureVectorizer']);

/**
 * The nodes that read a value, through operators that hand it on, put it beside others or pick from it. Each is
 * named once; at most some hundreds are looked at.
 */
export function readersOf(walk: GraphWalk, value: string): readonly OnnxNode[] {
  const found = new Set<OnnxNode>();
  const seen = new Set<string>([value]);
  const waiting = [value];
  for (let name = waiting.pop(); name !== undefined && seen.size < 500; name = waiting.pop()) {
    for (const node of walk.consumersOf(name)) {
      if (!PASSING.has(node.opType) && !PICKING.has(node.opType)) {
        found.add(node);
        continue;
      }
      for (const output of node.outputs) {
        if (seen.has(output)) continue;
        seen.add(output);
        waiting.push(output);
      }
    }
  }
  return [...found];
}
