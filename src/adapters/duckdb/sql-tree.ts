/** A node of the tree that DuckDB parses SQL into; keys are DuckDB's. */
export type SqlNode = { [key: string]: unknown };

/** Calls back with every object of the tree, outermost first. */
export function visit(value: unknown, look: (node: SqlNode) => void): void {
  if (Array.isArray(value)) {
    for (const element of value) visit(element, look);
  } else if (typeof value === 'object' && value !== null) {
    const node = value as SqlNode;
    look(node);
    for (const child of Object.values(node)) visit(child, look);
  }
}
