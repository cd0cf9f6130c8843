/** What the parts of the server that its probe asks are called. */
const words = {
  database: "Database",
  storage: "Files",
  embeddings: "Search by meaning",
  model: "Language model",
  sandbox: "Sandbox",
  speech: "Speech",
  pictures: "Pictures",
  push: "Pushes",
  transcription: "Writing down",
  collector: "Collector of traces",
  event_webhook: "Address that events are told to",
  learning_records: "Learning records",
  backups: "Back-ups",
} as const;

export default words;
