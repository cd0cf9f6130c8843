import { areas } from "../areas";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import type { Place } from "../frame/Area";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { signOut } from "../session/signOut";
import { t } from "../strings/t";
import { RailLink } from "./RailLink";

/** On a small screen all places that have none in the bar, and what can be made. */
export function MoreSheet({ place = null }: { place?: Place | null }) {
  if (useSheet("more") === null) return null;
  const items = areas.flatMap(({ railItems }) => railItems ?? []);
  // What is in the bar is here too, for a window so low that the bar makes way.
  const order = { bar: 0, middle: 1, more: 2 };
  return (
    <Dialog title={t("shell.more")} onClose={closeSheet} sheet>
      <nav className="more-list" aria-label={t("shell.places")}>
        <button type="button" className="rail-link" onClick={() => openSheet("palette")}><Icon name="search" /> <span>{t("shell.find")}</span></button>
        {[...items].sort((a, b) => order[a.phone] - order[b.phone]).map((item) => <RailLink key={item.to} item={item} place={place} className={item.phone === "more" ? "rail-link" : "rail-link more-bar"} />)}
      </nav>
      <h3 className="more-title">{t("shell.new")}</h3>
      <div className="more-list">
        {areas.flatMap(({ newActions }) => newActions ?? []).map(({ label, icon, run }) => (
          <button key={label} type="button" className="rail-link" onClick={() => run(place)}><Icon name={icon} /> <span>{label}</span></button>
        ))}
      </div>
      <div className="more-list more-end">
        <button type="button" className="rail-link" onClick={() => void signOut(false)}><Icon name="signOut" /> <span>{t("shell.signOut")}</span></button>
      </div>
    </Dialog>
  );
}
