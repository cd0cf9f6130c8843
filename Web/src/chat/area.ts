import { forgetDrafts } from "../asking/drafts";
import { everything, nextScope } from "../asking/scope";
import { conversations } from "../api/conversations";
import type { Area } from "../frame/Area";
import { navigate } from "../routing/location";
import { paths, withQuery } from "../routing/paths";
import { t } from "../strings/t";
import { applyToConversations, forgetConversations, loadConversations } from "./conversationsStore";
import { focusQuestion } from "./focusQuestion";
import { documentTab, sourcesTab, talkTab } from "./panelTabs";
import { RenameTalk } from "./RenameTalk";
import { titleOf } from "./titleOf";

/** The panel of an address of before: `?document=7&page=3`. */
function withPanel(path: string, query: URLSearchParams): string {
  const document = query.get("document");
  return withQuery(path, document === null ? {} : { panel: `document:${document}`, page: query.get("page"), chunk: query.get("chunk") });
}

/** Questions and cited answers. */
export const chatArea: Area = {
  name: "chat",
  routes: [
    { pattern: "/talk", page: "talk", fixed: true },
    { pattern: "/talk/:talk", page: "talk", fixed: true },
    { pattern: "/c/:course/talk", page: "talk", fixed: true },
    { pattern: "/c/:course/talk/:talk", page: "talk", fixed: true },
    { pattern: "/talks", page: "talks" },
  ],
  redirects: [
    { pattern: "/chat", to: (_, query) => withPanel(paths.talk(), query) },
    { pattern: "/chat/:id", to: ({ id }, query) => withPanel(paths.talk(null, id ?? null), query) },
  ],
  load: () => import("./pages"),
  railItems: [
    { label: t("chat.place"), icon: "chat", to: paths.talk(), pages: ["chat/talk"], phone: "middle" },
    { label: t("chat.talks"), icon: "list", to: paths.talks, pages: ["chat/talks"], phone: "more" },
  ],
  newActions: [{ label: t("chat.newQuestion"), icon: "chat", keys: ["Shift", "O"], run: (place) => askNew(place?.params["course"] ?? null) }],
  palette: {
    always: () => [
      { id: "ask", group: "do", label: t("chat.newQuestion"), icon: "chat", run: () => askNew(null) },
      { id: "talks", group: "go", label: t("chat.talks"), icon: "list", run: () => navigate(paths.talks) },
    ],
    async find(text, signal) {
      const { data } = await conversations.list(1, 5, { text }, signal);
      return data.map((each) => ({
        id: `talk-${each.id}`, group: "find" as const, label: titleOf(each), detail: t("chat.talk"), icon: "chat" as const,
        run: () => navigate(paths.talk(each.course_id, each.id)),
      }));
    },
  },
  panelTabs: [sourcesTab, documentTab, talkTab],
  overlays: RenameTalk,
  start: () => void loadConversations(),
  applyEvent: applyToConversations,
  forget() {
    forgetConversations();
    forgetDrafts();
    nextScope.set(everything);
  },
};

function askNew(course: string | null): void {
  navigate(paths.talk(course));
  focusQuestion();
}
