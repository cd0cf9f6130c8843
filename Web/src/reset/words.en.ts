/** Choosing a new password behind a one-time link. */
const words = {
  title: "Choose a new password",
  password: "New password",
  hint: "At least 10 characters. A few words are easy to remember.",
  save: "Save and sign in",
  noToken: "This link is not whole. Copy all of it into the address.",
  spent: "This link was used already, or it is too old. Ask for another.",
  forgot: "Forgot your password?",
  forgotHint: "The one that you sign in with.",
  send: "Send me a link",
  sent: "If there is an account with {email}, a link to choose another password is on its way. It is good for an hour. Look into the folder for spam too.",
  email: "Email",
  leave: "Go to the first page",
} as const;

export default words;
