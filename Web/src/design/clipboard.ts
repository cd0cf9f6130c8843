import { t } from "../strings/t";
import { showToast } from "./toastStore";

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast(t("design.copied"), { life: 2000 });
  } catch {
    showToast(t("design.notCopied"));
  }
}
