/** What the parts of the server that its probe asks are called. */
const words = {
  database: "Database",
  storage: "Files",
  embeddings: "Search by meaning",
  model: "Language model",
  sandbox: "Sandbox",
} as const;

export default words;
