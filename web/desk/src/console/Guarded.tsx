import { useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { AddressContext, pathOf, type Address } from "../address";
import { useWords } from "./words";

/**
 * What stands in it is not left with changes that are not saved, unless one
 * says so: neither for another page nor with the window. Within the page
 * nothing is lost, so nothing is asked.
 */
export function Guarded({ dirty, children }: { dirty: boolean; children: ReactNode }) {
  const { t } = useWords();
  const outer = useContext(AddressContext) as Address;
  const [leaving, leave] = useState<() => void>();
  const unsaved = useRef(dirty);
  useEffect(() => {
    unsaved.current = dirty;
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);
  const address = useMemo<Address>(
    () => ({
      ...outer,
      go(to, how) {
        const elsewhere = pathOf(to) !== pathOf(outer.get());
        if (unsaved.current && elsewhere) leave(() => () => outer.go(to, how));
        else outer.go(to, how);
      },
    }),
    [outer],
  );
  return (
    <AddressContext value={address}>
      {children}
      {leaving && (
        <Dialog
          role="alertdialog"
          title={t.adminLeave()}
          closeLabel={t.actionClose()}
          onClose={() => leave(undefined)}
          actions={
            <>
              <Button onPress={() => leave(undefined)}>{t.consoleLeaveStay()}</Button>
              <Button look="danger" onPress={leaving}>
                {t.consoleLeaveGo()}
              </Button>
            </>
          }
        >
          <p>{t.consoleLeaveBody()}</p>
        </Dialog>
      )}
    </AddressContext>
  );
}
