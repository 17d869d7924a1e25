import type { OnnxGraph, OnnxModel, OnnxNode, OnnxTensor } from './model.ts';

/** Domain of the standard operators, which models leave empty or write out. */
export const STANDARD_DOMAIN = 'ai.onnx';
/** Domain of the operators of classical machine learning: trees, linear models, encoders. */
export const LEARNING_DOMAIN = 'ai.onnx.ml';

export function standardDomain(domain: string): string {
  return domain === '' ? STANDARD_DOMAIN : domain;
}

/** Every node of a model: of its graph, of the graphs inside it, and of its own functions. */
export function* eachNode(model: OnnxModel): Generator<OnnxNode> {
  yield* nodesOf(model.graph.nodes);
  for (const own of model.functions) yield* nodesOf(own.nodes);
}

/** Every graph of a model, the outermost first. */
export function* eachGraph(model: OnnxModel): Generator<OnnxGraph> {
  yield model.graph;
  for (const node of eachNode(model)) for (const { graphs } of node.attributes) yield* graphs;
}

/** Every tensor with values: initializers of all graphs, and those in attributes. */
export function* eachTensor(model: OnnxModel): Generator<OnnxTensor> {
  for (const graph of eachGraph(model)) {
    yield* graph.initializers;
    yield* graph.sparseInitializers;
  }
  for (const node of eachNode(model)) for (const { tensors } of node.attributes) yield* tensors;
}

/** The reader bounds how deep graphs lie in each other. */
function* nodesOf(nodes: readonly OnnxNode[]): Generator<OnnxNode> {
  for (const node of nodes) {
    yield node;
    for (const { graphs } of node.attributes) for (const graph of graphs) yield* nodesOf(graph.nodes);
  }
}
