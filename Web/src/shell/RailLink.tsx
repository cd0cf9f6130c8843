import { Icon } from "../design/Icon";
import type { Place, RailItem } from "../frame/Area";
import { Link } from "../routing/Link";

const never = () => 0;
const always = () => true;

/** One place, in the rail, in the bar or in the list of more. */
export function RailLink({ item, place, className = "rail-link" }: { item: RailItem; place: Place | null; className?: string }) {
  const { useShown = always, useCount = never } = item;
  const shown = useShown();
  const count = useCount();
  if (!shown) return null;
  const here = place !== null && item.pages.includes(`${place.area}/${place.page}`);
  return (
    <Link to={item.to} className={className} aria-current={here ? "page" : undefined} title={item.label}>
      <Icon name={item.icon} /> <span className="rail-name">{item.label}</span>
      {count > 0 ? <span className="count-badge">{count}</span> : null}
    </Link>
  );
}
