import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { AddressContext, useAddress, type Address } from "../address";
import { useWords } from "./words";

export interface GuardedProps {
  dirty: boolean;
  /** Whether one goes on there without losing anything; the same function while the page stands. */
  within(place: string): boolean;
  children: ReactNode;
}

/**
 * What stands in it is not left with changes that are not saved, unless one
 * says so: neither for another page, nor by the browser's way back, nor with
 * the window. Within the page nothing is lost, so nothing is asked.
 */
export function Guarded({ dirty, within, children }: GuardedProps) {
  const { t } = useWords();
  const outer = useAddress();
  const here = useSyncExternalStore(outer.subscribe, outer.get);
  const [leaving, leave] = useState<() => void>();
  const unsaved = useRef(dirty);
  useEffect(() => {
    unsaved.current = dirty;
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    // The browser is elsewhere already, and nobody was told yet: it is taken back.
    const back = (event: PopStateEvent) => {
      const to = outer.get();
      if (within(to)) return;
      event.stopImmediatePropagation();
      window.history.pushState(null, "", here);
      leave(() => () => outer.go(to));
    };
    window.addEventListener("beforeunload", ask);
    window.addEventListener("popstate", back, true);
    return () => {
      window.removeEventListener("beforeunload", ask);
      window.removeEventListener("popstate", back, true);
    };
  }, [dirty, here, outer, within]);
  const address = useMemo<Address>(
    () => ({
      ...outer,
      go(to, how) {
        if (unsaved.current && !within(to)) leave(() => () => outer.go(to, how));
        else outer.go(to, how);
      },
    }),
    [outer, within],
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
