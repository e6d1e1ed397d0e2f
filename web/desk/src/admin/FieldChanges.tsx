import { Code } from "../../../ui/src/Phrase";
import type { FieldChange } from "./source";

/** What each field was and is, as the file writes it. */
export function FieldChanges({ of: fields }: { of: readonly FieldChange[] }) {
  if (fields.length === 0) return null;
  return (
    <ul>
      {fields.map(({ field, from, to }) => (
        <li key={field}>
          <bdi dir="ltr">
            <Code>{field}</Code>: <Code>{from}</Code> → <Code>{to}</Code>
          </bdi>
        </li>
      ))}
    </ul>
  );
}
