/** For how long the server takes a proof, in milliseconds; a little less, so that nothing begun is refused at its end. */
const lifetime = 9 * 60_000;

let until = 0;

/** Whoever sits here has shown a moment ago that it is they. */
export const noteProved = (): void => {
  until = Date.now() + lifetime;
};

export const isProved = (): boolean => Date.now() < until;
