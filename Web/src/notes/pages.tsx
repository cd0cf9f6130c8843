import type { PageProps } from "../frame/Area";
import { NotePage } from "./NotePage";

export { NotesPage as notes } from "./NotesPage";

export function note(props: PageProps) {
  return <NotePage key={props.params["id"]} {...props} />;
}
