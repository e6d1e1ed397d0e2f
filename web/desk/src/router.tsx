// The addresses of the desk, and what stands at each.
import { Suspense, useEffect, useState } from "react";
import { later } from "../../ui/src/later";
import { AddressContext, conversationAt, pageAddress, useGo, usePath } from "./address";
import { DeskRoute } from "./pages/DeskRoute";
import { NotFound } from "./pages/NotFound";

const LoginRoute = later(() => import("./pages/entry").then((m) => m.LoginRoute));
const SetupRoute = later(() => import("./pages/entry").then((m) => m.SetupRoute));
const AssetsRoute = later(() => import("./pages/AssetsRoute").then((m) => m.AssetsRoute));

export function Router() {
  const [address] = useState(pageAddress);
  return (
    <AddressContext value={address}>
      <Suspense>
        <Place />
      </Suspense>
    </AddressContext>
  );
}

function Place() {
  const path = usePath();
  switch (path) {
    case "/":
      return <ToDesk />;
    case "/login":
      return <LoginRoute />;
    case "/setup":
      return <SetupRoute />;
    case "/admin/assets":
      return <AssetsRoute />;
  }
  const desk = path === "/desk" || path === "/desk/me" || conversationAt(path) !== undefined;
  return desk ? <DeskRoute /> : <NotFound />;
}

function ToDesk() {
  const go = useGo();
  useEffect(() => go("/desk", { replace: true }), [go]);
  return null;
}
