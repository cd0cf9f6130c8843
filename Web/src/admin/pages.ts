export { AdminPage as admin } from "./AdminPage";
