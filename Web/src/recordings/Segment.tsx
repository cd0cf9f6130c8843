import { FormEvent, useState } from "react";
import type { TranscriptSegment } from "../api/transcripts";
import { Icon } from "../design/Icon";
import { t } from "../strings/t";
import { clockText } from "./stateText";
import type { Sound } from "./useSound";

interface SegmentProps {
  segment: TranscriptSegment;
  sound: Sound;
  editable: boolean;
  /** False when the text should stay open. */
  save: (text: string) => Promise<boolean>;
}

/** A sentence or so: each word leads to its second, and the text can be corrected. */
export function Segment({ segment, sound, editable, save }: SegmentProps) {
  const [text, setText] = useState<string | null>(null);
  const here = sound.time >= segment.start && sound.time < segment.end;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text !== null && text.trim() !== "" && (await save(text.trim()))) setText(null);
  };
  return (
    <li className="said" aria-current={here && sound.playing ? "true" : undefined}>
      <button type="button" className="said-time" disabled={sound.state !== "ready"} onClick={() => sound.seek(segment.start)}>{clockText(segment.start)}</button>
      {text === null ? (
        <p dir="auto">
          {segment.words.map((word, index) => (
            <span
              key={index} className={sound.time >= word.start && sound.time < word.end && here ? "heard now" : "heard"}
              onClick={() => sound.seek(word.start)}
            >{word.word}{" "}</span>
          ))}
        </p>
      ) : (
        <form className="said-form" onSubmit={(event) => void submit(event)}>
          <textarea className="input" dir="auto" autoFocus aria-label={t("recordings.correction")} value={text} onChange={(event) => setText(event.target.value)} />
          <button type="submit" className="button primary" disabled={text.trim() === ""}>{t("recordings.save")}</button>
          <button type="button" className="button" onClick={() => setText(null)}>{t("recordings.cancel")}</button>
        </form>
      )}
      {editable && text === null ? (
        <button type="button" className="icon-button" aria-label={`${t("recordings.edit")}: ${clockText(segment.start)}`} title={t("recordings.edit")} onClick={() => setText(segment.text)}>
          <Icon name="pencil" size={18} />
        </button>
      ) : null}
    </li>
  );
}
