import type { Entry } from "./entry.ts";

/** Findings: reported beside the differences, without an effect on the exit code. */
export const FINDINGS = {
  "unknown-reference-type": {
    meaning:
      "A field, or the text of a flow, refers to an object of a type that lockstep does not know, such as a knowledge base.",
    action: "Check that the object exists in both organisations.",
  },
  "unknown-id": {
    meaning: "Free text or JSON contains an id that belongs to no known object. It is compared as it is.",
    action: "Use an override if the standby needs another id.",
  },
  "person-unknown": {
    meaning:
      "An object refers to a person who is deleted or has no e-mail address, by which people are matched. The reference is left out of the comparison on both sides, and never written.",
    action: "Remove the person from the object, or give the person an e-mail address.",
  },
  "looks-like-a-secret": {
    meaning:
      "A free field, such as a header of a data action, a cell of a data table or a text of a flow, holds what looks like a secret. Reports mask it; snapshots and plans keep it, because it is configuration, unless `include.secrets` is `placeholders`.",
    action:
      "Move the value into a credential of the integration. Until then, use placeholders, or keep snapshots and plans where secrets may lie.",
  },
  "secret-not-comparable": {
    meaning:
      "A secret stands behind a placeholder, and the other side has one of another key or the secret itself, so that nothing tells whether they are equal.",
    action: "Take both snapshots with the same `include.secretsKey`.",
  },
  "unlisted-kind": {
    meaning:
      "The source lists nothing of a kind that its own objects refer to, and the standby has objects of it. A list that came back empty by mistake looks like this, and so does a role that sees none of them. `diff` exits with 2, and the guard `shrunken-kind` stops a plan.",
    action:
      "Read the source again with `--fresh`, and check the permissions of its OAuth client with `lockstep doctor`.",
  },
  "ambiguous-name": {
    meaning: "Several objects of a kind that is only referred to have the same name.",
    action: "Rename all but one.",
  },
  "ambiguous-rename": {
    meaning: "A name in the content of a flow could be meant for several objects that are renamed differently.",
    action: "Check the flow in the standby.",
  },
  "grants-unknown": {
    meaning:
      "The organisation does not tell which divisions the OAuth client sees, so that a narrow role would go unnoticed.",
    action: "Give the client a role that may read its own authorisation, or check its divisions by hand.",
  },
  "cannot-be-undone": {
    meaning:
      "The plan does something that Genesys Cloud has no operation to reverse, such as adding a column to a data table.",
    action: "Decide before the apply. The undo plan takes back everything else.",
  },
  "missing-in-standby": {
    meaning: "An object refers to one that is never written and that the standby lacks.",
    action: "Create the object in the standby.",
  },
  "independent-flow": {
    meaning: "The standby has its own version of the flow (mode `independent`): the content is not compared.",
    action: "Review the standby's flow when the primary's changes.",
  },
  "independent-missing": {
    meaning: "The standby should have its own version of the flow (mode `independent`) and has none.",
    action: "Publish one in the standby.",
  },
  "number-unmatched": {
    meaning: "A rule of `numbers` matches no phone number.",
    action: "Correct the rule or remove it.",
  },
  "override-added": {
    meaning: "An override adds a value that the source does not have.",
    action: "Check the spelling of its path.",
  },
  "ignore-expired": {
    meaning: "The `until` date of an ignore has passed, so that its differences are reported again.",
    action: "Resolve the difference, or set a new date.",
  },
  "state-differs": {
    meaning: "Operational state of the primary is not what lockstep.yaml says. The primary is not written.",
    action: "Change the state in the primary, or lockstep.yaml.",
  },
  "operational-state": {
    meaning:
      "Operational state, such as whether a trunk is in service, differs between the organisations or is off in the standby. It is never copied.",
    action:
      "Switch it on in the standby, or give the value that the standby should have under `orgs.standby.state`. `operational.alarm` decides whether it makes exit code 2.",
  },
  narrowed: {
    meaning: "The command was narrowed with `--only` or `--kind`. What it says is about those objects alone.",
    action: "Run it without these options to learn about everything.",
  },
  "source-stand-in": {
    meaning: "The primary cannot be reached; its last snapshot is used instead.",
    action: "Compare again when the primary answers.",
  },
  "trunk-setting-unknown": {
    meaning: "The trunk has a setting that this type of trunk does not have.",
    action: "Check the name of the setting in the source.",
  },
  "trunk-setting-invalid": {
    meaning: "A setting of the trunk has a value that Genesys Cloud does not accept.",
    action: "Correct the value in the source.",
  },
} as const satisfies { readonly [code: string]: Entry };
