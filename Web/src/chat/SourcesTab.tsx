import type { PanelTabProps } from "../frame/Area";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { threadFor } from "./conversationsStore";
import { openSource, sourceAt } from "./openSource";
import { talkAt } from "./panelTabs";
import { Sources } from "./Sources";
import { noThread } from "./Thread";
import { useThread } from "./useThread";

/** The passages of the answer that was asked about, or of the last one. */
export default function SourcesTab({ place }: PanelTabProps) {
  const talk = talkAt(place);
  const thread = talk === null ? null : threadFor(talk);
  useThread(thread);
  const { messages } = useStore(thread?.store ?? noThread);
  const answers = messages.filter((message) => message.role === "assistant");
  const wanted = place.query.get("answer");
  const shown = answers.find((message) => message.id === wanted) ?? answers[answers.length - 1];
  const at = sourceAt(place.query);
  if (!shown || (shown.citations.length === 0 && shown.status === "streaming")) return <p className="sources-none">{t("chat.sourcesHere")}</p>;
  if (shown.citations.length === 0) return <p className="sources-none">{t("chat.noSources")}</p>;
  return <Sources citations={shown.citations} open={(citation) => openSource(place, citation, shown.id)} current={at?.answer === shown.id ? at.number : null} />;
}
