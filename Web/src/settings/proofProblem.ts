import { APIError, describe } from "../api/errors";
import { t } from "../strings/t";

/** What was wrong where somebody had to show who they are: the code, the password, or what the server says besides. */
export function proofProblem(error: unknown): string {
  if (!(error instanceof APIError)) return describe(error);
  return error.details["code"] !== undefined ? t("session.codeNotRight") : error.details["password"] !== undefined ? t("settings.passwordNotRight") : describe(error);
}
