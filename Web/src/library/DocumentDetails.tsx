import { ReactNode } from "react";
import { LibraryDocument } from "../api/documents";
import { Dialog } from "../design/Dialog";
import { Loading, Problem } from "../design/Notice";
import { closeSheet, useSheet } from "../frame/sheets";
import { t } from "../strings/t";
import { Description } from "./Description";
import { allNotes } from "./readingNotes";
import { Stages } from "./Stages";
import { useDocument } from "./useDocument";
import { Versions } from "./Versions";

/** What there is to know of a document beside its text, while the address asks for it: from the library as from the document itself. */
export function DocumentDetails() {
  const id = useSheet("details");
  return id === null || id === "" ? null : <DetailsDialog key={id} id={id} />;
}

function DetailsDialog({ id }: { id: string }) {
  const { document, problem } = useDocument(id);
  return (
    <Dialog title={document?.title ?? t("library.details")} onClose={closeSheet} sheet>
      <div className="stack details">
        {problem ? <Problem>{problem.text}</Problem> : document === null ? <Loading label={t("library.opening")} /> : <Sections document={document} />}
      </div>
    </Dialog>
  );
}

function Sections({ document }: { document: LibraryDocument }) {
  const notes = document.status === "completed" ? allNotes(document) : [];
  return (
    <>
      <Description document={document} />
      {notes.length > 0 ? <Section title={t("library.unread")}><ul className="details-notes">{notes.map((note) => <li key={note}>{note}</li>)}</ul></Section> : null}
      {document.version_of || document.shared_by ? null : <Section title={t("library.versions")}><Versions document={document} /></Section>}
      {document.shared_by ? null : <Section title={t("library.stages")}><Stages document={document} /></Section>}
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return <><h3>{title}</h3>{children}</>;
}
