import { Suspense, useEffect, useState } from "react";
import { later } from "../../../ui/src/later";
import { askForProofBy } from "../live/proof";

const ProofDialog = later(() => import("./ProofDialog").then((m) => m.ProofDialog));

/** Shows the dialog that asks for proof, when something wants it. */
export function ProofGate() {
  const [answer, wait] = useState<(proven: boolean) => void>();
  useEffect(() => {
    askForProofBy(() => new Promise((resolve) => wait(() => resolve)));
    return () => askForProofBy(undefined);
  }, []);
  return (
    answer && (
      <Suspense>
        <ProofDialog
          onClose={(proven) => {
            wait(undefined);
            answer(proven);
          }}
        />
      </Suspense>
    )
  );
}
