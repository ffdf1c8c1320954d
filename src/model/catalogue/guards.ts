import type { GuardEntry } from "./entry.ts";

/** Guards. Each has exit code 3; none of them is passed by allowing another one. */
export const GUARDS = {
  "max-updates": {
    meaning: "The plan updates more of the objects of one kind than `guards.maxUpdates` in lockstep.yaml permits.",
    action:
      "Look at the updates in the plan. A rename or override that matches too much, or a script that ran against the primary, touches many objects at once. Raise the limit only if such a share is normal for this kind.",
    passage: "allow",
  },
  "max-deletes": {
    meaning: "The plan deletes more of the objects of one kind than `guards.maxDeletes` in lockstep.yaml permits.",
    action:
      "Look at the deletes in the plan and check in the primary that each object is gone. A rename that lockstep.yaml does not declare shows up as a delete and a create.",
    passage: "allow",
  },
  protected: {
    meaning:
      "The write would change an object that `guards.protected` names, or delete one that carries entry points (call routes, DID pools, trunks, sites).",
    action:
      "Check who depends on the object: `lockstep diff` shows what would change. If the object is protected without a reason, change `guards.protected` in lockstep.yaml.",
    passage: "allow",
    perWrite: true,
  },
  "loses-all-members": {
    meaning:
      "The write would empty a list of an object that stays: the members or wrap-up codes of a queue, the rows of a data table, the numbers of a call route, the trunks of a route, and the like.",
    action:
      "Look at the object in the primary. A list that was emptied there on purpose is rare; an answer that came too early, or a role that no longer sees the members, looks the same.",
    passage: "allow",
    perWrite: true,
  },
  "shrunken-kind": {
    meaning:
      "The source has less than half as many objects of a kind as the standby, and the command would delete the others, or remove references to them from objects that stay.",
    action:
      "Check the source: take a new snapshot and look whether the OAuth client still sees every division. A narrowed role looks exactly like deleted objects.",
    passage: "allow",
  },
  "stale-snapshot": {
    meaning:
      "The source was read longer ago than `guards.staleSnapshotHours`, or nothing reliable says when: `run.json` is missing, unreadable, dated in the future, or about another state of the snapshot.",
    action:
      "Take a new snapshot of the primary. An old one would undo what was changed since. While the primary is down, its last snapshot is the best source there is.",
    passage: "allow",
  },
  "live-traffic": {
    meaning: "The standby carries calls, or lockstep cannot tell that it does not.",
    action:
      "Look at the active conversations and the trunk metrics of the standby. During a failover nothing is written to the organisation that takes the calls; wait until the primary has taken over again.",
    passage: "allow",
    perWrite: true,
  },
  "standby-locked": {
    meaning:
      "Another run of lockstep, on this or another machine, is writing the standby: it holds the lock in the data table `lockstep`.",
    action:
      "Wait until the other run has ended, then run the same command again. A lock that its holder has not renewed for `lock.staleMinutes` is taken over by itself; allow it earlier only if you know that the holder is gone.",
    passage: "allow",
    perWrite: true,
  },
  "lock-lost": {
    meaning:
      "Somebody else took the lock of the standby over while this run was under way, so that it stopped before its next write.",
    action:
      "Find out who took it and why: a machine that slept for longer than `lock.staleMinutes` counts as gone. Run the same command again when the other run has ended; what was applied is in the journal and is not repeated.",
    passage: "never",
  },
  prune: {
    meaning: "The update of the stack deletes or replaces resources, and deletes were not asked for.",
    action:
      "Look at the deletes in the preview. A resource that left the program by mistake, such as through a narrower `include`, is deleted with its object.",
    passage: "prune",
  },
  "prune-off": {
    meaning: "The provider was told to delete an object of the standby, and the stack has `prune` off.",
    action:
      "Keep the object in the program, or take it out of the state with `pulumi state delete`. Deletes are an option of the stack, `lockstep:prune`.",
    passage: "prune",
  },
  "same-org": {
    meaning:
      "The logins of primary and standby lead to the same organisation, or the source of a plan is its own target.",
    action: "Give `orgs.standby` the OAuth client and the region of the standby, and pin both with `orgId`.",
    passage: "never",
  },
  "standby-not-pinned": {
    meaning:
      "The configuration does not say which organisation is the standby, so that swapped logins would go unnoticed.",
    action: "Run `lockstep doctor --pin`, check the ids that it adds to lockstep.yaml, and commit them.",
    passage: "never",
  },
  "primary-as-target": {
    meaning: "What would be written is the primary, or an organisation that another one was kept in step with.",
    action:
      "Check `orgs.primary` and `orgs.standby`. If the roles have changed for good, move the old baseline out of `.lockstep/baseline`.",
    passage: "never",
  },
  "org-mismatch": {
    meaning:
      "The login leads to another organisation than the one that the configuration, the plan or the stack names.",
    action: "Check the credentials, the region and `orgId`. Nothing was changed.",
    passage: "never",
  },
  "wrong-target": {
    meaning: "The plan was made for another organisation or another stack than the one that it would be applied to.",
    action: "Apply the plan where it belongs, or make a new plan for this organisation.",
    passage: "never",
  },
  "incomplete-source": {
    meaning: "A kind of the source could not be read completely, so absent objects cannot be told from unread ones.",
    action: "Grant the permission that the snapshot names and take the snapshot again.",
    passage: "never",
  },
  "moved-target": {
    meaning:
      "The target changed after the plan, the preview or the state was made, so that what was reviewed is not what would happen.",
    action: "Make a new plan or preview, review it, and apply that one.",
    passage: "never",
  },
  "plan-edited": {
    meaning: "The plan file does not match its checksum: it was changed after it was made.",
    action: "Make a new plan. Change what it should do in lockstep.yaml, not in the file.",
    passage: "never",
  },
  "plan-not-approved": {
    meaning:
      "A write to the primary needs an approved plan, and the plan is missing, not made for the primary, or not the approved one.",
    action:
      "Review the plan, then set `lockstep:plan` and `lockstep:approvedPlan` of the stack to its path and checksum.",
    passage: "never",
  },
  "unapproved-change": {
    meaning: "The stack of the primary would make a change that the approved plan does not contain.",
    action: "Make a new plan with `lockstep plan --stack primary`, review it, and have it approved.",
    passage: "never",
  },
  "same-credential": {
    meaning: "The primary would be written with the credential that every other command reads it with.",
    action:
      "Create a separate OAuth client for the stack of the primary, so that no other command can write the primary.",
    passage: "never",
  },
  "bootstrap-creates": {
    meaning: "In access mode `bootstrap` an object that already existed would be updated.",
    action: "Use access mode `managed` for objects that the stack created before.",
    passage: "never",
  },
  "primary-no-deletes": {
    meaning: "An object of the primary would be deleted. lockstep never deletes anything in the primary.",
    action: "Delete the object in Genesys Cloud and refresh, or take it out of the state with `pulumi state delete`.",
    passage: "never",
  },
  "not-owned": {
    meaning: "An object of the primary would be updated that this stack neither created nor adopted.",
    action:
      "Check whether the object may be overwritten. If so, make it equal to the repository by hand; the next plan then adopts it.",
    passage: "never",
  },
  tampered: {
    meaning: "An object of the primary was changed by hand after this stack wrote it.",
    action: "Copy the change into the repository, or revert it in the organisation. Then make and approve a new plan.",
    passage: "never",
  },
  "populated-org": {
    meaning:
      "Access mode `bootstrap` is for a new organisation, and this one holds flows or entry points of somebody else.",
    action: "Check `lockstep:orgId`. An organisation that is in use is only read.",
    passage: "never",
  },
} as const satisfies { readonly [code: string]: GuardEntry };
