import { useRef, useState } from "react";
import { QuizImport, quizzes } from "../api/quizzes";
import { Icon } from "../design/Icon";
import { tellFailure } from "../design/toastStore";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { t } from "../strings/t";
import { QuizList } from "./QuizList";

/** All quizzes, the way to a new one, to the questions, and to what was answered wrong. */
export function QuizzesPage() {
  const heading = usePage(t("quizzes.place"));
  const [busy, setBusy] = useState(false);
  const [brought, setBrought] = useState<QuizImport | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const practise = async () => {
    setBusy(true);
    try {
      const made = await quizzes.make({ from_mistakes: true, title: t("quizzes.mistakes") });
      navigate(paths.quiz(made.id));
    } catch (error) {
      tellFailure(error);
      setBusy(false);
    }
  };
  const bring = async (file: File) => {
    setBusy(true);
    try {
      const made = await quizzes.bring(file);
      if (made.problems.length === 0) navigate(paths.quiz(made.id));
      else setBrought(made);
    } catch (error) {
      tellFailure(error, (problem) => t("quizzes.notBrought", { problem }));
    }
    setBusy(false);
  };
  return (
    <div className="page">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>{t("quizzes.place")}</h1>
        <div className="quiz-actions">
          <button type="button" className="button primary" onClick={() => openSheet("new-quiz")}><Icon name="plus" size={18} /> {t("quizzes.new")}</button>
          <button type="button" className="button" disabled={busy} onClick={() => void practise()}><Icon name="retry" size={18} /> {t("quizzes.practiseMistakes")}</button>
          <button type="button" className="button" disabled={busy} onClick={() => file.current?.click()}><Icon name="upload" size={18} /> {t("quizzes.bring")}</button>
          <input
            ref={file} type="file" hidden accept=".gift,.txt,.xml,.csv,.zip" aria-label={t("quizzes.bring")}
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              event.target.value = "";
              if (chosen) void bring(chosen);
            }}
          />
          <Link className="button" to={paths.questions}><Icon name="list" size={18} /> {t("quizzes.bank")}</Link>
        </div>
      </header>
      {brought ? (
        <div className="notice" role="status">
          <Icon name="info" size={18} />
          <div className="grow">
            <p><Link to={paths.quiz(brought.id)}>{t("quizzes.brought", { count: brought.total_questions })}</Link> {t("quizzes.leftOut", { count: brought.problems.length })}</p>
            <ul>{brought.problems.slice(0, 20).map(({ line, reason }) => <li key={`${line} ${reason}`}>{t("quizzes.atLine", { line, reason })}</li>)}</ul>
          </div>
        </div>
      ) : null}
      <QuizList course={null} />
    </div>
  );
}
