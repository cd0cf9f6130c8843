import { useEffect, useState } from "react";
import { isAbort } from "../api/errors";
import { profiles, Standing } from "../api/profile";
import { numberText } from "../strings/amounts";
import { t } from "../strings/t";

/** How much a student has brought and learned. */
export function Figures({ id }: { id: string }) {
  const [standing, setStanding] = useState<Standing | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    profiles.standing(id, controller.signal).then(setStanding, (error: unknown) => {
      if (!isAbort(error)) setFailed(true);
    });
    return () => controller.abort();
  }, [id]);
  // The rest of the page works without.
  if (failed) return null;
  const figures: readonly (readonly [string, string])[] = [
    [t("profile.streak"), standing ? t("profile.days", { count: standing.streak }) : "–"],
    [t("profile.studyTime"), standing ? timeText(standing.study_minutes) : "–"],
    [t("profile.documents"), standing ? numberText(standing.documents) : "–"],
    [t("profile.questions"), standing ? numberText(standing.questions_asked) : "–"],
    [t("profile.quizzes"), standing ? numberText(standing.quizzes) : "–"],
    [t("profile.cards"), standing ? numberText(standing.cards) : "–"],
    [t("profile.reviews"), standing ? numberText(standing.reviews) : "–"],
  ];
  return (
    <dl className="profile-figures" aria-label={t("profile.figures")} aria-busy={standing === null}>
      {figures.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}

function timeText(minutes: number): string {
  return minutes < 60 ? t("profile.minutes", { count: minutes }) : t("profile.hours", { hours: numberText(Math.floor(minutes / 60)), minutes: String(minutes % 60) });
}
