import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { CourseMark } from "./CourseMark";
import { useCourse } from "./courseStore";

/** Which course something belongs to, as the way there. */
export function CourseTag({ id }: { id: string | null | undefined }) {
  const course = useCourse(id);
  if (!course) return null;
  return <Link to={paths.course(course.id)} className="course-tag"><CourseMark colour={course.colour} /><span dir="auto">{course.name}</span></Link>;
}
