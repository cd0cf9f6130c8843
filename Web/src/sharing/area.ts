import { showToast } from "../design/toastStore";
import type { LiveEvent } from "../events/liveEvents";
import type { Area } from "../frame/Area";
import { t } from "../strings/t";
import { ShareDialog } from "./ShareDialog";

/** Letting others read a document or a course. */
export const sharingArea: Area = {
  name: "sharing",
  routes: [],
  load: () => Promise.resolve({}),
  overlays: ShareDialog,
  applyEvent(event: LiveEvent) {
    if (event.type === "share.began") showToast(t("sharing.began", { owner: event.payload.owner, title: event.payload.title }));
  },
  forget: () => undefined,
};
