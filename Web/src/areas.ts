import { adminArea } from "./admin/area";
import { cardsArea } from "./cards/area";
import { chatArea } from "./chat/area";
import { classesArea } from "./classes/area";
import { companionArea } from "./companion/area";
import { coursesArea } from "./courses/area";
import type { Area } from "./frame/Area";
import { libraryArea } from "./library/area";
import { memoriesArea } from "./memories/area";
import { notesArea } from "./notes/area";
import { notificationsArea } from "./notifications/area";
import { plannerArea } from "./planner/area";
import { profileArea } from "./profile/area";
import { quizzesArea } from "./quizzes/area";
import { recordingsArea } from "./recordings/area";
import { searchArea } from "./search/area";
import { settingsArea } from "./settings/area";
import { sharingArea } from "./sharing/area";
import { todayArea } from "./today/area";
import { viewerArea } from "./viewer/area";

/** Every part of the app, in the order in which the rail, the bar and the menus show them. */
export const areas: readonly Area[] = [
  todayArea, chatArea, companionArea, libraryArea, coursesArea, plannerArea, cardsArea, viewerArea, recordingsArea, notesArea, quizzesArea, searchArea, classesArea, notificationsArea, settingsArea, adminArea,
  sharingArea, memoriesArea, profileArea,
];
