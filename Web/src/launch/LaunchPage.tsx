import { ReactNode, useEffect, useRef, useState } from "react";
import { APIError, describe } from "../api/errors";
import { Launch, LaunchWish, platforms, UnknownVisitor } from "../api/platforms";
import { renewToken } from "../api/tokens";
import { MonsterMark } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { CodeField } from "../session/CodeField";
import { session, takeUp } from "../session/session";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { AccountChoice } from "./AccountChoice";
import { Choose } from "./Choose";
import { Joining } from "./Joining";
import "./launch.css";

/** What the server's reasons are in the reader's words. */
const reasons: Readonly<Record<string, string>> = {
  unknown_platform: t("launch.unknownPlatform"), target: t("launch.target"), lost: t("launch.lost"), spent: t("launch.spent"), not_believed: t("launch.notBelieved"),
  down: t("launch.down"), message: t("launch.message"), denied: t("launch.denied"), taken: t("launch.taken"), no_email: t("launch.noEmail"),
  linked_elsewhere: t("launch.linkedElsewhere"), not_teacher: t("launch.notTeacher"), gone: t("launch.gone"), other_course: t("launch.otherCourse"),
};

type View = { kind: "busy" } | { kind: "problem"; text: string } | { kind: "code" } | { kind: "account"; visitor: UnknownVisitor } | { kind: "launch"; launch: Launch } | { kind: "chosen"; platform: string };

/** Where a launch from a learning platform ends: whoever comes is signed in, agrees to a class or chooses, and goes on to what was linked. */
export default function LaunchPage() {
  const heading = usePage(t("launch.title"));
  const current = useStore(session);
  const [given] = useState(taken);
  const [view, setView] = useState<View>(given.problem === null ? { kind: "busy" } : { kind: "problem", text: given.problem });
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState("");
  const begun = useRef(false);
  const signedIn = current.phase === "signedIn";

  const show = (launch: Launch) => {
    if (launch.step === "open") return navigate(launch.page, { replace: true });
    setView({ kind: "launch", launch });
  };
  const send = async (wish: LaunchWish = {}, as: boolean = signedIn) => {
    setBusy(true);
    setFault(null);
    try {
      const answer = await platforms.enter(given.state, wish, as);
      if (answer.grant) takeUp(answer.grant);
      // Who is a teacher from now on needs a token that says so.
      else if (answer.launch?.step === "choose") await renewToken();
      if (answer.unknown) setView({ kind: "account", visitor: answer.unknown });
      else if (answer.launch) show(answer.launch);
      else setView({ kind: "problem", text: reasons[answer.problem ?? ""] ?? t("launch.failed") });
    } catch (error) {
      if (error instanceof APIError && error.details["code"] !== undefined && wish.account === undefined) {
        setView({ kind: "code" });
        if (wish.second_factor !== undefined) setFault(t("session.codeNotRight"));
      } else {
        const text = error instanceof APIError ? (reasons[error.details["reason"] ?? ""] ?? describe(error)) : describe(error);
        // What can be mended is told beside what it is about.
        if (wish.account === undefined) setView({ kind: "problem", text });
        else setFault(text);
      }
    }
    setBusy(false);
  };
  // Once it is known who is signed in: they may have the account that is to be connected.
  useEffect(() => {
    if (begun.current || current.phase === "starting" || given.problem !== null) return;
    begun.current = true;
    void send();
  });

  const title = view.kind === "problem" ? t("launch.failed") : view.kind === "account" ? t("launch.whoTitle", { platform: view.visitor.platform }) : view.kind === "chosen" ? t("launch.chosen")
    : view.kind === "launch" && view.launch.step === "choose" ? t("launch.chooseTitle") : view.kind === "launch" ? t("launch.joinTitle") : t("launch.title");
  let body: ReactNode;
  switch (view.kind) {
    case "busy": body = <Loading label={t("launch.busy")} />; break;
    case "problem":
      body = <><Problem>{view.text}</Problem><p><Link to={signedIn ? paths.home : paths.signIn}>{signedIn ? t("launch.toApp") : t("launch.toSignIn")}</Link></p></>;
      break;
    case "code":
      body = (
        <form onSubmit={(event) => { event.preventDefault(); void send({ second_factor: code }); }}>
          <p>{t("launch.codeWhy")}</p>
          <CodeField value={code} onChange={setCode} autoFocus />
          <button type="submit" className="button primary large" disabled={busy}>{t("session.signIn")}</button>
        </form>
      );
      break;
    case "account":
      body = <AccountChoice visitor={view.visitor} user={current.phase === "signedIn" ? current.user : null} busy={busy} onWish={send} onFault={setFault} />;
      break;
    case "launch":
      body = view.launch.step === "choose" ? <Choose launch={view.launch} onChosen={() => setView({ kind: "chosen", platform: view.launch.platform })} /> : <Joining launch={view.launch} onJoined={show} />;
      break;
    case "chosen": body = <p>{t("launch.chosenMeans", { platform: view.platform })}</p>; break;
  }
  return (
    <main className="launch-page">
      <div>
        <p className="brand"><MonsterMark /> <span>Little Monster</span></p>
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        {fault ? <Problem>{fault}</Problem> : null}
        {body}
      </div>
    </main>
  );
}

/** Reads what the address brings, and takes it out of the address and the history. */
function taken(): { state: string; problem: string | null } {
  const told = new URLSearchParams(window.location.hash.slice(1));
  window.history.replaceState(window.history.state, "", window.location.pathname);
  const [state, problem] = [told.get("state"), told.get("problem")];
  const deployment = told.get("deployment");
  if (problem === "deployment") return { state: "none", problem: deployment === null ? t("launch.deployment") : t("launch.deploymentOf", { deployment }) };
  if (problem !== null) return { state: "none", problem: reasons[problem] ?? t("launch.failed") };
  return state === null ? { state: "none", problem: t("launch.nothing") } : { state, problem: null };
}
