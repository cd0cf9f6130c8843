import { createRoot } from "react-dom/client";
import { App } from "./App";
import { applyTheme, followSystemTheme } from "./design/theme";
import { startSession } from "./session/session";

/** Shows the app. It is loaded after the words, so that any module may say something as soon as it is there. */
export function start(host: HTMLElement): void {
  applyTheme();
  followSystemTheme();
  void startSession();
  createRoot(host).render(<App />);
}
