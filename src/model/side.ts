/** The two organisations: the one that serves callers, and the one that is kept ready. */
export const SIDES = ["primary", "standby"] as const;

/** One of the two organisations. */
export type Side = (typeof SIDES)[number];
