import { divisionAt, post } from "../foundations.ts";
import type { Plan } from "../plan.ts";
import { numberIn } from "../pool-plans.ts";
import { cycle } from "../random.ts";
import type { SeedObject, SeedStep } from "../types.ts";
import { to } from "../types.ts";

/** A range of numbers is known by its first and last number (genesys-api §3). */
const poolKey = (start: string, end: string): string => `${start}..${end}`;

export const poolSteps = (plan: Plan): readonly SeedStep[] =>
  plan.pools.map((pool, index) => {
    const startPhoneNumber = pool.prefix + String(pool.first).padStart(pool.digits, "0");
    const endPhoneNumber = pool.prefix + String(pool.last).padStart(pool.digits, "0");
    return post("did-pool", poolKey(startPhoneNumber, endPhoneNumber), "/api/v2/telephony/providers/edges/didpools", {
      name: pool.name,
      description: index === 0 ? "Published numbers" : "",
      startPhoneNumber,
      endPhoneNumber,
      comments: index % 2 === 0 ? "Ported in" : "",
      provider: "PURE_CLOUD",
    });
  });

/** One to three numbers per IVR, from the pools in turn; the last pool stays a reserve. */
function numbersOf(plan: Plan, index: number): readonly string[] {
  const used = plan.pools.slice(0, -1);
  return Array.from({ length: 1 + (index % 3) }, (_, position) => {
    const before = index * 3 + position;
    return numberIn(cycle(used, before), Math.floor(before / used.length));
  });
}

function flows(plan: Plan, index: number): SeedObject {
  const named = (recipe: string, position: number): SeedObject => {
    const flow = cycle(
      plan.flows.filter((entry) => entry.recipe === recipe),
      position,
    );
    return to("flow", `${flow.type}:${flow.name}`);
  };
  return {
    openHoursFlow: index === 0 ? named("inboundcall-main", 0) : named("inboundcall-line", index - 1),
    closedHoursFlow: named("inboundcall-closed", index),
    holidayHoursFlow: named("inboundcall-holiday", index),
  };
}

/** Call routes; the first one has every writable property. The last one answers at all hours. */
export const ivrSteps = (plan: Plan): readonly SeedStep[] =>
  plan.ivrs.map((name, index) => {
    const always = index > 0 && index === plan.ivrs.length - 1;
    const { openHoursFlow, ...others } = flows(plan, index);
    return post("ivr", name, "/api/v2/architect/ivrs", {
      name,
      division: divisionAt(plan, index),
      description: index % 2 === 0 ? `${name} of ${plan.company}` : "",
      dnis: numbersOf(plan, index),
      openHoursFlow: openHoursFlow ?? {},
      ...(always ? {} : { ...others, scheduleGroup: to("schedule-group", cycle(plan.scheduleGroups, index)) }),
    });
  });
