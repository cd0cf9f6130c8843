import { authorizedFetch, call, readAnswer } from "./client";
import type { AccountImportView } from "./generated/schemas";
import { addressOf } from "./routes";

export type AccountImport = AccountImportView;

export const accountImports = {
  list: (signal?: AbortSignal) => call("GET /users/me/imports", { signal }),
  read: (id: string, signal?: AbortSignal) => call("GET /users/me/imports/{id}", { path: { id }, signal }),
  async bring(file: Blob): Promise<AccountImport> {
    const headers = { "Content-Type": "application/zip" };
    return readAnswer<AccountImport>(await authorizedFetch(addressOf("POST /users/me/imports"), { method: "POST", headers, body: file }));
  },
};
