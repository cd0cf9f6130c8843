/** A frame around a figure. */
export function Region({ box: [left = 0, top = 0, right = 0, bottom = 0], scale }: { box: readonly number[]; scale: number }) {
  const room = 4;
  return (
    <div
      className="figure-region" aria-hidden="true"
      style={{ left: left * scale - room, top: top * scale - room, width: (right - left) * scale + 2 * room, height: (bottom - top) * scale + 2 * room }}
    />
  );
}
