export { NotificationsPage as notifications } from "./NotificationsPage";
