const words = {
  close: "Close",
  showTyped: "Show what is typed",
  actions: "Actions",
  loading: "Loading",
  undo: "Undo",
  deleted: "“{title}” was deleted.",
  notDeleted: "It could not be deleted. {problem}",
  copied: "Copied.",
  notCopied: "This browser does not let the page copy. Select the text instead.",
} as const;

export default words;
