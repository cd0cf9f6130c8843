import { Fragment, ReactNode } from "react";
import type { Parameters } from "./message";
import { Key, MessageOf, t } from "./t";

/** The marks in a text: "New here? <link>Make an account</link>" has `link`. */
type MarksIn<Text> = Text extends `${string}</${infer Mark}>${infer Rest}` ? Mark | MarksIn<Rest> : never;
type MarksOf<M> = M extends string ? MarksIn<M> : { [Form in keyof M]: MarksIn<M[Form]> }[keyof M];

type Marks<M> = { [Mark in MarksOf<M>]: (text: string) => ReactNode };

/** A whole sentence of which a part is a link or stands out, so that no language has to glue it from pieces. */
export function rich<K extends Key>(key: K, marks: Marks<MessageOf<K>>, ...parameters: Parameters<MessageOf<K>>): ReactNode {
  const pieces = marked(t(key, ...parameters));
  return pieces.map((piece, index) => {
    const make = piece.mark === null ? undefined : (marks as Record<string, (text: string) => ReactNode>)[piece.mark];
    return <Fragment key={index}>{make ? make(piece.text) : piece.text}</Fragment>;
  });
}

/** Tells the marked parts of a text from the plain ones. */
function marked(text: string): { mark: string | null; text: string }[] {
  const pieces: { mark: string | null; text: string }[] = [];
  let at = 0;
  for (const match of text.matchAll(/<(\w+)>(.*?)<\/\1>/gs)) {
    const start = match.index ?? 0;
    if (start > at) pieces.push({ mark: null, text: text.slice(at, start) });
    pieces.push({ mark: match[1] ?? null, text: match[2] ?? "" });
    at = start + (match[0] ?? "").length;
  }
  if (at < text.length) pieces.push({ mark: null, text: text.slice(at) });
  return pieces;
}
