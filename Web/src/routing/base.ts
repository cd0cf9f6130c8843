/**
 * The address under which the app is served, ending in a slash.
 * Scripts lie in `assets/` below it, so it follows from this module's own address and works under any path prefix.
 */
export const baseURL = new URL("../", import.meta.url);

export const basePath = baseURL.pathname;

export function assetURL(path: string): string {
  return new URL(path, baseURL).href;
}
