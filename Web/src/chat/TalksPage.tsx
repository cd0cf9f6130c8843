import { Icon } from "../design/Icon";
import type { PageProps } from "../frame/Area";
import { Link } from "../routing/Link";
import { setParameters } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { conversationList } from "./conversationsStore";
import { TalkList } from "./TalkList";

/** All conversations, to look through and to find one. */
export function TalksPage({ query }: PageProps) {
  const heading = usePage(t("chat.talks"));
  const { total } = useStore(conversationList);
  const text = query.get("q") ?? "";
  return (
    <div className="page talks-page">
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>{t("chat.talks")}</h1>
          {total > 0 ? <p className="sub">{t("chat.talkCount", { count: total })}</p> : null}
        </div>
        <Link to={paths.talk()} className="button primary"><Icon name="plus" size={18} /> {t("chat.newQuestion")}</Link>
      </header>
      {total > 6 || text !== "" ? (
        <input
          className="input list-filter" type="search" dir="auto" aria-label={t("chat.findTalk")} placeholder={t("chat.findTalk")} value={text}
          onChange={(event) => setParameters({ q: event.target.value })}
        />
      ) : null}
      <TalkList text={text.trim()} />
    </div>
  );
}
