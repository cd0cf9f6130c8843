import { FormEvent, useState } from "react";
import { documents } from "../api/documents";
import { describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { showToast } from "../design/toastStore";
import { closeSheet, useSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { placeDocument } from "./libraryStore";

/** The dialog for a web page's address, while the address asks for it. */
export function AddAddress() {
  const course = useSheet("web-page");
  return course === null ? null : <AddressDialog course={course === "" ? null : course} />;
}

function AddressDialog({ course }: { course: string | null }) {
  const [address, setAddress] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const add = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const document = await documents.addAddress(address.trim(), course);
      placeDocument(document);
      if (document.duplicate) showToast(t("library.already", { title: document.title }));
      closeSheet();
      navigate(course === null ? paths.library : paths.course(course, "sources"));
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("library.webPage")} onClose={closeSheet}>
      <form onSubmit={(event) => void add(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label={t("library.address")} type="url" inputMode="url" value={address} required maxLength={2000} autoFocus onChange={(event) => setAddress(event.target.value)} />
          <p>{t("library.webPageHint")}</p>
        </div>
        <footer>
          <button type="button" className="button" onClick={closeSheet}>{t("course.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy || address.trim() === ""}>{busy ? t("library.fetching") : t("library.addPage")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
