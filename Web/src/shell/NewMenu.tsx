import { areas } from "../areas";
import { Icon } from "../design/Icon";
import { Menu } from "../design/Menu";
import type { Place } from "../frame/Area";
import { t } from "../strings/t";

/** "+ New": whatever the areas can make. */
export function NewMenu({ place }: { place: Place | null }) {
  const actions = areas.flatMap(({ newActions }) => newActions ?? []);
  return (
    <Menu
      label={t("shell.new")} className="rail-new" items={actions.map(({ label, icon, run }) => ({ label, icon, run: () => run(place) }))}
      face={<><Icon name="plus" size={18} /> <span>{t("shell.new")}</span></>}
    />
  );
}
