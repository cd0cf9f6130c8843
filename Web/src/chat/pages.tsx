import type { PageProps } from "../frame/Area";
import { readPassage } from "../routing/paths";
import { ChatPage } from "./ChatPage";

export function chat({ params, query }: PageProps) {
  return <ChatPage conversation={params["id"] ?? null} document={query.get("document")} passage={readPassage(query)} />;
}
