import type { Course } from "../api/courses";
import type { Conversation } from "../api/conversations";
import { isBusy, LibraryDocument } from "../api/documents";
import { QuickAsk } from "../chat/QuickAsk";
import { titleOf } from "../chat/titleOf";
import { useTalks } from "../chat/useTalks";
import { Icon } from "../design/Icon";
import { Loading } from "../design/Notice";
import { useLiveList } from "../events/useLiveList";
import { documentFacts } from "../library/documentFacts";
import { anyDocument, documentList } from "../library/libraryStore";
import { progressOf } from "../library/progressText";
import { uploads } from "../library/uploads";
import { UploadRow } from "../library/UploadRow";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { useStore } from "../state/useStore";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { NoSources } from "./NoSources";

const few = 5;

/** A course at a glance: what came in last, what was asked last, and a field for the next question. */
export function CourseOverview({ course }: { course: Course }) {
  const glance = useGlance(course.id);
  const sending = useStore(uploads).filter((upload) => upload.course === course.id);
  if (glance === null) return <Loading label={t("courses.reading")} />;
  if (glance.documents.length === 0 && sending.length === 0) return <NoSources course={course} />;
  return (
    <div className="course-overview">
      <QuickAsk scope={{ course: course.id, documents: [] }} placeholder={t("courses.ask", { name: course.name })} />
      <div className="glance">
        <section>
          <h2>{t("courses.sources")}</h2>
          {sending.length > 0 ? <ul className="document-list">{sending.map((upload) => <UploadRow key={upload.key} upload={upload} />)}</ul> : null}
          <ul className="glance-list">
            {glance.documents.slice(0, few).map((document) => (
              <li key={document.id}>
                <Icon name={document.status === "failed" ? "alert" : "page"} size={18} />
                <div><Link to={paths.document(document.id)} dir="auto">{document.title}</Link><p>{stateOf(document)}</p></div>
              </li>
            ))}
          </ul>
          <Link to={paths.course(course.id, "sources")} className="glance-all">{t("courses.allSources")}</Link>
        </section>
        <section>
          <h2>{t("courses.talksTab")}</h2>
          {glance.talks.length === 0 ? <p className="glance-none">{t("chat.noCourseTalks")}</p> : null}
          <ul className="glance-list">
            {glance.talks.map((talk) => (
              <li key={talk.id}>
                <Icon name="chat" size={18} />
                <div><Link to={paths.talk(course.id, talk.id)} dir="auto">{titleOf(talk)}</Link><p>{dayText(talk.updated_at)}</p></div>
              </li>
            ))}
          </ul>
          {glance.talks.length > 0 ? <Link to={paths.course(course.id, "talks")} className="glance-all">{t("courses.allTalks")}</Link> : null}
        </section>
      </div>
    </div>
  );
}

function stateOf(document: LibraryDocument): string {
  if (document.status === "failed") return t("courses.failed");
  return isBusy(document) ? progressOf(document).text : documentFacts(document);
}

/** The newest of a course, which follow what happens to it; null until both are known. */
function useGlance(course: string): { documents: LibraryDocument[]; talks: Conversation[] } | null {
  const documents = useLiveList(course, () => documentList(50, { ...anyDocument, course }));
  const talks = useTalks("", course, few);
  if (documents.phase === "loading" || talks.phase === "loading") return null;
  return { documents: documents.items, talks: talks.items.slice(0, few) };
}
