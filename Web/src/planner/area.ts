import type { Area } from "../frame/Area";
import { openSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { PlannerDialogs } from "./PlannerDialogs";
import { applyToPlanner, draft, forgetPlanner } from "./plannerStore";

function newEvent(): void {
  draft.set({});
  openSheet("new-event");
}

/** When what is studied: the calendar, plans, and grades. */
export const plannerArea: Area = {
  name: "planner",
  routes: [
    { pattern: "/planner", page: "planner" },
    { pattern: "/grades", page: "grades" },
  ],
  load: () => import("./pages"),
  railItems: [{ label: t("planner.place"), icon: "calendar", to: paths.planner(), pages: ["planner/planner", "planner/grades"], rail: true, phone: "more" }],
  newActions: [{ label: t("planner.newEvent"), icon: "calendar", run: newEvent }],
  palette: {
    always: () => [
      { id: "planner", group: "go", label: t("planner.place"), icon: "calendar", run: () => navigate(paths.planner()) },
      { id: "grades", group: "go", label: t("planner.grades"), icon: "chart", run: () => navigate(paths.grades) },
      { id: "new-event", group: "do", label: t("planner.newEvent"), icon: "plus", run: newEvent },
      { id: "bring-calendar", group: "do", label: t("planner.bring"), icon: "upload", run: () => openSheet("bring-calendar") },
      { id: "plan", group: "do", label: t("planner.planWeek"), icon: "spark", run: () => openSheet("plan") },
    ],
  },
  overlays: PlannerDialogs,
  applyEvent: applyToPlanner,
  forget: forgetPlanner,
};
