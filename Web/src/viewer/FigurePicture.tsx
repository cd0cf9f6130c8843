import { useCallback, useRef } from "react";
import { documents } from "../api/documents";
import { t } from "../strings/t";
import { useFetchedPicture } from "./useFetchedPicture";
import { useNear } from "./useNear";

/** A picture of the document, fetched as it comes near the view. */
export function FigurePicture({ id, number, caption }: { id: string; number: number; caption: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const near = useNear(frame, "600px");
  const fetch = useCallback((signal: AbortSignal) => documents.figurePicture(id, number, signal), [id, number]);
  const { address, problem } = useFetchedPicture(near ? fetch : null);
  return (
    <div className="figure-picture" ref={frame} data-waiting={address === null && problem === null}>
      {address === null ? null : <img src={address} alt={caption || t("viewer.unnamedFigure", { number })} />}
      {problem === null ? null : <p>{t("viewer.noPicture")}</p>}
    </div>
  );
}
