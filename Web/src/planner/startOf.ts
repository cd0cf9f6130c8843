import type { PlannerEvent } from "../api/planner";
import { paths, withQuery } from "../routing/paths";

/** Where a planned block is done: cards, the course's sources, or questions on its topic; null for what is done elsewhere. */
export function startOf(event: PlannerEvent): string | null {
  const course = event.course_id;
  switch (event.activity) {
    case "review": return paths.review();
    case "learn": return course === undefined ? paths.library : paths.course(course, "sources");
    case "practise": case "rehearse": {
      const about = new URLSearchParams({ ...(course === undefined ? {} : { course }), ...(event.topic === undefined ? {} : { topic: event.topic }) }).toString();
      return withQuery(course === undefined ? paths.quizzes : paths.course(course, "practice"), { sheet: about === "" ? null : `new-quiz:${about}` });
    }
    default: return null;
  }
}
