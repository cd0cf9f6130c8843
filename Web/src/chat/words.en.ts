const words = {
  place: "Ask",
} as const;

export default words;
