import { FormEvent, useState } from "react";
import { describe } from "../api/errors";
import { Quiz, quizzes } from "../api/quizzes";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { t } from "../strings/t";

export function RenameQuiz({ quiz, take, onClose }: { quiz: Quiz; take: (quiz: Quiz) => void; onClose: () => void }) {
  const [title, setTitle] = useState(quiz.title);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const named = await quizzes.rename(quiz.id, title.trim());
      take({ ...quiz, title: named.title });
      onClose();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  return (
    <Dialog title={t("quizzes.rename")} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label={t("quizzes.title")} value={title} required maxLength={200} autoFocus onChange={(event) => setTitle(event.target.value)} />
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{t("quizzes.cancel")}</button>
          <button type="submit" className="button primary" disabled={title.trim() === ""}>{t("quizzes.save")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
