import type { Statistics } from "../api/cards";
import { region } from "../strings/locale";
import { t } from "../strings/t";
import { dayName, weeksBack } from "./lastDays";

const size = 11;
const gap = 3;
const weeks = 53;

/** A square for each day of the year, the darker the more was reviewed. */
export function HeatMap({ days }: { days: Statistics["days"] }) {
  const counts = new Map(days.map(({ date, reviews }) => [date, reviews]));
  const most = Math.max(1, ...counts.values());
  const format = new Intl.DateTimeFormat(region, { day: "numeric", month: "long", year: "numeric" });
  const total = days.reduce((sum, { reviews }) => sum + reviews, 0);
  return (
    <div className="stats-heat" role="img" aria-label={t("cards.heatText", { count: total, days: counts.size })} tabIndex={0}>
      <svg width={weeks * (size + gap)} height={7 * (size + gap)} aria-hidden="true">
        {weeksBack(weeks).map((week, column) => week.map((day, row) => {
          if (day === null) return null;
          const count = counts.get(dayName(day)) ?? 0;
          const level = count === 0 ? 0 : Math.ceil((count / most) * 4);
          return <rect key={dayName(day)} data-level={level} x={column * (size + gap)} y={row * (size + gap)} width={size} height={size} rx={2}><title>{`${format.format(day)}: ${count}`}</title></rect>;
        }))}
      </svg>
    </div>
  );
}
