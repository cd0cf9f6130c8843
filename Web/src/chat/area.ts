import type { Area } from "../frame/Area";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { applyToConversations, forgetConversations, loadConversations } from "./conversationsStore";
import { nextScope } from "../asking/scope";

/** Questions and cited answers. */
export const chatArea: Area = {
  name: "chat",
  routes: [
    { pattern: "/chat", page: "chat", fixed: true },
    { pattern: "/chat/:id", page: "chat", fixed: true },
  ],
  load: () => import("./pages"),
  railItem: { label: t("chat.place"), icon: "chat", to: paths.chat(), pages: ["chat/chat"] },
  start: () => void loadConversations(),
  applyEvent: applyToConversations,
  forget() {
    forgetConversations();
    nextScope.set([]);
  },
};
