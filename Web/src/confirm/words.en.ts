/** Showing that an address is one's own. */
const words = {
  title: "Confirm your address",
  what: "Somebody asked Little Monster to use this address for an account. If it was you, confirm it.",
  do: "Confirm the address",
  done: "Confirmed",
  verified: "{email} is yours. Messages go there.",
  changed: "From now on you sign in with {email}, and messages go there.",
  noToken: "This link is not whole. Copy all of it into the address.",
  spent: "This link was used already, or it is too old. Ask for another in the settings.",
  signUp: "Make your account",
  signUpWhat: "This address is yours. Type the password that you chose, and your account is made.",
  password: "Password",
  make: "Make the account",
  otherPassword: "This is not the password that you chose for this account. If you do not know it any more, sign up again.",
  signUpSpent: "This link was used already, or it is too old. Sign in, or sign up again.",
  home: "Go to the first page",
  first: "One more step",
  firstWhat: "A link went to {email}. Follow it to show that the address is yours; then everything here is open. Look into the folder for spam too.",
  have: "I have followed it",
  signOut: "Sign out",
} as const;

export default words;
