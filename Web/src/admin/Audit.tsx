import { useEffect, useState } from "react";
import { adminAPI, AuditPage as Entries, AuditWish } from "../api/admin";
import { describe } from "../api/errors";
import { Loading, Problem } from "../design/Notice";
import { showToast, tellFailure } from "../design/toastStore";
import { setParameters } from "../routing/location";
import { dayText, timeText } from "../strings/days";
import { formatted, messageFor, t } from "../strings/t";
import { happenings } from "./auditKinds";

/** What happened to the safety of accounts and of the server, as it was written: found, taken along, and checked. */
export function Audit({ query }: { query: URLSearchParams }) {
  const wish: AuditWish = { kind: query.get("kind") ?? undefined, since: query.get("since") ?? undefined, until: query.get("until") ?? undefined };
  const page = Math.max(1, Number.parseInt(query.get("page") ?? "1", 10) || 1);
  const { kind, since, until } = wish;
  const [entries, setEntries] = useState<Entries | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setProblem(null);
    adminAPI.audit({ kind, since, until }, page, controller.signal).then(setEntries, (error: unknown) => {
      if (!controller.signal.aborted) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [kind, since, until, page, attempt]);
  const narrow = (key: "kind" | "since" | "until", value: string) => setParameters({ [key]: value === "" ? null : value, page: null });
  return (
    <div className="audit">
      <div className="audit-wishes">
        <label className="field"><span>{t("admin.auditKind")}</span>
          <select className="input" value={kind ?? ""} onChange={(event) => narrow("kind", event.target.value)}>
            <option value="">{t("admin.auditAll")}</option>
            {happenings.map((each) => <option key={each} value={each}>{happening(each)}</option>)}
          </select>
        </label>
        <label className="field"><span>{t("admin.auditSince")}</span><input className="input" type="date" value={since ?? ""} onChange={(event) => narrow("since", event.target.value)} /></label>
        <label className="field"><span>{t("admin.auditUntil")}</span><input className="input" type="date" value={until ?? ""} onChange={(event) => narrow("until", event.target.value)} /></label>
      </div>
      <div className="audit-buttons">
        <button type="button" className="button" onClick={() => void save("csv", wish)}>{t("admin.auditCSV")}</button>
        <button type="button" className="button" onClick={() => void save("jsonl", wish)}>{t("admin.auditLines")}</button>
        <Verification />
      </div>
      {problem ? <Problem action={{ label: t("admin.tryAgain"), run: () => setAttempt(attempt + 1) }}>{problem}</Problem> : null}
      {entries === null ? (problem ? null : <Loading label={t("admin.auditReading")} />) : entries.data.length === 0 ? <p className="sub">{t("admin.auditNone")}</p> : <Table entries={entries} />}
      {entries !== null && entries.pagination.pages > 1 ? (
        <nav className="audit-pages" aria-label={t("admin.auditPages")}>
          <button type="button" className="button" disabled={page <= 1} onClick={() => setParameters({ page: page === 2 ? null : page - 1 })}>{t("admin.auditNewer")}</button>
          <span className="sub">{t("admin.auditPage", { page, pages: entries.pagination.pages })}</span>
          <button type="button" className="button" disabled={page >= entries.pagination.pages} onClick={() => setParameters({ page: page + 1 })}>{t("admin.auditOlder")}</button>
        </nav>
      ) : null}
    </div>
  );
}

function Table({ entries }: { entries: Entries }) {
  return (
    <div className="audit-scroll" tabIndex={0} role="region" aria-label={t("admin.auditTable")}>
      <table className="audit-table" aria-label={t("admin.auditTable")}>
        <thead>
          <tr><th scope="col">{t("admin.auditWhen")}</th><th scope="col">{t("admin.auditKind")}</th><th scope="col">{t("admin.auditWhom")}</th><th scope="col">{t("admin.auditBy")}</th><th scope="col">{t("admin.auditFrom")}</th></tr>
        </thead>
        <tbody>
          {entries.data.map((entry) => (
            <tr key={entry.id} data-odd={entry.kind.startsWith("anomaly.") ? "" : undefined}>
              <td><time dateTime={entry.occurred_at}>{dayText(entry.occurred_at)}, {timeText(entry.occurred_at)}</time></td>
              <td>{happening(entry.kind)}</td>
              <td dir="auto">{person(entry.subject_name, entry.subject_id)}</td>
              <td dir="auto">{person(entry.actor_name, entry.actor_id)}</td>
              <td>{entry.network}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Verification() {
  const [state, setState] = useState<"idle" | "busy" | { ok: boolean; text: string }>("idle");
  const check = async () => {
    setState("busy");
    try {
      const { is_intact: ok, entries, problem } = await adminAPI.verifyAudit();
      setState({ ok, text: ok ? t("admin.auditIntact", { count: entries }) : t("admin.auditBroken", { problem: problem ?? "" }) });
    } catch (error) {
      setState("idle");
      showToast(describe(error));
    }
  };
  return (
    <>
      <button type="button" className="button" disabled={state === "busy"} onClick={() => void check()}>{t("admin.auditCheck")}</button>
      <p role="status" className="audit-verdict" data-ok={typeof state === "object" && state.ok ? "" : undefined}>{typeof state === "object" ? state.text : ""}</p>
    </>
  );
}

/** Saves what is asked for as a file. Fetched by script, because a plain link cannot carry the access token. */
async function save(format: "csv" | "jsonl", wish: AuditWish): Promise<void> {
  try {
    const url = URL.createObjectURL(await adminAPI.auditFile(format, wish));
    const link = document.createElement("a");
    link.href = url;
    link.download = `audit.${format}`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    tellFailure(error);
  }
}

/** What a kind of event is called; one that a newer server has goes by the server's own name. */
function happening(kind: string): string {
  const message = messageFor("happenings", kind.replaceAll(".", "_"));
  return message === undefined ? kind : formatted(message, {});
}

/** Somebody whose account is gone has their id alone. */
function person(name: string | undefined, id: string | undefined): string {
  if (name) return name;
  return id === undefined ? "" : t("admin.auditGone", { id: id.slice(-6) });
}
