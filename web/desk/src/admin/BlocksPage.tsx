import { Plus, RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../../../ui/src/Button";
import { Code, Name, Phrase } from "../../../ui/src/Phrase";
import { SearchField } from "../../../ui/src/SearchField";
import { confirmDone, reportFailure } from "../../../ui/src/Toasts";
import { customerName } from "../parts/customerName";
import { problemText } from "../parts/problems";
import { Verified } from "../parts/Verified";
import { AdminPage } from "./AdminPage";
import { BlockDialog } from "./BlockDialog";
import type { Block, BlockSource } from "./blocks";
import { useWords } from "./security";
import s from "./AdminPage.module.css";

/** What of the list is asked for. */
interface Asked {
  query: string;
  /** Older ones than this are added to those that are shown. */
  before: string;
  attempt: number;
}

/** Who may not write, newest first; older ones are fetched when they are asked for. */
export function BlockList({ source }: { source: BlockSource }) {
  const { t } = useWords();
  const [asked, ask] = useState<Asked>({ query: "", before: "", attempt: 0 });
  const [blocks, setBlocks] = useState<Block[]>();
  const [more, setMore] = useState(false);
  const [failure, fail] = useState("");
  const [adding, add] = useState(false);
  useEffect(() => {
    let wanted = true; // something else may be searched before the answer is there
    source.page(asked.query, asked.before).then(
      (page) => {
        if (!wanted) return;
        setBlocks((shown) => [...((asked.before !== "" && shown) || []), ...page.blocks]);
        setMore(page.more);
        fail("");
      },
      (error: unknown) => {
        if (wanted) fail(problemText(error, t));
      },
    );
    return () => {
      wanted = false;
    };
  }, [source, asked, t]);
  const afresh = () => ask((now) => ({ query: now.query, before: "", attempt: now.attempt + 1 }));
  const lift = (block: Block) =>
    void source.lift(block.id).then(
      () => {
        confirmDone(t.securityBlocksLifted());
        afresh();
      },
      (error: unknown) => reportFailure(problemText(error, t)),
    );
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
      <SearchField
        label={t.securityBlocksSearch()}
        value={asked.query}
        onChange={(query) => ask((now) => ({ ...now, query, before: "" }))}
      />
      {failure && (
        <p role="alert" className={s.failure}>
          <Phrase text={failure} />{" "}
          <Button onPress={() => ask((now) => ({ ...now, attempt: now.attempt + 1 }))}>
            {t.actionRetry()}
          </Button>
        </p>
      )}
      {blocks?.length === 0 && <p role="status">{t.securityBlocksNone()}</p>}
      <ul className={s.list}>
        {blocks?.map((block) => (
          <BlockItem key={block.id} of={block} onLift={() => lift(block)} />
        ))}
      </ul>
      {more && (
        <Button onPress={() => ask((now) => ({ ...now, before: blocks?.at(-1)?.id ?? "" }))}>
          {t.securityBlocksOlder()}
        </Button>
      )}
      {adding && (
        <BlockDialog
          network
          title={t.securityBlocksNew()}
          onBlock={(term, network) => source.add(network, term)}
          onClose={() => add(false)}
          onDone={() => {
            add(false);
            confirmDone(t.securityBlocksDone());
            afresh();
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
