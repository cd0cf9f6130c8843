import type { Course } from "../api/courses";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { chooseDocuments } from "../library/addDocuments";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

/** A course that nothing was brought to yet. */
export function NoSources({ course }: { course: Course }) {
  if (course.shared_by !== undefined) {
    return (
      <div className="empty">
        <ReadingMonster />
        <h2>{t("courses.nothingShared")}</h2>
      </div>
    );
  }
  return (
    <div className="drop-zone">
      <div className="empty">
        <ReadingMonster />
        <h2>{t("courses.noSourcesTitle")}</h2>
        <p>{t("courses.noSources")}</p>
        <div className="actions">
          <button type="button" className="button primary" onClick={() => chooseDocuments(course.id)}><Icon name="upload" size={18} /> {t("courses.add")}</button>
          <Link to={paths.library} className="button">{t("courses.fromLibrary")}</Link>
        </div>
      </div>
    </div>
  );
}
