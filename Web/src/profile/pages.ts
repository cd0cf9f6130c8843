export { ProfilePage as profile } from "./ProfilePage";
