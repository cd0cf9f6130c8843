import { useRef, useState } from "react";
import { conversations, Message } from "../api/conversations";
import { Icon } from "../design/Icon";
import { tellFailure } from "../design/toastStore";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

type Plan = NonNullable<Message["proposal"]>;

interface ProposalProps {
  message: Message;
  /** The message as it is once something has been made, or taken back. */
  changed: (message: Message) => void;
  /** Opens the dialog in which everything about a quiz is chosen. */
  setUp: (topic: string | null) => void;
}

/** What an answer would have made: it is made when the student says so, shown with its way there, and can be taken back. */
export function Proposal({ message, changed, setUp }: ProposalProps) {
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLElement>(null);
  const plan = message.proposal;
  if (!plan) return null;
  const run = async (work: Promise<Message>) => {
    setBusy(true);
    try {
      changed(await work);
      // The button that was pressed goes.
      box.current?.focus({ preventScroll: true });
    } catch (error) {
      tellFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const address = plan.deed ? addressOf(plan.deed) : null;
  return (
    <section className="proposal" ref={box} tabIndex={-1} aria-label={t("chat.proposal")}>
      {plan.state === "done" && plan.deed ? (
        <>
          <p role="status"><Icon name="check" size={18} /> {t("chat.proposalDone")} {address ? <Link to={address} dir="auto">{plan.deed.title}</Link> : <span dir="auto">{plan.deed.title}</span>}</p>
          <button type="button" className="button quiet" disabled={busy} onClick={() => void run(conversations.takeBackProposal(message.id))}>{t("chat.proposalUndo")}</button>
        </>
      ) : (
        <>
          {plan.state === "undone" ? <p role="status">{t("chat.proposalUndone")}</p> : null}
          <button type="button" className="button primary" disabled={busy} onClick={() => void run(conversations.acceptProposal(message.id))}>
            {busy ? <span className="spinner" aria-hidden="true" /> : <Icon name={iconOf(plan)} size={18} />} {makeText(plan)}
          </button>
          {plan.tool === "quiz_make" ? <button type="button" className="button quiet" disabled={busy} onClick={() => setUp(plan.topic ?? null)}>{t("chat.proposalChoose")}</button> : null}
        </>
      )}
    </section>
  );
}

function addressOf({ kind, id }: NonNullable<Plan["deed"]>): string | null {
  if (kind === "quiz") return paths.quiz(id);
  if (kind === "note") return paths.note(id);
  if (kind === "deck") return paths.deck(id);
  return kind === "event" || kind === "plan" ? paths.planner() : null;
}

function iconOf({ tool }: Plan): "quiz" | "cards" | "pencil" | "calendar" | "plus" {
  if (tool === "quiz_make") return "quiz";
  if (tool === "cards_make") return "cards";
  if (tool === "event_add" || tool === "week_plan") return "calendar";
  return tool === "note_make" ? "pencil" : "plus";
}

function makeText({ tool }: Plan): string {
  if (tool === "quiz_make") return t("chat.proposalQuiz");
  if (tool === "cards_make") return t("chat.proposalCards");
  if (tool === "event_add") return t("chat.proposalEvent");
  if (tool === "week_plan") return t("chat.proposalPlan");
  return tool === "note_make" ? t("chat.proposalNote") : t("chat.proposalDo");
}
