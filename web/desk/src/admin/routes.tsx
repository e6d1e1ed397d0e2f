// The addresses of the administration: who is not signed in is asked to.
import { useMemo } from "react";
import { Refusal } from "../../../protocol/src/socket";
import { useGo } from "../address";
import { AssetList } from "./AssetsPage";
import { ConfigurationFile } from "./ConfigurationPage";
import { assetSource, configurationSource, userSource } from "./source";
import { UserList } from "./UsersPage";

export const AssetsRoute = () => <AssetList source={useGuarded(assetSource, "/admin/assets")} />;
export const UsersRoute = () => <UserList source={useGuarded(userSource, "/admin/users")} />;
export const ConfigurationRoute = () => (
  <ConfigurationFile source={useGuarded(configurationSource, "/admin/configuration")} />
);

/** The source with a way to the sign-in page, and back to this one, when the session has ended. */
export function useGuarded<S extends object>(source: S, back: string): S {
  const go = useGo();
  return useMemo(() => {
    const guard =
      (ask: (...given: unknown[]) => Promise<unknown>) =>
      (...given: unknown[]) =>
        ask(...given).catch((error: unknown) => {
          if (error instanceof Refusal && error.code.startsWith("token_")) go(`/login?back=${back}`);
          throw error;
        });
    const guarded = Object.entries(source as Record<string, (...given: unknown[]) => Promise<unknown>>).map(
      ([name, ask]) => [name, guard(ask)] as const,
    );
    return Object.fromEntries(guarded) as S;
  }, [source, back, go]);
}
