// Ledger: who has heard what, held against what was said.
//
// The room numbers its events without holes. So for each person: a number that skips one says that something was lost or
// came out of order, one that is not above the last pushed one that it was repeated. And for each line: how long after
// it was sent each had it.

/** What is read of a pushed event (rooms/room_json.h); notices have no number. */
export interface Pushed {
  readonly event?: number;
  readonly kind?: string;
  readonly line?: string;
}

export interface Faults {
  lost: number;
  repeated: number;
  /** Heard by one as another line than by the rest, or never said. */
  strange: number;
}

/** One line, said once. */
interface Said {
  readonly at: number;
  /** Milliseconds until each of the people had it, in the order of their having it. */
  readonly heardAfter: number[];
}

export class Ledger {
  readonly faults: Faults = { lost: 0, repeated: 0, strange: 0 };
  /** Pushes of any kind that arrived, at all people together. */
  heard = 0;
  /** Of each person: the last event that their page knows, and the last that was pushed to it. */
  private readonly last: number[] = [];
  private readonly pushed: number[] = [];
  private readonly said = new Map<string, Said>();
  private readonly lineOfEvent = new Map<number, string>();

  /** `person` has come in and knows the room up to event `last`. */
  enters(person: number, last: number): void {
    this.last[person] = last;
  }

  says(line: string, at: number): void {
    this.said.set(line, { at, heardAfter: [] });
  }

  /** The line was refused or did not get through: nobody is to have heard it. */
  unsaid(line: string): void {
    this.said.delete(line);
  }

  hears(person: number, pushed: Pushed, at: number): void {
    if (pushed.event === undefined) return;
    this.heard += 1;
    const last = this.pushed[person] ?? 0;
    if (pushed.event <= last) {
      this.faults.repeated += 1;
      return;
    }
    this.pushed[person] = pushed.event;
    const known = this.lastOf(person);
    if (pushed.event <= known) return; // Happened between the making of the token and of the page.
    this.faults.lost += pushed.event - known - 1;
    this.last[person] = pushed.event;
    if (pushed.kind === 'speak') this.hearsLine(pushed.event, pushed.line ?? '', at);
  }

  lastOf(person: number): number {
    return this.last[person] ?? 0;
  }

  /** Whether each of `people` has heard every line. */
  isComplete(people: number): boolean {
    return this.linesMissing(people) === 0;
  }

  /** Deliveries of lines that have not come. */
  linesMissing(people: number): number {
    let missing = 0;
    for (const { heardAfter } of this.said.values()) missing += Math.max(0, people - heardAfter.length);
    return missing;
  }

  get lines(): number {
    return this.said.size;
  }

  /** Of each line that everybody has: the milliseconds until the half of the pages had it, and the last one. */
  delays(people: number): { median: number[]; last: number[] } {
    const complete = [...this.said.values()].filter(({ heardAfter }) => heardAfter.length === people);
    return {
      median: complete.map(({ heardAfter }) => heardAfter[Math.ceil(people / 2) - 1] ?? 0),
      last: complete.map(({ heardAfter }) => heardAfter[people - 1] ?? 0),
    };
  }

  private hearsLine(event: number, line: string, at: number): void {
    const said = this.said.get(line);
    const known = this.lineOfEvent.get(event);
    if (!said || (known !== undefined && known !== line)) {
      this.faults.strange += 1;
      return;
    }
    this.lineOfEvent.set(event, line);
    said.heardAfter.push(at - said.at);
  }
}
