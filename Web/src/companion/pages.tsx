import type { PageProps } from "../frame/Area";
import { LivePage } from "./LivePage";

export { PersonasPage as personas } from "./PersonasPage";

export function live(props: PageProps) {
  return <LivePage key={props.params["talk"] ?? ""} {...props} />;
}
