import { isReadOnly } from "../course/courseStore";
import { Icon } from "../design/Icon";
import { location } from "../routing/location";
import { t } from "../strings/t";
import { takeFiles } from "./addDocuments";
import { useFileDrop } from "./useFileDrop";

/** Takes files dropped on any page, for the course that is open there. */
export function DropArea() {
  const hovering = useFileDrop(take);
  if (!hovering) return null;
  return <div className="drop-veil" aria-hidden="true"><div><Icon name="upload" size={32} />{t("library.dropHere")}</div></div>;
}

function take(files: File[]): void {
  const course = /^\/c\/([^/]+)/.exec(location.get().path)?.[1];
  takeFiles(files, course === undefined || isReadOnly(decodeURIComponent(course)) ? null : decodeURIComponent(course));
}
