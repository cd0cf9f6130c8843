import { useEffect, useState } from "react";
import { describe, isAbort } from "../api/errors";
import { Note, notes, NoteVersion } from "../api/notes";
import { Dialog } from "../design/Dialog";
import { Loading, Problem } from "../design/Notice";
import { dayText, timeText } from "../strings/days";
import { t } from "../strings/t";
import { plainText } from "./plainText";

/** What a note said before; each can be looked at and brought back. */
export function Versions({ note, take, onClose }: { note: Note; take: (note: Note) => void; onClose: () => void }) {
  const [versions, setVersions] = useState<readonly NoteVersion[] | null>(null);
  const [shown, setShown] = useState<NoteVersion | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    notes.versions(note.id, controller.signal).then(setVersions, (error: unknown) => !isAbort(error) && setProblem(describe(error)));
    return () => controller.abort();
  }, [note.id, note.version]);
  const run = (work: Promise<unknown>) => void work.catch((error: unknown) => setProblem(describe(error)));
  const show = (version: number) => run(notes.version(note.id, version).then(setShown));
  const restore = (version: number) =>
    run(
      notes.restore(note.id, version, note.version).then((now) => {
        take(now);
        onClose();
      }),
    );
  return (
    <Dialog title={t("notes.versions")} onClose={onClose} sheet>
      <div className="stack">
        {problem ? <Problem>{problem}</Problem> : null}
        {versions === null && problem === null ? <Loading label={t("notes.reading")} /> : null}
        {versions?.length === 0 ? <p className="note-hint">{t("notes.versionsNone")}</p> : null}
        <ol className="note-versions">
          {(versions ?? []).map((each) => (
            <li key={each.version}>
              <button type="button" className="button quiet" aria-expanded={shown?.version === each.version} onClick={() => (shown?.version === each.version ? setShown(null) : show(each.version))}>
                {t(`notes.origin_${each.origin}`)} · {dayText(each.created_at)} {timeText(each.created_at)}{each.version === note.version ? ` · ${t("notes.now")}` : ""}
              </button>
              {shown?.version === each.version ? <pre dir="auto" tabIndex={0}>{shown.content}</pre> : <p className="note-excerpt" dir="auto">{plainText(each.content)}</p>}
              {each.version === note.version ? null : <button type="button" className="button" onClick={() => restore(each.version)}>{t("notes.restore")}</button>}
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  );
}
