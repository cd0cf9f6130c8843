import { useCallback, useRef } from "react";
import { documents } from "../api/documents";
import { useFetchedPicture } from "./useFetchedPicture";
import { useNear } from "./useNear";

/** A small picture of a figure, beside the words that name it; nothing where it cannot be had. */
export function FigureThumb({ id, number }: { id: string; number: number }) {
  const frame = useRef<HTMLSpanElement>(null);
  const near = useNear(frame, "200px");
  const fetch = useCallback((signal: AbortSignal) => documents.figurePicture(id, number, signal), [id, number]);
  const { address, problem } = useFetchedPicture(near ? fetch : null);
  if (problem !== null) return null;
  return <span className="figure-thumb" ref={frame} data-waiting={address === null}>{address === null ? null : <img src={address} alt="" />}</span>;
}
