import { courseAPI } from "../api/courses";
import { CourseForm } from "../course/CourseForm";
import { courseList, placeCourse } from "../course/courseStore";
import { closeSheet, useSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";

/** The dialogs that make a course and change one, while the address asks for them. */
export function CourseDialogs() {
  const making = useSheet("new-course") !== null;
  const id = useSheet("course");
  const course = useStore(courseList).items.find((each) => each.id === id);
  if (making) {
    return (
      <CourseForm
        title={t("courses.new")} course={null} onClose={closeSheet}
        save={async (details) => {
          const made = await courseAPI.create(details);
          placeCourse(made);
          navigate(paths.course(made.id));
        }}
      />
    );
  }
  if (!course) return null;
  return (
    <CourseForm
      key={course.id} title={t("courses.change")} course={course} onClose={closeSheet}
      save={async (details) => {
        placeCourse(await courseAPI.change(course.id, details));
        closeSheet();
      }}
    />
  );
}
