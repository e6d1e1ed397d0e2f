import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Somebody's site, on an origin of its own, with the code in its page. */
export async function site(code: () => string, lang = "en"): Promise<{ origin: string; server: Server }> {
  const server = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="${lang}"><title>Shop</title><h1>Shop</h1>${code()}</html>`);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
