// A WebSocket whose other side is the test.

export class FakeWebSocket {
  readonly sent: string[] = [];
  readyState = 0;
  closedWith: number | undefined;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(
    readonly url: string,
    readonly subprotocol: string,
  ) {}

  send(frame: string): void {
    if (this.readyState === 0) throw new Error('InvalidStateError');
    if (this.readyState === 1) this.sent.push(frame);
  }

  close(code: number): void {
    this.closedWith ??= code;
    this.readyState = 3;
  }

  // What the other side does.

  accept(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  receive(...frames: unknown[]): void {
    for (const data of frames) this.onmessage?.({ data });
  }

  /** The handshake is done and the token accepted, at `cursor`. */
  open(cursor: string, options: Opened = {}): void {
    this.accept();
    this.receive(openedFrame(cursor, options));
  }

  cut(): void {
    this.readyState = 3;
    this.onclose?.();
  }
}

interface Opened {
  recovered?: boolean;
  heartbeat?: number;
  session?: string;
  expires?: number;
}

export function openedFrame(
  cursor: string,
  { recovered = true, heartbeat = 25, session = 's', expires = 7200 }: Opened = {},
): string {
  return `o${JSON.stringify({ session, cursor, recovered, heartbeat_s: heartbeat, expires_in_s: expires })}`;
}

export function errorFrame(code: number, description: string, reconnect: boolean, name = 'x'): string {
  return `e${JSON.stringify({ code, description, reconnect, name })}`;
}
