import type { Resource } from "../resource.ts";
import { dropParts, entriesOf } from "../store.ts";
import { addDefaultPlans } from "./number-plan.ts";
import { addDefaultRoute } from "./outbound-route.ts";
import { site } from "./site.ts";

/** Sites together with the parts that come and go with them (genesys-api §5.5 "Site create side effects"). */
export const siteWithParts: Resource = {
  ...site,
  afterCreate(entry, call) {
    addDefaultPlans(call.org, entry.id, call.now);
    addDefaultRoute(call.org, entry.id, call.now);
  },
  beforeDelete(entry, call) {
    dropParts(call.org, "outbound-route", entry.id);
    dropParts(call.org, "number-plan", entry.id);
  },
  provision(setup) {
    site.provision?.(setup);
    for (const { id } of entriesOf(setup.org, "site")) {
      addDefaultPlans(setup.org, id, setup.now);
      addDefaultRoute(setup.org, id, setup.now);
    }
  },
};
