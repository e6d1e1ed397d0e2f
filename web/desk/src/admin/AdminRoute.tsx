import { useQuery } from "@tanstack/react-query";
import { usePath } from "../address";
import { read } from "../live/rest";
import { lists } from "../parts/targets";
import { NotFound } from "../pages/NotFound";
import { pages } from "./pages";
import { Permitted } from "./permitted";

/** The page of the administration at the address one is at, with the ways to those one may go to. */
export function AdminRoute() {
  const path = usePath();
  const { data } = useQuery(
    {
      queryKey: ["permissions"],
      queryFn: () => read<{ permissions: string[] }>("/me").then((me) => me.permissions),
      staleTime: Infinity,
    },
    lists,
  );
  const found = pages.find((page) => page.path === path);
  if (!found) return <NotFound />;
  return (
    <Permitted value={data}>
      <found.Page />
    </Permitted>
  );
}
