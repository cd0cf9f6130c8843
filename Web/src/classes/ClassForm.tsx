import { FormEvent, useState } from "react";
import { Class, classes } from "../api/classes";
import { describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { closeSheet, useSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

interface ClassFormProps {
  /** Of the sheet that it is. */
  name: "new-class" | "edit-class";
  /** What is changed; a new one is made without. */
  of?: Class;
  onChange?: () => void;
}

/** What a class is called, and what it is about. */
export function ClassForm({ name, of, onChange }: ClassFormProps) {
  return useSheet(name) === null ? null : <Form of={of} onChange={onChange} />;
}

function Form({ of, onChange }: { of: Class | undefined; onChange: (() => void) | undefined }) {
  const [name, setName] = useState(of?.name ?? "");
  const [about, setAbout] = useState(of?.about ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      if (of) {
        await classes.change(of.id, { name: name.trim(), about: about.trim() });
        closeSheet();
        onChange?.();
      } else {
        const made = await classes.make(name.trim(), about.trim());
        navigate(paths.class(made.id), { replace: true });
      }
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={of ? t("classes.edit") : t("classes.new")} onClose={closeSheet}>
      <form onSubmit={(event) => void save(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label={t("classes.name")} required maxLength={80} value={name} autoFocus onChange={(event) => setName(event.target.value)} />
          <div className="field">
            <label htmlFor="class-about">{t("classes.about")}</label>
            <textarea id="class-about" className="input" rows={3} maxLength={2000} dir="auto" value={about} onChange={(event) => setAbout(event.target.value)} />
          </div>
        </div>
        <footer>
          <button type="button" className="button" onClick={closeSheet}>{t("classes.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy || name.trim() === ""}>{t("classes.save")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
