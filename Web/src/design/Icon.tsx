/** The app's own icons: 20 units square, drawn in strokes of 1.5. */
const drawings = {
  library: "M4 4.5h3v11H4zM7 4.5h3v11H7zM11.2 5l2.9-.8 2.9 10.7-2.9.8z",
  chat: "M4 5.5a1.5 1.5 0 0 1 1.5-1.5h9A1.5 1.5 0 0 1 16 5.5v6a1.5 1.5 0 0 1-1.5 1.5H9l-3.5 3v-3a1.5 1.5 0 0 1-1.5-1.5zM7 7.5h6M7 10h3.5",
  search: "M8.75 14a5.25 5.25 0 1 0 0-10.5 5.25 5.25 0 0 0 0 10.5zM12.5 12.5l4 4",
  settings: "M3.5 6h6M13.5 6h3M3.5 14h3M10.5 14h6M11.5 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8.5 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  plus: "M10 4v12M4 10h12",
  upload: "M10 13V4M6.5 7.5L10 4l3.5 3.5M4 13v2a1.5 1.5 0 0 0 1.5 1.5h9A1.5 1.5 0 0 0 16 15v-2",
  download: "M10 4v9M6.5 9.5L10 13l3.5-3.5M4 13v2a1.5 1.5 0 0 0 1.5 1.5h9A1.5 1.5 0 0 0 16 15v-2",
  close: "M5 5l10 10M15 5L5 15",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  check: "M4.5 10.5l3.5 3.5 7.5-8",
  alert: "M10 6.5V11M10 13.5v.01M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z",
  retry: "M15.5 8A6 6 0 1 0 16 11M15.5 4v4h-4",
  pencil: "M4 16l.7-3.2 8.6-8.6a1.4 1.4 0 0 1 2 0l.5.5a1.4 1.4 0 0 1 0 2L7.2 15.3zM11.8 5.7l2.5 2.5",
  trash: "M4 5.5h12M8 5.5V4h4v1.5M5.5 5.5l.7 10.5h7.6l.7-10.5M8.5 8.5v5M11.5 8.5v5",
  send: "M10 16V4M5 9l5-5 5 5",
  stop: "M6 6h8v8H6z",
  copy: "M7.5 7.5V5A1.5 1.5 0 0 1 9 3.5h6A1.5 1.5 0 0 1 16.5 5v6a1.5 1.5 0 0 1-1.5 1.5h-2.5M5 7.5h6A1.5 1.5 0 0 1 12.5 9v6a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 15V9A1.5 1.5 0 0 1 5 7.5z",
  back: "M11.5 4.5L6 10l5.5 5.5",
  forward: "M8.5 4.5L14 10l-5.5 5.5",
  down: "M4.5 7.5L10 13l5.5-5.5",
  zoomIn: "M8.75 14a5.25 5.25 0 1 0 0-10.5 5.25 5.25 0 0 0 0 10.5zM12.5 12.5l4 4M6.5 8.75H11M8.75 6.5V11",
  zoomOut: "M8.75 14a5.25 5.25 0 1 0 0-10.5 5.25 5.25 0 0 0 0 10.5zM12.5 12.5l4 4M6.5 8.75H11",
  fitWidth: "M3.5 4v12M16.5 4v12M6.5 10h7M8.5 8l-2 2 2 2M11.5 8l2 2-2 2",
  expand: "M11.5 4H16v4.5M16 4l-5.5 5.5M8.5 16H4v-4.5M4 16l5.5-5.5",
  scope: "M4 5.5h12M6 10h8M8.5 14.5h3",
  quote: "M5 12.5V9.5C5 7.5 6 6 8 5.5M5 10h3v3.5H5zM11.5 12.5V9.5c0-2 1-3.5 3-4M11.5 10h3v3.5h-3z",
  signOut: "M8 4H5.5A1.5 1.5 0 0 0 4 5.5v9A1.5 1.5 0 0 0 5.5 16H8M12.5 6.5L16 10l-3.5 3.5M16 10H8",
  pdf: "M5 3.5h6.5L15 7v9.5H5zM11.5 3.5V7H15M7.5 10.5h5M7.5 13h3",
  page: "M5 3.5h6.5L15 7v9.5H5zM11.5 3.5V7H15",
  spark: "M10 3.5c.5 3.5 2.5 5.5 6 6.5-3.5 1-5.5 3-6 6.5-.5-3.5-2.5-5.5-6-6.5 3.5-1 5.5-3 6-6.5z",
  keyboard: "M4 5.5h12A1.5 1.5 0 0 1 17.5 7v6a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 13V7A1.5 1.5 0 0 1 4 5.5zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M7 11.5h6",
  list: "M7 5.5h9M7 10h9M7 14.5h9M4 5.5h.01M4 10h.01M4 14.5h.01",
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor"
      strokeWidth={name === "more" ? 2.4 : 1.5} strokeLinecap="round" strokeLinejoin="round" aria-hidden="true"
    >
      <path d={drawings[name]} />
    </svg>
  );
}
