const words = {
  notFound: "Not found",
  noPage: "There is no such page",
  noPageWhy: "The address may have a typing error, or what it led to was deleted.",
  goHome: "Go to the first page",
  sharedBy: "Shared by {name}",
  sharedWith: { one: "Shared with {count} person", other: "Shared with {count} people" },
} as const;

export default words;
