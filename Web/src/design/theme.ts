import { Store } from "../state/store";

export type ThemeChoice = "auto" | "light" | "dark";

const key = "little-monster-theme";
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function stored(): ThemeChoice {
  try {
    const value = window.localStorage.getItem(key);
    return value === "light" || value === "dark" ? value : "auto";
  } catch {
    return "auto";
  }
}

export const themeChoice = new Store<ThemeChoice>(stored());

/** Paints the page in the chosen theme, or in the system's where none is chosen. */
export function applyTheme(): void {
  const choice = themeChoice.get();
  const theme = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
  document.documentElement.dataset["theme"] = theme;
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", theme === "dark" ? "#171613" : "#faf8f4");
}

export function chooseTheme(choice: ThemeChoice): void {
  try {
    if (choice === "auto") window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, choice);
  } catch {
    // Storage may be forbidden; the choice then lasts until the page closes.
  }
  themeChoice.set(choice);
  applyTheme();
}

export function followSystemTheme(): void {
  dark.addEventListener("change", applyTheme);
}
