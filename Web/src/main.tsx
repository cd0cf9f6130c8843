import "katex-style";
import { createRoot } from "react-dom/client";
// Styles come in one sheet, whatever comes in chunks: those of the parts follow those of the design, which they refine.
import "./design/tokens.css";
import "./design/base.css";
import "./design/controls.css";
import "./design/overlays.css";
import "./shell/shell.css";
import "./shell/shortcuts.css";
import "./session/entry.css";
import "./library/drop.css";
import "./library/library.css";
import "./viewer/contents.css";
import "./viewer/viewer.css";
import "./search/search.css";
import "./settings/settings.css";
import "./chat/answer.css";
import "./chat/composer.css";
import "./chat/panel.css";
import "./chat/chat.css";
import { App } from "./App";
import { applyTheme, followSystemTheme } from "./design/theme";
import { startSession } from "./session/session";
// What is true of every part on paper and in forced colours comes last.
import "./design/contrast.css";
import "./design/print.css";

applyTheme();
followSystemTheme();
void startSession();

const host = document.getElementById("app");
if (host) createRoot(host).render(<App />);
