import { useEffect, useState } from "react";
import { kinds, memories } from "../api/memories";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { tellFailure } from "../design/toastStore";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { useLocation } from "../routing/location";
import { paths } from "../routing/paths";
import { useDebounced } from "../state/useDebounced";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { MemoryRow } from "./MemoryRow";
import { forgetting, loadMemories, memoryOn, remembered } from "./memoriesStore";
import { NewMemory } from "./NewMemory";
import { kindText } from "./kindText";

/** Everything that is remembered of the student, by kind: to be found, edited, pinned, forgotten, exported, or turned off. */
export function MemorySection() {
  const ids = new URLSearchParams(useLocation().query).get("ids");
  const { phase, items, total, page, limits, problem } = useStore(remembered);
  const on = useStore(memoryOn);
  const leaving = useStore(forgetting.leaving);
  const [text, setText] = useState("");
  const asked = useDebounced(text.trim(), 200);
  useEffect(() => void loadMemories({ text: asked, ids }), [asked, ids]);
  const shown = items.filter(({ id }) => !leaving.has(id));
  const limited = limits.text !== "" || limits.ids !== null;

  return (
    <div className="memories">
      <section className="memories-head" aria-label={t("memories.place")}>
        <p>{t("memories.what")}</p>
        <label className="memories-switch">
          <input type="checkbox" role="switch" checked={on ?? true} disabled={on === null} onChange={(event) => turn(event.target.checked)} />
          <span>{t("memories.remember")}</span>
        </label>
        {on === false ? <p className="memories-off" role="status"><Icon name="info" size={18} /> {t("memories.isOff")}</p> : null}
      </section>
      {ids === null ? (
        <div className="memories-tools">
          <input className="input" type="search" dir="auto" aria-label={t("memories.find")} placeholder={t("memories.find")} value={text} onChange={(event) => setText(event.target.value)} />
          <NewMemory />
        </div>
      ) : (
        <p className="memories-used">{t("memories.ofAnswer")} <Link to={paths.settings("memory")}>{t("memories.showAll")}</Link></p>
      )}
      {problem ? <Problem action={{ label: t("memories.tryAgain"), run: () => void loadMemories() }}>{problem}</Problem> : null}
      {phase === "loading" ? <Loading label={t("memories.reading")} /> : null}
      {phase === "ready" && shown.length === 0 ? (
        limited ? <p className="memories-none">{ids === null ? t("memories.noneFound") : t("memories.noneLeft")}</p> : (
          <div className="empty">
            <ReadingMonster />
            <h2>{t("memories.noneTitle")}</h2>
            <p>{t("memories.none")}</p>
          </div>
        )
      ) : null}
      {kinds.map((kind) => {
        const ofKind = shown.filter((each) => each.kind === kind);
        return ofKind.length === 0 ? null : (
          <section key={kind} className="memories-kind">
            <h2>{kindText(kind)}</h2>
            <ul aria-label={kindText(kind)}>{ofKind.map((memory) => <MemoryRow key={memory.id} memory={memory} />)}</ul>
          </section>
        );
      })}
      {items.length < total ? <button type="button" className="button" onClick={() => void loadMemories(limits, page + 1)}>{t("memories.more")}</button> : null}
      {phase === "ready" && (items.length > 0 || limited) ? (
        <div className="memories-foot">
          <button type="button" className="button" onClick={() => void save()}><Icon name="download" size={18} /> {t("memories.export")}</button>
          <button type="button" className="button danger" onClick={() => openSheet("forget-all")}>{t("memories.forgetAll")}</button>
        </div>
      ) : null}
      <ForgetAll />
    </div>
  );
}

function ForgetAll() {
  if (useSheet("forget-all") === null) return null;
  const run = () => {
    closeSheet();
    memories.forgetAll().then(() => loadMemories(), (error: unknown) => tellFailure(error));
  };
  return (
    <Dialog title={t("memories.forgetAllAsk")} onClose={closeSheet}>
      <p>{t("memories.forgetAllWhy")}</p>
      <footer>
        <button type="button" className="button" onClick={closeSheet}>{t("memories.keep")}</button>
        <button type="button" className="button danger" onClick={run}>{t("memories.forgetAllDo")}</button>
      </footer>
    </Dialog>
  );
}

function turn(on: boolean): void {
  // The switch is where it was put; it goes back if the server does not take it.
  const before = memoryOn.get();
  memoryOn.set(on);
  memories.turn(on).then((now) => memoryOn.set(now), (error: unknown) => {
    memoryOn.set(before);
    tellFailure(error);
  });
}

async function save(): Promise<void> {
  try {
    const url = URL.createObjectURL(new Blob([JSON.stringify(await memories.exported(), null, 2)], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "memories.json";
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    tellFailure(error);
  }
}
