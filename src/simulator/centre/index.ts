export { contactCentre } from "./centre.ts";
export { crowdSteps } from "./crowd/crowd.ts";
export { drifted } from "./drift/drifted.ts";
export type { Drift } from "./drift/draft.ts";
export { secretMark } from "./integrations.ts";
export { loadSeed } from "./load/load-seed.ts";
export { demoPairing } from "./pairing.ts";
export type { SeedSize, SeedStep } from "./types.ts";
