// The conversation: everybody comes in, then lines are said in turn at an even pace until the time is over.

import { setTimeout as sleep } from 'node:timers/promises';
import { Ledger, type Pushed } from './ledger';
import { Person } from './person';

/** Sign-ups and arrivals at one time: passphrases are hashed two at a time. */
const AT_ONCE = 4;
/** For what is still under way when the last line has been said. */
const SETTLE_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 20;

export interface Outcome {
  /** Lines that were answered with anything but 200, by what it was. */
  readonly refused: Map<string, number>;
  /** Why channels ended that should not have. */
  readonly ended: string[];
  /** The latest that a line was sent behind its time: above some milliseconds the generator could not keep up. */
  lateMs: number;
}

export class Talk {
  readonly ledger = new Ledger();
  readonly outcome: Outcome = { refused: new Map(), ended: [], lateMs: 0 };
  private readonly people: Person[] = [];

  constructor(url: string, count: number) {
    for (let i = 0; i < count; ++i) this.people.push(new Person(`person_${i + 1}`, url));
  }

  get size(): number {
    return this.people.length;
  }

  async gather(tell: (done: number) => void): Promise<void> {
    await this.each((person) => person.signUp(), tell);
  }

  /** Everybody is in, and has heard that everybody is. */
  async comeIn(tell: (done: number) => void): Promise<void> {
    const [owner] = this.people;
    if (!owner) return;
    const path = await owner.openRoom('A full house');
    await this.each((person, i) => this.enter(person, i, path), tell);
    const newest = () => Math.max(...this.people.map((_, i) => this.ledger.lastOf(i)));
    await until(() => this.people.every((_, i) => this.ledger.lastOf(i) === newest()));
  }

  /** `perSecond` lines for `seconds`, each by the next person. */
  async talk(seconds: number, perSecond: number, tell: (said: number) => void): Promise<void> {
    const count = Math.round(seconds * perSecond);
    const answers: Promise<void>[] = [];
    const began = performance.now();
    for (let i = 0; i < count; ++i) {
      const due = began + (i * 1_000) / perSecond;
      const early = due - performance.now();
      if (early > 0) await sleep(early);
      this.outcome.lateMs = Math.max(this.outcome.lateMs, performance.now() - due);
      answers.push(this.say(i));
      tell(i + 1);
    }
    await Promise.all(answers);
    await until(() => this.ledger.isComplete(this.size));
  }

  close(): void {
    for (const person of this.people) person.close();
  }

  private async enter(person: Person, i: number, path: string): Promise<void> {
    const events = {
      onmessage: (text: string) => this.ledger.hears(i, JSON.parse(text) as Pushed, performance.now()),
      onend: (why: string) => this.outcome.ended.push(`${person.handle}: ${why}`),
    };
    await person.enter(path, events, (last) => this.ledger.enters(i, last));
  }

  private async say(i: number): Promise<void> {
    const person = this.people[i % this.size];
    if (!person) return;
    const line = `line ${i + 1}: 今日はよい天気ですね。 It is a fine day, and this is about as long as people write.`;
    this.ledger.says(line, performance.now());
    const answer = await person.say(line).then(String, (error: Error) => error.message);
    if (answer === '200') return;
    this.outcome.refused.set(answer, (this.outcome.refused.get(answer) ?? 0) + 1);
    this.ledger.unsaid(line);
  }

  private async each(act: (person: Person, i: number) => Promise<void>, tell: (done: number) => void): Promise<void> {
    let next = 0;
    let done = 0;
    const work = async () => {
      for (let i = next++; i < this.size; i = next++) {
        await act(this.people[i] as Person, i);
        tell(++done);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
}

/** Waits for `holds`, and no longer than what is under way may take: what is missing then shows in the figures. */
async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + SETTLE_TIMEOUT_MS;
  while (!holds() && performance.now() < deadline) await sleep(LOOK_EVERY_MS);
}
