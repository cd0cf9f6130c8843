/** The languages that the app speaks, by their own names. A new one is a `words.xx.ts` beside each `words.en.ts` and a line here. */
export const languages = { en: "English", de: "Deutsch" } as const;

export type Language = keyof typeof languages;
export type LanguageChoice = "auto" | Language;

const key = "little-monster-language";

/** The first of the reader's languages that the app speaks. */
export function preferred(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split("-")[0] ?? "";
    if (language in languages) return language as Language;
  }
  return "en";
}

/** The reader's own variant of a language, for numbers and dates: `en-GB` of `["de", "en-GB"]` for English. */
export function variant(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.toLowerCase().split("-")[0] === language) ?? language;
}

function stored(): LanguageChoice {
  try {
    const value = globalThis.localStorage?.getItem(key);
    return value !== null && value !== undefined && value in languages ? (value as Language) : "auto";
  } catch {
    return "auto";
  }
}

const wanted: readonly string[] = typeof document === "undefined" ? [] : navigator.languages;

export const languageChoice: LanguageChoice = stored();
/** The language of this page. It stays until the page is loaded anew, so that nothing on it need follow a change. */
export const language: Language = languageChoice === "auto" ? preferred(wanted) : languageChoice;
/** For `Intl`: how this reader writes numbers and dates in the page's language. */
export const region: string = variant(language, wanted);

export function showLanguage(): void {
  document.documentElement.lang = language;
}

/** Speaks another language from now on: the page is loaded anew. What was being written is kept as a draft. */
export function chooseLanguage(choice: LanguageChoice): void {
  try {
    if (choice === "auto") globalThis.localStorage.removeItem(key);
    else globalThis.localStorage.setItem(key, choice);
  } catch {
    // Storage may be forbidden; the browser's own languages then decide.
  }
  globalThis.location.reload();
}
