import type { Area } from "../frame/Area";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

/** What the student says of themselves, and what they have done here. */
export const profileArea: Area = {
  name: "profile",
  routes: [{ pattern: paths.profile, page: "profile" }],
  load: () => import("./pages"),
  palette: { always: () => [{ id: "profile", group: "go", label: t("profile.place"), icon: "people", run: () => navigate(paths.profile) }] },
  forget: () => undefined,
};
