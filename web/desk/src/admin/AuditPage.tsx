import { Download } from "lucide-react";
import { useMemo } from "react";
import * as ar from "../../../locales/gen/audit.ar";
import * as en from "../../../locales/gen/audit.en";
import type { Messages } from "../../../locales";
import { Button } from "../../../ui/src/Button";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Code, Name, Phrase } from "../../../ui/src/Phrase";
import { SearchSelect } from "../../../ui/src/SearchSelect";
import { Failure } from "../parts/Failure";
import { attempt } from "../parts/problems";
import { AdminPage } from "./AdminPage";
import { FieldChanges } from "./FieldChanges";
import type { AuditRecord, AuditSource } from "./source";
import { usePages } from "./usePages";
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
  set_provider_secret: (t) => t.auditActSetProviderSecret(),
  link_identity: (t) => t.auditActLinkIdentity(),
  unlink_identities: (t) => t.auditActUnlinkIdentities(),
  use_recovery_code: (t) => t.auditActUseRecoveryCode(),
  add_passkey: (t) => t.auditActAddPasskey(),
  rename_passkey: (t) => t.auditActRenamePasskey(),
  remove_passkey: (t) => t.auditActRemovePasskey(),
  refuse_copied_passkey: (t) => t.auditActRefuseCopiedPasskey(),
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
  const pages = usePages<AuditRecord>((act, last) =>
    source.page(act, last?.n ?? 0).then(({ records, more }) => ({ found: records, more })),
  );
  return (
    <AdminPage
      title={t.adminAudit()}
      actions={
        <Button
          icon={<Download size={18} aria-hidden="true" />}
          onPress={() => attempt(source.export(), every)}
        >
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
        value={pages.query}
        onChange={(id) => pages.search(id ?? "")}
        empty={t.auditNone}
        found={t.nResults}
      />
      <Failure of={pages.failure} again={pages.again} />
      {pages.found?.length === 0 && <p role="status">{t.auditEmpty()}</p>}
      <ol className={s.changes}>
        {pages.found?.map((record) => (
          <Recorded key={record.n} record={record} t={t} />
        ))}
      </ol>
      {pages.more && <Button onPress={pages.older}>{t.auditOlder()}</Button>}
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
      {detail?.fields && <FieldChanges of={detail.fields} />}
    </li>
  );
}
