import { useMemo } from "react";
import { inLanguage } from "../../../ui/src/language";
import { useDesk } from "../live/state";
import type { Card } from "../../../protocol/src/types";
import type { Values } from "../model/templates";

/** What the variables of templates stand for in this conversation, in the customer's language. */
export function useValues(card: Card): Values {
  const agent = useDesk((state) => state.me.name);
  const organization = useDesk((state) => state.setup.organization);
  const language = card.language === "ar" ? "ar" : "en";
  const { customer, queue, conversation } = card;
  return useMemo(
    () => ({
      customer_name: customer.name,
      agent_name: agent,
      queue: inLanguage(queue.name, language),
      conversation,
      organization: organization ? inLanguage(organization, language) : "",
    }),
    [customer.name, agent, queue.name, conversation, organization, language],
  );
}
