import { plannerAPI } from "../api/planner";
import { tellFailure } from "../design/toastStore";

/** Saves the calendar as a file. Fetched by script, because a plain link cannot carry the access token. */
export async function saveCalendar(): Promise<void> {
  try {
    const url = URL.createObjectURL(await plannerAPI.file());
    const link = document.createElement("a");
    link.href = url;
    link.download = "little-monster.ics";
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    tellFailure(error);
  }
}
