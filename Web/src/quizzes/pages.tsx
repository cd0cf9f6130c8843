import type { PageProps } from "../frame/Area";
import { QuizPage } from "./QuizPage";
import { ResultPage } from "./ResultPage";
import { TakePage } from "./TakePage";

export { BankPage as questions } from "./BankPage";
export { QuizzesPage as quizzes } from "./QuizzesPage";

export function quiz(props: PageProps) {
  return <QuizPage key={props.params["id"]} {...props} />;
}

export function take(props: PageProps) {
  return <TakePage key={props.params["id"]} {...props} />;
}

export function result(props: PageProps) {
  return <ResultPage key={props.params["submission"]} {...props} />;
}
