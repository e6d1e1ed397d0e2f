// Keys of identity and blocks without a server.
import type { Block, BlockSource } from "../admin/blocks";
import type { AssetKeys, KeySource } from "../admin/keys";

const known: AssetKeys = {
  name: { en: "Store site", ar: "موقع المتجر" },
  required: true,
  audience: "pk_4t9wq2m7",
  keys: [
    {
      id: "key_7h2kqv5mx3pa",
      algorithm: "HS256",
      created_at: "2026-03-02T08:00:00Z",
      retired_at: "2026-11-20T10:30:00Z",
    },
    { id: "key_w4jn8c2ydt6r", algorithm: "EdDSA", created_at: "2026-11-20T10:25:00Z" },
  ],
};

export const fakeKeys: KeySource = {
  load: () => Promise.resolve(known),
  require: () => Promise.resolve(),
  add: (_, algorithm) =>
    Promise.resolve({
      id: "key_new",
      algorithm,
      created_at: "2026-11-22T09:00:00Z",
      ...(algorithm === "HS256" ? { secret: "0mZk8w0q1TtY5hJr2cVbN7xQeD4uLaSg" } : {}),
    }),
  retire: () => Promise.resolve(),
};

const blocks: Block[] = [
  {
    id: "blk_3",
    kind: "customer",
    name: "سلمى القحطاني",
    verified: true,
    reason: "إهانات متكررة للوكلاء",
    by: "usr_1",
    by_name: "سارة العتيبي",
    created_at: "2026-11-22T08:40:00Z",
    expires_at: "2026-11-23T08:40:00Z",
  },
  {
    id: "blk_2",
    kind: "network",
    network: "203.0.113.0/24",
    reason: "Flood of empty chats",
    by: "usr_2",
    by_name: "Omar Haddad",
    created_at: "2026-11-21T16:00:00Z",
  },
  {
    id: "blk_1",
    kind: "customer",
    name: "",
    reason: "",
    by: "usr_2",
    by_name: "Omar Haddad",
    created_at: "2026-11-20T11:15:00Z",
  },
];

/** Two blocks a page. */
export const fakeBlocks: BlockSource = {
  page: (query, before) => {
    const found = blocks.filter(
      (b) =>
        `${b.name ?? ""} ${b.network ?? ""} ${b.reason}`.includes(query) && (before === "" || b.id < before),
    );
    return Promise.resolve({ blocks: found.slice(0, 2), more: found.length > 2 });
  },
  add: () => Promise.resolve(),
  lift: () => Promise.resolve(),
};
