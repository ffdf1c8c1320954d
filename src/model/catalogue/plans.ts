import type { Entry } from "./entry.ts";

/** Plans: making, applying and resuming them. The first group says why single objects are left out of a plan. */
export const PLANS = {
  "plan-other-key": {
    meaning:
      "The plan holds placeholders that were made with another key than `include.secretsKey` names, or it was made while secrets were kept, and placeholders are used now.",
    action: "Make a new plan, or use the key that the plan was made with.",
  },
  "not-writable": {
    meaning: "Genesys Cloud has no operation for this change.",
    action: "Make the change in the Genesys Cloud user interface.",
  },
  "immutable-field": {
    meaning: "The field is fixed when the object is created.",
    action: "Delete the object in the standby; the next plan creates it again.",
  },
  "value-taken": {
    meaning:
      "The object needs a number, a range or another value that can have one holder, and an object of the target holds it that the source does not have.",
    action:
      "Take the value away from the other object, or let `--prune` delete that object, as far as the configuration does not leave it out.",
  },
  "not-empty": {
    meaning:
      "Pruning would delete an object that Genesys Cloud keeps as long as anything is in it, such as a division or a DID pool, and the standby counts more in it than the plan takes out: objects of kinds that lockstep does not manage, or that the configuration leaves out.",
    action:
      "Move what the message names out of the object in the standby, or delete it there; the next plan deletes the object.",
  },
  "platform-keeps-value": {
    meaning:
      "A value was written twice, with success, and both times the organisation gave back the same other value. It is written again as soon as the value in the primary or in the standby is another one.",
    action:
      "Accept the difference with the line for `ignores` that the message has, or change the value in the primary to what the platform makes of it.",
  },
  "names-exchanged": {
    meaning:
      "Objects exchanged their names in the primary, or one took over a name that another object keeps in the standby, and what they hold cannot follow: the values of credentials cannot be read, and columns of data tables cannot be removed. They and what refers to them are left as they are.",
    action:
      "Rename the objects in the standby as they were renamed in the primary: each keeps what it holds. Where that is not possible, delete them in the standby, so that the next plan creates them again.",
  },
  "lock-table-name": {
    meaning:
      "A data table of yours is called `lockstep`, which is the name of the table by which lockstep locks the standby, and the standby can have one of that name. It and what refers to it are not written.",
    action:
      "Give the table another name in the primary, or in the standby by a rule of `renames`. With `lock.use: off` lockstep needs no table of its own; delete the one that it made, if there is one.",
  },
  "reference-cycle": {
    meaning: "New objects need one another at once, so that none of them can be created first.",
    action: "Create one of them by hand.",
  },
  "blocked-by": {
    meaning: "The object depends on another one that cannot be written.",
    action: "Resolve the problem of the other object.",
  },
  "plan-missing": { meaning: "There is no such plan file.", action: "Make a plan with `lockstep plan -o FILE`." },
  "plan-malformed": { meaning: "The file is not a plan of this version of lockstep.", action: "Make a new plan." },
  "journal-damaged": {
    meaning: "The journal of an interrupted apply cannot be read.",
    action: "Make a new plan; it starts a journal of its own.",
  },
  "org-in-use": {
    meaning: "Another run is writing the same organisation.",
    action: "Wait for it. If no other run exists, delete the lock file that the message names.",
  },
  "lock-unavailable": {
    meaning:
      "The standby cannot be locked, and `lock.use` is `required`: the OAuth client may not write data tables, the name `lockstep` belongs to a table of your own, or there is no room for another table.",
    action:
      "`lockstep doctor` names a missing permission. Rename a table of your own that is called `lockstep`, or set `lock.use` to `if-permitted`.",
  },
} as const satisfies { readonly [code: string]: Entry };
