import { documents } from "../api/documents";
import type { Area } from "../frame/Area";
import { openSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { chooseDocuments, courseAt } from "./addDocuments";
import { documentDeletion, documentLeaving } from "./deletion";
import { LibraryOverlays } from "./LibraryOverlays";
import { applyToLibrary, forgetLibrary } from "./libraryStore";
import { endSelection } from "./selection";
import { forgetTwins } from "./twins";
import { forgetUploads, showInterrupted } from "./uploads";

/** The student's documents: adding, finding, naming, deleting. */
export const libraryArea: Area = {
  name: "library",
  routes: [{ pattern: "/library", page: "library" }],
  load: () => import("./pages"),
  railItems: [{ label: t("library.place"), icon: "library", to: paths.library, pages: ["library/library"], rail: true, phone: "more" }],
  newActions: [
    { label: t("library.add"), icon: "upload", run: (place) => chooseDocuments(courseAt(place)) },
    { label: t("library.webPage"), icon: "globe", run: (place) => openSheet("web-page", courseAt(place) ?? undefined) },
  ],
  palette: {
    always: () => [
      { id: "library", group: "go", label: t("library.place"), icon: "library", run: () => navigate(paths.library) },
      { id: "add-web-page", group: "do", label: t("library.webPage"), icon: "globe", run: () => openSheet("web-page") },
      { id: "add-documents", group: "do", label: t("library.add"), icon: "upload", run: () => chooseDocuments(null) },
    ],
    async find(text, signal) {
      const { data } = await documents.list(1, 6, { text, shared: "too" }, signal);
      return data.map((document) => ({
        id: `document-${document.id}`, group: "find" as const, label: document.title, detail: t("library.document"), icon: "page" as const,
        run: () => navigate(paths.document(document.id)),
      }));
    },
  },
  overlays: LibraryOverlays,
  start: showInterrupted,
  applyEvent: applyToLibrary,
  forget() {
    forgetLibrary();
    documentDeletion.forget();
    documentLeaving.forget();
    endSelection();
    forgetUploads();
    forgetTwins();
  },
};
