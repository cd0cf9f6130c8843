/** Places values from 0 to 1 on a plot, by their time; where all are of one moment, one after the other. A single one stands in the middle. */
export function plotPoints(values: readonly { at: number; value: number }[], width: number, height: number): { x: number; y: number }[] {
  const times = values.map(({ at }) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const span = last - first;
  return values.map(({ at, value }, index) => {
    const share = values.length === 1 ? 0.5 : span > 0 ? (at - first) / span : index / (values.length - 1);
    return { x: round(share * width), y: round((1 - Math.min(1, Math.max(0, value))) * height) };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
