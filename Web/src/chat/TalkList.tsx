import { Fragment } from "react";
import { Conversation, conversations } from "../api/conversations";
import { CourseTag } from "../course/CourseTag";
import { Icon } from "../design/Icon";
import { Menu } from "../design/Menu";
import { Loading, Problem } from "../design/Notice";
import { focusBeside, rowOf } from "../design/rowFocus";
import { tellFailure } from "../design/toastStore";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { location, navigate, useLocation } from "../routing/location";
import { paths } from "../routing/paths";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { dayGroups } from "./dayGroups";
import { conversationDeletion, placeConversation } from "./conversationsStore";
import { titleOf } from "./titleOf";
import { useTalks } from "./useTalks";

/** Conversations by the day, newest first: all of them, or those of a course, or those whose title has a word. */
export function TalkList({ text = "", course = null }: { text?: string; course?: string | null }) {
  const { items: found, total, phase, problem, loadMore, reload } = useTalks(text, course);
  const leaving = useStore(conversationDeletion.leaving);
  const items = found.filter((item) => !leaving.has(item.id));
  const groups = dayGroups(items, (item) => item.updated_at ?? item.created_at);
  const { path } = useLocation();

  return (
    <nav className="talks" aria-label={t("chat.talks")}>
      {problem ? <Problem action={{ label: t("chat.tryAgain"), run: reload }}>{problem}</Problem> : null}
      {phase === "loading" && items.length === 0 ? <Loading label={t("chat.readingTalks")} /> : null}
      {phase === "ready" && items.length === 0 ? <p className="talks-none">{text !== "" ? t("chat.noTalkFound") : course === null ? t("chat.noTalks") : t("chat.noCourseTalks")}</p> : null}
      {groups.map((group) => (
        <Fragment key={group.label}>
          {groups.length > 1 ? <h2>{group.label}</h2> : null}
          <ul>
            {group.items.map((conversation) => {
              const to = paths.talk(conversation.course_id, conversation.id);
              const here = path.endsWith(`/talk/${conversation.id}`);
              const name = titleOf(conversation);
              return (
                <li key={conversation.id} className={here ? "current" : undefined} data-row={conversation.id}>
                  <Icon name="chat" size={18} />
                  <Link to={to} aria-current={here ? "page" : undefined} dir="auto" title={name}>{name}</Link>
                  {course === null ? <CourseTag id={conversation.course_id} /> : null}
                  <Menu
                    label={t("chat.actionsFor", { name })}
                    items={[
                      { label: t("chat.rename"), icon: "pencil", run: () => openSheet("rename-talk", conversation.id) },
                      {
                        label: conversation.remembers ? t("chat.dontRemember") : t("chat.doRemember"), icon: "eye",
                        run: () => conversations.change(conversation.id, { remembers: !conversation.remembers }).then(placeConversation, (error: unknown) => tellFailure(error)),
                      },
                      { label: t("chat.delete"), icon: "trash", danger: true, run: () => remove(conversation) },
                    ]}
                  />
                </li>
              );
            })}
          </ul>
        </Fragment>
      ))}
      {found.length < total ? (
        <p className="talks-more">
          <span>{t("chat.shownOf", { shown: found.length, total })}</span>
          <button type="button" className="button quiet" onClick={loadMore}>{t("chat.olderTalks")}</button>
        </p>
      ) : null}
    </nav>
  );
}

function remove(conversation: Conversation): void {
  focusBeside(rowOf(conversation.id));
  conversationDeletion.start(conversation.id, titleOf(conversation));
  if (location.get().path.endsWith(`/talk/${conversation.id}`)) navigate(paths.talk(), { replace: true });
}
