import { KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Figure, OutlineEntry } from "../api/documents";
import { Icon } from "../design/Icon";
import { Segments } from "../design/Segments";
import { t } from "../strings/t";
import { FigureList } from "./FigureList";
import { headingsAbove, OutlineBranch, outlineTree } from "./outlineTree";

/** What a viewer needs to show its document's table of contents. */
export interface ContentsSetting {
  /** Of the element. */
  id: string;
  /** Of the document that is shown. */
  documentID: string;
  entries: readonly OutlineEntry[];
  figures: readonly Figure[];
  /** What a page is called; null where the document has no pages. */
  pageName: ((page: number) => string) | null;
  open: boolean;
  close: () => void;
}

interface ContentsProps {
  setting: ContentsSetting;
  /** It lies over the document, for want of room beside it, and goes away when a heading is picked. */
  over: boolean;
  /** The entry whose section is in view. */
  section: number | null;
  go: (index: number) => void;
  goFigure: (figure: Figure) => void;
}

/** So many headings are shown at once; of more, only the outer ones and those around the reader. */
const fewEnough = 60;

/** A document's headings and figures, as the way to them. */
export function Contents({ setting, over, section, go, goFigure }: ContentsProps) {
  const { id, documentID, entries, figures, pageName, close } = setting;
  const [chosen, setChosen] = useState<"headings" | "figures">("headings");
  const view = entries.length > 1 && chosen === "headings" ? "headings" : "figures";
  const tree = useMemo(() => outlineTree(entries), [entries]);
  const [opened, setOpened] = useState<ReadonlySet<number>>(() => firstOpened(tree, entries.length));
  const panel = useRef<HTMLElement>(null);
  const shown = useRef<number | null>(null);

  useEffect(() => {
    if (section !== null) setOpened((before) => withAll(before, headingsAbove(entries, section)));
  }, [entries, section]);
  useEffect(() => {
    const host = panel.current;
    const current = host?.querySelector<HTMLElement>("[aria-current]");
    // Once for each section: who looks elsewhere in the contents is not pulled back.
    if (!host || !current || shown.current === section) return;
    shown.current = section;
    const box = current.getBoundingClientRect();
    const frame = host.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) host.scrollTop += box.top - frame.top - frame.height / 2;
  }, [section, opened, view]);
  useEffect(() => {
    if (!over) return undefined;
    const host = panel.current;
    (host?.querySelector<HTMLElement>("[aria-current]") ?? host?.querySelector<HTMLElement>("button"))?.focus({ preventScroll: true });
    const away = (event: Event) => {
      if (event.target instanceof Element && !host?.contains(event.target) && !event.target.closest(`[aria-controls="${id}"]`)) close();
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [over, close, id]);

  const keys = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && !(event.target instanceof HTMLInputElement)) {
      const all = [...(panel.current?.querySelectorAll<HTMLElement>(".contents-heading") ?? [])];
      const at = all.findIndex((each) => each.parentElement?.contains(document.activeElement));
      event.preventDefault();
      return all[at + step]?.focus();
    }
    if (event.key !== "Escape") return undefined;
    // What the document stands in stays open.
    event.preventDefault();
    event.stopPropagation();
    close();
    return document.querySelector<HTMLElement>(`[aria-controls="${id}"]`)?.focus();
  };
  const toggle = (index: number) => setOpened((before) => {
    const after = new Set(before);
    if (!after.delete(index)) after.add(index);
    return after;
  });
  const pick = (index: number) => {
    go(index);
    if (over) close();
  };
  const pickFigure = (figure: Figure) => {
    goFigure(figure);
    if (over) close();
  };
  return (
    <nav ref={panel} id={id} className={over ? "contents over" : "contents"} aria-label={t("viewer.contents")} onKeyDown={keys}>
      {figures.length > 0 && entries.length > 1 ? (
        <Segments label={t("viewer.contents")} value={view} choices={[{ value: "headings", label: t("viewer.headings") }, { value: "figures", label: t("viewer.figures") }]} onChange={setChosen} />
      ) : null}
      {view === "headings"
        ? <Branches branches={tree} opened={opened} section={section} toggle={toggle} go={pick} />
        : <FigureList id={documentID} figures={figures} pageName={pageName} go={pickFigure} />}
    </nav>
  );
}

interface BranchesProps {
  branches: readonly OutlineBranch[];
  opened: ReadonlySet<number>;
  section: number | null;
  toggle: (index: number) => void;
  go: (index: number) => void;
}

function Branches({ branches, opened, section, toggle, go }: BranchesProps) {
  return (
    <ul>
      {branches.map(({ title, index, branches: below }) => {
        const open = opened.has(index);
        return (
          <li key={index}>
            <div className="contents-row">
              {below.length > 0 ? (
                <button type="button" className="contents-toggle" aria-expanded={open} aria-label={t("viewer.headingsUnder", { title })} onClick={() => toggle(index)}>
                  <Icon name="forward" size={16} />
                </button>
              ) : null}
              <button type="button" className="contents-heading" dir="auto" aria-current={index === section ? "location" : undefined} onClick={() => go(index)}>{title}</button>
            </div>
            {below.length > 0 && open ? <Branches branches={below} opened={opened} section={section} toggle={toggle} go={go} /> : null}
          </li>
        );
      })}
    </ul>
  );
}

function firstOpened(tree: readonly OutlineBranch[], count: number): ReadonlySet<number> {
  if (count <= fewEnough) return new Set(Array.from({ length: count }, (_, index) => index));
  // A lone heading, such as the title, hides nothing.
  const opened = new Set<number>();
  for (let [only, ...others] = tree; only !== undefined && others.length === 0; [only, ...others] = only.branches) opened.add(only.index);
  return opened;
}

function withAll(set: ReadonlySet<number>, more: readonly number[]): ReadonlySet<number> {
  return more.every((each) => set.has(each)) ? set : new Set([...set, ...more]);
}
