import { useCallback, useState } from "react";
import type { LibraryDocument } from "../api/documents";
import { handedOver } from "../asking/handedOver";
import { openPanel, panelIn } from "../frame/panel";
import { noteVisit } from "../frame/recents";
import { location } from "../routing/location";
import type { PassageTarget } from "../routing/paths";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { t } from "../strings/t";
import { DocumentViewer } from "./DocumentViewer";

/** A document on a page of its own. Questions about it are asked and answered in the panel beside it. */
export function DocumentPage({ id, passage }: { id: string; passage: PassageTarget }) {
  const [title, setTitle] = useState(t("viewer.document"));
  usePage(title, { focus: false });
  const read = useCallback((document: LibraryDocument) => {
    setTitle(document.title);
    noteVisit({ kind: "document", id: document.id, title: document.title, to: paths.document(document.id), course: document.course_id ?? null });
  }, []);
  const ask = useCallback((words?: string) => {
    if (words !== undefined) handedOver.set(words);
    // The conversation that is open goes on.
    if (panelIn(new URLSearchParams(location.get().query))?.kind !== "talk") openPanel("talk", null);
  }, []);
  return <div className="document-page"><DocumentViewer id={id} passage={passage} onDocument={read} ask={ask} /></div>;
}
