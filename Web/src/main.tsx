import "katex-style";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import "./design/tokens.css";
import "./design/base.css";
import "./design/controls.css";
import "./design/overlays.css";
import { applyTheme, followSystemTheme } from "./design/theme";
import { startSession } from "./session/session";
import "./shell/shell.css";

applyTheme();
followSystemTheme();
void startSession();

const host = document.getElementById("app");
if (host) createRoot(host).render(<App />);
