import { Initial } from "../design/Initial";
import { Menu, MenuItem } from "../design/Menu";
import { openSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { looksAfterPeople } from "../session/roles";
import { session } from "../session/session";
import { signOut } from "../session/signOut";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";

/** Who is signed in, and what one does as oneself. */
export function AccountMenu({ narrow }: { narrow: boolean }) {
  const current = useStore(session);
  if (current.phase !== "signedIn") return null;
  const { user } = current;
  const name = user.display_name || user.email;
  const items: MenuItem[] = [
    { label: t("profile.place"), icon: "people", run: () => navigate(paths.profile) },
    { label: t("shell.settings"), icon: "settings", run: () => navigate(paths.settings()) },
    ...(looksAfterPeople() ? [{ label: t("shell.admin"), icon: "shield" as const, run: () => navigate(paths.admin()) }] : []),
    { label: t("shell.shortcuts"), icon: "keyboard", run: () => openSheet("shortcuts") },
    { label: t("shell.signOut"), icon: "signOut", run: () => void signOut(false) },
  ];
  return (
    <Menu
      label={t("shell.account", { name })} className="rail-account" above start items={items}
      face={<><Initial name={name} colour={user.avatar_colour} />{narrow ? null : <span className="rail-name" dir="auto">{name}</span>}</>}
    />
  );
}
