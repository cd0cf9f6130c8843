import { FormEvent, useState } from "react";
import { describe } from "../api/errors";
import { BankFormat, Quiz, quizzes } from "../api/quizzes";
import { Dialog } from "../design/Dialog";
import { Problem } from "../design/Notice";
import { t } from "../strings/t";

const formats: Readonly<Record<BankFormat, string>> = { gift: "gift", moodle: "xml", aiken: "txt", csv: "csv", qti: "zip" };

/** Saves a quiz as a file that other programs read. */
export function ExportQuiz({ quiz, onClose }: { quiz: Quiz; onClose: () => void }) {
  const [format, setFormat] = useState<BankFormat>("gift");
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      // Fetched by script, because a plain link cannot carry the access token.
      const url = URL.createObjectURL(await quizzes.exported(quiz.id, format));
      const link = document.createElement("a");
      link.href = url;
      link.download = `${quiz.title}.${formats[format]}`;
      link.click();
      window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
      onClose();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  return (
    <Dialog title={t("quizzes.export")} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <fieldset className="quiz-key">
            <legend>{t("quizzes.format")}</legend>
            {(Object.keys(formats) as BankFormat[]).map((each) => (
              <label key={each} className="quiz-check"><input type="radio" name="format" checked={format === each} onChange={() => setFormat(each)} /> {t(`quizzes.format_${each}`)}</label>
            ))}
          </fieldset>
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{t("quizzes.cancel")}</button>
          <button type="submit" className="button primary">{t("quizzes.exportNow")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
