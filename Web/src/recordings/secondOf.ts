/** The second that a paragraph of subtitles begins with, `[1:02:03] …`; null where it names none. */
export function secondOf(text: string): number | null {
  const found = /^\[(?:(\d+):)?(\d{1,2}):(\d{2})\]/.exec(text);
  return found ? Number(found[1] ?? 0) * 3600 + Number(found[2]) * 60 + Number(found[3]) : null;
}
