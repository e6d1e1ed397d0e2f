import { usePath } from "../address";
import { NotFound } from "../pages/NotFound";
import { pages } from "./pages";

/** The page of the administration at the address one is at. */
export function AdminRoute() {
  const path = usePath();
  const found = pages.find((page) => page.path === path);
  return found ? <found.Page /> : <NotFound />;
}
