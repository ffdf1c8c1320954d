import type { SimulatorClock } from "./world.ts";

/** The machine's clock, for a simulator that nobody drives. */
export const systemClock: SimulatorClock = { now: () => Date.now() };
