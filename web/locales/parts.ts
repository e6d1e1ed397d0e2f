/** The arguments of a message, with something else in place of the texts. */
export type Slots<A, N> = { [K in keyof A]: A[K] extends string ? N | string : A[K] };

/**
 * The pieces of a message in order: literal text as strings, and in place of
 * each text argument what was given for it, so that a component can show a
 * name as an element of its own.
 *
 *     parts(t.threadJoined, { agent: <bdi key="agent">{name}</bdi> })
 */
export function parts<A extends object, N>(message: (a: A) => string, slots: Slots<A, N>): (string | N)[] {
  const names: string[] = [];
  const marked = Object.fromEntries(
    Object.entries(slots).map(([name, value]) => {
      if (typeof value === "number") return [name, value];
      // A private character stands for the argument, inside the isolate that
      // the message puts around it.
      names.push(name);
      return [name, String.fromCharCode(0xe000 + names.length - 1)];
    }),
  );
  const pieces = message(marked as A).split(/\u2068([\uE000-\uE0FF])\u2069/);
  return pieces
    .map((piece, i) => {
      if (i % 2 === 0) return piece;
      const name = names[piece.charCodeAt(0) - 0xe000];
      return slots[name as keyof A] as string | N;
    })
    .filter((piece) => piece !== "");
}
