import "./frame/trustedTypes";
import { showLanguage } from "./strings/locale";
import { loadWords } from "./strings/t";

showLanguage();
const app = document.getElementById("app");
if (app) void loadWords().then(() => import("./start")).then(({ start }) => start(app));
