import { useEffect, useRef, useState } from "react";
import { t } from "../strings/t";

/** How long there is, told aloud at the last minutes; calls back once when the time is over. */
export function QuizTimer({ deadline, over }: { deadline: string; over: () => void }) {
  const end = useRef(new Date(deadline).getTime());
  const [left, setLeft] = useState(() => seconds(end.current));
  const told = useRef(false);
  useEffect(() => {
    const timer = window.setInterval(() => setLeft(seconds(end.current)), 1000);
    return () => window.clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left > 0 || told.current) return;
    told.current = true;
    over();
  }, [left, over]);
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return (
    <p className="quiz-timer" data-soon={left <= 60 ? "" : undefined}>
      <span aria-hidden="true">{clock}</span>
      <span className="visually-hidden" role="timer">{t("quizzes.timeLeft", { count: Math.max(1, Math.ceil(left / 60)) })}</span>
    </p>
  );
}

function seconds(end: number): number {
  return Math.max(0, Math.round((end - Date.now()) / 1000));
}
