import { sizeFor } from "./random.ts";
import type { SeedSize } from "./types.ts";

/** How many objects of each sort a contact centre has. */
export interface Counts {
  readonly divisions: number;
  readonly skills: number;
  readonly languages: number;
  readonly wrapUpCodes: number;
  readonly people: number;
  readonly groups: number;
  readonly prompts: number;
  readonly lines: number;
  readonly queues: number;
  readonly flows: number;
  readonly ivrs: number;
  readonly schedules: number;
  readonly scheduleGroups: number;
  readonly emergencyGroups: number;
  readonly tables: number;
  readonly rows: number;
  readonly integrations: number;
  readonly credentials: number;
  readonly actions: number;
  readonly trunks: number;
  readonly sites: number;
  readonly pools: number;
}

const department: Counts = {
  divisions: 5,
  skills: 16,
  languages: 5,
  wrapUpCodes: 24,
  people: 40,
  groups: 3,
  prompts: 8,
  lines: 5,
  queues: 40,
  flows: 25,
  ivrs: 6,
  schedules: 14,
  scheduleGroups: 5,
  emergencyGroups: 2,
  tables: 12,
  rows: 9,
  integrations: 5,
  credentials: 6,
  actions: 22,
  trunks: 4,
  sites: 3,
  pools: 5,
};

/** The example organisation of cx-as-code §2.2; what it leaves open is chosen to fit. */
const organisation: Counts = {
  divisions: 12,
  skills: 80,
  languages: 8,
  wrapUpCodes: 150,
  people: 300,
  groups: 12,
  prompts: 40,
  lines: 12,
  queues: 400,
  flows: 300,
  ivrs: 80,
  schedules: 150,
  scheduleGroups: 60,
  emergencyGroups: 10,
  tables: 50,
  rows: 200,
  integrations: 60,
  credentials: 60,
  actions: 600,
  trunks: 40,
  sites: 20,
  pools: 14,
};

const tripled: Counts = {
  ...organisation,
  divisions: 30,
  skills: 240,
  wrapUpCodes: 450,
  people: 900,
  groups: 30,
  prompts: 100,
  lines: 15,
  queues: 1200,
  flows: 900,
  ivrs: 240,
  schedules: 400,
  scheduleGroups: 180,
  emergencyGroups: 30,
  tables: 150,
  integrations: 180,
  credentials: 180,
  actions: 1800,
  trunks: 120,
  sites: 60,
  pools: 40,
};

const base: Readonly<Record<SeedSize, Counts>> = { S: department, M: organisation, L: tripled };

/** What the vocabulary or the platform limits, and what every flow needs, does not vary with the seed. */
const fixed: ReadonlySet<keyof Counts> = new Set([
  "languages",
  "lines",
  "groups",
  "prompts",
  "emergencyGroups",
  "pools",
]);

/** The counts for a seed: within 20 % of the size's own, and exactly those for seed 1. */
export function countsFor(seed: number, size: SeedSize): Counts {
  const entries = Object.entries(base[size]) as [keyof Counts, number][];
  const varied = entries.map(([name, count]) => [name, fixed.has(name) ? count : sizeFor(seed, name, count)]);
  return Object.fromEntries(varied) as Readonly<Record<keyof Counts, number>>;
}
