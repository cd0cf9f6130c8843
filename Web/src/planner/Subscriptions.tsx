import { useEffect, useState } from "react";
import { describe, isAbort } from "../api/errors";
import { bringAPI, CalendarSubscription } from "../api/planner";
import { Icon } from "../design/Icon";
import { Problem } from "../design/Notice";
import { showToast, tellFailure } from "../design/toastStore";
import { dayText as dayOrToday, timeText } from "../strings/days";
import { t } from "../strings/t";
import { changed } from "./plannerStore";

/** Calendars that are read again and again: when they were last, what went wrong, and their end. */
export function Subscriptions({ version }: { version: number }) {
  const [list, setList] = useState<readonly CalendarSubscription[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    bringAPI.subscriptions(controller.signal).then(setList, (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [version]);
  const run = async (id: string, action: () => Promise<void>) => {
    setBusy(id);
    try {
      await action();
      changed();
    } catch (error) {
      tellFailure(error);
    }
    setBusy(null);
  };
  const refresh = (id: string) => run(id, async () => {
    const now = await bringAPI.refresh(id);
    setList((all) => all.map((each) => (each.id === id ? now : each)));
  });
  const end = ({ id, name }: CalendarSubscription) => run(id, async () => {
    await bringAPI.end(id);
    setList((all) => all.filter((each) => each.id !== id));
    showToast(t("planner.unsubscribed", { name }));
  });
  if (problem !== null) return <Problem>{problem}</Problem>;
  if (list.length === 0) return null;
  return (
    <section className="planner-subscriptions" aria-labelledby="planner-subscriptions">
      <h3 id="planner-subscriptions">{t("planner.subscriptions")}</h3>
      <ul>
        {list.map((each) => (
          <li key={each.id}>
            <div>
              <strong dir="auto">{each.name}</strong>
              <p className="hint">{t("planner.events", { count: each.events })}{each.fetched_at ? ` · ${t("planner.readLast", { time: `${dayOrToday(each.fetched_at)}, ${timeText(each.fetched_at)}` })}` : ""}</p>
              {each.problem ? <p className="planner-problem"><Icon name="alert" size={18} /> {each.problem}</p> : null}
            </div>
            <button type="button" className="icon-button" disabled={busy !== null} aria-label={t("planner.readNow", { name: each.name })} title={t("planner.readNow", { name: each.name })} onClick={() => void refresh(each.id)}><Icon name="retry" size={18} /></button>
            <button type="button" className="icon-button" disabled={busy !== null} aria-label={t("planner.unsubscribe", { name: each.name })} title={t("planner.unsubscribe", { name: each.name })} onClick={() => void end(each)}><Icon name="trash" size={18} /></button>
          </li>
        ))}
      </ul>
    </section>
  );
}
