const words = {
  place: "Search",
} as const;

export default words;
