// The first run without a server.
import type { SetupSource, Whole } from "../setup/source";
import type { Step } from "../setup/steps";
import { queues, setup } from "./cast";

/** An organization that has come to that step. */
export function fakeSetup(at: Step): SetupSource {
  const whole: Whole = {
    format: "hiwar-configuration-1",
    version: 3,
    organization: {
      name: { en: "Lotus", ar: "لوتس" },
      language: "ar",
      time_zone: "Asia/Riyadh",
      settings: { setup: at },
    },
    queues: [{ id: "que_1", name: queues.support.name }],
    reasons: setup.reasons.slice(0, 3).map((reason, i) => ({ ...reason, order: i + 1 })),
    assets: [
      {
        id: "ast_1",
        key: "3mZk8w0q1TtY5h",
        name: { en: "Website", ar: "الموقع" },
        origins: [location.origin, "https://shop.example"],
      },
    ],
    teams: [],
  };
  return {
    check: () => Promise.resolve(),
    found: () => Promise.resolve(),
    next: () => Promise.resolve(at),
    load: () => Promise.resolve(whole),
    apply: () => Promise.resolve(),
    invite: () => Promise.resolve({ path: "/welcome#3mZk8w0q1TtY5h", expires_at: "2026-11-23T09:00:00Z" }),
    visit: () => Promise.resolve("https://shop.example"),
    answered: () => Promise.resolve(false),
  };
}
