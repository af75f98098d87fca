// What a page may listen to. All of it is optional.

export interface MessageEvent {
  readonly data: string;
}

export interface ErrorEvent {
  /** An HTTP status. */
  readonly code: number;
  readonly description: string;
}

/** What the page has sent was not answered as taken. It may have arrived nevertheless. */
export interface SendFailedEvent {
  readonly data: string;
  /** An HTTP status; 0 when no answer came. */
  readonly code: number;
  /** The server's reason; empty when it has given none. */
  readonly description: string;
}

/** Messages after the cursor `from` up to and including `to` are no longer held: the page has missed them. */
export interface GapEvent {
  readonly from: string;
  readonly to: string;
}

export interface ReconnectingEvent {
  /** 1 for the first attempt since the connection was lost. */
  readonly attempt: number;
  readonly delay_ms: number;
}

export interface ReconnectedEvent {
  /** False when messages were missed; `ongap` follows. */
  readonly recovered: boolean;
}

/** The event that comes with each callback. The first four are those of the Channel API of 2010. */
export interface SocketEventMap {
  onopen: Record<string, never>;
  onmessage: MessageEvent;
  onerror: ErrorEvent;
  onclose: Record<string, never>;
  ongap: GapEvent;
  onreconnecting: ReconnectingEvent;
  onreconnected: ReconnectedEvent;
  onsendfailed: SendFailedEvent;
}

export type Handlers = {
  [Name in keyof SocketEventMap]?: ((event: SocketEventMap[Name]) => void) | null | undefined;
};

export const HANDLER_NAMES: ReadonlyArray<keyof SocketEventMap> = [
  'onopen',
  'onmessage',
  'onerror',
  'onclose',
  'ongap',
  'onreconnecting',
  'onreconnected',
  'onsendfailed',
];
