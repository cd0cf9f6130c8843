import { KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { areas } from "../areas";
import { Icon } from "../design/Icon";
import { closeSheet, useSheet } from "../frame/sheets";
import type { PaletteItem } from "../frame/Area";
import { courseList } from "../course/courseStore";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { paletteLines } from "./paletteLines";

/** After this many milliseconds without a letter the server is asked. */
const rest = 150;

/** Go to, do, and find by name, from one field: Ctrl or Cmd and K. */
export function Palette() {
  return useSheet("palette") === null ? null : <OpenPalette />;
}

function OpenPalette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  // The courses may still be on their way.
  useStore(courseList);
  const always = areas.flatMap(({ palette }) => palette?.always?.() ?? []);
  const found = useFound(text);
  const lines = paletteLines(always, found, text);
  const id = useId();
  const current = Math.min(at, lines.length - 1);

  useEffect(() => {
    const before = document.activeElement;
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [current, text, found]);

  const run = (line: PaletteItem | undefined) => line?.run();
  const keys = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: current + 1, ArrowUp: current - 1, PageDown: Math.min(current + 8, lines.length - 1), PageUp: Math.max(current - 8, 0) };
    const step = steps[event.key];
    if (step !== undefined && lines.length > 0) {
      event.preventDefault();
      setAt((step + lines.length) % lines.length);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(lines[current]);
    }
  };

  return (
    <dialog
      ref={dialog} className="palette" aria-label={t("shell.find")}
      onCancel={(event) => {
        event.preventDefault();
        closeSheet();
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) closeSheet();
      }}
    >
      <div className="palette-box">
        <div className="palette-field">
          <Icon name="search" />
          <input
            type="text" role="combobox" autoFocus dir="auto" autoComplete="off" spellCheck={false} maxLength={300} value={text} aria-label={t("shell.find")}
            placeholder={t("shell.findHint")} aria-expanded="true" aria-controls={id} aria-autocomplete="list"
            aria-activedescendant={lines[current] ? `${id}-${current}` : undefined} onKeyDown={keys}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
          />
          <button type="button" className="icon-button" onClick={closeSheet} aria-label={t("design.close")} title={t("design.close")}><Icon name="close" /></button>
        </div>
        <div className="palette-lines" ref={list} id={id} role="listbox" aria-label={t("shell.found")}>
          {lines.map((line, index) => (
            <div key={line.id}>
              {index === 0 || lines[index - 1]?.group !== line.group ? <p className="palette-group" aria-hidden="true">{t(`shell.group_${line.group}`)}</p> : null}
              <div
                id={`${id}-${index}`} role="option" aria-selected={index === current} className="palette-line" onClick={() => run(line)}
                onPointerMove={() => setAt(index)}
              >
                <Icon name={line.icon} size={18} />
                <span className="palette-label" dir="auto">{line.label}</span>
                {line.detail ? <span className="palette-detail" dir="auto">{line.detail}</span> : null}
              </div>
            </div>
          ))}
        </div>
      </div>
    </dialog>
  );
}

/** What the areas find by name. What was found for the letters before stays until the new is there. */
function useFound(text: string): readonly PaletteItem[] {
  const [found, setFound] = useState<readonly PaletteItem[]>([]);
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === "") return setFound([]);
    const controller = new AbortController();
    const look = async () => {
      const lists = await Promise.all(areas.map(({ palette }) => palette?.find?.(wanted, controller.signal).catch(() => []) ?? []));
      if (!controller.signal.aborted) setFound(lists.flat());
    };
    const timer = window.setTimeout(() => void look(), rest);
    return () => {
      window.clearTimeout(timer);
      controller.abort();
    };
  }, [wanted]);
  return found;
}
