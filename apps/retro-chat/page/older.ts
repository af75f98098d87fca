// Older lines: fetched as the reader scrolls up to the first, or by the link that works without this script too.

import { element } from './elements';
import { read } from './forms';
import type { Log } from './log';
import type { OlderAnswer } from './room_types';

/** How near to the first line, in pixels, the next ones are asked for. */
const kNear = 120;

export class Older {
  private readonly link = document.querySelector<HTMLElement>('#older');
  private readonly box = element('#log', HTMLElement);
  private asking = false;
  private over = this.link === null;

  constructor(
    private readonly path: string,
    private readonly log: Log,
  ) {
    this.link?.addEventListener('click', (event) => {
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
    if (this.link) this.link.hidden = false;
  }

  private async fetch(): Promise<void> {
    const first = this.log.first;
    if (this.asking || this.over || first === undefined) return;
    this.asking = true;
    const answer = await read<OlderAnswer>(`${this.path}/older?before=${first}`);
    this.asking = false;
    if (!answer || this.log.first !== first) return;
    const fits = this.log.prepend(answer.events);
    this.over = !answer.more || !fits || answer.events.length === 0;
    if (this.link && this.over) this.link.hidden = true;
  }
}
