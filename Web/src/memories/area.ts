import type { Area } from "../frame/Area";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { applyToMemories, forgetMemories } from "./memoriesStore";

/** What is remembered of the student. It is shown as a section of the settings. */
export const memoriesArea: Area = {
  name: "memories",
  routes: [],
  redirects: [{ pattern: "/memory", to: () => paths.settings("memory") }],
  load: () => Promise.resolve({}),
  palette: { always: () => [{ id: "memories", group: "go", label: t("memories.place"), icon: "spark", run: () => navigate(paths.settings("memory")) }] },
  applyEvent: applyToMemories,
  forget: forgetMemories,
};
