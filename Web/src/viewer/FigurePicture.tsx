import { useEffect, useRef, useState } from "react";
import { documents } from "../api/documents";
import { t } from "../strings/t";

/** A picture of the document, fetched as it comes near the view. */
export function FigurePicture({ id, number, caption }: { id: string; number: number; caption: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const [address, setAddress] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!frame.current || near) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setNear(true);
    }, { rootMargin: "600px" });
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [near]);
  useEffect(() => {
    if (!near) return undefined;
    const controller = new AbortController();
    let made: string | null = null;
    documents.figurePicture(id, number, controller.signal).then((blob) => {
      if (controller.signal.aborted) return;
      made = URL.createObjectURL(blob);
      setAddress(made);
    }, () => {
      if (!controller.signal.aborted) setFailed(true);
    });
    return () => {
      controller.abort();
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [id, number, near]);
  return (
    <div className="figure-picture" ref={frame} data-waiting={address === null && !failed}>
      {address === null ? null : <img src={address} alt={caption || t("viewer.unnamedFigure", { number })} />}
      {failed ? <p>{t("viewer.noPicture")}</p> : null}
    </div>
  );
}
