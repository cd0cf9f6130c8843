/**
 * Where a browser has Trusted Types, a text becomes the address of a script only here: libraries name workers, and all of them are this
 * app's own files. HTML has no way but the sanitiser's.
 */
window.trustedTypes?.createPolicy("default", {
  createScriptURL: (address) => (new URL(address, document.baseURI).origin === window.location.origin ? address : null),
});

export {};
