import { Plus, RotateCcw } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../ui/src/Button";
import { Code, Name, Phrase } from "../../../ui/src/Phrase";
import { SearchField } from "../../../ui/src/SearchField";
import { confirmDone } from "../../../ui/src/Toasts";
import { customerName } from "../parts/customerName";
import { Failure } from "../parts/Failure";
import { attempt } from "../parts/problems";
import { Verified } from "../parts/Verified";
import { AdminPage } from "./AdminPage";
import { BlockDialog } from "./BlockDialog";
import type { Block, BlockSource } from "./blocks";
import { useWords } from "./security";
import { usePages } from "./usePages";
import s from "./AdminPage.module.css";

/** Who may not write, newest first; older ones are fetched when they are asked for. */
export function BlockList({ source }: { source: BlockSource }) {
  const { t } = useWords();
  const pages = usePages<Block>((query, last) =>
    source.page(query, last?.id ?? "").then(({ blocks, more }) => ({ found: blocks, more })),
  );
  const [adding, add] = useState(false);
  const lift = (block: Block) =>
    attempt(source.lift(block.id), t, () => {
      confirmDone(t.securityBlocksLifted());
      pages.afresh();
    });
  return (
    <AdminPage
      title={t.securityBlocks()}
      actions={
        <Button look="primary" icon={<Plus size={18} aria-hidden="true" />} onPress={() => add(true)}>
          {t.securityBlocksNew()}
        </Button>
      }
    >
      <p>{t.securityBlocksIntro()}</p>
      <SearchField label={t.securityBlocksSearch()} value={pages.query} onChange={pages.search} />
      <Failure of={pages.failure} again={pages.again} />
      {pages.found?.length === 0 && <p role="status">{t.securityBlocksNone()}</p>}
      <ul className={s.list}>
        {pages.found?.map((block) => (
          <BlockItem key={block.id} of={block} onLift={() => lift(block)} />
        ))}
      </ul>
      {pages.more && <Button onPress={pages.older}>{t.securityBlocksOlder()}</Button>}
      {adding && (
        <BlockDialog
          network
          title={t.securityBlocksNew()}
          onBlock={(term, network) => source.add(network, term)}
          onClose={() => add(false)}
          onDone={() => {
            add(false);
            confirmDone(t.securityBlocksDone());
            pages.afresh();
          }}
        >
          {t.securityBlocksNetworkBody()}
        </BlockDialog>
      )}
    </AdminPage>
  );
}

function BlockItem({ of: block, onLift }: { of: Block; onLift(): void }) {
  const { t, formats } = useWords();
  const by = block.by_name ?? block.by;
  return (
    <li className={s.item}>
      <div className={s.words}>
        <h2>
          {block.kind === "network" ? (
            <Code>{block.network}</Code>
          ) : (
            <Name text={customerName(block.name ?? "", t)} />
          )}{" "}
          {block.verified && <Verified brief />}
        </h2>
        {block.reason !== "" && (
          <p>
            <Name text={block.reason} />
          </p>
        )}
        <p className={s.muted}>
          <Phrase
            text={t.securityBlocksBy({ name: by, time: formats.dateTime(new Date(block.created_at)) })}
          />
        </p>
        <p className={s.muted}>
          {block.expires_at ? (
            <Phrase text={t.securityBlocksUntil({ time: formats.dateTime(new Date(block.expires_at)) })} />
          ) : (
            t.securityBlocksForever()
          )}
        </p>
      </div>
      <span className={s.actions}>
        <Button icon={<RotateCcw size={18} aria-hidden="true" />} onPress={onLift}>
          {t.securityBlocksLift()}
        </Button>
      </span>
    </li>
  );
}
