// What the page of an asset's identity keys asks of the server.
import { Refusal } from "../../../protocol/src/socket";
import type { Name } from "../../../protocol/src/types";
import { put, type Config } from "../console/object";
import { consoleSource } from "../console/source";
import { command, read } from "../live/rest";

export const algorithms = ["EdDSA", "ES256", "HS256"] as const;
export type Algorithm = (typeof algorithms)[number];

export interface IdentityKey {
  /** The kid of tokens. */
  id: string;
  algorithm: Algorithm;
  created_at: string;
  retired_at?: string;
  /** Of a new key of HS256, this once. */
  secret?: string;
}

export interface AssetKeys {
  name: Partial<Name>;
  /** Whether only whom the site has signed for may write. */
  required: boolean;
  /** The aud of tokens. */
  audience: string;
  keys: IdentityKey[];
}

/** Where an asset's keys come from and go to. */
export interface KeySource {
  load(asset: string): Promise<AssetKeys>;
  require(asset: string, on: boolean): Promise<void>;
  add(asset: string, algorithm: Algorithm, publicKey: string): Promise<IdentityKey>;
  retire(asset: string, key: string): Promise<void>;
}

/** As many may be in use at once. */
export const mostKeys = 5;

const place = (asset: string) => `/assets/${encodeURIComponent(asset)}/identity-keys`;

const assetOf = (config: Config, asset: string) => {
  const found = config.assets?.find(({ id }) => id === asset);
  if (!found) throw new Refusal("not_found");
  return found;
};

/** How often the switch is set again where somebody changed something else meanwhile. */
const attempts = 5;

export const keySource: KeySource = {
  async load(asset) {
    const [config, list] = await Promise.all([
      consoleSource.load(),
      read<{ keys: IdentityKey[]; audience: string }>(place(asset)),
    ]);
    const found = assetOf(config, asset);
    return { ...list, name: found.name ?? {}, required: found.identity_required === true };
  },
  async require(asset, on) {
    for (let attempt = 1; ; attempt++) {
      const config = await consoleSource.load();
      const changed = put(assetOf(config, asset), "identity_required", on);
      try {
        const { format, version } = config;
        await consoleSource.apply({ format, version, assets: [changed] });
        return;
      } catch (error) {
        const late = error instanceof Refusal && error.code === "version_conflict";
        if (!late || attempt === attempts) throw error;
      }
    }
  },
  add: (asset, algorithm, publicKey) =>
    command<IdentityKey>("POST", place(asset), {
      algorithm,
      ...(algorithm === "HS256" ? {} : { public_key: publicKey }),
    }),
  retire: (asset, key) => command("DELETE", `${place(asset)}/${encodeURIComponent(key)}`),
};

/** What can be seen to be wrong with a public key before anybody is asked. */
export function faultOf(publicKey: string): "private" | "none" | undefined {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(publicKey)) return "private";
  if (!/^-----BEGIN PUBLIC KEY-----\s[\s\S]+\s-----END PUBLIC KEY-----$/.test(publicKey.trim()))
    return "none";
  return undefined;
}
