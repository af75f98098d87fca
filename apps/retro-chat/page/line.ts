// The channel of this page: opened with the token in the form, renewed in place, reopened when it ends.

import { isChannelScriptHere, loadChannelScript } from './channel_script';
import type { LineState } from './line_state';

export interface LineEvents {
  onmessage: (data: string) => void;
  /** Something may have been missed, or the token is over: ask the server. */
  onlost: () => void;
}

/** The socket's own client comes back by itself from lost connections; this is for what it gives up on. */
const kReopenMs = [1_000, 2_000, 5_000, 10_000, 30_000];

/** Nothing when the channel's script has not loaded: until it does the page lives on polls. */
function opened(token: string): goog.appengine.Socket | undefined {
  try {
    return new goog.appengine.Channel(token).open();
  } catch {
    return undefined;
  }
}

export class Line {
  private socket: goog.appengine.Socket | undefined;
  private failures = 0;
  private over = false;

  constructor(
    private readonly state: LineState,
    private readonly events: LineEvents,
  ) {}

  open(token: string): void {
    if (this.over) return;
    this.state.show(this.failures === 0 ? 'opening' : 'reopening');
    const socket = opened(token);
    this.socket = socket;
    if (!socket) {
      this.state.show('closed');
      if (!isChannelScriptHere()) loadChannelScript();
      this.askLater();
      return;
    }
    socket.onopen = () => {
      this.failures = 0;
      this.state.show('open');
    };
    socket.onmessage = (message) => this.events.onmessage(message.data);
    socket.onerror = () => undefined; // onclose always follows.
    socket.onclose = () => this.closed(socket);
    socket.ongap = () => this.events.onlost();
    socket.onreconnecting = () => this.state.show('reopening');
    socket.onreconnected = () => this.state.show('open');
  }

  /** Goes on with a fresh token: in place when the socket is open and can, else by a new one. */
  use(token: string): void {
    const socket = this.socket;
    if (socket?.renew) {
      socket.renew(token);
      return;
    }
    this.socket = undefined; // So that its onclose is not taken for a loss.
    socket?.close();
    this.open(token);
  }

  get isOpen(): boolean {
    return this.socket !== undefined;
  }

  /** For good. */
  close(): void {
    this.over = true;
    this.state.show('closed');
    this.socket?.close();
  }

  private closed(socket: goog.appengine.Socket): void {
    if (this.over || socket !== this.socket) return;
    this.socket = undefined;
    this.state.show('reopening');
    this.askLater();
  }

  private askLater(): void {
    const wait = kReopenMs[Math.min(this.failures, kReopenMs.length - 1)];
    this.failures += 1;
    setTimeout(() => this.events.onlost(), wait);
  }
}
