// What several scenes share: an ordinary day, with two conversations and a
// wrap-up.
import type { Conversation } from "../../../../protocol/src/types";
import { active, anonymous, conversation, khalid, layla, mona, sara, thread, wrapping, yusuf } from "../cast";

export const three = [active(sara, 11), active(mona, 10), wrapping(yusuf, 9)];

export const threads = {
  [sara.id]: thread(conversation(sara)),
  [mona.id]: thread(conversation(mona)),
  [yusuf.id]: thread(conversation(yusuf)),
  [khalid.id]: thread(conversation(khalid)),
  [anonymous.id]: thread(conversation(anonymous)),
};

/** As an agent sees it who may not see how to reach the customer. */
export function hiddenContact(scene: typeof sara): Conversation {
  const view = conversation(scene);
  if (view.customer)
    view.customer = { ...view.customer, email: "s•••@•••", phone: "•••67", contact_hidden: true };
  return view;
}

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
