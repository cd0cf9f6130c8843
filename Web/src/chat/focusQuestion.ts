/** Puts the keyboard into the question as soon as there is one to write, which may take a chunk of the app to come. */
export function focusQuestion(): void {
  const started = performance.now();
  const look = () => {
    const field = document.getElementById("question");
    if (field && !document.querySelector("dialog[open]")?.contains(field) && document.querySelector("dialog[open]")) return again();
    if (field) field.focus();
    else again();
  };
  const again = () => {
    if (performance.now() - started < 3000) window.setTimeout(look, 30);
  };
  window.setTimeout(look, 0);
}
