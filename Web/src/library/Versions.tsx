import { useEffect, useState } from "react";
import { documents, LibraryDocument } from "../api/documents";
import { describe } from "../api/errors";
import { Icon } from "../design/Icon";
import { Problem } from "../design/Notice";
import { tellFailure } from "../design/toastStore";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { fileSize } from "../strings/amounts";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { chooseVersion } from "./addDocuments";
import { tellChanged } from "./reading";
import { Stages } from "./Stages";

/** The versions of a document, the newest first, and how it gets another. */
export function Versions({ document }: { document: LibraryDocument }) {
  const { id, version, update } = document;
  const [versions, setVersions] = useState<readonly LibraryDocument[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const updating = update?.status ?? null;
  useEffect(() => {
    const controller = new AbortController();
    documents.versions(id, controller.signal).then(({ data }) => setVersions(data), (error: unknown) => {
      if (!controller.signal.aborted) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [id, version, updating, document.sha256]);
  const change = async (answer: Promise<unknown>) => {
    try {
      await answer;
      tellChanged(await documents.fresh(id));
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <section className="versions" aria-label={t("library.versions")}>
      {problem ? <Problem>{problem}</Problem> : null}
      {update ? <Update document={document} give={() => void change(documents.remove(update.id))} /> : null}
      {versions.length > 1 ? (
        <ul>
          {versions.map((each, index) => (
            <li key={each.id}>
              <div>
                <p className="stage-name">{index > 0 && each.version === versions[index - 1]?.version ? t("library.earlierReading", { version: each.version }) : t("library.version", { version: each.version })}</p>
                <p className="document-meta" dir="auto">{[each.filename, fileSize(each.size), dayText(each.version_at)].join(" · ")}</p>
              </div>
              {each.version_of ? (
                <div className="actions">
                  <Link className="button quiet" to={paths.document(each.id)} aria-label={t("library.openVersion", { version: each.version })}>{t("library.open")}</Link>
                  <button type="button" className="button quiet" onClick={() => void change(documents.restore(id, each.id))} aria-label={t("library.restoreVersion", { version: each.version })}>{t("library.restore")}</button>
                </div>
              ) : <p className="document-meta">{t("library.newestVersion")}</p>}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="actions">
        <button type="button" className="button" onClick={() => chooseVersion(document)}><Icon name="upload" size={18} /> {t("library.addVersion")}</button>
        {document.status === "completed" && !update ? (
          <button type="button" className="button" onClick={() => void change(documents.readAgain(id))}><Icon name="retry" size={18} /> {t("library.readAgain")}</button>
        ) : null}
      </div>
    </section>
  );
}

/** What is about to take the document's place. */
function Update({ document, give }: { document: LibraryDocument; give: () => void }) {
  const { update } = document;
  if (!update) return null;
  return (
    <div className="version-update">
      <p>{updateText(document)}</p>
      <Stages document={{ ...document, ...update, place_in_line: update.place_in_line ?? null, error: update.error ?? null } as LibraryDocument} />
      <button type="button" className="button quiet" onClick={give}>{t("library.giveUpVersion")}</button>
    </div>
  );
}

/** What is becoming of a document, in a sentence; empty where nothing is. */
export function updateText({ update, version }: LibraryDocument): string {
  if (!update) return "";
  const anew = update.version === version;
  if (update.status === "failed") return anew ? t("library.readingAgainFailed") : t("library.versionFailed", { version: update.version });
  if (update.status === "cancelled") return anew ? t("library.readingAgainStopped") : t("library.versionStopped", { version: update.version });
  return anew ? t("library.readingAgain") : t("library.versionComing", { version: update.version });
}
