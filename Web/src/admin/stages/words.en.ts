/** What a back-up that is being made is at. */
const words = {
  files: "Files are brought",
  database: "The database is copied",
  writing: "The copy is brought",
  tidying: "Old back-ups are removed",
} as const;

export default words;
