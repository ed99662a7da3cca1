/** Building the page piece by piece, as Trusted Types ask. */

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K, className: string, attributes: Readonly<Record<string, string>> = {}, text?: string,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A button that acts without taking the focus from the cell editor. */
export function quietButton(className: string, text: string, act: () => void): HTMLButtonElement {
  const made = element('button', className, { type: 'button', tabindex: '-1' }, text);
  made.addEventListener('mousedown', (event) => event.preventDefault());
  made.addEventListener('click', act);
  return made;
}

/** Sets an attribute only when it differs, so that nothing is announced or laid out anew for nothing. */
export function mark(target: Element, name: string, value: string | null): void {
  if (value === null) target.removeAttribute(name);
  else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

let made = 0;

/** An id no other element of the page has. */
export function freshId(stem: string): string {
  made += 1;
  return `${stem}-${made}`;
}
