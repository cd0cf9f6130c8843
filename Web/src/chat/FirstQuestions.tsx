import { ReadingMonster } from "../design/Monster";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import type { Scope } from "../asking/scope";
import { rich } from "../strings/rich";
import { t } from "../strings/t";
import { useSuggestions } from "./useSuggestions";

/** A conversation that has not begun: what can be asked, or what is missing before anything can. */
export function FirstQuestions({ scope, ask, small = false }: { scope: Scope; ask: (text: string) => void; small?: boolean }) {
  const { questions, ready, busy } = useSuggestions(scope);
  return (
    <div className={small ? "first-questions small" : "first-questions"}>
      {small ? null : <ReadingMonster />}
      <h2>{t("chat.understand")}</h2>
      {ready === 0 && busy > 0 ? <p>{t("chat.stillRead")}</p> : null}
      {ready === 0 && busy === 0 ? <p>{rich("chat.nothingYet", { link: (text) => <Link to={paths.library}>{text}</Link> })}</p> : null}
      {ready !== null && ready > 0 ? <p>{t("chat.fromOwn")}</p> : null}
      {questions.length > 0 ? (
        <ul aria-label={t("chat.suggested")}>
          {questions.map((question) => (
            <li key={question}><button type="button" dir="auto" onClick={() => ask(question)}>{question}</button></li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
