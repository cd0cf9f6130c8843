import type { PageProps } from "../frame/Area";
import { RecordingPage } from "./RecordingPage";

export { RecordingsPage as recordings } from "./RecordingsPage";

export function recording(props: PageProps) {
  return <RecordingPage key={props.params["id"]} {...props} />;
}
