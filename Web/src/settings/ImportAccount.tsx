import { useCallback, useEffect, useRef, useState } from "react";
import { AccountImport, accountImports } from "../api/accountImports";
import { forgetAnswers } from "../api/client";
import { describe } from "../api/errors";
import { Meter } from "../design/Meter";
import { Problem } from "../design/Notice";
import { formatted, messageFor, t } from "../strings/t";

/** How often a running import is looked at, in milliseconds. */
const pace = 1000;

/** An archive from another server, taken into this account: choose it, see how far it is, and read what came in. */
export function ImportAccount() {
  const file = useRef<HTMLInputElement>(null);
  const [current, setCurrent] = useState<AccountImport | null>(null);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  // One that runs is shown after a reload too, and so is what came of the last.
  useEffect(() => {
    const end = new AbortController();
    accountImports.list(end.signal).then(({ data }) => setCurrent((known) => known ?? data[0] ?? null), () => undefined);
    return () => end.abort();
  }, []);

  const id = current?.state === "running" ? current.id : null;
  useEffect(() => {
    if (id === null) return;
    const end = new AbortController();
    const timer = window.setInterval(() => {
      accountImports.read(id, end.signal).then(
        (now) => {
          setCurrent(now);
          // Lists that were asked for before lack what has come in.
          if (now.state !== "running") forgetAnswers();
        },
        () => undefined,
      );
    }, pace);
    return () => {
      end.abort();
      window.clearInterval(timer);
    };
  }, [id]);

  const take = useCallback(async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setProblem(null);
    setSending(true);
    try {
      setCurrent(await accountImports.bring(chosen));
    } catch (error) {
      setProblem(describe(error));
    }
    setSending(false);
  }, []);

  return (
    <>
      <p>{t("settings.importWhy")}</p>
      <input
        ref={file} type="file" hidden accept=".zip,application/zip" aria-label={t("settings.import")}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <button type="button" className="button" disabled={sending || id !== null} onClick={() => file.current?.click()}>
        {sending ? t("settings.importSending") : t("settings.import")}
      </button>
      {problem ? <Problem>{problem}</Problem> : null}
      {current ? <ImportReport report={current} /> : null}
    </>
  );
}

function ImportReport({ report }: { report: AccountImport }) {
  if (report.state === "running") {
    const { done, total } = report.progress ?? { done: 0, total: 0 };
    return (
      <div className="import-report" role="status">
        <p>{t("settings.importRunning")}</p>
        <Meter label={t("settings.importRunning")} fraction={total > 0 ? done / total : null} />
      </div>
    );
  }
  const kinds = report.kinds.filter((kind) => kind.counted || Object.keys(kind.left).length > 0);
  const table = kinds.length > 0 ? <Kinds kinds={kinds} /> : null;
  if (report.state === "failed") {
    return (
      <div className="import-report">
        <Problem>{report.problem ?? t("settings.importFailed")}</Problem>
        {table ? <p>{t("settings.importStays")}</p> : null}
        {table}
      </div>
    );
  }
  return (
    <div className="import-report">
      {report.left === 0
        ? <p role="status">{t("settings.importWhole")}</p>
        : <Problem>{t("settings.importLeft", { count: report.left })}</Problem>}
      {table}
      {report.missing.length > 0 ? <p>{t("settings.importMissing", { count: report.missing.length })}</p> : null}
      <p>{t("settings.importStaying")}</p>
    </div>
  );
}

function Kinds({ kinds }: { kinds: AccountImport["kinds"] }) {
  return (
    <table>
      <caption className="visually-hidden">{t("settings.importTable")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("settings.importKind")}</th>
          <th scope="col">{t("settings.importAdded")}</th>
          <th scope="col">{t("settings.importKnown")}</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind.name}>
            <th scope="row">
              {label("importOf_", kind.name) ?? label("importOf_", kind.feature) ?? kind.name}
              {Object.entries(kind.left).map(([reason, count]) => (
                <p key={reason}>{formatted(messageFor("settings", `importWhy_${reason}`) ?? reason, { count })}</p>
              ))}
              {kind.counted && kind.examples.length > 0 ? <p>{t("settings.importExamples", { names: kind.examples.map((name) => `“${name}”`).join(", ") })}</p> : null}
            </th>
            <td>{kind.added}</td>
            <td>{kind.known}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function label(prefix: string, name: string): string | undefined {
  const message = messageFor("settings", prefix + name);
  return message === undefined ? undefined : formatted(message, {});
}
