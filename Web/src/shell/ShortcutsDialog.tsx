import { Dialog } from "../design/Dialog";
import { t } from "../strings/t";
import { shortcutGroups } from "./shortcuts";

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t("shell.shortcuts")} onClose={onClose}>
      {shortcutGroups().map(({ place, list }) => (
        <section key={place} className="shortcuts">
          <h3>{place}</h3>
          <dl>
            {list.map(({ keys, what }) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
