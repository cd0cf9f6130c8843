import { documents } from "../api/documents";
import { sharing } from "../api/sharing";
import { UndoableDeletion } from "../design/UndoableDeletion";
import { dropRecent } from "../frame/recents";
import { loadLibrary } from "./libraryStore";

export const documentDeletion = new UndoableDeletion({
  async remove(id) {
    await documents.remove(id);
    dropRecent("document", id);
  },
  after: () => loadLibrary(),
});

/** Takes what another shares out of the student's view. */
export const documentLeaving = new UndoableDeletion({
  async remove(id) {
    await sharing.leave("document", id);
    dropRecent("document", id);
  },
  after: () => loadLibrary(),
});
