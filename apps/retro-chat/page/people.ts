// Who is inside, kept up to date by the events or replaced by what a poll says.

import { element, row } from './elements';
import type { Member, RoomEvent } from './room_types';
import { showTime } from './times';

export class People {
  private readonly list = element('#members', HTMLElement);
  private readonly count = element('#count', HTMLElement);

  apply(event: RoomEvent): void {
    const { who, colour, at } = event;
    if (event.kind === 'leave' || event.kind === 'lost') this.find(who)?.remove();
    if (event.kind === 'away') this.put({ who, colour, state: 'away', since: at });
    if (event.kind === 'enter' || event.kind === 'back') this.put({ who, colour, state: 'here', since: at });
    this.recount();
  }

  replace(members: Member[]): void {
    this.list.replaceChildren();
    for (const member of members) this.put(member);
    this.recount();
  }

  private put(member: Member): void {
    const item = row(`member-${member.state}`);
    item.dataset.who = member.who;
    const who = element('.who', HTMLElement, item);
    who.className = `who c${member.colour}`;
    who.textContent = member.who;
    showTime(item, member.since);
    const old = this.find(member.who);
    if (old) old.replaceWith(item);
    else this.list.append(item);
  }

  private find(who: string): HTMLElement | undefined {
    return [...this.list.children].find(
      (item): item is HTMLElement => item instanceof HTMLElement && item.dataset.who === who,
    );
  }

  private recount(): void {
    this.count.textContent = String(this.list.childElementCount);
  }
}
