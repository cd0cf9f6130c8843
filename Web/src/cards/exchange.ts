import { DeckFile, exchangeAPI } from "../api/cards";
import { showToast, tellFailure } from "../design/toastStore";
import { t } from "../strings/t";

/** Saves a deck as a file. Fetched by script, because a plain link cannot carry the access token. */
export async function saveDeck(id: string, name: string, format: DeckFile): Promise<void> {
  try {
    const url = URL.createObjectURL(await exchangeAPI.file(id, format));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${name}.${format}`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    tellFailure(error);
  }
}

/** Has a file of cards read, into a deck or a new one. */
export function bringCards(deck: string | null): void {
  const field = document.createElement("input");
  field.type = "file";
  field.accept = ".apkg,.colpkg,.csv,.md,.markdown,.txt,.tsv,text/csv,text/markdown,text/plain";
  field.onchange = () => {
    const file = field.files?.[0];
    if (!file) return;
    showToast(t("cards.bringing", { name: file.name }));
    exchangeAPI.bring(file, deck).catch((error: unknown) => tellFailure(error));
  };
  field.click();
}
