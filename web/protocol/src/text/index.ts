// The rules of text, the same as in the server's package text and held to the
// same cases (api/fixtures/text). Each function can be imported alone.
export * from "./blocks";
export * from "./direction";
export * from "./fold";
export * from "./initials";
export * from "./isolate";
export * from "./linkify";
export * from "./message";
export * from "./name";
export * from "./template";
