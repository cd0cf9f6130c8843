import type { PageProps } from "../frame/Area";
import { TalkPage } from "./TalkPage";

export { TalksPage as talks } from "./TalksPage";

export function talk({ params, query }: PageProps) {
  return <TalkPage place={{ area: "chat", page: "talk", params, query }} />;
}
