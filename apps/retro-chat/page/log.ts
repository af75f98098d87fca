// The conversation: rows appended at the end, the view kept at the end unless the reader has scrolled up.

import { element, row } from './elements';
import type { RoomEvent } from './room_types';
import { showTime } from './times';

/** Rows kept on the page; the oldest go. */
const kRows = 1000;

export class Log {
  private readonly box = element('#log', HTMLElement);
  private readonly rows = element('#events', HTMLElement);

  add(event: RoomEvent): void {
    const height = this.box.scrollHeight;
    const following = this.atEnd();
    const item = row(`event-${event.kind}`);
    item.dataset.event = String(event.event);
    showTime(item, event.at);
    const who = element('.who', HTMLElement, item);
    who.className = `who c${event.colour}`;
    who.textContent = event.who;
    if (event.kind === 'speak') element('.line', HTMLElement, item).textContent = event.line ?? '';
    this.rows.append(item);
    if (following) this.box.scrollTop = 0;
    else this.box.scrollTop -= this.box.scrollHeight - height;
    while (this.rows.childElementCount > kRows) this.rows.firstElementChild?.remove();
  }

  clear(): void {
    this.rows.replaceChildren();
  }

  /** The box is laid out from its end (retro.css), so that is where its scroll position is 0. */
  private atEnd(): boolean {
    return this.box.scrollTop > -48;
  }
}
