// EventList: the list of what has happened, newest first, and never more than a hundred lines.

export type EventKind = 'message' | 'channel' | 'presence' | 'trouble';

const MOST_LINES = 100;

export class EventList {
  readonly #list: HTMLElement;
  readonly #placeholder: HTMLElement;

  /** `placeholder` is shown while `list` is empty. */
  constructor(list: HTMLElement, placeholder: HTMLElement) {
    this.#list = list;
    this.#placeholder = placeholder;
  }

  /** Adds a line: what is called `name`, and `detail` as it came, which may be anything at all. */
  add(kind: EventKind, name: string, detail = ''): void {
    const line = document.createElement('li');
    line.className = kind;
    line.append(this.#part('time', clock(new Date())), this.#part('b', name), this.#part('span', detail));
    this.#list.prepend(line);
    while (this.#list.childElementCount > MOST_LINES) this.#list.lastElementChild?.remove();
    this.#placeholder.hidden = true;
  }

  clear(): void {
    this.#list.replaceChildren();
    this.#placeholder.hidden = false;
  }

  // Text only: a message is never taken for HTML.
  #part(tag: string, text: string): HTMLElement {
    const part = document.createElement(tag);
    part.textContent = text;
    return part;
  }
}

function clock(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
