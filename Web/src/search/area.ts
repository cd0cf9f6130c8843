import type { Area } from "../frame/Area";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

/** Passages found by meaning and by words. */
export const searchArea: Area = {
  name: "search",
  routes: [{ pattern: "/search", page: "search" }],
  load: () => import("./pages"),
  railItem: { label: t("search.place"), icon: "search", to: paths.search, pages: ["search/search"] },
  forget: () => undefined,
};
