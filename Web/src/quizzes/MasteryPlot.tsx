import type { TopicMastery } from "../api/quizzes";
import { percentText } from "../strings/amounts";
import { dayText, timeText } from "../strings/days";
import { t } from "../strings/t";
import { plotPoints } from "./plotPoints";

const [width, height] = [600, 160];
const marks = [0, 0.5, 1] as const;

/** How well a topic was known after each quiz that asked about it, over time; the same in words for who does not see it. */
export function MasteryPlot({ topic }: { topic: TopicMastery }) {
  const { history } = topic;
  const points = plotPoints(history.map(({ at, mastery }) => ({ at: Date.parse(at), value: mastery })), width, height);
  const [first, last] = [history[0], history[history.length - 1]];
  if (!first || !last) return null;
  // Of one day the hours say more.
  const when = dayText(first.at) === dayText(last.at) ? timeText : dayText;
  const words = history.map(({ at, mastery }) => `${dayText(at)} ${percentText(mastery)}`).join(", ");
  return (
    <figure className="quiz-plot">
      <figcaption>{t("quizzes.masteryOf", { count: topic.answers })}</figcaption>
      <div role="img" aria-label={t("quizzes.masteryTold", { topic: topic.topic, values: words })}>
        <ul aria-hidden="true">{marks.map((mark) => <li key={mark}>{percentText(mark)}</li>)}</ul>
        <svg viewBox={`-8 -8 ${width + 16} ${height + 16}`} preserveAspectRatio="none" aria-hidden="true">
          {marks.map((mark) => <line key={mark} x1={0} x2={width} y1={height * (1 - mark)} y2={height * (1 - mark)} vectorEffect="non-scaling-stroke" />)}
          <polyline points={points.map(({ x, y }) => `${x},${y}`).join(" ")} fill="none" vectorEffect="non-scaling-stroke" />
        </svg>
        {points.map(({ x, y }, index) => {
          const point = history[index];
          return <span key={index} className="quiz-point" style={{ insetInlineStart: `${((x + 8) / (width + 16)) * 100}%`, top: `${((y + 8) / (height + 16)) * 100}%` }} title={point ? `${dayText(point.at)}: ${percentText(point.mastery)}` : undefined} />;
        })}
      </div>
      <p aria-hidden="true"><span>{when(first.at)}</span>{history.length > 1 ? <span>{when(last.at)}</span> : null}</p>
    </figure>
  );
}
