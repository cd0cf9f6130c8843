import { useEffect, useState } from "react";
import { conversations } from "../api/conversations";
import { t } from "../strings/t";

interface FollowUpsProps {
  /** The answer that they go on from. */
  message: string;
  busy: boolean;
  ask: (question: string) => void;
}

/** Questions that go on from the last answer; the server has tried each. Without any there is nothing here. */
export function FollowUps({ message, busy, ask }: FollowUpsProps) {
  const [questions, setQuestions] = useState<readonly string[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    conversations.followUps(message, controller.signal).then(
      (found) => setQuestions(found.questions),
      // The answer is whole without them.
      () => undefined,
    );
    return () => controller.abort();
  }, [message]);
  if (questions.length === 0) return null;
  return (
    <ul className="offers follow-ups" aria-label={t("chat.followUps")}>
      {questions.map((question) => (
        <li key={question}>
          <button type="button" dir="auto" disabled={busy} onClick={() => ask(question)}><span>{question}</span></button>
        </li>
      ))}
    </ul>
  );
}
