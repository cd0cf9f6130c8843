import { FormEvent, useState } from "react";
import type { TranscriptSegment } from "../api/transcripts";
import { Icon } from "../design/Icon";
import { t } from "../strings/t";
import { speakerNames } from "./speakers";
import { clockText } from "./stateText";
import type { Sound } from "./useSound";

/** What can be done with a segment. Each resolves to false when it was not done, which is told. */
export interface SegmentEdits {
  correct: (segment: TranscriptSegment, text: string, speaker: string) => Promise<boolean>;
  split: (segment: TranscriptSegment, word: number) => Promise<boolean>;
  join: (segment: TranscriptSegment) => Promise<boolean>;
}

interface SegmentProps {
  segment: TranscriptSegment;
  /** What who speaks is called; null where that is not known. */
  speaker: string | null;
  sound: Sound;
  /** null while it is being written down. */
  edits: SegmentEdits | null;
  isLast: boolean;
}

/** A sentence or so: each word leads to its second, and the text can be corrected. */
export function Segment({ segment, speaker, sound, edits, isLast }: SegmentProps) {
  const [text, setText] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [caret, setCaret] = useState(0);
  const here = sound.time >= segment.start && sound.time < segment.end;
  const word = text === segment.text ? wordAt(text, caret) : 0;
  const close = (done: boolean) => done && setText(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text !== null && text.trim() !== "" && edits) close(await edits.correct(segment, text.trim(), name.trim()));
  };
  return (
    <li className="said" aria-current={here && sound.playing ? "true" : undefined}>
      <button type="button" className="said-time" disabled={sound.state !== "ready"} onClick={() => sound.seek(segment.start)}>{clockText(segment.start)}</button>
      {text === null || !edits ? (
        <p dir="auto">
          {speaker ? <strong className="said-speaker">{speaker}: </strong> : null}
          {segment.words.map((word, index) => (
            <span
              key={index} className={sound.time >= word.start && sound.time < word.end && here ? "heard now" : "heard"}
              onClick={() => sound.seek(word.start)}
            >{word.word}{" "}</span>
          ))}
        </p>
      ) : (
        <form className="said-form" onSubmit={(event) => void submit(event)}>
          <textarea
            className="input" dir="auto" autoFocus aria-label={t("recordings.correction")} value={text}
            onChange={(event) => setText(event.target.value)} onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          />
          <input className="input" dir="auto" value={name} placeholder={t("recordings.nobody")} list={speakerNames} aria-label={t("recordings.nameSpeaker")} maxLength={60} onChange={(event) => setName(event.target.value)} />
          <button type="submit" className="button primary" disabled={text.trim() === ""}>{t("recordings.save")}</button>
          <button type="button" className="button" disabled={word < 1 || word >= segment.words.length} onClick={() => void edits.split(segment, word).then(close)}>{t("recordings.split")}</button>
          {isLast ? null : <button type="button" className="button" onClick={() => void edits.join(segment).then(close)}>{t("recordings.join")}</button>}
          <button type="button" className="button quiet" onClick={() => setText(null)}>{t("recordings.cancel")}</button>
        </form>
      )}
      {edits && text === null ? (
        <button
          type="button" className="icon-button" aria-label={`${t("recordings.edit")}: ${clockText(segment.start)}`} title={t("recordings.edit")}
          onClick={() => {
            setText(segment.text);
            setName(speaker ?? "");
          }}
        >
          <Icon name="pencil" size={18} />
        </button>
      ) : null}
    </li>
  );
}

/** The number of the word that begins at or behind a place of a text. */
export function wordAt(text: string, caret: number): number {
  return text.slice(0, caret).split(/\s+/).filter((word) => word !== "").length;
}
