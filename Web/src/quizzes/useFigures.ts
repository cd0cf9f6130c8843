import { useEffect, useState } from "react";
import { QuestionFigures, quizzes } from "../api/quizzes";

const none: ReadonlyMap<string, QuestionFigures> = new Map();

/**
 * How the questions of a quiz do, by their ids; empty until that is known, and where it cannot be.
 *
 * @param wanted false while there is nothing to ask for.
 * @param turn changes when there may be more.
 */
export function useFigures(id: string, wanted: boolean, turn: number): ReadonlyMap<string, QuestionFigures> {
  const [figures, setFigures] = useState(none);
  useEffect(() => {
    if (!wanted) return undefined;
    const controller = new AbortController();
    // The questions stand without their figures.
    quizzes.figures(id, controller.signal).then((found) => setFigures(new Map(found.map((each) => [each.question_id, each]))), () => undefined);
    return () => controller.abort();
  }, [id, wanted, turn]);
  return figures;
}
