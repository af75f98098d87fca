// The package `tayori`: the browser client as an ES module.
//
//     import { Channel } from 'tayori';
//     const socket = new Channel(token).open({ onmessage: ({ data }) => show(data) });

export { Channel, type ChannelOptions } from './channel';
export { codes, type ErrorName } from './codes';
export type {
  ErrorEvent,
  GapEvent,
  Handlers,
  MessageEvent,
  ReconnectedEvent,
  ReconnectingEvent,
  SendFailedEvent,
  SocketEventMap,
} from './handlers';
export { shareWebSocket } from './shared_web_socket';
export { ReadyState, Socket } from './socket';
export type { TokenSource } from './token_refresher';
export type { TransportName } from './transport';
