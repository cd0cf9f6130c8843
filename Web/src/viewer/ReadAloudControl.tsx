import { Icon } from "../design/Icon";
import { ListeningControls } from "../speech/ListenButton";
import { reading } from "../speech/Reading";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";

/** What reads a document aloud. */
export interface DocumentReader {
  /** Tells it from all else that is read on the page. */
  of: string;
  /** From the place in view on. */
  read: () => void;
  /** What is selected alone. */
  readSelection: () => void;
}

/** Reads the document aloud from the place in view; while it does, pauses, changes the speed and ends. */
export function ReadAloudControl({ reader }: { reader: DocumentReader }) {
  const now = useStore(reading);
  const mine = now !== null && now.of === reader.of;
  return (
    <div className={mine ? "read-aloud reading" : "read-aloud"} role="group" aria-label={t("viewer.readAloud")}>
      {mine ? <ListeningControls now={now} /> : (
        <button type="button" className="icon-button" aria-label={t("viewer.readFromHere")} title={t("viewer.readFromHereKey")} onClick={reader.read}><Icon name="speaker" /></button>
      )}
    </div>
  );
}
