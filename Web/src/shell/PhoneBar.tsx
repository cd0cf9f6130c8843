import { areas } from "../areas";
import { Icon } from "../design/Icon";
import type { Place, RailItem } from "../frame/Area";
import { openSheet, useSheet } from "../frame/sheets";
import { t } from "../strings/t";
import { RailLink } from "./RailLink";

/** The way about the app on a small screen: few places, asking in the middle, the rest behind the last button. */
export function PhoneBar({ place }: { place: Place | null }) {
  const items = areas.flatMap(({ railItems }) => railItems ?? []);
  const bar = items.filter(({ phone }) => phone === "bar");
  const middle = items.filter(({ phone }) => phone === "middle");
  const half = Math.ceil((bar.length + 1) / 2);
  const link = (item: RailItem) => <RailLink key={item.to} item={item} place={place} className={item.phone === "middle" ? "bar-link bar-middle" : "bar-link"} />;
  return (
    <nav className="phone-bar" aria-label={t("shell.main")}>
      {bar.slice(0, half).map(link)}
      {middle.map(link)}
      {bar.slice(half).map(link)}
      <MoreButton className="bar-link"><Icon name="menu" /> <span className="rail-name">{t("shell.more")}</span></MoreButton>
    </nav>
  );
}

/** Where a screen is so low that the bar would take too much of it, a button in the corner leads to all places. */
export function LowMenu() {
  return <MoreButton className="icon-button low-menu" label={t("shell.menu")}><Icon name="menu" /></MoreButton>;
}

function MoreButton({ className, label, children }: { className: string; label?: string; children: React.ReactNode }) {
  const open = useSheet("more") !== null;
  return <button type="button" className={className} aria-haspopup="dialog" aria-expanded={open} aria-label={label} title={label} onClick={() => openSheet("more")}>{children}</button>;
}
