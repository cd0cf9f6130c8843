import { ReactNode } from "react";
import { t } from "../strings/t";
import type { Paragraph } from "./paragraphs";

interface Slide {
  number: number;
  paragraphs: Paragraph[];
}

interface SlideProps {
  slide: Slide;
  /** Draws one paragraph. */
  shown: (paragraph: Paragraph, index: number) => ReactNode;
}

/** A slide as a sheet of its own: its title, its points beside its pictures, and below them what the speaker says. */
export function SlideView({ slide: { number, paragraphs }, shown }: SlideProps) {
  // Notes come last, as the server has them: their order among the paragraphs stays.
  const notes = paragraphs.filter(({ kind }) => kind === "note");
  const points = paragraphs.filter(({ kind }) => kind !== "note");
  return (
    <section className="slide" aria-label={t("viewer.slide", { number })}>
      <div className="slide-sheet">
        {points.map(shown)}
        <p className="slide-number" aria-hidden="true">{number}</p>
      </div>
      {notes.length > 0 ? (
        <div className="slide-notes" role="group" aria-label={t("viewer.notes")}>
          <p className="slide-notes-title" aria-hidden="true">{t("viewer.notes")}</p>
          {notes.map((note, index) => shown(note, points.length + index))}
        </div>
      ) : null}
    </section>
  );
}

/** The paragraphs by the slides that they stand on. */
export function slidesOf(paragraphs: readonly Paragraph[]): Slide[] {
  const slides: Slide[] = [];
  for (const paragraph of paragraphs) {
    const last = slides[slides.length - 1];
    if (last?.number === paragraph.page) last.paragraphs.push(paragraph);
    else slides.push({ number: paragraph.page, paragraphs: [paragraph] });
  }
  return slides;
}
