import type { Entry } from "./entry.ts";

/** Flows, data actions, data tables and other objects with rules of their own. */
export const OBJECTS = {
  "flow-yaml": {
    meaning: "The content of a flow is not valid YAML.",
    action: "Export the flow again, or correct the file.",
  },
  "flow-duplicate-key": {
    meaning: "The YAML of a flow has a key twice.",
    action: "Export the flow again, or correct the file.",
  },
  "flow-alias": {
    meaning: "The YAML of a flow uses an alias, which Architect never writes.",
    action: "Export the flow again, or replace the alias by what it stands for.",
  },
  "flow-root": {
    meaning: "The YAML does not hold exactly one flow.",
    action: "Export the flow again, or correct the file.",
  },
  "flow-name": { meaning: "The flow in the YAML has no name.", action: "Add the name." },
  "flow-prompt-name": {
    meaning: "A rename gives a user prompt a name that it cannot have.",
    action: "Use letters, digits and underscores only.",
  },
  "flow-export-failed": {
    meaning: "Architect could not export a flow.",
    action: "Open the flow in Architect: a flow that cannot be exported cannot be kept in step.",
  },
  "flow-publish-failed": {
    meaning: "Architect did not publish a flow. The published version stays as it was.",
    action: "Resolve the validation errors that the message lists.",
  },
  "flow-restore-failed": {
    meaning: "An older version of a flow could not be published again.",
    action: "Publish that version in Architect.",
  },
  "flow-locked": {
    meaning: "Somebody is editing the flow in Architect.",
    action: "Have it checked in or unlocked, then run the same command again.",
  },
  "data-action-invalid": {
    meaning: "Genesys Cloud does not accept the contract or configuration of a data action.",
    action: "Correct the action in the source, and check its integration.",
  },
  "data-action-draft": {
    meaning: "Somebody works on a draft of a data action; its contract can only be changed through a draft.",
    action: "Publish or delete the draft under Admin > Integrations > Actions, then run the same command again.",
  },
  "function-code": {
    meaning: "The data action is a function, whose code cannot be read through the API.",
    action: "Create it in the organisation and upload its code there; lockstep then keeps its settings in step.",
  },
  "rows-import-failed": {
    meaning: "The rows of a data table could not be imported.",
    action: "Compare the columns of the table in both organisations.",
  },
  "column-cannot-be-removed": {
    meaning: "A data table has columns that the source lacks, and Genesys Cloud cannot remove columns.",
    action:
      "Delete the table so that it is created again, add the columns to the source, or ignore `/schema` of this table.",
  },
  "not-published": {
    meaning:
      "A web messaging deployment needs a published version of its configuration, and the standby has only a draft.",
    action: "Publish the configuration there, or apply a plan that includes it.",
  },
  "unresolved-reference": {
    meaning: "An object to be written refers to one that does not exist in the target.",
    action: "Create the other object, or override the field in lockstep.yaml.",
  },
} as const satisfies { readonly [code: string]: Entry };
