import { useState } from "react";
import { Class, classes } from "../api/classes";
import { describe } from "../api/errors";
import type { SharedKind } from "../api/sharing";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Icon, IconName } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { tellFailure } from "../design/toastStore";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { useOfClass } from "./classNews";
import { ownThings, Thing } from "./ownThings";

const icons: Readonly<Record<SharedKind, IconName>> = { document: "page", course: "course", quiz: "quiz" };
const kindTexts = { document: t("classes.document"), course: t("classes.course"), quiz: t("classes.quiz") } as const;

function addressOf(kind: SharedKind, id: string): string {
  if (kind === "quiz") return paths.quiz(id);
  return kind === "course" ? paths.course(id) : paths.document(id);
}

/** What is shared with a class. */
export function Shared({ of, onChange }: { of: Class; onChange: () => void }) {
  const sharing = useSheet("share-with-class") !== null;
  const shares = of.shares ?? [];
  const end = async (share: string) => {
    try {
      await classes.unshare(of.id, share);
      onChange();
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <div className="class-parts">
      {of.is_teacher ? null : <p className="class-note">{t("classes.seesOf", { name: of.teacher })}</p>}
      {of.is_teacher && !of.is_archived ? <p className="class-share"><button type="button" className="button primary" onClick={() => openSheet("share-with-class")}><Icon name="plus" size={18} /> {t("classes.share")}</button></p> : null}
      {shares.length === 0 ? <p className="class-note">{of.is_teacher ? t("classes.nothingShared") : t("classes.nothingSharedYet")}</p> : null}
      <ul className="class-rows" aria-label={t("classes.shared")}>
        {shares.map((share) => (
          <li key={share.id} data-row={share.id}>
            <Icon name={icons[share.kind]} />
            <div>
              <p><Link to={addressOf(share.kind, share.thing_id)} dir="auto">{share.title}</Link></p>
              <p className="class-facts">{[kindTexts[share.kind], t("classes.since", { day: dayText(share.shared_at) })].join(" · ")}</p>
            </div>
            {of.is_teacher ? <button type="button" className="button quiet" onClick={() => void end(share.id)} aria-label={t("classes.unshareOf", { title: share.title })}>{t("classes.unshare")}</button> : null}
          </li>
        ))}
      </ul>
      {sharing && of.is_teacher && !of.is_archived ? <Chooser of={of} onChange={onChange} /> : null}
    </div>
  );
}

/** What of one's own is to be shared: a document, a course or a quiz. */
function Chooser({ of, onChange }: { of: Class; onChange: () => void }) {
  const [kind, setKind] = useState<SharedKind>("quiz");
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const things = useOfClass((signal) => ownThings(kind, signal), `${of.id} ${kind}`);
  const shared = new Set((of.shares ?? []).map((share) => share.thing_id));
  const shown = (things.value ?? []).filter(({ title }) => title.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()));
  const share = async (thing: Thing) => {
    setProblem(null);
    try {
      await classes.share(of.id, kind, thing.id);
      onChange();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  return (
    <Dialog title={t("classes.shareWith", { name: of.name })} onClose={closeSheet} sheet>
      <div className="stack">
        {problem ? <Problem>{problem}</Problem> : null}
        <Segments label={t("classes.kind")} value={kind} onChange={setKind} choices={[{ value: "quiz", label: t("classes.quizzes") }, { value: "document", label: t("classes.documents") }, { value: "course", label: t("classes.courses") }]} />
        <Field label={t("classes.find")} type="search" value={text} onChange={(event) => setText(event.target.value)} />
        <p className="class-facts">{kind === "quiz" ? t("classes.quizMeans") : kind === "course" ? t("classes.courseMeans") : t("classes.documentMeans")}</p>
        {things.problem ? <Problem action={{ label: t("classes.tryAgain"), run: things.reload }}>{things.problem}</Problem> : null}
        {things.value === null && !things.problem ? <Loading /> : null}
        {things.value !== null && shown.length === 0 ? <p className="class-note">{t("classes.nothingFound")}</p> : null}
        <ul className="class-rows" aria-label={t("classes.yours")}>
          {shown.map((thing) => (
            <li key={thing.id}>
              <Icon name={icons[kind]} />
              <div><p dir="auto">{thing.title}</p></div>
              {shared.has(thing.id) ? <span className="tag">{t("classes.isShared")}</span> : <button type="button" className="button" onClick={() => void share(thing)} aria-label={t("classes.shareWhich", { title: thing.title })}>{t("classes.shareOne")}</button>}
            </li>
          ))}
        </ul>
      </div>
      <footer><button type="button" className="button primary" onClick={closeSheet}>{t("classes.done")}</button></footer>
    </Dialog>
  );
}
