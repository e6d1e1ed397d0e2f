import { confirmDone } from "../../../ui/src/Toasts";
import { Phrase, plain } from "../../../ui/src/Phrase";
import { BlockDialog } from "./BlockDialog";
import { blockCustomer } from "./blocks";
import { useWords } from "./security";

export interface BlockCustomerProps {
  conversation: string;
  /** The customer's name, as the desk says it. */
  name: string;
  onClose(): void;
}

/** Blocking the customer whom one talks with. */
export function BlockCustomer({ conversation, name, onClose }: BlockCustomerProps) {
  const { t } = useWords();
  return (
    <BlockDialog
      title={plain(t.securityBlocksCustomerTitle({ name }))}
      onBlock={(term) => blockCustomer(conversation, term)}
      onClose={onClose}
      onDone={() => {
        confirmDone(plain(t.securityBlocksCustomerDone({ name })));
        onClose();
      }}
    >
      <Phrase text={t.securityBlocksCustomerBody()} />
    </BlockDialog>
  );
}
