import { NoteCitation, notes } from "../api/notes";
import { showToast, tellFailure } from "../design/toastStore";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

interface Matter {
  title: string;
  content: string;
  citations: readonly NoteCitation[];
  course?: string | null;
}

/** Makes a note of an answer, or of words of a document; its numbers go on standing for the same sources. */
export async function saveNote({ title, content, citations, course }: Matter): Promise<void> {
  try {
    const note = await notes.make({
      title: title.trim().slice(0, 200) || t("notes.untitled"), content,
      citations: citations.map((each) => ({
        number: each.number, document_id: each.document_id, chunk_id: each.chunk_id, title: each.title.slice(0, 500), quote: each.quote.slice(0, 4000),
        start: each.start ?? 0, end: each.end ?? 0, ...(each.page ? { page: each.page } : {}), ...(each.page_label ? { page_label: each.page_label } : {}),
        ...(each.section ? { section: each.section.slice(0, 500) } : {}),
      })),
      ...(course ? { course_id: course } : {}),
    });
    showToast(t("notes.savedAsNote"), { action: { label: t("notes.open"), run: () => navigate(paths.note(note.id)) } });
  } catch (error) {
    tellFailure(error);
  }
}
