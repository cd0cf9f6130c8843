import { Session, session } from "./session";

export function isAdministrator(current: Session = session.get()): boolean {
  return current.phase === "signedIn" && current.user.role === "administrator";
}

/** Whether this user looks after the people here: sees who has an account, and invites. */
export function looksAfterPeople(current: Session = session.get()): boolean {
  return isAdministrator(current) || (current.phase === "signedIn" && current.user.role === "moderator");
}

/** Whether this user may have classes. */
export function teaches(current: Session = session.get()): boolean {
  return isAdministrator(current) || (current.phase === "signedIn" && current.user.role === "teacher");
}
