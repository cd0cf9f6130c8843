import type { LibraryDocument } from "../api/documents";
import { isReadOnly } from "../course/courseStore";
import type { Place } from "../frame/Area";
import { closeSheet } from "../frame/sheets";
import { location, navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { startUploads } from "./uploads";

/** What the file dialog offers; the server decides by content. */
const accepted = [
  ".pdf,.docx,.pptx,.xlsx,.odt,.odp,.ods,.epub,.rtf,.html,.htm,.xhtml,.mht,.mhtml,.md,.markdown,.rmd,.qmd,.tex,.latex,.ipynb",
  ".csv,.tsv,.srt,.vtt,.eml,.bib,.txt,.zip,.png,.jpg,.jpeg,.webp,.tif,.tiff",
].join(",");

/** Lets the student choose files, which go to the course that is open. */
export function chooseDocuments(course: string | null): void {
  const picker = document.createElement("input");
  picker.type = "file";
  picker.multiple = true;
  picker.accept = accepted;
  picker.addEventListener("change", () => takeFiles([...(picker.files ?? [])], course));
  picker.click();
  closeSheet();
}

/** Lets the student choose the file of a document's next version. */
export function chooseVersion(of: LibraryDocument): void {
  const picker = document.createElement("input");
  picker.type = "file";
  picker.accept = accepted;
  picker.addEventListener("change", () => {
    const [file] = picker.files ?? [];
    if (file) startUploads([{ file, course: of.course_id ?? null, replaces: of.id }]);
  });
  picker.click();
}

/** Sends files and shows them arrive, where this page does not show it itself. */
export function takeFiles(files: readonly File[], course: string | null): void {
  if (files.length === 0) return;
  startUploads(files.map((file) => ({ file, course })));
  const { path } = location.get();
  const goal = course === null ? paths.library : paths.course(course, "sources");
  const shown = path === goal || path === paths.home;
  if (!shown) navigate(goal);
}

/** The course whose page is open, or whose conversation; null where it is another's. */
export function courseAt(place: Place | null): string | null {
  const course = place?.params["course"] ?? null;
  return course !== null && isReadOnly(course) ? null : course;
}
