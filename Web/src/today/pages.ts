export { TodayPage as today } from "./TodayPage";
