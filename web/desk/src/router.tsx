// The addresses of the desk.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  RouterProvider,
} from "@tanstack/react-router";
import { DeskRoute } from "./pages/DeskRoute";
import { NotFound } from "./pages/NotFound";

const root = createRootRoute({ notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/desk" });
  },
});

export const desk = createRoute({ getParentRoute: () => root, path: "/desk", component: DeskRoute });
const deskHome = createRoute({ getParentRoute: () => desk, path: "/" });
const deskConversation = createRoute({ getParentRoute: () => desk, path: "c/$conversation" });

const deskMe = createRoute({ getParentRoute: () => desk, path: "me" });

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  component: lazyRouteComponent(() => import("./pages/entry"), "LoginRoute"),
  validateSearch: (search): { notice?: "expired" | "signedOut"; back?: string } => ({
    ...(search.notice === "expired" || search.notice === "signedOut" ? { notice: search.notice } : {}),
    ...(typeof search.back === "string" && /^\/(desk|admin)(\/|$)/.test(search.back)
      ? { back: search.back }
      : {}),
  }),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./pages/entry"), "SetupRoute"),
});

const assets = createRoute({
  getParentRoute: () => root,
  path: "/admin/assets",
  component: lazyRouteComponent(() => import("./pages/AssetsRoute"), "AssetsRoute"),
});

const router = createRouter({
  routeTree: root.addChildren([
    home,
    desk.addChildren([deskHome, deskConversation, deskMe]),
    login,
    setup,
    assets,
  ]),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

export function Router() {
  return <RouterProvider router={router} />;
}
