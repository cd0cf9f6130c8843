import { areas } from "../areas";
import { CourseMark } from "../course/CourseMark";
import { useCourses } from "../course/courseStore";
import { daysTo, examText, shortExamText } from "../course/examText";
import { Icon } from "../design/Icon";
import { MonsterMark } from "../design/Monster";
import type { Place } from "../frame/Area";
import { openSheet } from "../frame/sheets";
import { recentIcons, useRecents } from "../frame/recents";
import { Link } from "../routing/Link";
import { useLocation } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { AccountMenu } from "./AccountMenu";
import { Bell } from "./Bell";
import { modifier } from "../design/keyNames";
import { NewMenu } from "./NewMenu";
import { RailLink } from "./RailLink";
import { toggleRail } from "./railWidth";

/** So many courses have a line of their own; the page of all has the rest. */
const fewCourses = 8;
const fewRecents = 5;

/** The way about the app on a screen with room: find, make, places, courses, what one was at, and who one is. */
export function Rail({ place, narrow }: { place: Place | null; narrow: boolean }) {
  const toggle = narrow ? t("shell.widen") : t("shell.narrow");
  return (
    <header className="rail">
      <div className="rail-head">
        <Link to={paths.home} className="brand" aria-label="Little Monster"><MonsterMark /> <span>Little Monster</span></Link>
        <button type="button" className="icon-button" onClick={toggleRail} aria-label={toggle} title={toggle} aria-expanded={!narrow}><Icon name="rail" /></button>
      </div>
      <div className="rail-start">
        <button type="button" className="rail-search" onClick={() => openSheet("palette")} aria-label={t("shell.find")} title={`${t("shell.find")} (${modifier} K)`}>
          <Icon name="search" size={18} /> <span>{t("shell.findShort")}</span> <kbd aria-hidden="true">{modifier} K</kbd>
        </button>
        <NewMenu place={place} />
      </div>
      <div className="rail-scroller">
        <nav className="rail-places" aria-label={t("shell.main")}>
          {areas.flatMap(({ railItems }) => railItems ?? []).filter(({ rail }) => rail).map((item) => <RailLink key={item.to} item={item} place={place} />)}
        </nav>
        <RailCourses narrow={narrow} />
        <RailRecents />
      </div>
      <div className="rail-foot">
        <AccountMenu narrow={narrow} />
        <Bell />
      </div>
    </header>
  );
}

function RailCourses({ narrow }: { narrow: boolean }) {
  const courses = useCourses();
  const { path } = useLocation();
  const shown = courses.slice(0, fewCourses);
  return (
    <nav className="rail-group rail-courses" aria-label={t("shell.courses")}>
      <div className="rail-title">
        <h2><Link to={paths.courses}>{t("shell.courses")}</Link></h2>
        <button type="button" className="icon-button" onClick={() => openSheet("new-course")} aria-label={t("shell.newCourse")} title={t("shell.newCourse")}><Icon name="plus" size={18} /></button>
      </div>
      <ul>
        {shown.map((course) => {
          const to = paths.course(course.id);
          const days = daysTo(course.exam_date);
          const near = days !== null && days >= 0 ? days : null;
          const title = near === null ? course.name : `${course.name} · ${examText(near)}`;
          return (
            <li key={course.id}>
              <Link to={to} className="rail-link" aria-current={path === to || path.startsWith(`${to}/`) ? "page" : undefined} title={title} aria-label={narrow ? course.name : undefined}>
                <CourseMark colour={course.colour} /> <span className="rail-name" dir="auto">{course.name}</span>
                {near === null ? null : <span className="rail-days" data-soon={near < 8 ? "" : undefined}><span aria-hidden="true">{shortExamText(near)}</span><span className="visually-hidden">{examText(near)}</span></span>}
              </Link>
            </li>
          );
        })}
      </ul>
      {courses.length === 0 ? <p className="rail-none">{t("shell.noCourses")}</p> : <Link to={paths.courses} className="rail-all">{t("shell.allCourses")}</Link>}
    </nav>
  );
}

function RailRecents() {
  const recents = useRecents(fewRecents);
  const { path } = useLocation();
  if (recents.length === 0) return null;
  return (
    <nav className="rail-group rail-recents" aria-label={t("shell.recent")}>
      <div className="rail-title"><h2>{t("shell.recent")}</h2></div>
      <ul>
        {recents.map((recent) => (
          <li key={`${recent.kind}-${recent.id}`}>
            <Link to={recent.to} className="rail-link" aria-current={path === recent.to ? "page" : undefined} title={recent.title}>
              <Icon name={recentIcons[recent.kind]} size={18} /> <span className="rail-name" dir="auto">{recent.title}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Link to={paths.talks} className="rail-all">{t("shell.allTalks")}</Link>
    </nav>
  );
}
