import { byDivision, byId, byName, byNameStart } from "../listing.ts";
import type { Needs, Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import type { Fields } from "../shape.ts";
import { anything, object, ref, required, server, set, text } from "../shape.ts";

/** The permissions of one entity, named after what is done to it. */
function rights(domainEntity: string): Record<"list" | "view" | "add" | "edit" | "remove", Needs> {
  const of = (action: string): Needs => anyOf(`${domainEntity}:${action}`);
  return { list: of("view"), view: of("view"), add: of("add"), edit: of("edit"), remove: of("delete") };
}

function named(kind: string, path: string, domainEntity: string, more: Partial<Resource> = {}): Resource {
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

/** Teams: a cursor list (genesys-api §1.2). */
export const team = named("team", "/api/v2/teams", "groups:team", {
  fields: {
    name: required(text),
    division: ref("division"),
    description: text,
    dateCreated: server(text),
    dateModified: server(text),
  },
  listing: { paging: "cursor", maxSize: 100, filters: { name: byNameStart } },
  update: "PATCH",
});

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

/** Agent scripts: no public operation creates one, the control interface does. */
export const script = named("script", "/api/v2/scripts", "scripter:script", {
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
  listing: {
    paging: "page",
    maxSize: 500,
    filters: { name: byNameStart, divisionIds: byDivision },
    sortable: ["name"],
  },
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
