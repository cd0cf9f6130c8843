import { Icon } from "../design/Icon";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { startUploads } from "./uploads";
import { useFileDrop } from "./useFileDrop";

/** Takes files dropped on any page, and shows them arrive in the library. */
export function DropArea() {
  const hovering = useFileDrop(take);
  if (!hovering) return null;
  return <div className="drop-veil" aria-hidden="true"><div><Icon name="upload" size={32} />Drop to add to your library</div></div>;
}

function take(files: File[]): void {
  startUploads(files.map((file) => ({ file })));
  navigate(paths.library);
}
