import { createRoot } from "react-dom/client";
import { App } from "./App";
import { applyTheme, followSystemTheme } from "./design/theme";
import { startSession } from "./session/session";

/** Shows the app. It is loaded after the words, so that any module may say something as soon as it is there. */
export function start(host: HTMLElement): void {
  applyTheme();
  followSystemTheme();
  fixIcons();
  void startSession();
  createRoot(host).render(<App />);
}

/** The page names its icon from where it was loaded; the address changes without a load. */
function fixIcons(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="icon"], link[rel="manifest"]')) link.setAttribute("href", link.href);
}
