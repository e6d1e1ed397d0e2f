// What carries the frames: a WebSocket, or what stands in for one.

/** What is used of a WebSocket. */
export interface Wire {
  onopen: (() => void) | null;
  onmessage: ((e: { data: unknown }) => void) | null;
  onclose: ((e: { code: number }) => void) | null;
  send(text: string): void;
  close(): void;
}
