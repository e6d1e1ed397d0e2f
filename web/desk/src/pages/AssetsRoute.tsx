import { useMemo } from "react";
import type { Named } from "../../../protocol/src/types";
import { Refusal } from "../../../protocol/src/socket";
import { useGo } from "../address";
import { command, read } from "../live/rest";
import { AssetList, type Asset, type AssetSource } from "./AssetsPage";

type AssetAnswer = Omit<Asset, "queue"> & { queue: Named };

/** The assets of the organization, for administrators. */
export function AssetsRoute() {
  const go = useGo();
  const source = useMemo<AssetSource>(() => {
    const guarded = <T,>(done: Promise<T>): Promise<T> =>
      done.catch((error: unknown) => {
        if (error instanceof Refusal && error.code.startsWith("token_")) go("/login?back=/admin/assets");
        throw error;
      });
    return {
      list: () =>
        guarded(
          read<{ assets: AssetAnswer[] }>("/assets").then(({ assets }) =>
            assets.map((a) => ({ ...a, queue: a.queue.name })),
          ),
        ),
      impact: (id) =>
        read<{ conversations: number }>(`/assets/${id}/impact`).then((answer) => answer.conversations),
      remove: (id, confirmation) => guarded(command("DELETE", `/assets/${id}`, { confirmation })),
    };
  }, [go]);
  return <AssetList source={source} />;
}
