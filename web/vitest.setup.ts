// What a test waits for comes when it comes: a busy machine is no failure, and
// only what never comes is one. By itself a wait would end after a second.
import { vi } from "vitest";

const waitFor = vi.waitFor.bind(vi);
vi.waitFor = (holds, options = 10_000) => waitFor(holds, options);
