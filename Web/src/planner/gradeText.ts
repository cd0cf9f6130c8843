import type { Assessment, CourseGrade, GradeNeed } from "../api/planner";
import { region } from "../strings/locale";
import { t } from "../strings/t";

const shares = new Intl.NumberFormat(region, { style: "percent", maximumFractionDigits: 1 });
const points = new Intl.NumberFormat(region, { maximumFractionDigits: 2 });

export const shareText = (share: number): string => shares.format(share);
export const pointsText = (number: number): string => points.format(number);

/** A share as the course's scale names it: "B+ (88 %)", or the percent alone. */
export function gradeText(mark: { share: number; grade: string }, scale: string): string {
  if (scale === "percentage") return shareText(mark.share);
  const grade = scale === "pass_fail" ? (mark.grade === "pass" ? t("planner.pass") : t("planner.fail")) : mark.grade;
  return t("planner.gradeAndShare", { grade, share: shareText(mark.share) });
}

/** What a work must become for the target. */
export function needText(need: GradeNeed, work: Assessment | undefined, grade: CourseGrade): string {
  const name = work?.name ?? "";
  const target = grade.grading.target ?? shareText(grade.target_share ?? 0);
  switch (need.outcome) {
    case "needed": return t("planner.needPoints", { name, points: pointsText(Math.ceil((need.points ?? 0) * 10) / 10), of: pointsText(work?.points_possible ?? 100), share: shareText(need.share ?? 0), target });
    case "reached_anyway": return t("planner.needNothing", { name, target, share: shareText(need.then ?? 0) });
    default: return t("planner.needTooMuch", { name, target, share: shareText(need.then ?? 0) });
  }
}
