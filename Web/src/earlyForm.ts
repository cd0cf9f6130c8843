// Runs right after the form of sign-in that the page brings, before the app is there.
import { language } from "./strings/locale";

const app = document.getElementById("app");
// The form in the reader's language lies beside the English one.
const translated = document.querySelector<HTMLTemplateElement>(`template[lang="${language}"]`);
if (app && translated) app.replaceChildren(translated.content);
