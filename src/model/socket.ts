/** What a socket tells while it is there. */
export interface SocketEvents {
  opened(): void;
  message(text: string): void;
  /** It is closed, or never opened; called once. @param reason in a few words, without the address, which is secret */
  closed(reason: string): void;
}

/** A socket that is open or opening. */
export interface OpenSocket {
  /** Sends a text; lost where the socket is not open. */
  send(text: string): void;
  close(): void;
}

/** Port: opens a WebSocket. Never throws: what is wrong is told as {@link SocketEvents.closed}. */
export type ConnectSocket = (address: string, events: SocketEvents) => OpenSocket;
