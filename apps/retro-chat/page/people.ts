// Who is inside, kept up to date by the events, or replaced by what a poll or a notice says.

import { element, row } from './elements';
import type { Member, RoomEvent } from './room_types';
import { showTime } from './times';

interface Shown {
  member: Member;
  item: HTMLElement;
}

function same(a: Member, b: Member): boolean {
  return a.state === b.state && a.since === b.since && (a.word ?? '') === (b.word ?? '') && a.colour === b.colour;
}

/** Whom a row of the server's shows, so that a list with the same person leaves the row alone. */
function memberOf(item: HTMLElement): Member {
  const colour = /\bc(\d)\b/.exec(element('.who', HTMLElement, item).className)?.[1];
  const word = element('.word', HTMLElement, item).textContent;
  return {
    who: item.dataset.who ?? '',
    colour: Number(colour),
    state: item.classList.contains('away') ? 'away' : 'here',
    since: Number(element('time', HTMLElement, item).dataset.at),
    ...(word ? { word } : {}),
  };
}

export class People {
  private readonly list = element('#members', HTMLElement);
  private readonly count = element('#count', HTMLElement);
  private readonly shown = new Map<string, Shown>();
  /** The number of the last event that changed who is inside. */
  private changedAt = 0;

  constructor() {
    for (const item of this.list.children) {
      if (!(item instanceof HTMLElement)) continue;
      const member = memberOf(item);
      this.shown.set(member.who, { member, item });
    }
  }

  apply(event: RoomEvent): void {
    const { who, colour, at } = event;
    if (event.kind === 'speak') return;
    this.changedAt = event.event;
    if (event.kind === 'away') {
      this.put({ who, colour, state: 'away', since: at, ...(event.line ? { word: event.line } : {}) });
    } else if (event.kind === 'enter' || event.kind === 'back') {
      this.put({ who, colour, state: 'here', since: at });
    } else {
      this.drop(who);
    }
    this.recount();
  }

  /** `last` is the event that the list includes; one that is behind what was shown already is left alone. */
  replace(members: Member[], last: number): void {
    if (last < this.changedAt) return;
    const inside = new Set(members.map((member) => member.who));
    for (const who of [...this.shown.keys()]) {
      if (!inside.has(who)) this.drop(who);
    }
    for (const member of members) this.put(member);
    this.recount();
  }

  private drop(who: string): void {
    this.shown.get(who)?.item.remove();
    this.shown.delete(who);
  }

  private put(member: Member): void {
    const old = this.shown.get(member.who);
    if (old && same(old.member, member)) return;
    const item = row(`member-${member.state}`);
    item.dataset.who = member.who;
    const who = element('.who', HTMLElement, item);
    who.className = `who c${member.colour}`;
    who.textContent = member.who;
    element('.word', HTMLElement, item).textContent = member.word ?? '';
    showTime(item, member.since);
    if (old) old.item.replaceWith(item);
    else this.list.append(item);
    this.shown.set(member.who, { member, item });
  }

  private recount(): void {
    const count = String(this.shown.size);
    if (this.count.textContent !== count) this.count.textContent = count;
  }
}
