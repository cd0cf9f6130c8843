const mark = /\[sound:([^\]<>"]+)\]/g;

/** `[sound:beat.mp3]` as the place of a button that plays it. */
export function withSounds(html: string): string {
  return html.replace(mark, (_, name: string) => `<span class="card-sound" data-sound="${name.replace(/&(?!amp;)/g, "&amp;")}"></span>`);
}

/** Without the marks of sounds, as for a name or for reading aloud. */
export function withoutSounds(text: string): string {
  return text.replace(mark, " ");
}
