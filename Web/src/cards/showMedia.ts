import { mediaAPI } from "../api/cards";
import { t } from "../strings/t";

/** Fetches the pictures within an element, and makes its sounds playable. Returns what takes them back. */
export function showMedia(root: HTMLElement): () => void {
  const controller = new AbortController();
  const addresses: string[] = [];
  const fetched = async (name: string): Promise<string | null> => {
    try {
      const blob = await mediaAPI.get(name, controller.signal);
      if (controller.signal.aborted) return null;
      const address = URL.createObjectURL(blob);
      addresses.push(address);
      return address;
    } catch {
      return null;
    }
  };
  for (const image of root.querySelectorAll<HTMLImageElement>("img[data-media]")) {
    const name = image.dataset["media"] ?? "";
    void fetched(name).then((address) => {
      if (address !== null) image.src = address;
      else if (!controller.signal.aborted) image.replaceWith(missing(name));
    });
  }
  for (const place of root.querySelectorAll<HTMLElement>("[data-sound]")) {
    const name = place.dataset["sound"] ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet card-play";
    button.textContent = t("cards.play");
    button.title = name;
    button.onclick = () => void play(name, place, button);
    place.replaceChildren(button);
  }
  // A sound is fetched when it is wanted; from then on its own controls are there.
  const play = async (name: string, place: HTMLElement, button: HTMLButtonElement) => {
    button.disabled = true;
    const address = await fetched(name);
    if (controller.signal.aborted) return;
    if (address === null) return place.replaceChildren(missing(name));
    const player = document.createElement("audio");
    player.controls = true;
    player.src = address;
    player.setAttribute("aria-label", name);
    place.replaceChildren(player);
    player.focus();
    void player.play().catch(() => undefined);
  };
  return () => {
    controller.abort();
    for (const address of addresses) URL.revokeObjectURL(address);
  };
}

function missing(name: string): HTMLElement {
  const words = document.createElement("span");
  words.className = "card-missing";
  words.textContent = t("cards.missing", { name });
  return words;
}
