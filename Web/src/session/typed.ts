/** What somebody did with the form that came with the page, before the app took it over. */
export interface Typed {
  email: string;
  password: string;
  /** Which field had the focus. */
  focus: "email" | "password" | null;
  submitted: boolean;
}

let typed: Typed | null = null;

/** Reads the form that the page brought; nothing where there is none, or it is not shown. */
export function readTyped(host: HTMLElement): void {
  const form = host.querySelector("form");
  if (!form || form.getClientRects().length === 0) return;
  const field = (kind: "email" | "password") => form.querySelector<HTMLInputElement>(`input[type=${kind}]`);
  const at = document.activeElement;
  typed = {
    email: field("email")?.value ?? "",
    password: field("password")?.value ?? "",
    focus: at !== null && at === field("email") ? "email" : at !== null && at === field("password") ? "password" : null,
    submitted: form.dataset["submitted"] === "true",
  };
}

/** Hands over what was typed, once. */
export function takeTyped(): Typed | null {
  const taken = typed;
  typed = null;
  return taken;
}
