import { Store } from "../state/store";

/** Words of a document on their way into a question that is written elsewhere; whoever has the field takes them. */
export const handedOver = new Store<string | null>(null);
