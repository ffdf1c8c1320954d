import { show, wanted } from "../engine.ts";
import { byDivision, byId, byName, byNameStart, pageAnswer, selected } from "../listing.ts";
import type { Call, Listing, Needs, Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import type { Fields } from "../shape.ts";
import { anything, object, ref, required, set, text } from "../shape.ts";
import { entriesOf } from "../store.ts";
import type { Reply } from "../world.ts";

/** The permissions of one entity, named after what is done to it. */
function rights(domainEntity: string): Record<"list" | "view" | "add" | "edit" | "remove", Needs> {
  const of = (action: string): Needs => anyOf(`${domainEntity}:${action}`);
  return { list: of("view"), view: of("view"), add: of("add"), edit: of("edit"), remove: of("delete") };
}

/** A kind that is little more than a name. */
export function named(kind: string, path: string, domainEntity: string, more: Partial<Resource> = {}): Resource {
  return {
    kind,
    path,
    fields: { name: required(text), division: ref("division"), description: text },
    needs: rights(domainEntity),
    listing: { paging: "page", maxSize: 100, filters: { id: byId, name: byName, divisionId: byDivision } },
    update: "PUT",
    divided: true,
    unique: [{ by: ["name"], status: 409, code: "general.conflict" }],
    ...more,
  };
}

const labelNeeds = { view: anyOf("routing:utilization:view"), edit: anyOf("routing:utilization:manage") };

/** Utilization labels. */
export const utilizationLabel = named(
  "utilization-label",
  "/api/v2/routing/utilization/labels",
  "routing:utilization",
  {
    fields: { name: required(text) },
    needs: {
      list: labelNeeds.view,
      view: labelNeeds.view,
      add: labelNeeds.edit,
      edit: labelNeeds.edit,
      remove: labelNeeds.edit,
    },
    divided: false,
  },
);

/** The scripts that are in use: those that the control interface made published from the start. */
function publishedScripts(call: Call): Reply {
  const published = entriesOf(call.org, "script").filter(({ data }) => data.publishedDate !== undefined);
  const json = pageAnswer(selected(published, scriptList, call, true), scriptList, call, (entry) =>
    show(script, entry, call),
  );
  return { status: 200, json };
}

const scriptList: Listing = {
  paging: "page",
  maxSize: 500,
  filters: { name: byNameStart, divisionIds: byDivision },
  sortable: ["name"],
};

/** Agent scripts: no public operation creates one, the control interface does. */
export const script: Resource = named("script", "/api/v2/scripts", "scripter:script", {
  fields: {
    name: required(text),
    division: ref("division"),
    versionId: text,
    createdDate: text,
    modifiedDate: text,
    publishedDate: text,
    startPageId: text,
    startPageName: text,
    features: anything,
    variables: anything,
    customActions: anything,
  },
  needs: { list: anyOf("scripter:script:view"), view: anyOf("scripter:script:view") },
  listing: scriptList,
  routes: [
    {
      method: "GET",
      path: "/api/v2/scripts/published",
      needs: anyOf("scripter:publishedScript:view"),
      handle: publishedScripts,
    },
    {
      method: "GET",
      path: "/api/v2/scripts/published/{id}",
      needs: anyOf("scripter:publishedScript:view"),
      handle: (call) => ({ status: 200, json: show(script, wanted(script, call), call) }),
    },
  ],
});

const nameOnly: Fields = { name: required(text), description: text };

/** Knowledge bases, worktypes and contact lists: only as far as flows name them. */
export const knowledgeBase = named("knowledge-base", "/api/v2/knowledge/knowledgebases", "knowledge:knowledgebase", {
  fields: { ...nameOnly, coreLanguage: text },
  listing: { paging: "cursor", maxSize: 200, filters: { name: byNameStart } },
  update: "PATCH",
  divided: false,
});

export const worktype = named("worktype", "/api/v2/taskmanagement/worktypes", "workitems:worktype", {
  fields: { ...nameOnly, division: ref("division"), defaultWorkbinId: text, schemaId: text },
  update: "PATCH",
});

export const contactList = named("contact-list", "/api/v2/outbound/contactlists", "outbound:contactList", {
  fields: {
    name: required(text),
    division: ref("division"),
    columnNames: set(text),
    phoneColumns: set(object({ columnName: text, type: text })),
  },
});
