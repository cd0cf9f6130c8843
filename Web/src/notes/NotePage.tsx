import { useState } from "react";
import { manyCards } from "../api/cards";
import type { Citation } from "../api/conversations";
import { Note, notes } from "../api/notes";
import { deckNamed } from "../cards/deckNamed";
import { useCourse } from "../course/courseStore";
import { CourseTag } from "../course/CourseTag";
import { Answer } from "../chat/Answer";
import { Icon } from "../design/Icon";
import { Menu, MenuItem } from "../design/Menu";
import { Meter } from "../design/Meter";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { showToast, tellFailure } from "../design/toastStore";
import type { PageProps } from "../frame/Area";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { Clash } from "./Clash";
import { ExportNote } from "./ExportNote";
import { MapView } from "./MapView";
import { noteDeletion } from "./noteDeletion";
import { NoteKeeper, Phase } from "./NoteKeeper";
import { termCards } from "./termCards";
import { useNote } from "./useNote";
import { Versions } from "./Versions";

/** A note: read with its sources, or edited beside what it will look like. */
export function NotePage({ params }: PageProps) {
  const { keeper, problem, progress, reload } = useNote(params["id"] ?? "");
  if (keeper) return <OpenNote keeper={keeper} progress={progress} />;
  if (problem?.gone) return <Gone />;
  return problem ? <div className="page"><Problem action={{ label: t("notes.tryAgain"), run: reload }}>{problem.text}</Problem></div> : <Loading label={t("notes.reading")} />;
}

function OpenNote({ keeper, progress }: { keeper: NoteKeeper; progress: number | null }) {
  const { note, title, text, phase, theirs, problem } = useStore(keeper.state);
  const heading = usePage(note.title);
  const course = useCourse(note.course_id ?? null);
  const [mode, setMode] = useState<"read" | "edit">(note.kind === "written" && note.content === "" ? "edit" : "read");
  const [sheet, setSheet] = useState<"export" | "versions" | null>(null);
  const again = async () => {
    try {
      await keeper.flush();
      keeper.take(await notes.regenerate(note.id));
    } catch (error) {
      tellFailure(error);
    }
  };
  const cards = termCards({ ...note, content: text });
  const makeCards = async () => {
    try {
      const goal = await deckNamed(note.title, note.course_id ?? null);
      const { made, known } = await manyCards.write(goal, cards);
      showToast([made > 0 ? t("notes.cardsMade", { count: made }) : "", known > 0 ? t("notes.cardsKnown", { count: known }) : ""].filter(Boolean).join(" "));
      navigate(paths.deck(goal));
    } catch (error) {
      tellFailure(error);
    }
  };
  const items: MenuItem[] = [
    ...(cards.length > 0 ? [{ label: t("notes.makeCards", { count: cards.length }), icon: "cards" as const, run: () => void makeCards() }] : []),
    { label: t("notes.versions"), icon: "clock", run: () => setSheet("versions") },
    { label: t("notes.export"), icon: "download", run: () => setSheet("export") },
    ...(note.is_made && note.status !== "generating" ? [{ label: t("notes.anew"), icon: "retry" as const, run: () => void again() }] : []),
    {
      label: t("notes.delete"), icon: "trash", danger: true,
      run: () => {
        noteDeletion.start(note.id, note.title);
        navigate(paths.notes, { replace: true });
      },
    },
  ];
  return (
    <div className="page note-page">
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1} dir="auto">{note.title}</h1>
          <p className="sub">{t(`notes.kind_${note.kind}`)}{course ? <> · <CourseTag id={course.id} /></> : null} · <span role="status">{phaseText(phase)}</span></p>
        </div>
        <div className="note-actions">
          <Segments label={t("notes.view")} value={mode} choices={[{ value: "read", label: t("notes.read") }, { value: "edit", label: t("notes.edit") }]} onChange={setMode} />
          <Menu label={t("notes.actionsFor", { title: note.title })} items={items} />
        </div>
      </header>
      {problem ? <Problem action={{ label: t("notes.tryAgain"), run: () => void keeper.flush() }}>{problem}</Problem> : null}
      {note.status === "generating" ? <Making note={note} progress={progress} keeper={keeper} /> : null}
      {note.problem && note.status !== "generating" ? <p className="note-hint" role="status">{t(`notes.problem_${note.problem}`)}</p> : null}
      {theirs ? <Clash mine={text} theirs={theirs} settle={(choice) => void keeper.settle(choice)} /> : null}
      {mode === "edit" ? (
        <div className="note-editor">
          <label className="field"><span>{t("notes.title")}</span><input className="input" dir="auto" maxLength={200} value={title} onChange={(event) => keeper.edit({ title: event.target.value })} /></label>
          <div className="note-halves">
            <label className="field"><span>{t("notes.text")}</span><textarea className="input" dir="auto" spellCheck value={text} onChange={(event) => keeper.edit({ text: event.target.value })} onBlur={() => void keeper.flush()} /></label>
            <section aria-label={t("notes.read")}><Written note={note} text={text} /></section>
          </div>
        </div>
      ) : (
        <>
          {note.has_map ? <MapView id={note.id} version={note.version} /> : null}
          <Written note={note} text={text} />
          {note.is_made && note.status === "ready" && text !== "" ? <MadeBy note={note} /> : null}
        </>
      )}
      {sheet === "export" ? <ExportNote note={note} onClose={() => setSheet(null)} /> : null}
      {sheet === "versions" ? <Versions note={note} take={(now) => keeper.take(now)} onClose={() => setSheet(null)} /> : null}
    </div>
  );
}

function Written({ note, text }: { note: Note; text: string }) {
  if (text.trim() === "") return note.status === "generating" ? null : <p className="note-hint">{t("notes.empty")}</p>;
  const open = ({ document_id, chunk_id, page, quote }: Citation) =>
    navigate(paths.document(document_id, { page: page ?? null, chunk: chunk_id }), { state: { quote, at: Date.now() } });
  // A note's sources have no score: nothing was searched for.
  return <Answer id={note.id} content={text} citations={note.citations.map((citation) => ({ ...citation, start: citation.start ?? 0, end: citation.end ?? 0, score: 0, page_label: citation.page_label ?? undefined }))} current={null} open={open} />;
}

function MadeBy({ note }: { note: Note }) {
  return (
    <p className="note-hint">
      {note.model ? t("notes.byModel", { model: note.model }) : t("notes.byText")}
      {note.refused > 0 ? ` ${t("notes.refused", { count: note.refused })}` : ""}
    </p>
  );
}

function Making({ note, progress, keeper }: { note: Note; progress: number | null; keeper: NoteKeeper }) {
  const stop = () => notes.stop(note.id).then((now) => keeper.take(now), tellFailure);
  return (
    <section className="note-making" role="status">
      <p>{t("notes.makingNow")}</p>
      {note.content === "" ? null : <p className="note-hint">{t("notes.anewHint")}</p>}
      <Meter label={t("notes.making")} fraction={progress} />
      <button type="button" className="button quiet" onClick={() => void stop()}>{t("notes.stop")}</button>
    </section>
  );
}

function phaseText(phase: Phase): string {
  if (phase === "saved") return t("notes.saved");
  if (phase === "saving") return t("notes.saving");
  return phase === "offline" ? t("notes.keptHere") : t("notes.unsaved");
}

function Gone() {
  return (
    <div className="page">
      <div className="empty">
        <ReadingMonster />
        <h1 tabIndex={-1}>{t("notes.goneTitle")}</h1>
        <p>{t("notes.gone")}</p>
        <div className="actions"><Link className="button primary" to={paths.notes}><Icon name="pencil" size={18} /> {t("notes.all")}</Link></div>
      </div>
    </div>
  );
}
