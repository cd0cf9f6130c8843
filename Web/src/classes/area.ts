import type { LiveEvent } from "../api/events";
import type { Area } from "../frame/Area";
import { openSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { teaches } from "../session/roles";
import { t } from "../strings/t";
import { classNews } from "./classNews";

/** Teachers with their classes, and students with those that they take part in. */
export const classesArea: Area = {
  name: "classes",
  routes: [
    { pattern: "/classes", page: "classes" },
    { pattern: "/class/:class", page: "class" },
    { pattern: "/class/:class/:tab", page: "class" },
    { pattern: "/join", page: "join" },
  ],
  load: () => import("./pages"),
  railItems: [{ label: t("classes.place"), icon: "people", to: paths.classes, pages: ["classes/classes", "classes/class", "classes/join"], rail: true, phone: "more" }],
  palette: {
    always: () => [
      { id: "classes", group: "go", label: t("classes.place"), icon: "people", run: () => navigate(paths.classes) },
      { id: "join-class", group: "do", label: t("classes.join"), icon: "people", run: () => navigate(paths.join) },
      ...(teaches() ? [{ id: "new-class", group: "do" as const, label: t("classes.new"), icon: "plus" as const, run: () => { navigate(paths.classes); openSheet("new-class"); } }] : []),
    ],
  },
  applyEvent({ type }: LiveEvent) {
    if (type === "class.changed" || type === "class.joined" || type === "class.left" || type === "quiz.changed" || type === "resync") classNews.set((before) => before + 1);
  },
  forget: () => undefined,
};
