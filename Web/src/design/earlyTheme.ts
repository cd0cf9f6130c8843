// Runs before the first paint, from a file of its own: the page's policy allows no inline script.
import { applyTheme } from "./theme";

applyTheme();
