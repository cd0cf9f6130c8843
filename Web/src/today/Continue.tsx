import { useCourse } from "../course/courseStore";
import { CourseMark } from "../course/CourseMark";
import { Icon } from "../design/Icon";
import { Recent, useRecents } from "../frame/recents";
import { Link } from "../routing/Link";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { recallPosition } from "../viewer/readingPositions";

/** Where the student stopped: the last place read and the last conversation first, then what came before. */
export function Continue() {
  const documents = useRecents(2, "document");
  const talks = useRecents(2, "talk");
  const cards = [documents[0], talks[0], documents[1], talks[1]].filter((each): each is Recent => each !== undefined);
  if (cards.length === 0) return null;
  return (
    <section className="today-block today-continue" aria-labelledby="today-continue">
      <h2 id="today-continue">{t("today.continue")}</h2>
      <ul className="continue-cards">{cards.map((recent) => <Card key={recent.id} recent={recent} />)}</ul>
    </section>
  );
}

function Card({ recent }: { recent: Recent }) {
  const course = useCourse(recent.course);
  const reading = recent.kind === "document";
  const page = reading ? recallPosition(recent.id)?.page ?? 1 : 1;
  const day = dayText(new Date(recent.time).toISOString());
  return (
    <li className="continue-card">
      <Icon name={reading ? "page" : "chat"} />
      <div>
        <Link to={recent.to} dir="auto">{recent.title}</Link>
        <p>{reading ? (page > 1 ? t("today.readTo", { page, day }) : t("today.read", { day })) : t("today.asked", { day })}</p>
        {course ? <p className="continue-course"><CourseMark colour={course.colour} /> <span dir="auto">{course.name}</span></p> : null}
      </div>
    </li>
  );
}
