import type { PageProps } from "../frame/Area";
import { CoursePage } from "./CoursePage";

export { CoursesPage as courses } from "./CoursesPage";

export function course(props: PageProps) {
  return <CoursePage key={props.params["course"]} {...props} />;
}
