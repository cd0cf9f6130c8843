import type { ReactNode } from "react";
import { t } from "../strings/t";
import { Icon } from "./Icon";

/** Something went wrong: what, and the one thing to do about it. */
export function Problem({ children, action }: { children: ReactNode; action?: { label: string; run: () => void } }) {
  return (
    <div className="notice problem" role="alert">
      <Icon name="alert" size={18} />
      <div className="grow">{children}</div>
      {action ? <button type="button" className="button" onClick={action.run}>{action.label}</button> : null}
    </div>
  );
}

export function Loading({ label = t("design.loading") }: { label?: string }) {
  return (
    <div className="loading" role="status">
      <span className="spinner" aria-hidden="true" />
      <span>{label}…</span>
    </div>
  );
}
