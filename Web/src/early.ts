// Runs before the first paint, from a file of its own: the page's policy allows no inline script.
import { applyTheme } from "./design/theme";
import { wasSignedIn } from "./session/signedInHint";
import { showLanguage } from "./strings/locale";

applyTheme();
showLanguage();
// The page brings the form of sign-in. Who is signed in, or asks for another form, is not shown it.
if (wasSignedIn() || /\/(register|welcome|reset|forgot|unsubscribe|sign-in\/[a-z0-9-]+)$/.test(window.location.pathname)) document.documentElement.dataset["entry"] = "no";

// What is sent before the app is there, the app sends as soon as it is; a form without it would load the page anew.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || document.documentElement.dataset["app"] === "there") return;
  event.preventDefault();
  form.dataset["submitted"] = "true";
  form.querySelector("button[type=submit]")?.setAttribute("disabled", "");
});
