import { Icon } from "../design/Icon";
import { t } from "../strings/t";

interface SharedMarkProps {
  /** How the owner is called, where it is another's. */
  by?: string | undefined;
  /** How many people may read it, where it is the user's own. */
  count?: number | undefined;
}

/** Whose something is, or with how many people it is shared; nothing where it is the user's alone. */
export function SharedMark({ by, count }: SharedMarkProps) {
  if (by === undefined && !count) return null;
  return <span className="shared-mark"><Icon name="people" size={16} /> <span dir="auto">{by === undefined ? t("frame.sharedWith", { count: count ?? 0 }) : t("frame.sharedBy", { name: by })}</span></span>;
}
