import { ComponentType, lazy, Suspense } from "react";
import { Loading, Problem } from "./design/Notice";
import { Toasts } from "./design/Toasts";
import { matchPattern } from "./frame/matching";
import { useLocation } from "./routing/location";
import { paths } from "./routing/paths";
import type { EntryProps } from "./session/EntryPage";
import { session, SessionEnd, startSession } from "./session/session";
import { tokenHere } from "./session/useInvitation";
import { useReturn } from "./session/useReturn";
import { useStore } from "./state/useStore";
import { t } from "./strings/t";

// Who signs in need not wait for the app, nor who is signed in for the form.
const LazyEntry = lazy(() => import("./session/EntryPage"));
const ResetPage = lazy(() => import("./reset/ResetPage"));
const ForgotPage = lazy(() => import("./reset/ForgotPage"));
const ConfirmEmailPage = lazy(() => import("./confirm/ConfirmEmailPage"));
const ConfirmSignUpPage = lazy(() => import("./confirm/ConfirmSignUpPage"));
const VerifyFirst = lazy(() => import("./confirm/VerifyFirst"));
const CallbackPage = lazy(() => import("./federation/CallbackPage"));
const LaunchPage = lazy(() => import("./launch/LaunchPage"));
const UnsubscribePage = lazy(() => import("./unsubscribe/UnsubscribePage"));
const Inside = lazy(() => import("./Inside"));

/** @param entry the form of sign-in, where it is there already. */
export function App({ entry }: { entry: ComponentType<EntryProps> | null }) {
  const current = useStore(session);
  const { path } = useLocation();
  useReturn(current.phase === "unreachable");
  // Whoever is signed in here: the link says whose password it is about.
  if (matchPattern(paths.reset, path) !== null) return <Suspense fallback={null}><ResetPage /></Suspense>;
  if (matchPattern(paths.forgot, path) !== null) return <Suspense fallback={null}><ForgotPage /></Suspense>;
  if (matchPattern(paths.confirmEmail, path) !== null) return <Suspense fallback={null}><ConfirmEmailPage /></Suspense>;
  if (matchPattern(paths.confirmSignUp, path) !== null) return <Suspense fallback={null}><ConfirmSignUpPage /></Suspense>;
  const callback = matchPattern(paths.callback, path);
  if (callback !== null) return <Suspense fallback={null}><CallbackPage provider={callback["provider"] ?? ""} /><Toasts /></Suspense>;
  if (matchPattern(paths.launch, path) !== null) return <Suspense fallback={null}><LaunchPage /><Toasts /></Suspense>;
  if (matchPattern(paths.unsubscribe, path) !== null) return <Suspense fallback={null}><UnsubscribePage /></Suspense>;
  return (
    <>
      {current.phase === "starting" ? <div className="whole-page"><Loading label={t("session.starting")} /></div> : null}
      {current.phase === "unreachable" ? (
        <main className="whole-page"><Problem action={{ label: t("session.tryAgain"), run: () => void startSession() }}>{current.message}</Problem></main>
      ) : null}
      <Suspense fallback={<div className="whole-page"><Loading label={t("session.starting")} /></div>}>
        {current.phase === "signedOut" ? <SignedOut Entry={entry ?? LazyEntry} hasUsers={current.server.has_users} mayRegister={current.server.registration_open} mailsResets={current.server.mails_resets} passkeyOrigin={current.server.passkey_origin} ended={current.ended} /> : null}
        {current.phase !== "signedIn" ? null : current.user.verification === "demanded" ? <VerifyFirst user={current.user} /> : <Inside key={current.user.id} />}
      </Suspense>
      <Toasts />
    </>
  );
}

interface SignedOutProps {
  Entry: ComponentType<EntryProps>;
  hasUsers: boolean;
  mayRegister: boolean;
  mailsResets: boolean;
  passkeyOrigin: string | undefined;
  ended: SessionEnd;
}

function SignedOut({ Entry, hasUsers, mayRegister, mailsResets, passkeyOrigin, ended }: SignedOutProps) {
  const { path, query } = useLocation();
  const at = (pattern: string) => matchPattern(pattern, path) !== null;
  // Who asked for a page inside comes back to it after signing in.
  const goal = paths.entries.some(at) || at(paths.home) ? paths.home : query === "" ? path : `${path}?${query}`;
  // The link of a class lets a newcomer in as an invitation does, and leads on to the class.
  const joining = at(paths.join) ? tokenHere("token") : at(paths.register) ? tokenHere("class") : null;
  const invitation = joining ?? (at(paths.register) ? tokenHere("invitation") : null);
  const kind = !hasUsers ? "first" : at(paths.register) && (mayRegister || invitation !== null) ? "register" : "signIn";
  const register = joining === null ? paths.register : `${paths.register}#class=${joining}`;
  return (
    <Entry
      key={kind} kind={kind} mayRegister={mayRegister || joining !== null} mailsResets={mailsResets} passkeyOrigin={passkeyOrigin} ended={ended} invitation={invitation} register={register}
      goal={joining === null ? goal : `${paths.join}#token=${joining}`}
    />
  );
}
