import { chatArea } from "./chat/area";
import type { Area } from "./frame/Area";
import { libraryArea } from "./library/area";
import { searchArea } from "./search/area";
import { settingsArea } from "./settings/area";
import { viewerArea } from "./viewer/area";

/** Every part of the app, in the order in which the rail shows them. */
export const areas: readonly Area[] = [chatArea, libraryArea, viewerArea, searchArea, settingsArea];
