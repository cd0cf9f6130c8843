import { Component, ReactNode } from "react";
import { Problem } from "../design/Notice";

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
        <Problem action={{ label: "Reload", run: () => window.location.reload() }}>Something on this page broke. Nothing that you saved is lost.</Problem>
      </div>
    );
  }
}
