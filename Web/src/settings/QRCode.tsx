/** Squares for a camera: dark ones on a white ground, also in the dark, since not every camera reads them the other way round. */
export function QRCode({ rows, label }: { rows: readonly string[]; label: string }) {
  const margin = 4;
  const size = rows.length + 2 * margin;
  const path = rows.flatMap((row, y) => [...row].flatMap((square, x) => (square === "1" ? [`M${x + margin} ${y + margin}h1v1h-1z`] : []))).join("");
  return (
    <svg className="qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
