import { useCallback, useEffect, useState } from "react";
import { APIError, describe, isAbort } from "../api/errors";
import { Quiz, quizzes } from "../api/quizzes";
import { isSharing } from "../api/events";
import { onLiveEvent } from "../events/liveEvents";

interface OpenQuiz {
  /** With its questions and their answers; null until it is known. */
  quiz: Quiz | null;
  problem: { text: string; gone: boolean } | null;
  /** How far the job that makes it is, from 0 to 1; null where nothing is told. */
  progress: number | null;
  take: (quiz: Quiz) => void;
  reload: () => void;
}

/** A quiz by its id, as it is now: questions appear as they are made. */
export function useQuiz(id: string): OpenQuiz {
  const [quiz, setQuiz] = useState<Quiz | null>(null);
  const [problem, setProblem] = useState<OpenQuiz["problem"]>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let question = new AbortController();
    let job: string | undefined;
    // Only the latest counts: an answer that was asked for before a word came may be older than it.
    const read = () => {
      question.abort();
      question = new AbortController();
      quizzes.get(id, question.signal).then(
        (found) => {
          job = found.job_id;
          setQuiz(found);
          setProblem(null);
        },
        (error: unknown) => !isAbort(error) && setProblem({ text: describe(error), gone: error instanceof APIError && error.status === 404 }),
      );
    };
    read();
    const unfollow = onLiveEvent((event) => {
      if (event.type === "job.progress" && event.payload.job_id === job && event.payload.progress) {
        setProgress(event.payload.progress.done / Math.max(1, event.payload.progress.total));
      }
      const about = (event.payload as { id?: string; quiz_id?: string });
      if (event.type === "resync" || isSharing(event) || (event.type.startsWith("quiz.") && (about.id === id || about.quiz_id === id))) read();
    });
    return () => {
      unfollow();
      question.abort();
    };
  }, [id, turn]);
  const reload = useCallback(() => setTurn((now) => now + 1), []);
  return { quiz: quiz?.id === id ? quiz : null, problem, progress, take: setQuiz, reload };
}
