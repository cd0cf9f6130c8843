import { ReadingMonster } from "../design/Monster";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import type { Scope } from "../asking/scope";
import { useSuggestions } from "./useSuggestions";

/** A conversation that has not begun: what can be asked, or what is missing before anything can. */
export function FirstQuestions({ scope, ask, small = false }: { scope: Scope; ask: (text: string) => void; small?: boolean }) {
  const { questions, ready, busy } = useSuggestions(scope);
  return (
    <div className={small ? "first-questions small" : "first-questions"}>
      {small ? null : <ReadingMonster />}
      <h2>What would you like to understand?</h2>
      {ready === 0 && busy > 0 ? <p>Your documents are still being read. You can ask as soon as one is ready.</p> : null}
      {ready === 0 && busy === 0 ? <p>There is nothing to ask yet. <Link to={paths.library}>Add a document first.</Link></p> : null}
      {ready !== null && ready > 0 ? <p>Answers come from your own documents, and every source opens at its page.</p> : null}
      {questions.length > 0 ? (
        <ul aria-label="Suggested questions">
          {questions.map((question) => (
            <li key={question}><button type="button" dir="auto" onClick={() => ask(question)}>{question}</button></li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
