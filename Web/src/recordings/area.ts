import type { Area } from "../frame/Area";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { RecordingPill } from "./recorder/RecorderPanel";
import { applyToRecordings, forgetRecordings, startRecordings } from "./recordingsStore";

/** Recordings and their transcripts. */
export const recordingsArea: Area = {
  name: "recordings",
  routes: [
    { pattern: "/recordings", page: "recordings" },
    { pattern: "/recordings/:id", page: "recording" },
  ],
  load: () => import("./pages"),
  railItems: [{ label: t("recordings.place"), icon: "microphone", to: paths.recordings(), pages: ["recordings/recordings", "recordings/recording"], rail: true, phone: "more" }],
  palette: {
    always: () => [{ id: "recordings", group: "go", label: t("recordings.place"), icon: "microphone", run: () => navigate(paths.recordings()) }],
  },
  overlays: RecordingPill,
  start: startRecordings,
  applyEvent: applyToRecordings,
  forget: forgetRecordings,
};
