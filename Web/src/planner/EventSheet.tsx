import { useEffect, useState } from "react";
import { describe, isAbort } from "../api/errors";
import { plannerAPI, PlannerEvent } from "../api/planner";
import { CourseTag } from "../course/CourseTag";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { closeSheet, openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { t } from "../strings/t";
import { EventForm } from "./EventForm";
import { firstDay, hoursText, dayText, reasonText, titleOf, typeText } from "./eventText";
import { changed, deletionKey, eventDeletion, isOfSeries, setDone } from "./plannerStore";
import { repetitionOf } from "./recurrence";
import { startOf } from "./startOf";

type Scope = "one" | "all";

/** What an event is and what is done with it, or the form that changes it. `about` is its id, and the time of a series after a bar. */
export default function EventSheet({ about, changing }: { about: string; changing: boolean }) {
  const { event, series, problem } = useEvent(about);
  const [scope, setScope] = useState<Scope>("one");
  if (event === null) {
    return <Dialog title={t("planner.event")} onClose={closeSheet}>{problem === null ? <Loading /> : <Problem>{problem}</Problem>}</Dialog>;
  }
  const repeats = isOfSeries(event);
  const choice = repeats ? (
    <Segments label={t("planner.which")} value={scope} onChange={setScope} choices={[{ value: "one", label: t("planner.thisOne") }, { value: "all", label: t("planner.allOfThem") }]} />
  ) : null;
  if (!changing) return <Details event={event} about={about} choice={choice} all={!repeats || scope === "all"} />;
  const shown = scope === "all" && series !== null ? series : event;
  return (
    <EventForm
      key={scope} title={t("planner.change")} event={shown} send={t("planner.save")} single={repeats && scope === "one"}
      save={async (values) => {
        const { rrule, ...rest } = values;
        await plannerAPI.change(event.id, repeats && scope === "one" ? { ...rest, occurrence: event.occurrence ?? null } : { ...rest, rrule: rrule ?? null });
        changed();
        closeSheet();
      }}
    >
      {choice}
    </EventForm>
  );
}

function Details({ event, about, choice, all }: { event: PlannerEvent; about: string; choice: JSX.Element | null; all: boolean }) {
  const start = event.is_completed ? null : startOf(event);
  const title = titleOf(event);
  const remove = () => {
    closeSheet();
    eventDeletion.startAll([deletionKey(event, all)], t("planner.deleted", { title }));
  };
  return (
    <Dialog title={title} onClose={closeSheet}>
      <div className="stack planner-details">
        <p>{typeText(event.type)} · {dayText(firstDay(event))}, {hoursText(event)}</p>
        {event.rrule ? <p className="planner-reason">{t(`planner.every_${repetitionOf(event.rrule).every}`)}</p> : null}
        {event.location ? <p className="planner-where" dir="auto"><Icon name="pin" size={18} /> <span className="visually-hidden">{t("planner.location")}</span> {event.location}</p> : null}
        <CourseTag id={event.course_id} />
        {event.reason ? <p className="planner-why"><Icon name="info" size={18} /> <span>{reasonText(event.reason)}</span></p> : null}
        {event.description === "" ? null : <p className="planner-text" dir="auto">{event.description}</p>}
        {event.subscription_id ? <p className="hint">{t("planner.fromSubscription")}</p> : null}
        {choice}
      </div>
      <footer>
        <button type="button" className="button danger" onClick={remove}><Icon name="trash" size={18} /> {t("planner.delete")}</button>
        <button type="button" className="button" onClick={() => openSheet("change-event", about)}><Icon name="pencil" size={18} /> {t("planner.changeShort")}</button>
        {event.type === "class" ? null : (
          <button
            type="button" className="button"
            onClick={() => {
              void setDone(event, !event.is_completed);
              closeSheet();
            }}
          >
            <Icon name={event.is_completed ? "undo" : "check"} size={18} /> {event.is_completed ? t("planner.open") : t("planner.done")}
          </button>
        )}
        {start ? <Link to={start} className="button primary"><Icon name="play" size={18} /> {t("planner.start")}</Link> : null}
      </footer>
    </Dialog>
  );
}

/** The event as the server has it, and the series that it is a time of. */
function useEvent(about: string): { event: PlannerEvent | null; series: PlannerEvent | null; problem: string | null } {
  const [known, setKnown] = useState<{ event: PlannerEvent | null; series: PlannerEvent | null; problem: string | null }>({ event: null, series: null, problem: null });
  useEffect(() => {
    const controller = new AbortController();
    const [id = "", occurrence = ""] = about.split("|");
    const read = async () => {
      const series = await plannerAPI.show(id, controller.signal);
      if (occurrence === "") return setKnown({ event: series, series, problem: null });
      const moment = new Date(occurrence);
      const there = await plannerAPI.events(moment, new Date(moment.getTime() + 1000), null, controller.signal);
      const event = there.find((each) => each.id === id && each.occurrence !== undefined && new Date(each.occurrence).getTime() === moment.getTime()) ?? null;
      return setKnown({ event, series, problem: event === null ? t("planner.gone") : null });
    };
    read().catch((error: unknown) => {
      if (!isAbort(error)) setKnown({ event: null, series: null, problem: describe(error) });
    });
    return () => controller.abort();
  }, [about]);
  return known;
}
