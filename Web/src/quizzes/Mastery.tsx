import { useEffect, useState } from "react";
import { isAbort } from "../api/errors";
import { quizzes, TopicMastery } from "../api/quizzes";
import { onLiveEvent } from "../events/liveEvents";
import { percentText } from "../strings/amounts";
import { t } from "../strings/t";

const few = 8;

/** What is known of each topic, the least known first, and how that went. */
export function Mastery({ course }: { course: string | null }) {
  const [topics, setTopics] = useState<readonly TopicMastery[]>([]);
  const [all, setAll] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    const read = () => {
      quizzes.mastery(course, controller.signal).then(setTopics, (error: unknown) => {
        // The list above tells what goes wrong; without figures it stands alone.
        if (!isAbort(error)) setTopics([]);
      });
    };
    read();
    const unfollow = onLiveEvent((event) => {
      const type: string = event.type;
      if (type === "quiz.submitted" || type === "quiz.judged" || type === "quiz.recalled" || type === "resync") read();
    });
    return () => {
      unfollow();
      controller.abort();
    };
  }, [course]);
  if (topics.length === 0) return null;
  const shown = all ? topics : topics.slice(0, few);
  return (
    <section className="quiz-mastery">
      <h2>{t("quizzes.mastery")}</h2>
      <ul>
        {shown.map((topic) => (
          <li key={topic.topic}>
            <span className="grow" dir="auto">{topic.topic}</span>
            <Course history={topic.history.map(({ mastery }) => mastery)} />
            <span className="quiz-share" role="img" aria-label={t("quizzes.known", { share: percentText(topic.mastery) })}><span style={{ inlineSize: `${Math.round(topic.mastery * 100)}%` }} /></span>
            <span className="quiz-percent">{percentText(topic.mastery)}</span>
          </li>
        ))}
      </ul>
      {topics.length > few && !all ? <button type="button" className="button quiet" onClick={() => setAll(true)}>{t("quizzes.allTopics", { count: topics.length })}</button> : null}
    </section>
  );
}

/** How it went, as a small line; one point is none. */
function Course({ history }: { history: readonly number[] }) {
  if (history.length < 2) return null;
  const points = history.map((value, index) => `${(index / (history.length - 1)) * 60},${20 - value * 18 - 1}`).join(" ");
  return <svg className="quiz-line" width="60" height="20" viewBox="0 0 60 20" aria-hidden="true"><polyline points={points} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" /></svg>;
}
