import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from "react";
import { hrefOf, navigate } from "./location";

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  to: string;
  state?: unknown;
  replace?: boolean;
  children: ReactNode;
}

/** A link within the app: a real address for new tabs, no page load for a plain click. */
export function Link({ to, state, replace, children, onClick, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to, { state, replace: replace ?? false });
  };
  return <a {...rest} href={hrefOf(to)} onClick={follow}>{children}</a>;
}
