import { accounts } from "../api/accounts";
import { tellFailure } from "../design/toastStore";
import { finishDeletions } from "../design/UndoableDeletion";
import { leave } from "./session";

/** Ends this session, or all of this account's; what is waiting to be deleted is deleted first. */
export async function signOut(everywhere: boolean): Promise<void> {
  try {
    await finishDeletions();
    await (everywhere ? accounts.signOutEverywhere() : accounts.signOut());
  } catch (error) {
    tellFailure(error);
    return;
  }
  await leave();
}
