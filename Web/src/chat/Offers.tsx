import type { Message, Offer } from "../api/conversations";
import { Icon } from "../design/Icon";
import { t } from "../strings/t";

interface OffersProps {
  message: Message;
  /** The conversation has ended with it. */
  last: boolean;
  /** Its question was asked of all documents since. */
  widened: boolean;
  busy: boolean;
  take: (offer: Offer) => void;
}

/** What an answer offers to ask next, as buttons below it. */
export function Offers({ message, last, widened, busy, take }: OffersProps) {
  const offers = (message.offers ?? []).filter((offer) => (offer.kind === "ask_all" ? !widened : last));
  if (offers.length === 0) return null;
  return (
    <ul className="offers" aria-label={t("chat.offers")}>
      {offers.map((offer) => (
        <li key={offer.kind}>
          <button type="button" dir="auto" disabled={busy} onClick={() => take(offer)}>
            <Icon name={offer.kind === "ask_all" ? "search" : offer.kind === "quiz" ? "quiz" : "quote"} size={18} />
            <span>{offerText(offer, message)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function offerText({ kind, topic, not_in: place }: Offer, message: Message): string {
  switch (kind) {
    case "ask_all": {
      if (message.citations.length > 0) return t("chat.offerElsewhere");
      return place === "course" ? t("chat.offerNotInCourse") : place === "documents" ? t("chat.offerNotInThese") : t("chat.offerNotInThis");
    }
    case "quiz":
      return topic ? t("chat.offerQuizOn", { topic }) : t("chat.offerQuiz");
    case "summary":
      return topic ? t("chat.offerSummaryOf", { topic }) : t("chat.offerSummary");
    case "main_points":
      return topic ? t("chat.offerPointsOf", { topic }) : t("chat.offerPoints");
    case "key_terms":
      return topic ? t("chat.offerTermsOf", { topic }) : t("chat.offerTerms");
  }
}
