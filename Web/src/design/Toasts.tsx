import { useEffect } from "react";
import { useStore } from "../state/useStore";
import { modifier } from "./keyNames";
import { dismissToast, Toast, toasts } from "./toastStore";

/** The messages at the foot of the screen, read out as they come. */
export function Toasts() {
  const list = useStore(toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {list.map((toast) => <ToastView key={toast.id} toast={toast} />)}
    </div>
  );
}

function ToastView({ toast }: { toast: Toast }) {
  useEffect(() => {
    const timer = window.setTimeout(() => dismissToast(toast.id), toast.life);
    return () => window.clearTimeout(timer);
  }, [toast]);
  const { action } = toast;
  return (
    <div className="toast">
      <p>{toast.text}</p>
      {action ? (
        <button
          type="button"
          onClick={() => {
            action.run();
            dismissToast(toast.id);
          }}
        >
          {action.label}
          {action.keys ? <kbd className="only-mouse" aria-hidden="true">{modifier} {action.keys}</kbd> : null}
        </button>
      ) : null}
    </div>
  );
}
