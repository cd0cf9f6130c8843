import type { LibraryDocument } from "../api/documents";
import { askAbout } from "../asking/scope";
import { Icon } from "../design/Icon";
import { focusBeside, rowOf } from "../design/rowFocus";
import { openSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { documentDeletion } from "./deletion";
import { endSelection, selectAll, selection } from "./selection";

/** What is done with all ticked documents at once. */
export function SelectionBar({ shown, course }: { shown: readonly LibraryDocument[]; course: string | null }) {
  const chosen = useStore(selection);
  const count = chosen.size;
  const ask = () => {
    askAbout([...chosen].map(([id, title]) => ({ id, title })), course);
    endSelection();
    navigate(paths.talk());
  };
  const remove = () => {
    const ids = [...chosen.keys()];
    const last = shown.filter(({ id }) => chosen.has(id)).pop();
    if (last) focusBeside(rowOf(last.id));
    documentDeletion.startAll(ids, t("library.deletedMany", { count: ids.length }));
    endSelection();
  };
  return (
    <div className="selection-bar" role="group" aria-label={t("library.selection")}>
      <p role="status">{t("library.selected", { count })}</p>
      <button type="button" className="button quiet" onClick={() => selectAll(shown)} disabled={shown.every(({ id }) => chosen.has(id))}>{t("library.selectShown")}</button>
      <button type="button" className="button" onClick={ask} disabled={count === 0}><Icon name="chat" size={18} /> {t("library.ask")}</button>
      <button type="button" className="button" onClick={() => openSheet("move")} disabled={count === 0}><Icon name="course" size={18} /> {t("library.move")}</button>
      <button type="button" className="button danger" onClick={remove} disabled={count === 0}><Icon name="trash" size={18} /> {t("library.delete")}</button>
      <button type="button" className="icon-button" onClick={endSelection} aria-label={t("library.endSelection")} title={t("library.endSelection")}><Icon name="close" /></button>
    </div>
  );
}
