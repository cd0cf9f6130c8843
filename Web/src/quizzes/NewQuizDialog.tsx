import { FormEvent, useEffect, useMemo, useState } from "react";
import { documents, LibraryDocument } from "../api/documents";
import { describe, isAbort } from "../api/errors";
import { QuestionType, questionTypes, quizzes } from "../api/quizzes";
import { useCourses } from "../course/courseStore";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { closeSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { typeText } from "./questionText";

type Count = "5" | "10" | "20" | "40";
type Difficulty = "any" | "easy" | "medium" | "hard";
const counts: readonly Count[] = ["5", "10", "20", "40"];

/** Sets a quiz up: from what, how many questions, of which kinds. `about` says what it begins with: `course=…&documents=…&topic=…`. */
export default function NewQuizDialog({ about }: { about: string }) {
  const courses = useCourses().filter((course) => !course.is_archived);
  const given = useMemo(() => new URLSearchParams(about), [about]);
  const [course, setCourse] = useState(given.get("course") ?? "");
  const [listed, setListed] = useState<LibraryDocument[]>([]);
  const [chosen, setChosen] = useState<readonly string[]>((given.get("documents") ?? "").split(",").filter(Boolean));
  const [topic, setTopic] = useState(given.get("topic") ?? "");
  const [count, setCount] = useState<Count>("10");
  const [difficulty, setDifficulty] = useState<Difficulty>("any");
  const [types, setTypes] = useState<readonly QuestionType[]>([]);
  const [more, setMore] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const controller = new AbortController();
    documents.list(1, 100, { text: "", course: course === "" ? null : course, sort: "title", ...(course === "" ? {} : { shared: "too" as const }) }, controller.signal).then(
      ({ data }) => setListed(data.filter((document) => document.status === "completed")),
      (error: unknown) => !isAbort(error) && setProblem(describe(error)),
    );
    return () => controller.abort();
  }, [course]);

  const ready = course !== "" || chosen.length > 0 || topic.trim() !== "";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    setProblem(null);
    try {
      const made = await quizzes.make({
        count: Number(count), tier: more ? "more" : "standard",
        ...(course === "" ? {} : { course_id: course }), ...(chosen.length > 0 ? { document_ids: [...chosen] } : {}),
        ...(topic.trim() === "" ? {} : { topic: topic.trim() }), ...(types.length > 0 ? { types: [...types] } : {}),
        ...(difficulty === "any" ? {} : { difficulty }),
      });
      navigate(paths.quiz(made.id));
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("quizzes.new")} onClose={closeSheet}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <label className="field">
            <span>{t("quizzes.from")}</span>
            <select
              className="input" value={course}
              onChange={(event) => {
                setCourse(event.target.value);
                setChosen([]);
              }}
            >
              <option value="">{t("quizzes.anyDocument")}</option>
              {courses.map((each) => <option key={each.id} value={each.id}>{each.name}</option>)}
            </select>
          </label>
          {listed.length > 0 ? (
            <details className="quiz-choice" open={chosen.length > 0 || course === ""}>
              <summary>{chosen.length === 0 ? (course === "" ? t("quizzes.chooseDocuments") : t("quizzes.allDocuments")) : t("quizzes.chosen", { count: chosen.length })}</summary>
              <ul>
                {listed.map(({ id, title }) => (
                  <li key={id}>
                    <label>
                      <input type="checkbox" checked={chosen.includes(id)} onChange={() => setChosen(toggled(chosen, id))} /> <span dir="auto">{title}</span>
                    </label>
                  </li>
                ))}
              </ul>
            </details>
          ) : null}
          <Field label={t("quizzes.topic")} value={topic} maxLength={200} hint={t("quizzes.topicHint")} onChange={(event) => setTopic(event.target.value)} />
          <div className="quiz-row">
            <Choice label={t("quizzes.count")}>
              <Segments label={t("quizzes.count")} value={count} choices={counts.map((value) => ({ value, label: value }))} onChange={setCount} />
            </Choice>
            <Choice label={t("quizzes.difficulty")}>
              <Segments
                label={t("quizzes.difficulty")} value={difficulty} onChange={setDifficulty}
                choices={(["any", "easy", "medium", "hard"] as const).map((value) => ({ value, label: t(`quizzes.level_${value}`) }))}
              />
            </Choice>
          </div>
          <details className="quiz-choice">
            <summary>{types.length === 0 ? t("quizzes.anyType") : types.map(typeText).join(", ")}</summary>
            <ul>
              {questionTypes.map((type) => (
                <li key={type}><label><input type="checkbox" checked={types.includes(type)} onChange={() => setTypes(toggled(types, type))} /> {typeText(type)}</label></li>
              ))}
            </ul>
          </details>
          <label className="quiz-check"><input type="checkbox" checked={more} onChange={() => setMore(!more)} /> <span>{t("quizzes.moreKinds")}<small>{t("quizzes.moreKindsHint")}</small></span></label>
        </div>
        <footer>
          <button type="button" className="button" onClick={closeSheet}>{t("quizzes.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy || !ready}>{t("quizzes.make")}</button>
        </footer>
      </form>
    </Dialog>
  );
}

function Choice({ label, children }: { label: string; children: React.ReactNode }) {
  return <div className="field"><span className="quiz-label" aria-hidden="true">{label}</span>{children}</div>;
}

function toggled<Value>(list: readonly Value[], value: Value): readonly Value[] {
  return list.includes(value) ? list.filter((each) => each !== value) : [...list, value];
}
