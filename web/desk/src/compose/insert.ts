// Text that other parts of the page put into a compose box: the closing
// question, a template chosen from the list beside the conversation.
import { useEffect, useRef } from "react";
import type { Template } from "../../../protocol/src/types";

export type Insertion = { question: string } | { template: Template };

const boxes = new Map<string, (insertion: Insertion) => void>();

/** Whether the conversation's compose box is open for writing. */
export const canInsert = (conversation: string): boolean => boxes.has(conversation);

/** Puts a template, filled for the conversation, into its compose box. False if the box is not open for writing. */
export const insertTemplate = (conversation: string, template: Template): boolean =>
  insert(conversation, { template });

/** Puts a question behind what stands in the conversation's compose box. */
export const insertQuestion = (conversation: string, question: string): boolean =>
  insert(conversation, { question });

function insert(conversation: string, insertion: Insertion): boolean {
  const box = boxes.get(conversation);
  box?.(insertion);
  return box !== undefined;
}

/** Takes insertions for the conversation while active. */
export function useInsertions(
  conversation: string,
  take: (insertion: Insertion) => void,
  active: boolean,
): void {
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    if (!active) return;
    const box = (insertion: Insertion) => latest.current(insertion);
    boxes.set(conversation, box);
    return () => {
      if (boxes.get(conversation) === box) boxes.delete(conversation);
    };
  }, [conversation, active]);
}
