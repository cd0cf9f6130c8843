export { LibraryPage as library } from "./LibraryPage";
