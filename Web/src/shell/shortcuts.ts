import { useEffect } from "react";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";

export interface Shortcut {
  keys: string[];
  what: string;
}

const apple = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
const mod = apple ? "⌘" : "Ctrl";

/** All shortcuts, by where they work. None is a single letter outside the place that has the focus, so that none is pressed by mistake. */
export const shortcuts: { place: string; list: Shortcut[] }[] = [
  {
    place: "Everywhere",
    list: [
      { keys: [mod, "K"], what: "Search your documents" },
      { keys: [mod, "Shift", "O"], what: "Begin a new conversation" },
      { keys: [mod, "/"], what: "Show these shortcuts" },
    ],
  },
  {
    place: "Asking",
    list: [
      { keys: ["Enter"], what: "Send the question" },
      { keys: ["Shift", "Enter"], what: "Begin a new line" },
      { keys: ["Esc"], what: "Close the source" },
    ],
  },
  {
    place: "In a PDF",
    list: [
      { keys: [mod, "F"], what: "Find in the document" },
      { keys: ["←", "→"], what: "The page before, the page after" },
      { keys: ["Home", "End"], what: "The first page, the last page" },
      { keys: ["+", "−", "0"], what: "Larger, smaller, as wide as the view" },
    ],
  },
];

/** Obeys the shortcuts that work everywhere. */
export function useShortcuts(showHelp: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(apple ? event.metaKey : event.ctrlKey) || event.altKey || event.defaultPrevented) return;
      const key = event.key.toLowerCase();
      const action = key === "k" && !event.shiftKey ? search : key === "o" && event.shiftKey ? ask : key === "/" ? showHelp : null;
      // A dialog keeps the keyboard to itself.
      if (action === null || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [showHelp]);
}

function search(): void {
  const box = document.querySelector<HTMLInputElement>(".search-box input");
  if (box) box.select();
  else navigate(paths.search);
}

function ask(): void {
  navigate(paths.chat());
  window.setTimeout(() => document.getElementById("question")?.focus(), 0);
}
