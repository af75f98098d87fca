// Older lines: fetched as the reader scrolls up to the first, or by the link that works without this script too. When the page holds
// as many rows as it may, the link leads to the log, from there on.

import { element } from './elements';
import { read } from './forms';
import type { Log } from './log';
import type { OlderAnswer } from './room_types';

/** How near to the first line, in pixels, the next ones are asked for. */
const kNear = 120;

export class Older {
  private readonly place = element('#older', HTMLElement);
  private readonly link = element('#older a', HTMLAnchorElement);
  private readonly box = element('#log', HTMLElement);
  private asking = false;
  private over = this.place.hidden;

  constructor(
    private readonly path: string,
    private readonly log: Log,
  ) {
    this.link.addEventListener('click', (event) => {
      if (this.log.isFull) {
        this.link.href = `${this.path}/older?before=${this.log.first ?? 0}`;
        this.link.target = '_blank'; // To leave this page is to leave the room.
        return;
      }
      event.preventDefault();
      void this.fetch();
    });
    this.box.addEventListener('scroll', () => {
      const above = this.box.scrollHeight - this.box.clientHeight + this.box.scrollTop;
      if (above < kNear) void this.fetch();
    });
  }

  /** To be called when the log begins later than it did. */
  reopen(): void {
    this.over = false;
    this.place.hidden = false;
  }

  private async fetch(): Promise<void> {
    const first = this.log.first;
    if (this.asking || this.over || this.log.isFull || first === undefined) return;
    this.asking = true;
    const answer = await read<OlderAnswer>(`${this.path}/older?before=${first}`);
    this.asking = false;
    if (!answer || this.log.first !== first) return;
    const fits = this.log.prepend(answer.events);
    this.over = fits && (!answer.more || answer.events.length === 0);
    this.place.hidden = this.over;
  }
}
