import { useEffect, useState } from "react";
import { describe } from "../api/errors";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { showToast, tellFailure } from "../design/toastStore";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { dayText, timeText } from "../strings/days";
import { t } from "../strings/t";
import { loadNotices, markSeen, Notice, notices, retry } from "./store";

/** Imports that finished or failed, newest first; a failed one is tried again from here. */
export function NotificationsPage() {
  const heading = usePage(t("notifications.place"));
  const { items, seen } = useStore(notices);
  const [state, setState] = useState<"loading" | "ready" | string>("loading");
  const [attempt, setAttempt] = useState(0);
  // What was new when the page was opened stays marked while it is open.
  const [before] = useState(seen);
  useEffect(() => {
    const controller = new AbortController();
    setState("loading");
    loadNotices(controller.signal).then(() => setState("ready"), (error: unknown) => !controller.signal.aborted && setState(describe(error)));
    return () => controller.abort();
  }, [attempt]);
  useEffect(() => markSeen(), [items]);
  const problem = state === "loading" || state === "ready" ? null : state;
  return (
    <div className="page news">
      <header className="page-head"><h1 ref={heading} tabIndex={-1}>{t("notifications.place")}</h1></header>
      {problem ? <Problem action={{ label: t("notifications.tryAgain"), run: () => setAttempt(attempt + 1) }}>{problem}</Problem> : null}
      {state === "loading" && items.length === 0 ? <Loading label={t("notifications.reading")} /> : null}
      {state === "ready" && items.length === 0 ? <div className="empty"><ReadingMonster /><h2>{t("notifications.noneTitle")}</h2><p>{t("notifications.none")}</p></div> : null}
      {items.length > 0 ? <ul className="news-list" aria-label={t("notifications.place")}>{items.map((notice) => <Row key={notice.id} notice={notice} fresh={notice.time > before} />)}</ul> : null}
    </div>
  );
}

function Row({ notice, fresh }: { notice: Notice; fresh: boolean }) {
  const failed = notice.outcome === "failed";
  const time = new Date(notice.time).toISOString();
  const again = () => retry(notice.id).then(() => showToast(t("notifications.again", { title: notice.title })), (error: unknown) => tellFailure(error));
  return (
    <li className={fresh ? "fresh" : undefined} data-outcome={notice.outcome} data-row={notice.id}>
      <Icon name={failed ? "alert" : "check"} />
      <div>
        <Link to={paths.document(notice.id)} dir="auto">{notice.title}</Link>
        <p>{failed ? notice.problem : t("notifications.ready")}</p>
        <p className="news-time">{fresh ? <strong>{t("notifications.new")} · </strong> : null}{dayText(time)}, {timeText(time)}</p>
      </div>
      {failed ? <button type="button" className="button" onClick={() => void again()} aria-label={t("notifications.retryOne", { title: notice.title })}><Icon name="retry" size={18} /> {t("notifications.retry")}</button> : null}
    </li>
  );
}
