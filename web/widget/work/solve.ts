import { sha256 } from "@noble/hashes/sha2.js";

/** In how many parts work is done: each is a search, and over several the luck evens out. */
export const parts = 8;

/**
 * The work on a token: for each part the first number with which the hash of
 * token, part and number begins with so many zero bits. The server checks it
 * with as many hashes as there are parts.
 */
export function solve(token: string, zeros: number): number[] {
  const text = new Uint8Array(37);
  text.set(sha256(new TextEncoder().encode(token)));
  const number = new DataView(text.buffer, 33);
  return Array.from({ length: parts }, (_, part) => {
    text[32] = part;
    for (let n = 0; ; n++) {
      number.setUint32(0, n);
      const hash = sha256(text);
      const first = ((hash[0] ?? 0) << 24) | ((hash[1] ?? 0) << 16) | ((hash[2] ?? 0) << 8) | (hash[3] ?? 0);
      if (Math.clz32(first) >= zeros) return n;
    }
  });
}
