import type { Area } from "../frame/Area";

/** A document to read, page by page. */
export const viewerArea: Area = {
  name: "viewer",
  routes: [{ pattern: "/documents/:id", page: "document", fixed: true }],
  load: () => import("./pages"),
  forget: () => undefined,
};
