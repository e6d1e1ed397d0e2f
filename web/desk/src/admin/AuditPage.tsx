import { Download } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import * as ar from "../../../locales/gen/audit.ar";
import * as en from "../../../locales/gen/audit.en";
import type { Messages } from "../../../locales";
import { Button } from "../../../ui/src/Button";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Code, Name, Phrase } from "../../../ui/src/Phrase";
import { SearchSelect } from "../../../ui/src/SearchSelect";
import { problemText } from "../parts/problems";
import { AdminPage } from "./AdminPage";
import type { AuditRecord, AuditSource } from "./source";
import s from "./AdminPage.module.css";

/** The words of this page are fetched with it. */
type Words = Messages & typeof en;
const words = (t: Messages): Words => ({ ...t, ...(t.lang === "ar" ? ar : en) });

/** What is recorded, by its name on the wire. */
const acts: Record<string, (t: Words) => string> = {
  configure: (t) => t.auditActConfigure(),
  delete_asset: (t) => t.auditActDeleteAsset(),
  set_presence_of: (t) => t.auditActSetPresenceOf(),
  sign_out_another: (t) => t.auditActSignOutAnother(),
  end_conversation: (t) => t.auditActEndConversation(),
  read_transcript: (t) => t.auditActReadTranscript(),
  export_audit: (t) => t.auditActExportAudit(),
  invite: (t) => t.auditActInvite(),
  end_sessions: (t) => t.auditActEndSessions(),
  join: (t) => t.auditActJoin(),
  add_identity_key: (t) => t.auditActAddIdentityKey(),
  retire_identity_key: (t) => t.auditActRetireIdentityKey(),
  set_up_second_step: (t) => t.auditActSetUpSecondStep(),
  take_off_second_step: (t) => t.auditActTakeOffSecondStep(),
  reset_second_step: (t) => t.auditActResetSecondStep(),
  renew_recovery_codes: (t) => t.auditActRenewRecoveryCodes(),
  use_recovery_code: (t) => t.auditActUseRecoveryCode(),
  change_password: (t) => t.auditActChangePassword(),
  export_person: (t) => t.auditActExportPerson(),
  erase_person: (t) => t.auditActErasePerson(),
  hold_records: (t) => t.auditActHoldRecords(),
  expire_transcripts: (t) => t.auditActExpireTranscripts(),
  block: (t) => t.auditActBlock(),
  unblock: (t) => t.auditActUnblock(),
};

/** Who did what, newest first; older records are fetched when they are asked for. */
export function AuditLog({ source }: { source: AuditSource }) {
  const { t: every } = useLanguage();
  const t = useMemo(() => words(every), [every]);
  const [act, setAct] = useState<string | null>(null);
  const [before, setBefore] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const [records, setRecords] = useState<AuditRecord[]>();
  const [more, setMore] = useState(false);
  const [failure, fail] = useState("");
  useEffect(() => {
    let wanted = true; // another act may be chosen before the answer is there
    source.page(act ?? "", before).then(
      (page) => {
        if (!wanted) return;
        setRecords((shown) => [...((before > 0 && shown) || []), ...page.records]);
        setMore(page.more);
        fail("");
      },
      (error: unknown) => {
        if (wanted) fail(problemText(error, every));
      },
    );
    return () => {
      wanted = false;
    };
  }, [source, act, before, attempt, every]);

  return (
    <AdminPage
      title={t.adminAudit()}
      actions={
        <Button icon={<Download size={18} aria-hidden="true" />} onPress={() => void source.export()}>
          {t.auditExport()}
        </Button>
      }
    >
      <p>
        <Phrase text={t.auditIntro({ command: "hiwar audit verify" })} />
      </p>
      <SearchSelect
        label={t.auditFilter()}
        choices={[
          { id: "", name: t.auditAll() },
          ...Object.entries(acts).map(([id, name]) => ({ id, name: name(t) })),
        ]}
        value={act ?? ""}
        onChange={(id) => {
          setAct(id);
          setBefore(0);
        }}
        empty={t.auditNone}
        found={t.nResults}
      />
      {failure && (
        <p role="alert" className={s.failure}>
          <Phrase text={failure} />{" "}
          <Button onPress={() => setAttempt((n) => n + 1)}>{t.actionRetry()}</Button>
        </p>
      )}
      {records?.length === 0 && <p role="status">{t.auditEmpty()}</p>}
      <ol className={s.changes}>
        {records?.map((record) => (
          <Recorded key={record.n} record={record} t={t} />
        ))}
      </ol>
      {more && <Button onPress={() => setBefore(records?.at(-1)?.n ?? 0)}>{t.auditOlder()}</Button>}
    </AdminPage>
  );
}

function Recorded({ record, t }: { record: AuditRecord; t: Words }) {
  const { lang, formats } = useLanguage();
  const { act, actor, actor_name: name, address, at, detail, object } = record;
  return (
    <li className={s.change}>
      <strong>{acts[act]?.(t) ?? <Code>{act}</Code>}</strong>
      {" · "}
      {detail?.name ? <Name text={inLanguage(detail.name, lang)} /> : <Code>{object}</Code>}
      {detail?.new && <> · {t.adminConfigurationNew()}</>}
      <p className={s.muted}>
        {actor === "console" ? t.auditConsole() : name ? <Name text={name} /> : <Code>{actor}</Code>}
        {" · "}
        <time dateTime={at}>{formats.dateTime(new Date(at))}</time>
        {address && (
          <>
            {" · "}
            <Phrase text={t.auditAddress({ address })} />
          </>
        )}
      </p>
      {detail?.fields && (
        <ul>
          {detail.fields.map((field) => (
            <li key={field.field}>
              <bdi dir="ltr">
                <Code>{field.field}</Code>: <Code>{field.from}</Code> → <Code>{field.to}</Code>
              </bdi>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
