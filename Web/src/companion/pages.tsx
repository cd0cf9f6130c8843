import type { PageProps } from "../frame/Area";
import { LivePage } from "./LivePage";

export function live(props: PageProps) {
  return <LivePage key={props.params["talk"] ?? ""} {...props} />;
}
