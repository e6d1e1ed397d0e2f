import { useMemo, useState } from "react";
import { useGo } from "../address";
import { linkToken } from "../pages/linkToken";
import { setupSource } from "./source";
import { Wizard } from "./Wizard";

export function SetupRoute() {
  const go = useGo();
  const [token] = useState(linkToken);
  const source = useMemo(() => setupSource(token), [token]);
  return (
    <Wizard
      source={source}
      invited={token !== ""}
      onFounded={() => go("/setup", { replace: true })}
      onStranger={() => go("/login?back=/setup", { replace: true })}
    />
  );
}
