/** The administrator's page. */
const words = {
  place: "Administration",
  sections: "Sections",
  people: "People",
  health: "Health",
  tryAgain: "Try again",
  reading: "Reading the list of people",
  noPeople: "This server does not list its people.",
  count: { one: "{count} account", other: "{count} accounts" },
  administrator: "Administrator",
  since: "since {day}",
  reset: "New password",
  resetOf: "Give {name} a new password",
  resetTitle: "A new password for {name}",
  resetWhat: "The old password stops working and all devices are signed out. You pass the new one on; it is shown once.",
  resetDone: "Give this to {name}. It is shown only now.",
  copy: "Copy",
  cancel: "Cancel",
  done: "Done",
  probing: "Asking every part",
  allWell: "All parts work.",
  notWell: "Not every part works.",
  works: "works",
  broken: "does not work",
  lookAgain: "Look again",
} as const;

export default words;
