import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { World } from "../world";

/** What a server gives at a path. */
export interface Given {
  body: string;
  headers?: Record<string, string>;
}

/** Somebody's site, on an origin of its own, with the code in its page. */
export const site = (code: () => string, lang = "en") =>
  served(() => ({
    body: `<!doctype html><html lang="${lang}"><title>Shop</title><h1>Shop</h1>${code()}</html>`,
  }));

/** Somebody's site, on an origin of its own, as its server gives it. */
export async function served(give: (path: string) => Given): Promise<{ origin: string; server: Server }> {
  const server = createServer((request, response) => {
    const { body, headers } = give(request.url ?? "/");
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...headers });
    response.end(body);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** The asset of that key may be on these sites too. */
export async function allow(world: World, key: string, ...origins: string[]): Promise<void> {
  const admin = await world.staff("admin");
  const file = await admin.must<{ assets: { key: string; origins: string[] }[] }>("GET", "/configuration");
  file.assets.find((asset) => asset.key === key)?.origins.push(...origins);
  await admin.must("PUT", "/configuration", file);
}
