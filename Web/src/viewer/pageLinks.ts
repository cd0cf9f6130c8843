import type { Destination, LinkAnnotation, PageViewport, PDFDocumentProxy, PDFPageProxy } from "./openPDF";
import { t } from "../strings/t";

/** Goes to a page of the document, and as far down it as a fraction says. */
export type GoTo = (page: number, fraction?: number) => void;

/** A page's links, to lie over its picture: to elsewhere in the document, and out of it in a new tab. */
export async function linksOf(pdf: PDFDocumentProxy, page: PDFPageProxy, viewport: PageViewport, goTo: GoTo): Promise<HTMLElement[]> {
  const annotations = await page.getAnnotations();
  return annotations.flatMap((annotation) => {
    if (annotation.subtype !== "Link") return [];
    const element = linkOut(annotation) ?? linkWithin(pdf, annotation, goTo);
    if (element === null) return [];
    const [left, top, right, bottom] = viewport.convertToViewportRectangle(annotation.rect);
    element.style.left = `${Math.min(left, right)}px`;
    element.style.top = `${Math.min(top, bottom)}px`;
    element.style.width = `${Math.abs(right - left)}px`;
    element.style.height = `${Math.abs(bottom - top)}px`;
    return [element];
  });
}

/** pdf.js names an address only if its scheme is harmless; those that lead out of a page are taken. */
function linkOut({ url }: LinkAnnotation): HTMLElement | null {
  if (url === undefined || !/^(?:https?|mailto):/i.test(url)) return null;
  const link = document.createElement("a");
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.title = url;
  link.setAttribute("aria-label", url);
  return link;
}

function linkWithin(pdf: PDFDocumentProxy, { dest }: LinkAnnotation, goTo: GoTo): HTMLElement | null {
  if (dest === undefined || dest === null) return null;
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", t("viewer.goTo"));
  button.addEventListener("click", () => {
    placeOf(pdf, dest).then((place) => {
      if (place) goTo(place.page, place.fraction);
    }, () => undefined);
  });
  return button;
}

/** Where a destination is; null where the document does not say, or leads to a page that it lacks. */
async function placeOf(pdf: PDFDocumentProxy, dest: string | Destination): Promise<{ page: number; fraction: number } | null> {
  const explicit = typeof dest === "string" ? await pdf.getDestination(dest) : dest;
  if (explicit === null) return null;
  const [target, kind, first, second] = explicit;
  const index = typeof target === "number" ? target : await pdf.getPageIndex(target);
  const viewport = (await pdf.getPage(index + 1)).getViewport({ scale: 1 });
  // "XYZ" is followed by left and top, "FitH" by the top alone; the others mean the whole page.
  const top = kind.name === "XYZ" ? second : kind.name === "FitH" ? first : null;
  if (typeof top !== "number") return { page: index + 1, fraction: 0 };
  const [, y] = viewport.convertToViewportPoint(0, top);
  return { page: index + 1, fraction: Math.max(0, Math.min(1, y / viewport.height)) };
}
