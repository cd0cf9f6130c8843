import type { PanelTab, Place } from "../frame/Area";
import { panelIn } from "../frame/panel";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { threadFor } from "./conversationsStore";
import { lastDocuments, lastTalks } from "./lastBeside";
import { noThread } from "./Thread";

/** The conversation whose sources stand beside a page: the page's own, or the one beside a document. */
export function talkAt(place: Place): string | null {
  if (place.area === "chat") return place.params["talk"] ?? null;
  if (place.area !== "viewer") return null;
  const panel = panelIn(place.query);
  if (panel?.kind === "talk" && panel.about === null) return lastTalks.get().get(place.params["id"] ?? "") ?? null;
  return panel?.kind === "talk" || panel?.kind === "sources" ? panel.about : null;
}

/** The passages of an answer. */
export const sourcesTab: PanelTab = {
  kind: "sources",
  label: t("chat.sources"),
  icon: "quote",
  parameters: ["answer"],
  share: 0.32,
  useOffer(place) {
    const talk = talkAt(place);
    const { messages } = useStore((talk === null ? null : threadFor(talk))?.store ?? noThread);
    const asked = panelIn(place.query)?.kind === "sources";
    if (talk === null || (messages.length === 0 && !asked)) return null;
    const beside = place.area === "viewer";
    // From the first question on the column is there, so that nothing moves aside when the first source comes.
    return { about: beside ? talk : null, parameters: { answer: place.query.get("answer") }, standing: !beside };
  },
  load: () => import("./SourcesTab"),
};

/** A document beside the conversation that cites it. */
export const documentTab: PanelTab = {
  kind: "document",
  label: t("chat.document"),
  icon: "page",
  parameters: ["page", "chunk", "source", "answer"],
  share: 0.52,
  useOffer(place) {
    const last = useStore(lastDocuments).get(place.params["talk"] ?? "");
    if (place.area !== "chat" || place.page !== "talk") return null;
    const panel = panelIn(place.query);
    if (panel?.kind === "document" && panel.about !== null) return { about: panel.about };
    return last ? { about: last.id, parameters: last.parameters } : null;
  },
  load: () => import("./DocumentTab"),
};

/** A conversation beside the document that it is about. */
export const talkTab: PanelTab = {
  kind: "talk",
  label: t("chat.place"),
  icon: "chat",
  parameters: [],
  share: 0.38,
  useOffer(place) {
    const talks = useStore(lastTalks);
    if (place.area !== "viewer") return null;
    const panel = panelIn(place.query);
    const about = panel !== null && panel.about !== null ? panel.about : talks.get(place.params["id"] ?? "") ?? null;
    return { about };
  },
  load: () => import("./TalkTab"),
};
