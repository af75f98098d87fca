// The conversation: rows appended at the end, older ones put before the first; the view stays where the reader is.

import { element, row } from './elements';
import { showLine } from './line_parts';
import type { RoomEvent } from './room_types';
import { showTime } from './times';

/** Rows kept on the page; the oldest go. */
const kRows = 1000;

export class Log {
  private readonly box = element('#log', HTMLElement);
  private readonly rows = element('#events', HTMLElement);
  private count = this.rows.childElementCount;

  add(event: RoomEvent, isCall: boolean): void {
    // The box is laid out from its end (retro.css), so that is where its scroll position is 0.
    const following = this.box.scrollTop > -48;
    const height = following ? 0 : this.box.scrollHeight;
    this.rows.append(this.rowOf(event, isCall));
    this.count += 1;
    for (; this.count > kRows; this.count -= 1) this.rows.firstElementChild?.remove();
    if (following) this.box.scrollTop = 0;
    else this.box.scrollTop -= this.box.scrollHeight - height;
  }

  /** Puts `events` before the first row, unspoken to screen readers. False when there is no place for all. */
  prepend(events: RoomEvent[]): boolean {
    const fitting = events.slice(Math.max(0, events.length - (kRows - this.count)));
    this.box.setAttribute('aria-live', 'off');
    this.rows.prepend(...fitting.map((event) => this.rowOf(event, false)));
    this.count += fitting.length;
    setTimeout(() => this.box.setAttribute('aria-live', 'polite'), 500);
    return fitting.length === events.length;
  }

  /** The number of the first event shown. */
  get first(): number | undefined {
    const first = this.rows.firstElementChild;
    return first instanceof HTMLElement ? Number(first.dataset.event) : undefined;
  }

  clear(): void {
    this.rows.replaceChildren();
    this.count = 0;
  }

  private rowOf(event: RoomEvent, isCall: boolean): HTMLElement {
    const item = row(`event-${event.kind}`);
    item.dataset.event = String(event.event);
    item.classList.toggle('called', isCall);
    showTime(item, event.at);
    const who = element('.who', HTMLElement, item);
    who.className = `who c${event.colour}`;
    who.textContent = event.who;
    if (event.kind === 'speak') showLine(element('.line', HTMLElement, item), event.line ?? '');
    else element('.word', HTMLElement, item).textContent = event.line ?? '';
    return item;
  }
}
