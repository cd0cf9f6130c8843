import { KeyboardEvent, useEffect, useState } from "react";
import { isAbort } from "../api/errors";
import { NoteMap, notes } from "../api/notes";
import { placeText } from "../asking/placeText";
import { Icon } from "../design/Icon";
import { tellFailure } from "../design/toastStore";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

type Relation = NoteMap["relations"][number];
type Term = NoteMap["terms"][number];

/** Terms, and the sentences that relate them: each line shows its sentence, and leads to its page. */
export function MapView({ id, version }: { id: string; version: number }) {
  const [map, setMap] = useState<NoteMap | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    notes.map(id, controller.signal).then(setMap, (error: unknown) => !isAbort(error) && tellFailure(error));
    return () => controller.abort();
  }, [id, version]);
  if (map === null) return null;
  const relation = chosen === null ? undefined : map.relations[chosen];
  return (
    <figure className="note-map">
      <div>
        <svg width={map.width} height={map.height} viewBox={`0 0 ${map.width} ${map.height}`} role="group" aria-label={t("notes.map")}>
          <defs><marker id="note-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerUnits="userSpaceOnUse" markerWidth="12" markerHeight="12" orient="auto"><path d="M0 0L10 5L0 10z" /></marker></defs>
          {map.relations.map((each, index) => <Line key={index} map={map} relation={each} isChosen={index === chosen} choose={() => setChosen(index)} />)}
          {map.terms.map((term) => <Pill key={term.name} term={term} />)}
        </svg>
      </div>
      <figcaption aria-live="polite">
        {relation ? (
          <blockquote>
            <p dir="auto">{relation.citation.quote}</p>
            <Link to={paths.document(relation.citation.document_id, { page: relation.citation.page ?? null, chunk: relation.citation.chunk_id })} state={{ quote: relation.citation.quote, at: 0 }}>
              <Icon name="page" size={16} /> <span dir="auto">{relation.citation.title}</span>{placeText(relation.citation)}
            </Link>
          </blockquote>
        ) : t("notes.mapHint")}
      </figcaption>
    </figure>
  );
}

function Line({ map, relation, isChosen, choose }: { map: NoteMap; relation: Relation; isChosen: boolean; choose: () => void }) {
  const [from, to] = [map.terms[relation.from], map.terms[relation.to]];
  if (!from || !to) return null;
  const [start, end] = [edge(from, to), edge(to, from)];
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose();
  };
  return (
    <g className="note-line" role="button" tabIndex={0} aria-pressed={isChosen} aria-label={t("notes.mapLine", { from: from.name, label: relation.label, to: to.name })} onClick={choose} onKeyDown={press}>
      <line className="note-grip" x1={start.x} y1={start.y} x2={end.x} y2={end.y} />
      <line x1={start.x} y1={start.y} x2={end.x} y2={end.y} markerEnd="url(#note-arrow)" />
      <text x={(start.x + end.x) / 2} y={(start.y + end.y) / 2 - 4}>{relation.label}</text>
    </g>
  );
}

function Pill({ term }: { term: Term }) {
  return (
    <g className="note-term">
      <rect x={term.x - term.width / 2} y={term.y - 21} width={term.width} height={42} rx={21} />
      <text x={term.x} y={term.y + 6}>{term.name.length > 36 ? `${term.name.slice(0, 35)}…` : term.name}</text>
    </g>
  );
}

/** Where a line from the middle of a term leaves it. */
function edge(term: Term, other: Term): { x: number; y: number } {
  const [dx, dy] = [other.x - term.x, other.y - term.y];
  const scale = Math.min(dx === 0 ? Infinity : (term.width / 2 + 4) / Math.abs(dx), dy === 0 ? Infinity : 25 / Math.abs(dy));
  return Number.isFinite(scale) ? { x: term.x + dx * scale, y: term.y + dy * scale } : { x: term.x, y: term.y };
}
