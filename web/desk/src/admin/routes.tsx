// The addresses of the administration: who is not signed in is asked to.
import { useMemo } from "react";
import { pathOf, useAddress, useAsked, usePath } from "../address";
import { everyKind, kinds } from "../console/kinds";
import type { Obj } from "../console/object";
import { ObjectsPage, type ObjectsPageProps } from "../console/ObjectsPage";
import { consoleSource } from "../console/source";
import { wantsSignIn } from "../live/session";
import { AssetList } from "./AssetsPage";
import { AuditLog } from "./AuditPage";
import { BlockList } from "./BlocksPage";
import { blockSource } from "./blocks";
import { ConfigurationFile } from "./ConfigurationPage";
import { People } from "./PeoplePage";
import { peopleSource } from "./people";
import { keySource } from "./keys";
import { IdentityKeys } from "./KeysPage";
import { assetSource, auditSource, configurationSource, userSource } from "./source";
import { ProviderSecret, secretSource } from "./ProviderSecret";
import { UserList } from "./UsersPage";

/** The list with the way to delete; one that is chosen, or new, has a form, and each its keys. */
export function AssetsRoute() {
  const asked = useAsked();
  const chosen = asked.get("id");
  const keysOf = asked.get("keys");
  const source = useGuarded(assetSource);
  const keys = useGuarded(keySource);
  if (keysOf !== null) return <IdentityKeys key={keysOf} asset={keysOf} source={keys} />;
  return chosen === null ? (
    <AssetList source={source} />
  ) : (
    <ConsoleRoute kind={kinds.assets} only={isThere} listed />
  );
}

const isThere = (asset: Obj) => !asset.deleted;

/** The console's page at the address one is at. */
export function ObjectsRoute() {
  const path = usePath();
  const kind = everyKind.find((one) => one.path === path);
  return kind && <ConsoleRoute key={path} kind={kind} />;
}

function ConsoleRoute(page: Omit<ObjectsPageProps, "source">) {
  return <ObjectsPage {...page} source={useGuarded(consoleSource)} />;
}

/** The ways to sign in through other systems; what each is shown is set beside its form. */
export function ProvidersRoute() {
  const source = useGuarded(secretSource);
  return (
    <ConsoleRoute
      kind={kinds.providers}
      more={({ id }) => <ProviderSecret key={id} provider={id} source={source} />}
    />
  );
}

export const BlocksRoute = () => <BlockList source={useGuarded(blockSource)} />;
export const AuditRoute = () => <AuditLog source={useGuarded(auditSource)} />;
export const PeopleRoute = () => <People source={useGuarded(peopleSource)} />;
/** The list with the ways to invite; one that is chosen has a form. */
export function UsersRoute() {
  const chosen = useAsked().get("id");
  const source = useGuarded(userSource);
  return chosen === null ? <UserList source={source} /> : <ConsoleRoute kind={kinds.users} listed />;
}
export const ConfigurationRoute = () => <ConfigurationFile source={useGuarded(configurationSource)} />;

/** The source with a way to the sign-in page, and back to where one is, when the session is not good for it any more. */
export function useGuarded<S extends object>(source: S): S {
  const address = useAddress();
  return useMemo(() => {
    const guard =
      (ask: (...given: unknown[]) => Promise<unknown>) =>
      (...given: unknown[]) =>
        ask(...given).catch((error: unknown) => {
          const here = address.get();
          // Of several that are refused at once, the first has gone there.
          if (wantsSignIn(error) && pathOf(here) !== "/login")
            address.go(`/login?back=${encodeURIComponent(here)}`);
          throw error;
        });
    const guarded = Object.entries(source as Record<string, (...given: unknown[]) => Promise<unknown>>).map(
      ([name, ask]) => [name, guard(ask)] as const,
    );
    return Object.fromEntries(guarded) as S;
  }, [source, address]);
}
