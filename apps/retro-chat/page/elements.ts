// The page's elements, by what they must be.

export function element<T extends Element>(selector: string, type: { new (): T }, root: ParentNode = document): T {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`this page has no ${selector}`);
  return found;
}

/** A copy of what the template `id` holds: a row without content. */
export function row(id: string): HTMLElement {
  const shape = element(`#${id}`, HTMLTemplateElement).content.firstElementChild;
  if (!(shape instanceof HTMLElement)) throw new Error(`template ${id} is empty`);
  return shape.cloneNode(true) as HTMLElement;
}
