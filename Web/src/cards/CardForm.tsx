import { FormEvent, KeyboardEvent, useEffect, useRef, useState } from "react";
import { Card, cardsAPI, CardSource, CardType, cardTypes, decksAPI } from "../api/cards";
import { APIError, describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { showToast } from "../design/toastStore";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { changedCard, deckList, placeDeck } from "./cardsStore";
import { cardDraft } from "./draft";
import { tagsIn, withGap } from "./gaps";
import { lastDeck, noteDeck } from "./lastDeck";
import { readCovered, writeCovered } from "./occlusion";
import { OcclusionEditor } from "./OcclusionEditor";

interface CardFormProps {
  /** The one to change; null for a new one. */
  card: Card | null;
  /** Where a new one goes, if it is said. */
  deck: string | null;
  onClose: () => void;
}

/** Writes a card: how it asks, its two sides, its deck and tags. The form stays open for the next. */
export default function CardForm({ card, deck, onClose }: CardFormProps) {
  const { items: decks } = useStore(deckList);
  const [draft] = useState(() => (card === null ? cardDraft.get() : null));
  const [deckID, setDeck] = useState(() => card?.deck_id ?? deck ?? decks.find((each) => draft?.course && each.course_id === draft.course)?.id ?? lastDeck(decks));
  const [type, setType] = useState<CardType>(card?.type ?? "basic");
  const [front, setFront] = useState(card?.front ?? draft?.front ?? "");
  const [back, setBack] = useState(card?.back ?? draft?.back ?? "");
  const [tags, setTags] = useState(card?.tags.join(", ") ?? "");
  const [source] = useState<CardSource | null>(card?.source ?? draft?.source ?? null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [covered, setCovered] = useState(() => readCovered(type === "image_occlusion" ? front : ""));
  const first = useRef<HTMLTextAreaElement>(null);
  const isPicture = type === "image_occlusion";
  useEffect(() => () => cardDraft.set(null), []);

  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      // Who has no deck yet need not make one first.
      const goal = deckID ?? (await firstDeck(draft?.course ?? null));
      const words = { deck_id: goal, type, front: isPicture ? writeCovered(covered) : front.trim(), back: back.trim(), tags: tagsIn(tags) };
      changedCard.set(card ? await cardsAPI.change(card.id, words) : await cardsAPI.create(words, source));
      noteDeck(goal);
      if (card || draft) {
        if (draft) showToast(t("cards.added"));
        return onClose();
      }
      setDeck(goal);
      showToast(t("cards.added"));
      setFront("");
      setCovered(readCovered(""));
      setBack("");
      first.current?.focus();
    } catch (error) {
      setProblem(error instanceof APIError && error.status === 400 && type === "cloze" && !/\{\{c\d+::/.test(front) ? t("cards.needsGap") : describe(error));
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  const written = isPicture ? covered.picture !== "" && covered.parts.length + covered.others.length > 0 : front.trim() !== "" && (type === "cloze" || back.trim() !== "");
  const ready = written && !busy;
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && ready) {
      event.preventDefault();
      void save();
    }
  };
  const gap = () => {
    const field = first.current;
    if (!field) return;
    const made = withGap(front, field.selectionStart, field.selectionEnd);
    setFront(made.text);
    window.requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(made.cursor, made.cursor);
    });
  };
  return (
    <Dialog title={card ? t("cards.edit") : t("cards.newCard")} onClose={onClose} sheet>
      <form className="cards-form" onSubmit={submit} onKeyDown={keys}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <Segments label={t("cards.type")} value={type} choices={cardTypes.map((value) => ({ value, label: t(`cards.type_${value}`) }))} onChange={setType} />
          <p className="hint">{t(`cards.about_${type}`)}</p>
          {isPicture ? <OcclusionEditor value={covered} onChange={setCovered} /> : (
            <label className="field cards-field">
              <span>{type === "cloze" ? t("cards.text") : t("cards.front")}</span>
              <textarea ref={first} className="input" dir="auto" rows={4} value={front} maxLength={20_000} required data-focus-first="" onChange={(event) => setFront(event.target.value)} />
            </label>
          )}
          {type === "cloze" ? <button type="button" className="button cards-gap" onClick={gap}><Icon name="plus" size={18} /> {t("cards.makeGap")}</button> : null}
          <label className="field cards-field">
            <span>{type === "cloze" || isPicture ? t("cards.extra") : t("cards.back")}</span>
            <textarea className="input" dir="auto" rows={4} value={back} maxLength={20_000} required={type !== "cloze" && !isPicture} onChange={(event) => setBack(event.target.value)} />
          </label>
          <div className="cards-form-row">
            {decks.length > 0 ? (
              <label className="field cards-field">
                <span>{t("cards.deck")}</span>
                <select className="input" value={deckID ?? ""} onChange={(event) => setDeck(event.target.value)}>
                  {decks.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
                </select>
              </label>
            ) : null}
            <label className="field cards-field">
              <span>{t("cards.tags")}</span>
              <input className="input" dir="auto" value={tags} placeholder={t("cards.tagsExample")} onChange={(event) => setTags(event.target.value)} />
            </label>
          </div>
          {source ? <p className="cards-source"><Icon name="quote" size={16} /> <span dir="auto">{[source.title, source.page ? t("cards.page", { page: source.page }) : null].filter(Boolean).join(" · ") || t("cards.fromDocument")}</span></p> : null}
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{card ? t("cards.cancel") : t("cards.close")}</button>
          <button type="submit" className="button primary" disabled={!ready} aria-keyshortcuts="Control+Enter">{card ? t("cards.save") : t("cards.add")}</button>
        </footer>
      </form>
    </Dialog>
  );
}

async function firstDeck(course: string | null): Promise<string> {
  const made = await decksAPI.create(t("cards.firstDeck"), course);
  placeDeck(made);
  return made.id;
}
