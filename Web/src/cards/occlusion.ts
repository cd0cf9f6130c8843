/** A part of a picture that is covered; places and sizes in parts of the whole, 0 to 1. */
export interface CoveredPart {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface CoveredPicture {
  /** What the picture is called among the cards' files; empty where there is none yet. */
  picture: string;
  parts: CoveredPart[];
  /** Whether all parts stay covered while one is asked. */
  hidesAll: boolean;
  /** Shapes that this page cannot draw, as they came. */
  others: string[];
}

/** Reads what a card of a covered picture is written as: an image, and a gap for each part, in Anki's form. */
export function readCovered(front: string): CoveredPicture {
  const picture = /<img[^>]*?src=(?:"([^"]*)"|'([^']*)')/i.exec(front);
  const parts: CoveredPart[] = [];
  const others: string[] = [];
  let hidesAll = false;
  for (const [whole = "", kind, rest] of front.matchAll(/\{\{c\d+::image-occlusion:(\w+)((?::[^}:]*)*)\}\}/g)) {
    const values = new Map((rest ?? "").split(":").map((pair) => pair.split("=", 2) as [string, string]));
    if (values.get("oi") === "1") hidesAll = true;
    const [left, top, width, height] = ["left", "top", "width", "height"].map((key) => Number(values.get(key)));
    if (kind === "rect" && [left, top, width, height].every(Number.isFinite)) parts.push({ left: left ?? 0, top: top ?? 0, width: width ?? 0, height: height ?? 0 });
    else others.push(whole);
  }
  return { picture: unescaped(picture?.[1] ?? picture?.[2] ?? ""), parts, hidesAll, others };
}

export function writeCovered({ picture, parts, hidesAll, others }: CoveredPicture): string {
  const gaps = parts.map(({ left, top, width, height }, index) => {
    const places = [`left=${short(left)}`, `top=${short(top)}`, `width=${short(width)}`, `height=${short(height)}`, ...(hidesAll ? ["oi=1"] : [])];
    return `{{c${index + 1}::image-occlusion:rect:${places.join(":")}}}`;
  });
  return `<img src="${picture.replace(/&/g, "&amp;").replace(/"/g, "&quot;")}">\n${[...gaps, ...others.map((other, index) => other.replace(/^\{\{c\d+/, `{{c${parts.length + index + 1}`))].join("\n")}`;
}

/** A part moved or stretched by so much, within the picture. */
export function moved(part: CoveredPart, by: Partial<CoveredPart>): CoveredPart {
  const width = clamped(part.width + (by.width ?? 0), 0.01, 1);
  const height = clamped(part.height + (by.height ?? 0), 0.01, 1);
  return { left: clamped(part.left + (by.left ?? 0), 0, 1 - width), top: clamped(part.top + (by.top ?? 0), 0, 1 - height), width, height };
}

function clamped(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function short(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}

function unescaped(text: string): string {
  return text.replace(/&quot;/g, '"').replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
