import { lazy, Suspense } from "react";
import { Loading, Problem } from "./design/Notice";
import { Toasts } from "./design/Toasts";
import { matchPattern } from "./frame/matching";
import { useLocation } from "./routing/location";
import { paths } from "./routing/paths";
import { session, startSession } from "./session/session";
import { useReturn } from "./session/useReturn";
import { useStore } from "./state/useStore";

// Who signs in need not wait for the app, nor who is signed in for the form.
const EntryPage = lazy(() => import("./session/EntryPage"));
const ResetPage = lazy(() => import("./reset/ResetPage"));
const Inside = lazy(() => import("./Inside"));

export function App() {
  const current = useStore(session);
  const { path } = useLocation();
  useReturn(current.phase === "unreachable");
  // Whoever is signed in here: the link says whose password it is about.
  if (matchPattern(paths.reset, path) !== null) return <Suspense fallback={null}><ResetPage /></Suspense>;
  return (
    <>
      {current.phase === "starting" ? <div className="whole-page"><Loading label="Starting" /></div> : null}
      {current.phase === "unreachable" ? (
        <main className="whole-page"><Problem action={{ label: "Try again", run: () => void startSession() }}>{current.message}</Problem></main>
      ) : null}
      <Suspense fallback={<div className="whole-page"><Loading label="Starting" /></div>}>
        {current.phase === "signedOut" ? <SignedOut hasUsers={current.server.has_users} mayRegister={current.server.registration_open} ended={current.ended} /> : null}
        {current.phase === "signedIn" ? <Inside key={current.user.id} /> : null}
      </Suspense>
      <Toasts />
    </>
  );
}

function SignedOut({ hasUsers, mayRegister, ended }: { hasUsers: boolean; mayRegister: boolean; ended: boolean }) {
  const { path, query } = useLocation();
  const at = (pattern: string) => matchPattern(pattern, path) !== null;
  // Who asked for a page inside comes back to it after signing in.
  const goal = paths.entries.some(at) || at(paths.home) ? paths.home : query === "" ? path : `${path}?${query}`;
  const kind = !hasUsers ? "first" : at(paths.register) && mayRegister ? "register" : "signIn";
  return <EntryPage key={kind} kind={kind} mayRegister={mayRegister} goal={goal} ended={ended} />;
}
