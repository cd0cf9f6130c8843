import { useEffect, useRef } from "react";
import { level } from "./recorder";

const bars = 24;

/** How loud it is, as bars that light up. Drawn without React, sixty times a second. */
export function LevelMeter() {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let frame = 0;
    let shown = 0;
    const draw = () => {
      shown = Math.max(level(), shown * 0.92);
      const lit = Math.round(shown * bars);
      host.current?.childNodes.forEach((bar, index) => (bar as HTMLElement).toggleAttribute("data-lit", index < lit));
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, []);
  return <div className="level-meter" aria-hidden="true" ref={host}>{Array.from({ length: bars }, (_, index) => <span key={index} />)}</div>;
}
