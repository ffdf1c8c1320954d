import fc from "fast-check";

/** Few examples per property, and the same ones each time: mutation testing repeats the tests thousands of times. */
fc.configureGlobal({ numRuns: 15, seed: 1 });
