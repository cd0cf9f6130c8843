import { documents } from "../api/documents";
import { UndoableDeletion } from "../design/UndoableDeletion";
import { loadLibrary } from "./libraryStore";

export const documentDeletion = new UndoableDeletion({ remove: documents.remove, after: loadLibrary });
