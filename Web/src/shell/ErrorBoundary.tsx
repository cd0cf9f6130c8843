import { Component, ReactNode } from "react";
import { Problem } from "../design/Notice";
import { t } from "../strings/t";

/** Keeps a defect in one page from blanking the whole app. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="page">
        <Problem action={{ label: t("shell.reload"), run: () => window.location.reload() }}>{t("shell.broke")}</Problem>
      </div>
    );
  }
}
