import type { PageProps } from "../frame/Area";
import { readPassage } from "../routing/paths";
import { DocumentPage } from "./DocumentPage";

export function document({ params, query }: PageProps) {
  const id = params["id"] ?? "";
  return <DocumentPage key={id} id={id} passage={readPassage(query)} />;
}
