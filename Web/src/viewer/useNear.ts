import { RefObject, useEffect, useState } from "react";

/**
 * Whether an element has come near the view; once it has, it stays so.
 *
 * @param margin how near, in CSS's words.
 */
export function useNear(element: RefObject<HTMLElement | null>, margin: string, initially = false): boolean {
  const [near, setNear] = useState(initially);
  useEffect(() => {
    if (!element.current || near) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setNear(true);
    }, { rootMargin: margin });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, margin, near]);
  return near;
}
