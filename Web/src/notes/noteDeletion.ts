import { notes } from "../api/notes";
import { UndoableDeletion } from "../design/UndoableDeletion";

export const noteDeletion = new UndoableDeletion({ remove: (id) => notes.remove(id), after: () => undefined });
