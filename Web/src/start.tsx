import type { ComponentType } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { applyTheme, followSystemTheme } from "./design/theme";
import type { EntryProps } from "./session/EntryPage";
import { session, startSession } from "./session/session";
import { readTyped } from "./session/typed";

/** Shows the app. It is loaded after the words, so that any module may say something as soon as it is there. */
export async function start(host: HTMLElement): Promise<void> {
  applyTheme();
  followSystemTheme();
  fixIcons();
  const entry = await tryEntry(host, startSession());
  // At once, so that nothing is typed between the reading and the change.
  flushSync(() => {
    readTyped(host);
    delete document.documentElement.dataset["entry"];
    document.documentElement.dataset["app"] = "there";
    createRoot(host).render(<App entry={entry} />);
  });
}

/** The form that the page brought stays until it is known who is there; if it is nobody, the app takes it over as it is. */
async function tryEntry(host: HTMLElement, starting: Promise<void>): Promise<ComponentType<EntryProps> | null> {
  if (document.documentElement.dataset["entry"] === "no" || host.childElementCount === 0) return null;
  await starting;
  return session.get().phase === "signedOut" ? (await import("./session/EntryPage")).default : null;
}

/** The page names its icon from where it was loaded; the address changes without a load. */
function fixIcons(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="icon"], link[rel="manifest"]')) link.setAttribute("href", link.href);
}
