// EventStreamParser: server-sent events out of the pieces of text that a connection brings.
//
// What it adds to the standard is the field `breaks`: `data` cannot carry a CR, so it says which line break stood
// between two lines, and the message is restored byte for byte.
//
// Source: WHATWG HTML section 9.2, spec/protocol.md section 3.1; spec/vectors/events.json holds the cases.

export interface ServerSentEvent {
  readonly event: string;
  /** The last id up to here. */
  readonly id: string;
  readonly data: string;
}

/** By their letters in `breaks`; any other means LF. */
const BREAKS: Partial<Record<string, string>> = { r: '\r', b: '\r\n' };

export class EventStreamParser {
  #line = ''; // the beginning of one, whose end is still to come
  #afterCr = false;
  #fields: Partial<Record<string, string>> = {};
  #lines: string[] = [];

  /** The events that `chunk` completes. */
  read(chunk: string): ServerSentEvent[] {
    // A CR ends its line at once; that it was half of a CRLF turns out with the next chunk.
    const text = this.#line + (this.#afterCr && chunk[0] === '\n' ? chunk.slice(1) : chunk);
    if (chunk) this.#afterCr = chunk.endsWith('\r');
    const lines = text.split(/\r\n?|\n/);
    this.#line = lines.pop() ?? '';
    const events: ServerSentEvent[] = [];
    for (const line of lines) {
      if (line) this.#take(line);
      else this.#finish(events);
    }
    return events;
  }

  #take(line: string): void {
    // A comment has an empty name. What follows the colon may hold any character but a line end.
    const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?/s.exec(line) ?? [];
    if (name === 'data') this.#lines.push(value);
    else if (name !== 'id' || !value.includes('\0')) this.#fields[name] = value;
  }

  #finish(events: ServerSentEvent[]): void {
    const { event, id = '', breaks = '' } = this.#fields;
    if (this.#lines.length) {
      const data = this.#lines.reduce((text, line, i) => text + (BREAKS[breaks.charAt(i - 1)] ?? '\n') + line);
      events.push({ event: event || 'message', id, data });
    }
    this.#fields = { id };
    this.#lines = [];
  }
}
