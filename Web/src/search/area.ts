import type { Area } from "../frame/Area";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

/** Passages found by meaning and by words. */
export const searchArea: Area = {
  name: "search",
  routes: [{ pattern: "/search", page: "search" }],
  load: () => import("./pages"),
  railItems: [{ label: t("search.place"), icon: "search", to: paths.search(), pages: ["search/search"], phone: "more" }],
  palette: { always: () => [{ id: "search", group: "go", label: t("search.place"), icon: "search", run: () => navigate(paths.search()) }] },
  forget: () => undefined,
};
