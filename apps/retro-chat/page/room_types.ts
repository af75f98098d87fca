// What the server says of a room (rooms/room_json.h).

export type EventKind = 'enter' | 'leave' | 'lost' | 'removed' | 'speak' | 'away' | 'back';

export interface RoomEvent {
  event: number;
  kind: EventKind;
  who: string;
  colour: number;
  at: number;
  /** What was said, or the word left behind on stepping away. */
  line?: string;
  /** With `removed`: why, unless the owner has shown them out. */
  why?: 'closed' | 'entry';
}

export interface Member {
  who: string;
  colour: number;
  state: 'here' | 'away';
  since: number;
  word?: string;
}

/** What the room is called, and whether its lines are posted on. */
export interface RoomFacts {
  name: string;
  topic: string;
  posted_on: boolean;
}

/** What is pushed without a number. `ask`: something may have been missed. */
export type Notice =
  | { notice: 'members'; last: number; members: Member[] }
  | ({ notice: 'room' } & RoomFacts)
  | { notice: 'deleted' }
  | { notice: 'ask' };

export interface OlderAnswer {
  events: RoomEvent[];
  more: boolean;
}

export interface PollAnswer {
  last: number;
  events: RoomEvent[];
  members: Member[];
  room: RoomFacts;
  token?: string;
  issued?: number;
}
