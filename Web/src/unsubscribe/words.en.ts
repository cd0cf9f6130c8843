/** Getting no more reminders by mail, behind a link in one. */
const words = {
  title: "No more reminders by mail?",
  what: "Little Monster then sends you no reminders by mail. Those in the app and in your browsers stay as they are.",
  do: "No more mail",
  done: "That was the last",
  doneWhat: "You get no more reminders by mail. You can have them again in the settings.",
  settings: "Settings of notifications",
  noToken: "This link is not whole, or the account is gone. Copy all of it into the address.",
} as const;

export default words;
