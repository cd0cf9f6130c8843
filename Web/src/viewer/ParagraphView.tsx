import { memo } from "react";
import { Icon } from "../design/Icon";
import { secondOf } from "../recordings/secondOf";
import { FigurePicture } from "./FigurePicture";
import { Leaf, Paragraph } from "./paragraphs";

interface ParagraphProps {
  paragraph: Paragraph;
  figure?: { id: string; number: number } | null;
  /** Plays what was recorded from a second, where there is a recording. */
  hear?: ((seconds: number) => void) | undefined;
  hearLabel?: ((seconds: number) => string) | undefined;
}

/** A paragraph as what it is: a heading, an item, a table, code. Each of its leaves is an element with `data-leaf`. */
export const ParagraphView = memo(function ParagraphView({ paragraph, figure = null, hear, hearLabel }: ParagraphProps) {
  const { leaves, kind, level, marker } = paragraph;
  const content = leaves.map((leaf, index) => <LeafView key={index} leaf={leaf} />);
  switch (kind) {
    case "heading": {
      const Heading = level <= 1 ? "h2" : level === 2 ? "h3" : "h4";
      return <Heading data-paragraph dir="auto">{content}</Heading>;
    }
    case "item":
      return <div className="text-item" dir="auto" data-level={Math.min(level, 3)}><span>{marker}</span><p data-paragraph>{content}</p></div>;
    case "figure":
      return (
        <figure data-paragraph className="text-figure">
          {figure && paragraph.hasPicture ? <FigurePicture id={figure.id} number={figure.number} caption={leaves.map(({ text }) => text).join("")} /> : null}
          {leaves.length > 0 ? <figcaption dir="auto">{content}</figcaption> : null}
        </figure>
      );
    case "table": return <TableView paragraph={paragraph} />;
    // A keyboard reaches what lies beyond the edge.
    case "code": return <pre data-paragraph dir="ltr" tabIndex={0}><code>{content}</code></pre>;
    case "caption":
    case "note": return <p data-paragraph dir="auto" className={`text-${kind}`}>{content}</p>;
    default: {
      const second = hear ? secondOf(leaves[0]?.text ?? "") : null;
      if (second === null || !hear) return <p data-paragraph dir="auto">{content}</p>;
      return (
        <div className="text-heard">
          <button type="button" className="icon-button" aria-label={hearLabel?.(second)} title={hearLabel?.(second)} onClick={() => hear(second)}><Icon name="play" size={16} /></button>
          <p data-paragraph dir="auto">{content}</p>
        </div>
      );
    }
  }
});

function TableView({ paragraph: { rows, headRows } }: { paragraph: Paragraph }) {
  const row = (cells: Leaf[][], index: number, Cell: "th" | "td") => (
    <tr key={index}>{cells.map((cell, column) => <Cell key={column} dir="auto" scope={Cell === "th" ? "col" : undefined}>{cell.map((leaf, at) => <LeafView key={at} leaf={leaf} />)}</Cell>)}</tr>
  );
  return (
    <div className="text-table" data-paragraph tabIndex={0}>
      <table>
        {headRows > 0 ? <thead>{rows.slice(0, headRows).map((cells, index) => row(cells, index, "th"))}</thead> : null}
        <tbody>{rows.slice(headRows).map((cells, index) => row(cells, index, "td"))}</tbody>
      </table>
    </div>
  );
}

function LeafView({ leaf: { text, math } }: { leaf: Leaf }) {
  if (math) return <span data-leaf className="math" data-display={math === "display"}>{text}</span>;
  return <span data-leaf>{text}</span>;
}
