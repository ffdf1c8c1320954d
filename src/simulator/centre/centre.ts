import {
  contentSteps,
  emergencyFlowSteps,
  emergencyGroupSteps,
  groupMemberSteps,
  groupSteps,
  mailSteps,
} from "./companions.ts";
import { digitalSteps } from "./digital.ts";
import { flowSteps } from "./flows/recipes.ts";
import { divisionSteps, languageSteps, locationSteps, skillSteps, userSteps, wrapUpCodeSteps } from "./foundations.ts";
import { scheduleGroupSteps, scheduleSteps } from "./hours.ts";
import { actionSteps, credentialSteps, integrationSteps } from "./integrations.ts";
import { markSteps } from "./marks.ts";
import { planFor } from "./planning.ts";
import { queuePartSteps, queueSteps } from "./queues.ts";
import { tableSteps } from "./tables.ts";
import { edgeGroupSteps, extensionPoolSteps } from "./telephony/extensions.ts";
import { ivrSteps, poolSteps } from "./telephony/numbers.ts";
import { numberPlanSteps, routeSteps, siteSteps } from "./telephony/sites.ts";
import { trunkSteps } from "./telephony/trunks.ts";
import type { SeedSize, SeedStep, Side } from "./types.ts";

/** Which contact centre to describe; the primary's unless the side says otherwise. */
export interface CentreOptions {
  readonly seed: number;
  readonly size: SeedSize;
  readonly side?: Side;
}

/**
 * A believable contact centre of our own making, as the requests that build it in an empty organisation, in an order in
 * which everything exists before it is named (genesys-api §7). The same seed and size give the same steps; other seeds
 * give other names and, but for seed 1, other sizes. The standby's differs from the primary's only in what has to differ:
 * the name of Home, addresses, some numbers, flow names that end in -STANDBY instead of -PROD, secrets.
 */
export function contactCentre(options: CentreOptions): readonly SeedStep[] {
  const plan = planFor(options.seed, options.size, options.side ?? "primary");
  return [
    divisionSteps,
    skillSteps,
    languageSteps,
    wrapUpCodeSteps,
    userSteps,
    groupSteps,
    groupMemberSteps,
    locationSteps,
    siteSteps,
    trunkSteps,
    numberPlanSteps,
    routeSteps,
    poolSteps,
    edgeGroupSteps,
    extensionPoolSteps,
    credentialSteps,
    integrationSteps,
    actionSteps,
    contentSteps,
    tableSteps,
    scheduleSteps,
    scheduleGroupSteps,
    emergencyGroupSteps,
    queueSteps,
    mailSteps,
    markSteps,
    flowSteps,
    queuePartSteps,
    ivrSteps,
    emergencyFlowSteps,
    digitalSteps,
  ].flatMap((generate) => generate(plan));
}
