// Room: the events in their order, whichever way they come, each once.
//
// The page was rendered with the room as it was after event `last`. Later events come pushed, numbered without
// holes: one that is not above `last` was shown already; one that skips a number says that something is missing, and
// the server is asked for what came after `last`. Where it has not come that far, as it went back to a backup, the page
// begins anew. The same question is asked every quarter of an hour (it
// brings a new token in time) and whenever the channel could not go on by itself.

import { Alerts } from './alerts';
import { Composer } from './composer';
import { element } from './elements';
import { send } from './forms';
import { Line } from './line';
import { calls } from './line_parts';
import { LineState } from './line_state';
import { Log } from './log';
import { Older } from './older';
import { People } from './people';
import type { Notice, PollAnswer, RoomEvent, RoomFacts } from './room_types';
import { Unread } from './unread';

/** As many events as one poll brings at most (limits::kEventsShown). */
const kEventsOfPoll = 100;
const kRetryMs = 5_000;
/** More that was missed than this is not read out to those who listen. */
const kReadOut = 5;
/** Refusals after which it makes no sense to enter again. */
const kFinal = ['no_such_room', 'removed_from_room'];

export class Room {
  private readonly box = element('main.room', HTMLElement);
  private readonly token = element('input[name=channel_token]', HTMLInputElement);
  private readonly issued = element('input[name=channel_issued]', HTMLInputElement);
  private readonly formToken = element('#speak input[name=form_token]', HTMLInputElement);
  private readonly left = element('#left', HTMLElement);
  private readonly leftWhy = element('#left-why', HTMLElement);
  private readonly name = element('#room-name', HTMLElement);
  private readonly log = new Log();
  private readonly older: Older;
  private readonly people = new People();
  private readonly unread = new Unread();
  private readonly state = new LineState();
  private readonly composer = new Composer(() => this.sent());
  private readonly line = new Line(this.state, {
    onmessage: (data) => this.heard(JSON.parse(data) as RoomEvent | Notice),
    onlost: () => void this.ask(),
  });
  private readonly path = this.box.dataset.path ?? '';
  private readonly me = this.box.dataset.me ?? '';
  private readonly alerts = new Alerts(() => this.name.textContent ?? '');
  private last = Number(this.box.dataset.last);
  private asking: Promise<void> | undefined;
  private askAgain = false;
  private askedAt = Date.now();
  private over = false;

  constructor() {
    this.older = new Older(this.path, this.log);
  }

  start(): void {
    const every = Number(this.box.dataset.pollMs);
    this.line.open(this.token.value);
    setInterval(() => void this.ask(), every);
    document.addEventListener('visibilitychange', () => {
      // Timers of a sleeping machine do not run.
      if (document.visibilityState === 'visible' && Date.now() - this.askedAt > every) void this.ask();
    });
  }

  private heard(event: RoomEvent | Notice): void {
    if ('notice' in event) {
      this.noticed(event);
      return;
    }
    if (event.event <= this.last) return;
    if (event.event > this.last + 1) {
      void this.ask();
      return;
    }
    this.last = event.event;
    this.show(event);
    this.people.apply(event);
    if (event.who === this.me) this.heardOfMe(event);
  }

  private show(event: RoomEvent): void {
    const ofOthers = event.kind === 'speak' && event.who !== this.me;
    const isCall = ofOthers && calls(event.line ?? '', this.me);
    if (this.log.add(event, isCall)) this.older.reopen();
    if (!ofOthers) return;
    this.unread.count(isCall);
    this.alerts.line(event, isCall);
  }

  private noticed(notice: Notice): void {
    if (notice.notice === 'members') this.people.replace(notice.members, notice.last);
    if (notice.notice === 'ask') void this.ask();
    if (notice.notice === 'deleted') this.end(this.leftWhy.dataset.deleted, false);
    if (notice.notice === 'room') this.become(notice);
  }

  private become(room: RoomFacts): void {
    this.unread.rename(this.name.textContent ?? '', room.name);
    this.name.textContent = room.name;
    element('#room-topic', HTMLElement).textContent = room.topic;
    element('#posted-on span', HTMLElement).hidden = !room.posted_on;
  }

  private heardOfMe(event: RoomEvent): void {
    if (event.kind === 'away') this.box.dataset.state = 'away';
    if (event.kind === 'back' || event.kind === 'enter') this.box.dataset.state = 'here';
    // Given up by the house while this page was out of reach; asking comes in again.
    if (event.kind === 'lost') void this.ask();
    if (event.kind === 'leave') this.end();
    if (event.kind === 'removed') this.end(this.leftWhy.dataset[event.why ?? event.kind], event.why !== undefined);
  }

  private sent(): void {
    if (!this.line.isOpen) void this.ask();
  }

  /** Asks for what is missing; while one question is out, further ones become one more. */
  private ask(): Promise<void> {
    if (this.over) return Promise.resolve();
    if (this.asking) {
      this.askAgain = true;
      return this.asking;
    }
    this.asking = this.poll().finally(() => {
      this.asking = undefined;
      if (!this.askAgain) return;
      this.askAgain = false;
      void this.ask();
    });
    return this.asking;
  }

  private async poll(): Promise<void> {
    this.askedAt = Date.now();
    const after = this.last;
    const fields = new URLSearchParams({
      form_token: this.formToken.value,
      // A channel that was closed for good had a token that is none any more, whatever the chat believes of it.
      channel_token: this.line.isOpen ? this.token.value : '',
      channel_issued: this.issued.value,
      after: String(after),
    });
    const reply = await send<PollAnswer>(`${this.path}/poll`, fields);
    if (reply.ok && reply.value.last < after) {
      // What stands in the box is kept (draft.ts).
      this.over = true;
      location.reload();
    } else if (reply.ok) {
      this.catchUp(reply.value);
      this.keepLine(reply.value);
    } else if (reply.refusal && reply.refusal.status < 500) {
      this.end(reply.refusal.title, !kFinal.includes(reply.refusal.code));
    } else {
      setTimeout(() => void this.ask(), kRetryMs);
    }
  }

  private catchUp(answer: PollAnswer): void {
    if (answer.last < this.last) return; // Overtaken by pushed events.
    const first = answer.events[0]?.event ?? 0;
    // More happened than one answer brings: go on from there, as a freshly opened page would.
    if (answer.events.length >= kEventsOfPoll && first > this.last + 1) {
      this.log.clear();
      this.older.reopen();
    }
    const missed = answer.events.filter((event) => event.event > this.last);
    if (missed.length > kReadOut) this.log.hush();
    for (const event of missed) this.show(event);
    this.last = answer.last;
    this.people.replace(answer.members, answer.last);
    this.become(answer.room);
    const mine = answer.members.find((member) => member.who === this.me);
    if (mine) this.box.dataset.state = mine.state;
  }

  private keepLine(answer: PollAnswer): void {
    if (answer.token !== undefined) {
      this.token.value = answer.token;
      this.issued.value = String(answer.issued ?? 0);
      this.line.use(answer.token);
    } else if (!this.line.isOpen) {
      this.line.open(this.token.value);
    }
  }

  /** One has left, here or on another page, or may stay no longer; nothing comes any more until one enters again. */
  private end(why = this.leftWhy.textContent ?? '', mayEnter = true): void {
    this.over = true;
    this.leftWhy.textContent = why;
    element('#enter-again', HTMLElement).hidden = !mayEnter;
    this.line.close();
    this.composer.end();
    this.left.hidden = false;
  }
}
