export { GradesPage as grades } from "./GradesPage";
export { PlannerPage as planner } from "./PlannerPage";
