import { post } from "../foundations.ts";
import type { Plan } from "../plan.ts";
import type { SeedStep } from "../types.ts";

const edges = "/api/v2/telephony/providers/edges";

/** Ranges of internal numbers; the last one is a reserve. */
const ranges = [
  { start: "2000", end: "2499", use: "Desks" },
  { start: "3000", end: "3199", use: "Meeting rooms" },
  { start: "70000", end: "70999", use: "Reserve" },
] as const;

/** Extension pools, known by their first and last number (genesys-api §5.5). */
export const extensionPoolSteps = (plan: Plan): readonly SeedStep[] =>
  ranges.map(({ start, end, use }) =>
    post("extension-pool", `${start}..${end}`, `${edges}/extensionpools`, {
      name: start,
      description: `${use} of ${plan.company}`,
      startNumber: start,
      endNumber: end,
    }),
  );

/** Edge groups without phones of their own: phones belong to hardware that each organisation has for itself. */
export const edgeGroupSteps = (plan: Plan): readonly SeedStep[] =>
  ["Head Office Edges", "Branch Edges"].map((name) =>
    post("edge-group", name, `${edges}/edgegroups`, {
      name,
      description: `${name} of ${plan.company}`,
      phoneTrunkBases: [],
    }),
  );
