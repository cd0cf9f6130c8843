import type { PageProps } from "../frame/Area";
import { DeckPage } from "./DeckPage";
import { ReviewPage } from "./ReviewPage";

export { DecksPage as decks } from "./DecksPage";
export { StatisticsPage as statistics } from "./StatisticsPage";

export function deck(props: PageProps) {
  return <DeckPage key={props.params["deck"]} {...props} />;
}

export function review(props: PageProps) {
  return <ReviewPage key={props.params["deck"] ?? ""} {...props} />;
}
