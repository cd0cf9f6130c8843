import type { NoteOverview } from "../api/notes";
import { CourseTag } from "../course/CourseTag";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { noteDeletion } from "./noteDeletion";
import { plainText } from "./plainText";
import { useNotes } from "./useNotes";

/** The notes of a course, or all. */
export function NoteList({ course }: { course: string | null }) {
  const { items, total, phase, problem, more, reload } = useNotes(course);
  const begin = () => openSheet("new-note", course === null ? undefined : `course=${course}`);
  if (phase === "loading") return <Loading label={t("notes.reading")} />;
  return (
    <div className="note-list">
      {problem ? <Problem action={{ label: t("notes.tryAgain"), run: reload }}>{problem}</Problem> : null}
      {items.length === 0 && phase === "ready" ? (
        <div className="empty">
          <ReadingMonster />
          <h2>{t("notes.noneTitle")}</h2>
          <p>{t("notes.none")}</p>
          <div className="actions"><button type="button" className="button primary" onClick={begin}><Icon name="pencil" size={18} /> {t("notes.new")}</button></div>
        </div>
      ) : null}
      {items.length > 0 ? (
        <>
          {course !== null ? <div className="list-tools"><button type="button" className="button" onClick={begin}><Icon name="plus" size={18} /> {t("notes.new")}</button></div> : null}
          <ul className="note-rows" aria-label={t("notes.place")}>{items.map((note) => <Row key={note.id} note={note} withCourse={course === null} />)}</ul>
          {items.length < total ? <button type="button" className="button" onClick={more}>{t("notes.more")}</button> : null}
        </>
      ) : null}
    </div>
  );
}

function Row({ note, withCourse }: { note: NoteOverview; withCourse: boolean }) {
  const state = note.status === "generating" ? t("notes.making") : note.status === "failed" && note.problem ? t(`notes.problem_${note.problem}`) : null;
  return (
    <li data-row={note.id}>
      <Icon name="pencil" size={22} />
      <div className="grow">
        <Link to={paths.note(note.id)} dir="auto">{note.title}</Link>
        <p className="note-facts" role={note.status === "generating" ? "status" : undefined}>
          {[t(`notes.kind_${note.kind}`), state, dayText(note.updated_at)].filter(Boolean).join(" · ")}
          {withCourse && note.course_id ? <> <CourseTag id={note.course_id} /></> : null}
        </p>
        {note.excerpt === "" ? null : <p className="note-excerpt" dir="auto">{plainText(note.excerpt)}</p>}
      </div>
      <button type="button" className="icon-button" aria-label={`${t("notes.delete")}: ${note.title}`} title={t("notes.delete")} onClick={() => noteDeletion.start(note.id, note.title)}>
        <Icon name="trash" size={18} />
      </button>
    </li>
  );
}
