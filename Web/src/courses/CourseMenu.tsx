import { Course, courseAPI } from "../api/courses";
import { courseDeletion, courseLeaving, placeCourse } from "../course/courseStore";
import { Menu, MenuItem } from "../design/Menu";
import { focusBeside, rowOf } from "../design/rowFocus";
import { showToast, tellFailure } from "../design/toastStore";
import { openSheet } from "../frame/sheets";
import { location, navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

/** What is done with a course as a whole. */
export function CourseMenu({ course }: { course: Course }) {
  const items: MenuItem[] = course.shared_by !== undefined ? [{ label: t("courses.leave"), icon: "close", run: () => leave(course) }] : [
    { label: t("courses.share"), icon: "people", run: () => openSheet("share-course", course.id) },
    { label: t("courses.change"), icon: "pencil", run: () => openSheet("course", course.id) },
    ...(course.is_archived ? [] : [{ label: t("courses.archive"), icon: "archive" as const, run: () => void archive(course) }]),
    { label: t("courses.delete"), icon: "trash", danger: true, run: () => remove(course) },
  ];
  return <Menu label={t("courses.actionsFor", { name: course.name })} items={items} />;
}

function leave(course: Course): void {
  focusBeside(rowOf(course.id));
  courseLeaving.startAll([course.id], t("courses.left", { name: course.name }));
  if (location.get().path !== paths.courses) navigate(paths.courses, { replace: true });
}

function remove(course: Course): void {
  focusBeside(rowOf(course.id));
  courseDeletion.startAll([course.id], t("courses.deleted", { name: course.name }));
  if (location.get().path !== paths.courses) navigate(paths.courses, { replace: true });
}

async function archive(course: Course): Promise<void> {
  focusBeside(rowOf(course.id));
  try {
    placeCourse(await courseAPI.change(course.id, { is_archived: true }));
    showToast(t("courses.archivedNow", { name: course.name }));
  } catch (error) {
    tellFailure(error);
  }
}
