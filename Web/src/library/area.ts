import type { Area } from "../frame/Area";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { documentDeletion } from "./deletion";
import { applyToLibrary, forgetLibrary } from "./libraryStore";
import { forgetUploads, showInterrupted } from "./uploads";

/** The student's documents: adding, finding, naming, deleting. */
export const libraryArea: Area = {
  name: "library",
  routes: [{ pattern: "/library", page: "library" }],
  load: () => import("./pages"),
  railItem: { label: t("library.place"), icon: "library", to: paths.library, pages: ["library/library", "viewer/document"] },
  start: showInterrupted,
  applyEvent: applyToLibrary,
  forget() {
    forgetLibrary();
    documentDeletion.forget();
    forgetUploads();
  },
};
