import { ReactNode, useLayoutEffect, useRef } from "react";

/** The parts of a page, as links. Where they do not fit, the one that is shown is moved into view. */
export function PageTabs({ label, children }: { label: string; children: ReactNode }) {
  const tabs = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const current = tabs.current?.querySelector<HTMLElement>("[aria-current]");
    if (tabs.current && current) tabs.current.scrollLeft = current.offsetLeft - (tabs.current.clientWidth - current.offsetWidth) / 2;
  });
  return <nav ref={tabs} className="page-tabs" aria-label={label}>{children}</nav>;
}
