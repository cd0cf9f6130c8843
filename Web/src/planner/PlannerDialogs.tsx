import { lazy, Suspense } from "react";
import { useSheet } from "../frame/sheets";

// What is opened now and then comes when it is.
const BringDialog = lazy(() => import("./BringDialog"));
const CalendarDialog = lazy(() => import("./CalendarDialog"));
const EventSheet = lazy(() => import("./EventSheet"));
const NewEventSheet = lazy(() => import("./NewEventSheet"));
const PlanDialog = lazy(() => import("./PlanDialog"));

/** The dialogs about an event, the plan and the calendar's address, while the address asks for them. */
export function PlannerDialogs() {
  const event = useSheet("event");
  const change = useSheet("change-event");
  const making = useSheet("new-event") !== null;
  const plan = useSheet("plan") !== null;
  const calendar = useSheet("calendar") !== null;
  const bringing = useSheet("bring-calendar") !== null;
  const about = event ?? change;
  return (
    <Suspense fallback={null}>
      {about !== null && about !== "" ? <EventSheet key={about + String(change !== null)} about={about} changing={change !== null} /> : null}
      {making ? <NewEventSheet /> : null}
      {plan ? <PlanDialog /> : null}
      {calendar ? <CalendarDialog /> : null}
      {bringing ? <BringDialog /> : null}
    </Suspense>
  );
}
