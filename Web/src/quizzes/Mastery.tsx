import { useEffect, useState } from "react";
import { isAbort } from "../api/errors";
import { quizzes, TopicMastery } from "../api/quizzes";
import { onLiveEvent } from "../events/liveEvents";
import { percentText } from "../strings/amounts";
import { t } from "../strings/t";
import { MasteryPlot } from "./MasteryPlot";

const few = 8;

/** What is known of each topic, the least known first; opened, a topic shows how that went. */
export function Mastery({ course }: { course: string | null }) {
  const [topics, setTopics] = useState<readonly TopicMastery[] | null>(null);
  const [all, setAll] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    const read = () => {
      quizzes.mastery(course, controller.signal).then(setTopics, (error: unknown) => {
        // The list above tells what goes wrong; without figures it stands alone.
        if (!isAbort(error)) setTopics(null);
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
  if (topics === null) return null;
  const shown = all ? topics : topics.slice(0, few);
  return (
    <section className="quiz-mastery">
      <h2>{t("quizzes.mastery")}</h2>
      {topics.length === 0 ? <p className="quiz-hint">{t("quizzes.masteryNone")}</p> : null}
      <ul>{shown.map((topic) => <Topic key={topic.topic} topic={topic} />)}</ul>
      {topics.length > few && !all ? <button type="button" className="button quiet" onClick={() => setAll(true)}>{t("quizzes.allTopics", { count: topics.length })}</button> : null}
    </section>
  );
}

function Topic({ topic }: { topic: TopicMastery }) {
  const [open, setOpen] = useState(false);
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span className="grow" dir="auto">{topic.topic}</span>
          <span className="quiz-share" role="img" aria-label={t("quizzes.known", { share: percentText(topic.mastery) })}><span style={{ inlineSize: `${Math.round(topic.mastery * 100)}%` }} /></span>
          <span className="quiz-percent" aria-hidden="true">{percentText(topic.mastery)}</span>
        </summary>
        {open ? <MasteryPlot topic={topic} /> : null}
      </details>
    </li>
  );
}
