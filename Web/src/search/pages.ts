export { SearchPage as search } from "./SearchPage";
