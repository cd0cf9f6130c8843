import { FormEvent, useState } from "react";
import { describe } from "../api/errors";
import { kinds, memories, MemoryKind } from "../api/memories";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Icon } from "../design/Icon";
import { Problem } from "../design/Notice";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { t } from "../strings/t";
import { kindText } from "./kindText";
import { placeMemory } from "./memoriesStore";

/** The student writes down what is to be remembered. */
export function NewMemory() {
  const open = useSheet("new-memory") !== null;
  return (
    <>
      <button type="button" className="button" onClick={() => openSheet("new-memory")}><Icon name="plus" size={18} /> {t("memories.add")}</button>
      {open ? <NewMemoryDialog /> : null}
    </>
  );
}

function NewMemoryDialog() {
  const [kind, setKind] = useState<MemoryKind>("preference");
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      placeMemory(await memories.make(kind, text.trim()));
      closeSheet();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  return (
    <Dialog title={t("memories.add")} onClose={closeSheet}>
      <form onSubmit={(event) => void save(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label={t("memories.text")} value={text} required maxLength={500} autoFocus onChange={(event) => setText(event.target.value)} />
          <div className="field">
            <label htmlFor="memory-kind">{t("memories.kind")}</label>
            <select id="memory-kind" className="input" value={kind} onChange={(event) => setKind(event.target.value as MemoryKind)}>
              {kinds.map((each) => <option key={each} value={each}>{kindText(each)}</option>)}
            </select>
          </div>
        </div>
        <footer>
          <button type="button" className="button" onClick={closeSheet}>{t("memories.cancel")}</button>
          <button type="submit" className="button primary" disabled={text.trim() === ""}>{t("memories.save")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
