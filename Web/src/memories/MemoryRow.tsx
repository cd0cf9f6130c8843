import { FormEvent, KeyboardEvent, useState } from "react";
import { describe } from "../api/errors";
import { memories, Memory } from "../api/memories";
import { Icon } from "../design/Icon";
import { focusBeside, rowOf } from "../design/rowFocus";
import { tellFailure } from "../design/toastStore";
import { Link } from "../routing/Link";
import { paths, withQuery } from "../routing/paths";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { forgetting, placeMemory } from "./memoriesStore";

/** One memory: what it says, why it is kept, and what can be done with it. */
export function MemoryRow({ memory }: { memory: Memory }) {
  const [editing, setEditing] = useState(false);
  const pin = () => memories.change(memory.id, { is_pinned: !memory.is_pinned }).then(placeMemory, (error: unknown) => tellFailure(error));
  const forget = () => {
    focusBeside(rowOf(memory.id));
    forgetting.startAll([memory.id], t("memories.forgotten", { text: memory.text }));
  };
  return (
    <li data-row={memory.id} className={memory.is_pinned ? "memory pinned" : "memory"}>
      <div className="memory-body">
        {editing ? <EditMemory memory={memory} done={() => setEditing(false)} /> : <p className="memory-text" dir="auto">{memory.text}</p>}
        <p className="memory-facts"><Why memory={memory} />{memory.uses > 0 ? <span>{t("memories.uses", { count: memory.uses })}</span> : null}</p>
        {memory.history.length > 0 ? (
          <details className="memory-history">
            <summary>{t("memories.before", { count: memory.history.length })}</summary>
            <ul>{memory.history.map((each) => <li key={each.id} dir="auto"><s>{each.text}</s> {dayText(each.told_at)}</li>)}</ul>
          </details>
        ) : null}
      </div>
      <div className="memory-actions">
        <button type="button" className="icon-button" aria-pressed={memory.is_pinned} aria-label={t("memories.pin", { text: memory.text })} title={memory.is_pinned ? t("memories.unpinShort") : t("memories.pinShort")} onClick={() => void pin()}><Icon name="pin" size={18} /></button>
        <button type="button" className="icon-button" aria-label={t("memories.edit", { text: memory.text })} title={t("memories.editShort")} onClick={() => setEditing(true)}><Icon name="pencil" size={18} /></button>
        <button type="button" className="icon-button" aria-label={t("memories.forget", { text: memory.text })} title={t("memories.forgetShort")} onClick={forget}><Icon name="trash" size={18} /></button>
      </div>
    </li>
  );
}

function Why({ memory: { source, told_at } }: { memory: Memory }) {
  const day = dayText(told_at);
  if (!source) return <span>{t("memories.written", { day })}</span>;
  if (!source.conversation_id) return <span>{t("memories.saidDeleted", { day })}</span>;
  return <Link to={withQuery(paths.talk(null, source.conversation_id), { message: source.message_id })}>{t("memories.said", { day })}</Link>;
}

function EditMemory({ memory, done }: { memory: Memory; done: () => void }) {
  const [text, setText] = useState(memory.text);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      placeMemory(await memories.change(memory.id, { text: text.trim() }));
      done();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key === "Escape") done();
  };
  return (
    <form className="memory-edit" onSubmit={(event) => void save(event)} onKeyDown={leave}>
      <input className="input" aria-label={t("memories.text")} value={text} required maxLength={500} autoFocus aria-invalid={problem !== null} onChange={(event) => setText(event.target.value)} />
      <button type="submit" className="button primary" disabled={text.trim() === ""}>{t("memories.save")}</button>
      <button type="button" className="button" onClick={done}>{t("memories.cancel")}</button>
      {problem ? <p role="alert" className="memory-problem">{problem}</p> : null}
    </form>
  );
}
