// The browser's end of the real-time protocol. See the README beside src.
export * from "./types";
export * from "./reduce";
export * from "./socket";
export * from "./outbox";
