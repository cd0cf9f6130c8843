export { SettingsPage as settings } from "./SettingsPage";
