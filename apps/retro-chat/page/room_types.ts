// What the server says of a room (rooms/room_json.h).

export type EventKind = 'enter' | 'leave' | 'lost' | 'speak' | 'away' | 'back';

export interface RoomEvent {
  event: number;
  kind: EventKind;
  who: string;
  colour: number;
  at: number;
  line?: string;
}

/** Pushed without a number. `ask`: something may have been missed. */
export interface Notice {
  notice: string;
}

export interface Member {
  who: string;
  colour: number;
  state: 'here' | 'away';
  since: number;
}

export interface PollAnswer {
  last: number;
  events: RoomEvent[];
  members: Member[];
  token?: string;
  issued?: number;
}
