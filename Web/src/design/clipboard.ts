import { showToast } from "./toastStore";

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast("Copied.", { life: 2000 });
  } catch {
    showToast("This browser does not let the page copy. Select the text instead.");
  }
}
