import { Dialog } from "../design/Dialog";
import { Loading, Problem } from "../design/Notice";
import { closeSheet, useSheet } from "../frame/sheets";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { documentFacts } from "./documentFacts";
import { Stages } from "./Stages";
import { Versions } from "./Versions";
import { useDocument } from "./useDocument";

/** What there is to know of a document beside its text, while the address asks for it. */
export function DocumentDetails() {
  const id = useSheet("details");
  return id === null || id === "" ? null : <DetailsDialog key={id} id={id} />;
}

function DetailsDialog({ id }: { id: string }) {
  const { document, problem } = useDocument(id);
  return (
    <Dialog title={document?.title ?? t("library.details")} onClose={closeSheet} sheet>
      <div className="stack details">
        {problem ? <Problem>{problem.text}</Problem> : document === null ? <Loading label={t("library.opening")} /> : (
          <>
            <p className="document-meta">{documentFacts(document)} · {t("library.added", { day: dayText(document.created_at) })}</p>
            {document.version_of ? null : (
              <>
                <h3>{t("library.versions")}</h3>
                <Versions document={document} />
              </>
            )}
            <h3>{t("library.stages")}</h3>
            <Stages document={document} />
          </>
        )}
      </div>
    </Dialog>
  );
}
