import { useEffect } from "react";
import { areas } from "../areas";
import type { Place } from "../frame/Area";
import { closeSheet, openSheet, sheetIn } from "../frame/sheets";
import { undoLast } from "../design/UndoableDeletion";
import { location } from "../routing/location";
import { t } from "../strings/t";
import { apple, modifier } from "../design/keyNames";

export interface Shortcut {
  keys: readonly string[];
  what: string;
}

/** All shortcuts, by where they work. None is a single letter outside the place that has the focus, so that none is pressed by mistake. */
export function shortcutGroups(): { place: string; list: Shortcut[] }[] {
  const news = areas.flatMap(({ newActions }) => newActions ?? []).filter(({ keys }) => keys);
  return [
    {
      place: t("shell.everywhere"),
      list: [
        { keys: [modifier, "K"], what: t("shell.find") },
        ...news.map(({ label, keys = [] }) => ({ keys: [modifier, ...keys], what: label })),
        { keys: [modifier, "Z"], what: t("shell.undoDeletion") },
        { keys: [modifier, "/"], what: t("shell.showShortcuts") },
      ],
    },
    {
      place: t("shell.asking"),
      list: [
        { keys: ["Enter"], what: t("shell.sendQuestion") },
        { keys: ["Shift", "Enter"], what: t("shell.newLine") },
        { keys: ["Esc"], what: t("shell.closePanel") },
      ],
    },
    {
      place: t("shell.inDocument"),
      list: [
        { keys: ["R"], what: t("shell.readAloud") },
        { keys: ["Esc"], what: t("shell.endReadingAloud") },
      ],
    },
    {
      place: t("shell.inPDF"),
      list: [
        { keys: [modifier, "F"], what: t("shell.findInDocument") },
        { keys: ["←", "→"], what: t("shell.turnPage") },
        { keys: ["Home", "End"], what: t("shell.firstLastPage") },
        { keys: ["+", "−", "0"], what: t("shell.zoom") },
      ],
    },
  ];
}

/** Obeys the shortcuts that work everywhere. */
export function useShortcuts(showHelp: () => void, place: Place | null): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(apple ? event.metaKey : event.ctrlKey) || event.altKey || event.defaultPrevented) return;
      const action = actionFor(event, showHelp, place);
      if (action === null) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [showHelp, place]);
}

function actionFor(event: KeyboardEvent, showHelp: () => void, place: Place | null): (() => void) | null {
  const key = event.key.toLowerCase();
  // The keys that opened the palette close it.
  if (key === "k" && !event.shiftKey && sheetIn(location.get().query)?.name === "palette") return closeSheet;
  // A dialog keeps the keyboard to itself.
  if (document.querySelector("dialog[open]")) return null;
  if (key === "k" && !event.shiftKey) return () => openSheet("palette");
  if (key === "/") return showHelp;
  // What is being written has an undo of its own.
  if (key === "z" && !event.shiftKey && !isWriting(event.target)) return undoLast();
  for (const { keys, run } of areas.flatMap(({ newActions }) => newActions ?? [])) {
    const last = keys?.[keys.length - 1];
    if (keys && last?.toLowerCase() === key && keys.includes("Shift") === event.shiftKey) return () => run(place);
  }
  return null;
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || (target.matches("input, textarea") && (target as HTMLInputElement).value !== ""));
}
