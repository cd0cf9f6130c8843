const words = {
  place: "Library",
} as const;

export default words;
