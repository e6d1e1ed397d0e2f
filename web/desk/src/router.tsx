// The addresses of the desk, and what stands at each.
import { Suspense, useEffect, useState } from "react";
import { later } from "../../ui/src/later";
import { ProofGate } from "./account/ProofGate";
import { AddressContext, conversationAt, pageAddress, useGo, usePath } from "./address";
import { CrashGuard } from "./pages/Crash";
import { DeskRoute } from "./pages/DeskRoute";
import { NotFound } from "./pages/NotFound";

const LoginRoute = later(() => import("./pages/entry").then((m) => m.LoginRoute));
const SetupRoute = later(() => import("./setup/route").then((m) => m.SetupRoute));
const WelcomeRoute = later(() => import("./pages/entry").then((m) => m.WelcomeRoute));
const AdminRoute = later(() => import("./admin/AdminRoute").then((m) => m.AdminRoute));
const LiveRoute = later(() => import("./explain/routes").then((m) => m.LiveRoute));

export function Router() {
  const [address] = useState(pageAddress);
  return (
    <AddressContext value={address}>
      <CrashGuard>
        <Suspense>
          <Place />
        </Suspense>
      </CrashGuard>
      <ProofGate />
    </AddressContext>
  );
}

function Place() {
  const path = usePath();
  switch (path) {
    case "/":
      return <To place="/desk" />;
    case "/login":
      return <LoginRoute />;
    case "/setup":
      return <SetupRoute />;
    case "/welcome":
      return <WelcomeRoute />;
    case "/admin":
      return <To place="/admin/users" />;
    case "/live":
      return <LiveRoute />;
  }
  if (path.startsWith("/admin/")) return <AdminRoute />;
  const desk =
    path === "/desk" || path === "/desk/me" || path === "/desk/waiting" || conversationAt(path) !== undefined;
  return desk ? <DeskRoute /> : <NotFound />;
}

function To({ place }: { place: string }) {
  const go = useGo();
  useEffect(() => go(place, { replace: true }), [go, place]);
  return null;
}
