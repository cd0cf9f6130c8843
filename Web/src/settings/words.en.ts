const words = {
  place: "Settings",
} as const;

export default words;
