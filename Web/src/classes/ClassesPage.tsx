import { Class, classes } from "../api/classes";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { teaches } from "../session/roles";
import { session } from "../session/session";
import { useStore } from "../state/useStore";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { ClassForm } from "./ClassForm";
import { useOfClass } from "./classNews";

/** The classes that one has, and those that one takes part in. */
export function ClassesPage() {
  const heading = usePage(t("classes.place"));
  const teacher = teaches(useStore(session));
  const { value, problem, reload } = useOfClass((signal) => classes.list(signal), "all");
  const taught = (value ?? []).filter((each) => each.is_teacher);
  const joined = (value ?? []).filter((each) => !each.is_teacher);
  const buttons = (
    <>
      <Link className="button" to={paths.join}>{t("classes.join")}</Link>
      {teacher ? <button type="button" className="button primary" onClick={() => openSheet("new-class")}><Icon name="plus" size={18} /> {t("classes.new")}</button> : null}
    </>
  );
  return (
    <div className="page classes">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>{t("classes.place")}</h1>
        {value !== null && value.length > 0 ? <div className="class-actions">{buttons}</div> : null}
      </header>
      {problem ? <Problem action={{ label: t("classes.tryAgain"), run: reload }}>{problem}</Problem> : null}
      {value === null && !problem ? <Loading label={t("classes.reading")} /> : null}
      {value?.length === 0 ? (
        <div className="empty">
          <ReadingMonster />
          <h2>{teacher ? t("classes.noneToTeach") : t("classes.none")}</h2>
          <p>{teacher ? t("classes.noneToTeachMeans") : t("classes.noneMeans")}</p>
          <div className="actions">{buttons}</div>
        </div>
      ) : null}
      {taught.length > 0 ? <Section title={t("classes.taught")} list={taught} /> : null}
      {joined.length > 0 ? <Section title={t("classes.joined")} list={joined} /> : null}
      {teacher ? <ClassForm name="new-class" /> : null}
    </div>
  );
}

function Section({ title, list }: { title: string; list: readonly Class[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul className="class-rows" aria-label={title}>
        {list.map((each) => (
          <li key={each.id} data-row={each.id}>
            <Icon name="people" />
            <div>
              <p><Link to={paths.class(each.id)} dir="auto">{each.name}</Link>{each.is_archived ? <span className="tag">{t("classes.archived")}</span> : null}</p>
              <p className="class-facts">{each.is_teacher ? t("classes.count", { count: each.member_count ?? 0 }) : [t("classes.by", { name: each.teacher }), each.joined_at ? t("classes.since", { day: dayText(each.joined_at) }) : ""].filter(Boolean).join(" · ")}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
