import { useState } from "react";
import type { Transcript } from "../api/transcripts";
import { t } from "../strings/t";

interface WhoSpeaksProps {
  recording: Transcript;
  /** null: how many there are is to be found out; one takes the speakers away. */
  tell: (count: number | null) => void;
}

const counts = [2, 3, 4, 5, 6, 7, 8];

/** Has those who speak told apart: how many they are is asked, since that is found out less surely than who is who. */
export function WhoSpeaks({ recording, tell }: WhoSpeaksProps) {
  const [chosen, setChosen] = useState(recording.speakers_count?.toString() ?? (recording.speakers_state === "completed" ? "auto" : "1"));
  const busy = recording.speakers_state === "pending";
  const isNone = chosen === "1";
  const hasSpeakers = recording.segments?.some(({ speaker }) => speaker) ?? false;
  return (
    <form
      className="recording-places who-speaks"
      onSubmit={(event) => {
        event.preventDefault();
        tell(chosen === "auto" ? null : Number(chosen));
      }}
    >
      <label>
        {t("recordings.howMany")}
        <select className="input" value={chosen} disabled={busy} onChange={(event) => setChosen(event.target.value)}>
          <option value="1">{t("recordings.onePerson")}</option>
          {counts.map((count) => <option key={count} value={count}>{count}</option>)}
          <option value="auto">{t("recordings.findCount")}</option>
        </select>
      </label>
      {isNone && !hasSpeakers ? null : <button type="submit" className="button" disabled={busy}>{isNone ? t("recordings.untell") : hasSpeakers ? t("recordings.tellAgain") : t("recordings.tell")}</button>}
      {isNone ? null : <p className="recording-facts">{t("recordings.tellHint")}</p>}
    </form>
  );
}
