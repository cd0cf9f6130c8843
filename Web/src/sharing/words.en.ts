/** Letting others read. */
const words = {
  shareDocument: "Share this document",
  shareCourse: "Share this course",
  email: "Email address of an account here",
  documentMeans: "They can read, search and ask it. They cannot change it or share it on.",
  courseMeans: "They can read, search and ask all its documents, also those you add later. They cannot change them or share them on.",
  share: "Share",
  people: "Who can read it",
  reading: "Looking who can read it",
  nobody: "Nobody but you so far.",
  end: "Remove",
  endFor: "Remove {name}",
  added: "{name} can read it now.",
  ended: "{name} cannot read it any more.",
  unknown: "Nobody has an account with this address here.",
  yourself: "This is your own address.",
  noAddress: "Type an email address, such as anna@example.org.",
  began: "{owner} shares “{title}” with you.",
} as const;

export default words;
