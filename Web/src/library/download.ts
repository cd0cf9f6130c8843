import { documents, LibraryDocument } from "../api/documents";
import { tellFailure } from "../design/toastStore";
import { t } from "../strings/t";

/** Saves the original. Fetched by script, because a plain link cannot carry the access token. */
export async function download(source: LibraryDocument): Promise<void> {
  try {
    const response = await documents.file(source.id);
    const url = URL.createObjectURL(await response.blob());
    const link = document.createElement("a");
    link.href = url;
    link.download = source.filename ?? source.title;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    tellFailure(error, (problem) => t("library.downloadFailed", { problem }));
  }
}
