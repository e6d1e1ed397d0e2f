// What several scenes share: an ordinary day, with two conversations and a
// wrap-up.
import { active, anonymous, conversation, khalid, layla, mona, sara, thread, wrapping, yusuf } from "../cast";

export const three = [active(sara, 11), active(mona, 10), wrapping(yusuf, 9)];

export const threads = {
  [sara.id]: thread(conversation(sara)),
  [mona.id]: thread(conversation(mona)),
  [yusuf.id]: thread(conversation(yusuf)),
  [khalid.id]: thread(conversation(khalid)),
  [anonymous.id]: thread(conversation(anonymous)),
};

export const withLayla = (status: "conference" | "conference_requested") =>
  active(sara, 11, {
    status,
    agents:
      status === "conference"
        ? [
            { user: "usr_omar", name: "Omar", role: "owner" },
            { ...layla, role: "guest" },
          ]
        : [{ user: "usr_omar", name: "Omar", role: "owner" }],
    ...(status === "conference_requested" ? { pending: { kind: "conference", agent: layla.name } } : {}),
  });

export const conferenceScene = {
  ...sara,
  texts: [
    ...sara.texts,
    ["layla", "مساء الخير سارة، معك ليلى من قسم الشحن", 12] as ["layla", string, number],
  ],
};
