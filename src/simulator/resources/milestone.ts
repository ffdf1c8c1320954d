import { conflict } from "../errors.ts";
import { byDivision, byId, byName, byText } from "../listing.ts";
import type { Resource } from "../resource.ts";
import { allOf } from "../resource.ts";
import { ref, text } from "../shape.ts";
import { demandName } from "./flow-names.ts";
import { flowsUsing } from "./flow-users.ts";

const refused = "architect.flow.milestone.validate.failed";

/** Flow milestones: kept while a flow reports them (genesys-api §4.3; codes of the definition). */
export const milestone: Resource = {
  kind: "milestone",
  path: "/api/v2/flows/milestones",
  fields: { name: text, division: ref("division"), description: text },
  needs: {
    list: allOf("architect:flowMilestone:view"),
    view: allOf("architect:flowMilestone:view"),
    add: allOf("architect:flowMilestone:add"),
    edit: allOf("architect:flowMilestone:edit"),
    remove: allOf("architect:flowMilestone:delete"),
  },
  listing: {
    paging: "page",
    maxSize: 100,
    filters: {
      id: byId,
      name: byName,
      description: byText("description"),
      nameOrDescription: byText("name", "description"),
      divisionId: byDivision,
    },
    sortable: ["id", "name", "description"],
  },
  update: "PUT",
  divided: true,
  missingCode: "architect.flow.milestone.not.found",
  unique: [{ by: ["name"], status: 409, code: "architect.flow.milestone.already.exists" }],
  check(draft) {
    demandName(draft, {
      missing: `${refused}.missing.name`,
      noLetter: `${refused}.invalid.name.no.alpha`,
      spaces: `${refused}.invalid.name.spaces`,
    });
  },
  mayDelete(entry, call) {
    const flows = flowsUsing(call, "milestone", entry.id);
    if (flows.length > 0) throw conflict(`Used by ${flows.join(", ")}`, "architect.dependency.object.in.use");
  },
};
