import type { LiveEvent } from "../api/events";
import { renewToken } from "../api/tokens";
import type { Area } from "../frame/Area";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { looksAfterPeople } from "../session/roles";
import { session } from "../session/session";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";

/** Whoever may do more does so with the next token, and need not wait for it. */
function takeUpRole({ type }: LiveEvent): void {
  if (type === "user.role_changed") void renewToken().catch(() => undefined);
}

/** What the administrator looks after: the people, and whether all parts work. */
export const adminArea: Area = {
  name: "admin",
  routes: [{ pattern: "/admin", page: "admin" }, { pattern: "/admin/:section", page: "admin" }],
  load: () => import("./pages"),
  railItems: [{ label: t("admin.place"), icon: "shield", to: paths.admin(), pages: ["admin/admin"], phone: "more", useShown: () => looksAfterPeople(useStore(session)) }],
  palette: { always: () => (looksAfterPeople() ? [{ id: "admin", group: "go", label: t("admin.place"), icon: "shield", run: () => navigate(paths.admin()) }] : []) },
  applyEvent: takeUpRole,
  forget: () => undefined,
};
