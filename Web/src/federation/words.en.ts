const words = {
  title: "Signing in",
  failed: "That did not work",
  busy: "One moment…",
  codeWhy: "This account asks for a code as well, whichever way you come.",
  linked: "Linked. You can sign in by it from now on.",
  toSignIn: "Back to sign in",
  toSettings: "Back to the settings",
  denied: "You said no there, or it was not allowed to sign you in. Nothing was changed.",
  down: "The other service does not answer as it should. Try again in a moment.",
  notBelieved: "What the other service answered cannot be believed, so nobody was signed in. If it stays so, tell whoever looks after this server.",
  lost: "This sign-in is not known here: it was begun in another browser or at another address, or took more than ten minutes. Begin again.",
  spent: "This sign-in was used already. Begin again.",
  taken: "There is an account with your email address. Sign in with its password, and link the other service under Settings, Account: it is never done unasked.",
  noEmail: "The other service tells no email address of yours, which an account needs.",
  unverified: "The other service has not made sure that the email address is yours. Confirm it there first.",
  linkedElsewhere: "Your account there is linked to another account here.",
  stale: "That service did not ask who you are just now. Sign out there, and begin again.",
  otherIdentity: "That is not the account that is linked to yours.",
  unknown: "This server signs nobody in by that service.",
} as const;

export default words;
