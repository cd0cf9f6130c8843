import { closeSheet } from "../frame/sheets";
import { t } from "../strings/t";
import { EventForm } from "./EventForm";
import { addEvent, draft } from "./plannerStore";

/** Makes an event, beginning with what is known of it. */
export default function NewEventSheet() {
  return (
    <EventForm
      title={t("planner.newEvent")} event={draft.get()} send={t("planner.add")} isNew
      save={async (event) => {
        await addEvent(event);
        draft.set({});
        closeSheet();
      }}
    />
  );
}
