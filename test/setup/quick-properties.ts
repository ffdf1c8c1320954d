import fc from "fast-check";

/** Fewer examples per property: mutation testing repeats the tests thousands of times. */
fc.configureGlobal({ numRuns: 15 });
