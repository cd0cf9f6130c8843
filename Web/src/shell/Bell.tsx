import { areas } from "../areas";
import { Icon } from "../design/Icon";
import { Link } from "../routing/Link";
import { useLocation } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

const none = () => 0;

/** How much news there is, and the way to it. */
export function Bell() {
  const { path } = useLocation();
  const { useCount = none } = areas.flatMap(({ railItems }) => railItems ?? []).find(({ to }) => to === paths.notifications) ?? {};
  const count = useCount();
  const label = t("shell.news", { count });
  return (
    <Link to={paths.notifications} className="icon-button bell" aria-label={label} title={label} aria-current={path === paths.notifications ? "page" : undefined}>
      <Icon name="bell" />
      {count > 0 ? <span className="count-badge" aria-hidden="true">{count > 99 ? "99+" : count}</span> : null}
    </Link>
  );
}
