const words = {
  missing: "The sample course is not part of this installation.",
} as const;

export default words;
