import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { Refusal } from "../../../protocol/src/socket";
import { command, read } from "../live/rest";
import { AssetList, type Asset, type AssetSource } from "./AssetsPage";

/** The assets of the organization, for administrators. */
export function AssetsRoute() {
  const navigate = useNavigate();
  const source = useMemo<AssetSource>(() => {
    const guarded = <T,>(done: Promise<T>): Promise<T> =>
      done.catch((error: unknown) => {
        if (error instanceof Refusal && error.code.startsWith("token_"))
          void navigate({ to: "/login", search: { back: "/admin/assets" } });
        throw error;
      });
    return {
      list: () => guarded(read<{ assets: Asset[] }>("/assets").then((answer) => answer.assets)),
      impact: (id) => read<{ live: number }>(`/assets/${id}/impact`).then((answer) => answer.live),
      remove: (id, confirmation) => guarded(command("DELETE", `/assets/${id}`, { confirmation })),
    };
  }, [navigate]);
  return <AssetList source={source} />;
}
