import { Dialog } from "../design/Dialog";
import { shortcuts } from "./shortcuts";

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      {shortcuts.map(({ place, list }) => (
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
