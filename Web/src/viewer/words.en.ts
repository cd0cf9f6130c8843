/** Reading a document. */
const words = {
  document: "Document",
} as const;

export default words;
