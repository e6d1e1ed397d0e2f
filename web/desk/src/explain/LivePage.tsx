import { RefreshCw } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { IconButton } from "../../../ui/src/Button";
import { announce } from "../../../ui/src/announce";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { AdminPage } from "../admin/AdminPage";
import { Link } from "../address";
import { consoleOf } from "../model/permissions";
import { lists } from "../parts/targets";
import { Failed } from "./Failed";
import type { WaitingSource } from "./source";
import { WaitingList } from "./WaitingList";
import { useWords } from "./words";
import s from "./Explain.module.css";

/** A supervisor has no desk that is told of changes, so the list is looked at again. */
const againMs = 10_000;

/** Who waits in a supervisor's queues, why, and what happens next. */
export function LivePage({ source }: { source: WaitingSource }) {
  const { formats } = useLanguage();
  const { t } = useWords();
  const query = useQuery({ queryKey: ["live"], queryFn: source.waiting, refetchInterval: againMs }, lists);
  const { data: permissions } = useQuery(
    { queryKey: ["permissions"], queryFn: source.permissions, staleTime: Infinity },
    lists,
  );
  const console = consoleOf(permissions ?? []);
  const again = () =>
    void query
      .refetch()
      .then(({ isError, data }) =>
        announce(
          isError
            ? t.listFailed()
            : t.transferListRefreshedSr({ results: t.nWaiting({ n: data?.total ?? 0 }) }),
        ),
      );
  return (
    <AdminPage
      title={t.waitingTitle()}
      nav={
        <>
          <Link to="/live">{t.navLive()}</Link>
          {console && <Link to={console}>{t.navAdmin()}</Link>}
        </>
      }
      navLabel={t.navMain()}
      actions={
        <>
          {query.dataUpdatedAt > 0 && (
            <span className={s.updated}>
              <Phrase text={t.labelLastUpdated({ time: formats.time(query.dataUpdatedAt) })} />
            </span>
          )}
          <IconButton
            label={t.actionRefreshList()}
            icon={<RefreshCw size={18} aria-hidden="true" />}
            onPress={again}
          />
        </>
      }
    >
      {query.isError && <Failed text={t.listFailed()} again={again} />}
      {query.data && <WaitingList list={query.data} doing={source} />}
    </AdminPage>
  );
}
