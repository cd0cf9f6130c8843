import type { Area } from "../frame/Area";
import { paths, readPassage } from "../routing/paths";

/** A document to read, page by page. */
export const viewerArea: Area = {
  name: "viewer",
  routes: [{ pattern: "/d/:id", page: "document", fixed: true }],
  redirects: [{ pattern: "/documents/:id", to: ({ id = "" }, query) => paths.document(id, readPassage(query)) }],
  load: () => import("./pages"),
  forget: () => undefined,
};
