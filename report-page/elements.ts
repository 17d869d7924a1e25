/** Small helpers of the page's script. Texts are only ever set as text, never as HTML. */

/** The element that a selector finds in another; the page is ours, so that one that is missing is a bug. */
export function need<Kind extends Element = HTMLElement>(root: ParentNode, selector: string): Kind {
  const found = root.querySelector<Kind>(selector);
  if (found === null) throw new Error(`the report has no ${selector}`);
  return found;
}

/** Texts of all elements that a selector finds. */
export function setText(root: ParentNode, selector: string, text: string): void {
  for (const element of root.querySelectorAll(selector)) element.textContent = text;
}

export function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}

/** A shape of a picture with its attributes. */
export function createShape(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const shape = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes)) shape.setAttribute(attribute, value);
  return shape;
}
