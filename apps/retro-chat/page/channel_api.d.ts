// The documented surface of /_ah/channel/jsapi that this page uses.

declare namespace goog.appengine {
  interface ChannelError {
    description: string;
    code: number;
  }
  interface Socket {
    onopen: () => void;
    onmessage: (message: { data: string }) => void;
    onerror: (error: ChannelError) => void;
    onclose: () => void;
    /** Messages were lost for good: history no longer reached back to where the page stood. */
    ongap?: () => void;
    onreconnecting?: () => void;
    onreconnected?: () => void;
    /** Goes on with a fresh token of the same client id. */
    renew?: (token: string) => void;
    close(): void;
  }
  class Channel {
    constructor(token: string);
    open(): Socket;
  }
}
