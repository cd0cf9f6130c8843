/** Gives each program in an answer a button that copies it. */
import { t } from "../strings/t";
export function addCopyButtons(root: HTMLElement): void {
  for (const block of root.querySelectorAll("pre")) {
    if (block.parentElement?.classList.contains("code")) continue;
    const frame = document.createElement("div");
    frame.className = "code";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.dataset["copy"] = "";
    button.textContent = "Copy";
    button.setAttribute("aria-label", t("chat.copyCode"));
    block.replaceWith(frame);
    // A keyboard reaches what lies beyond the edge.
    block.tabIndex = 0;
    frame.append(block, button);
  }
}

/** The program beside the button that was pressed; null for anything else. */
export function codeToCopy(target: EventTarget): string | null {
  const button = target instanceof Element ? target.closest("[data-copy]") : null;
  return button === null ? null : button.parentElement?.querySelector("pre")?.textContent ?? null;
}
