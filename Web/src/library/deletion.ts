import { documents } from "../api/documents";
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
