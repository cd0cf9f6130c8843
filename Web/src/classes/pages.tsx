export { ClassesPage as classes } from "./ClassesPage";
export { ClassPage as class } from "./ClassPage";
export { JoinPage as join } from "./JoinPage";
import "./classes.css";
