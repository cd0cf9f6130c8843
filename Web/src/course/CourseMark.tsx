import type { CourseColour } from "../api/courses";

/** A course's colour, as a mark beside its name. */
export function CourseMark({ colour }: { colour: CourseColour }) {
  return <span className="course-mark" data-colour={colour} aria-hidden="true" />;
}
