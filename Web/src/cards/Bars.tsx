import { region } from "../strings/locale";
import { numberText } from "../strings/amounts";
import { calendarDay } from "../course/examText";

interface BarsProps {
  label: string;
  bars: readonly { name: string; value: number }[];
  /** The names are days: few of them are written. */
  dates?: boolean;
}

const height = 120;
const step = 24;

/** A bar for each value, with the numbers for who does not see them. */
export function Bars({ label, bars, dates }: BarsProps) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const short = new Intl.DateTimeFormat(region, { day: "numeric", month: "short" });
  const text = (name: string): string => {
    const day = dates ? calendarDay(name) : null;
    return day === null ? name : short.format(day);
  };
  const every = Math.ceil(bars.length / 6);
  return (
    <div className="stats-bars" role="img" aria-label={`${label}: ${bars.filter(({ value }) => value > 0).map(({ name, value }) => `${text(name)} ${numberText(value)}`).join(", ")}`}>
      <svg viewBox={`0 0 ${bars.length * step} ${height + 4}`} preserveAspectRatio="none" aria-hidden="true">
        {bars.map(({ name, value }, index) => {
          const size = value === 0 ? 1 : Math.max(3, (value / most) * height);
          return <rect key={name} className={value === 0 ? "none" : undefined} x={index * step + 3} y={height - size + 2} width={step - 6} height={size}><title>{`${text(name)}: ${numberText(value)}`}</title></rect>;
        })}
      </svg>
      <ul aria-hidden="true" data-few={dates ? undefined : ""}>
        {bars.map(({ name, value }, index) => (dates ? (index % every === 0 ? <li key={name}>{text(name)}</li> : null) : <li key={name}><strong>{numberText(value)}</strong> {name}</li>))}
      </ul>
      <p className="stats-most" aria-hidden="true">{numberText(most)}</p>
    </div>
  );
}
