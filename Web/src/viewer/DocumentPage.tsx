import { useState } from "react";
import type { PassageTarget } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { DocumentViewer } from "./DocumentViewer";

/** A document on a page of its own. */
export function DocumentPage({ id, passage }: { id: string; passage: PassageTarget }) {
  const [title, setTitle] = useState("Document");
  usePage(title);
  return <div className="document-page"><DocumentViewer id={id} passage={passage} onTitle={setTitle} /></div>;
}
