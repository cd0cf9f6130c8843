import { applyToCourses, courseDeletion, courseList, forgetCourses, loadCourses } from "../course/courseStore";
import type { Area } from "../frame/Area";
import { openSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { CourseDialogs } from "./CourseDialogs";

/** What a student studies: each course with its sources and its conversations. */
export const coursesArea: Area = {
  name: "courses",
  routes: [
    { pattern: "/courses", page: "courses" },
    { pattern: "/c/:course", page: "course" },
    { pattern: "/c/:course/:tab", page: "course" },
  ],
  load: () => import("./pages"),
  railItems: [{ label: t("courses.place"), icon: "course", to: paths.courses, pages: ["courses/courses", "courses/course"], phone: "bar" }],
  newActions: [{ label: t("courses.new"), icon: "course", run: () => openSheet("new-course") }],
  palette: {
    always: () => [
      ...courseList.get().items.filter((course) => !course.is_archived).map((course) => ({
        id: `course-${course.id}`, group: "find" as const, label: course.name, detail: t("courses.one"), icon: "course" as const, run: () => navigate(paths.course(course.id)),
      })),
      { id: "courses", group: "go", label: t("courses.place"), icon: "course", run: () => navigate(paths.courses) },
      { id: "new-course", group: "do", label: t("courses.new"), icon: "plus", run: () => openSheet("new-course") },
    ],
  },
  overlays: CourseDialogs,
  start: () => void loadCourses(),
  applyEvent: applyToCourses,
  forget() {
    courseDeletion.forget();
    forgetCourses();
  },
};
