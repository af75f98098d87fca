// The conversation: rows appended at the end, older ones put before the first; the view stays where the reader is.

import { element, row } from './elements';
import { showLine } from './line_parts';
import type { RoomEvent } from './room_types';
import { showTime } from './times';

/** Rows kept on the page; the oldest go. */
const kRows = 1000;
/** Who is scrolled up by no more than this, in pixels, is shown what is new. */
const kNearEnd = -48;

export class Log {
  private readonly box = element('#log', HTMLElement);
  private readonly rows = element('#events', HTMLElement);
  private count = this.rows.childElementCount;
  /** The box is laid out from its end (retro.css): there its scroll position is 0, and above it is less. */
  private position = 0;
  /** Parts of a pixel by which the view is off its place, as boxes scroll by whole ones. */
  private owed = 0;

  constructor() {
    // Kept, because asking the box right after a row was added makes the browser lay out all rows for each of them.
    this.box.addEventListener(
      'scroll',
      () => {
        this.position = this.box.scrollTop;
      },
      { passive: true },
    );
  }

  /** True when the oldest rows had to go for it. */
  add(event: RoomEvent, isCall: boolean): boolean {
    const following = this.position > kNearEnd;
    const item = this.rowOf(event, isCall);
    if (following) this.rows.append(item);
    else this.appendUnseen(item);
    this.count += 1;
    if (following && this.position !== 0) this.box.scrollTop = 0;
    // Afterwards: what goes at the beginning moves nothing, as positions count from the end.
    const isTooMany = this.count > kRows;
    for (; this.count > kRows; this.count -= 1) this.rows.firstElementChild?.remove();
    return isTooMany;
  }

  /** Below what the reader looks at, which stays where it is. */
  private appendUnseen(item: HTMLElement): void {
    const last = this.rows.lastElementChild;
    const top = last?.getBoundingClientRect().top ?? 0;
    this.rows.append(item);
    this.owed += (last?.getBoundingClientRect().top ?? 0) - top;
    const whole = Math.round(this.owed);
    this.box.scrollTop += whole;
    this.owed -= whole;
  }

  /** What comes now is not read out line by line. */
  hush(): void {
    this.box.setAttribute('aria-live', 'off');
    setTimeout(() => this.box.setAttribute('aria-live', 'polite'), 500);
  }

  /** Puts `events` before the first row, unspoken to screen readers. False when there is no place for all. */
  prepend(events: RoomEvent[]): boolean {
    const fitting = events.slice(Math.max(0, events.length - (kRows - this.count)));
    this.hush();
    this.rows.prepend(...fitting.map((event) => this.rowOf(event, false)));
    this.count += fitting.length;
    return fitting.length === events.length;
  }

  /** The number of the first event shown. */
  get first(): number | undefined {
    const first = this.rows.firstElementChild;
    return first instanceof HTMLElement ? Number(first.dataset.event) : undefined;
  }

  get isFull(): boolean {
    return this.count >= kRows;
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
