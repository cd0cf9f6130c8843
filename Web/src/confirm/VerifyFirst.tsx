import type { User } from "../api/accounts";
import { renewToken } from "../api/tokens";
import { MonsterMark } from "../design/Monster";
import { tellFailure } from "../design/toastStore";
import { usePage } from "../routing/usePage";
import { signOut } from "../session/signOut";
import { t } from "../strings/t";
import { SendAgain } from "../session/SendAgain";

/** In place of the app, where the server wants an address to be confirmed before anything else. */
export default function VerifyFirst({ user }: { user: User }) {
  const heading = usePage(t("confirm.first"));
  return (
    <main className="confirm-page">
      <div>
        <p className="brand"><MonsterMark /> <span>Little Monster</span></p>
        <h1 ref={heading} tabIndex={-1}>{t("confirm.first")}</h1>
        <p>{t("confirm.firstWhat", { email: user.email })}</p>
        <div className="confirm-row">
          <button type="button" className="button primary" onClick={() => void renewToken().catch(tellFailure)}>{t("confirm.have")}</button>
          <SendAgain />
          <button type="button" className="button quiet" onClick={() => void signOut(false)}>{t("confirm.signOut")}</button>
        </div>
      </div>
    </main>
  );
}
