import type { GuardCode } from "../../../model/catalogue/codes.ts";
import type { Coordinate } from "../../../model/coordinate.ts";
import type { Guards } from "../../../model/config.ts";
import { GuardError, LockstepError } from "../../../model/error.ts";
import { guardHint } from "../../../model/guard.ts";
import type { Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import type { Plan } from "../../../model/plan.ts";
import { firstState } from "../../../canonical/denormalise.ts";
import { digestJson } from "../../../canonical/digest.ts";
import { withoutPlaces } from "../../../canonical/phases.ts";
import { emptiedHit, emptiedLists } from "../../emptied-lists.ts";
import { protectionBy } from "../../guards.ts";
import type { AccessMode, ProviderSettings } from "../rpc/settings.ts";

/** What a provider may do, and what it was told to be careful with. */
export interface WritePolicy {
  readonly access: AccessMode;
  readonly prune: boolean;
  readonly allow: ReadonlySet<GuardCode>;
  readonly guarded: Guards["protected"];
  /** The approved plan, where one is needed. */
  readonly plan: Plan | undefined;
}

/** A write that somebody wants. */
export interface ProposedWrite {
  readonly kind: Kind;
  readonly coordinate: Coordinate;
  readonly verb: "create" | "update" | "delete";
  /** What the object should be in the end; absent for a delete. */
  readonly wanted?: Obj;
  /** What it is now; absent for a create. */
  readonly current?: Obj | undefined;
  /** Does it only let go of values that another object of the same update takes? */
  readonly release?: boolean;
  readonly ownership: Ownership;
}

/** Whose an object is, as far as the journal and the baseline tell. */
export interface Ownership {
  /** `ours`: written or taken over before; `platform`: every new organisation has it; `foreign`: anything else. */
  readonly owner: "ours" | "platform" | "foreign";
  /** Is it another one than it was when it was last written from here? */
  readonly changed: boolean;
  /** Is it another one than the approved plan was made for, and not as that plan wants it either? */
  readonly moved: boolean;
  /** Was it begun from here, and not ended? */
  readonly unfinished: boolean;
}

/** The error for a write through a provider that only reads. */
export function readOnlyRefusal(
  org: ProviderSettings["org"],
  verb: ProposedWrite["verb"],
  what: string,
): LockstepError {
  return new LockstepError(
    org === "primary" ? "primary-read-only" : "read-only",
    `${what} would be changed (${verb}), and this provider only reads the ${org}`,
    org === "primary"
      ? "Change it in the organisation, or give the stack an access mode: `pulumi config set lockstep:access bootstrap` or managed."
      : 'Give the provider access "write".',
    { coordinate: what },
  );
}

/** Why a write is refused, decided before its first request; undefined when it may be done. */
export function writeRefusal(policy: WritePolicy, write: ProposedWrite): LockstepError | undefined {
  switch (policy.access) {
    case "read-only":
      return readOnlyRefusal("primary", write.verb, write.coordinate);
    case "write":
      return standbyRefusal(policy, write);
    case "bootstrap":
    case "managed":
      return primaryRefusal(policy.access, policy, write);
  }
}

function standbyRefusal({ prune, allow, guarded }: WritePolicy, write: ProposedWrite): LockstepError | undefined {
  const { kind, coordinate, verb } = write;
  if (verb === "delete" && !prune) {
    return new GuardError(
      "prune-off",
      `${coordinate} would be deleted, and nothing is deleted unless that was asked for`,
      "Keep it in the program, take it out of the state with `pulumi state delete`, or set `pulumi config set lockstep:prune true`.",
      { coordinate },
    );
  }
  const reason = protectionBy(guarded)(kind, coordinate, verb);
  if (reason !== undefined && !allow.has("protected")) {
    return new GuardError("protected", `${coordinate} ${reason}; this would ${verb} it`, guardHint("protected"), {
      coordinate,
    });
  }
  return allow.has("loses-all-members") ? undefined : emptyingRefusal(write);
}

function emptyingRefusal({ kind, coordinate, current, wanted, release }: ProposedWrite): GuardError | undefined {
  if (release === true) return undefined;
  if (current === undefined || wanted === undefined) return undefined;
  const hits = emptiedLists(kind, current, wanted).map((list) => emptiedHit(coordinate, list));
  const [first] = hits;
  if (first === undefined) return undefined;
  const message = hits.map((hit) => hit.message).join("\n");
  return new GuardError(first.guard, message, guardHint(first.guard), { coordinate });
}

function primaryRefusal(
  access: "bootstrap" | "managed",
  { plan }: WritePolicy,
  write: ProposedWrite,
): LockstepError | undefined {
  const { coordinate, verb, ownership } = write;
  if (verb === "delete") {
    return new GuardError(
      "primary-no-deletes",
      `${coordinate} would be deleted, and nothing is ever deleted in the primary`,
      "Delete it there by hand and refresh, or take it out of the state with `pulumi state delete`.",
      { coordinate },
    );
  }
  if (verb === "update" && ownership.owner === "foreign") {
    return new GuardError(
      "not-owned",
      `${coordinate} exists in the primary and was neither created nor taken over by this stack`,
      "Look whether it may be overwritten; if so, bring it in line by hand, so that the next plan takes it over.",
      { coordinate },
    );
  }
  if (verb === "update" && ownership.changed) {
    return new GuardError(
      "tampered",
      `${coordinate} was changed in the primary after it was last written from here`,
      "Take the change over into the repository, or put the object back by hand; then make and approve a new plan.",
      { coordinate },
    );
  }
  if (!isApproved(plan, write)) return unapproved(write);
  if (access === "bootstrap" && verb === "update" && !isBeginning(plan, write)) {
    return new GuardError(
      "bootstrap-creates",
      `${coordinate} was made before, and bootstrap only creates objects and adopts those of a new organisation`,
      "Change it in the mode managed: `pulumi config set lockstep:access managed`.",
      { coordinate },
    );
  }
  return ownership.moved ? movedSincePlan(coordinate) : undefined;
}

/** Does an update end what the plan creates, or adopt what a new organisation has? */
function isBeginning(plan: Plan | undefined, { coordinate, ownership }: ProposedWrite): boolean {
  if (ownership.owner === "platform" || ownership.unfinished) return true;
  return operationsOf(plan, coordinate).some(({ action }) => action === "create");
}

function movedSincePlan(coordinate: Coordinate): LockstepError {
  return new GuardError(
    "moved-target",
    `${coordinate} is another one than when the approved plan was made`,
    "Look at the change; then make a new plan and have it approved.",
    { coordinate },
  );
}

/** What the plan does to an object, in order. */
export function operationsOf(plan: Plan | undefined, coordinate: Coordinate): Plan["operations"] {
  return (plan?.operations ?? []).filter((operation) => operation.coordinate === coordinate);
}

/** Is the write an operation of the approved plan: the same object, the same action, the same outcome? */
function isApproved(plan: Plan | undefined, write: ProposedWrite): boolean {
  const { coordinate, verb, wanted, release } = write;
  const operations = operationsOf(plan, coordinate);
  // What it gets instead comes with a write of its own.
  if (release === true) return operations.some(({ action }) => action === "update" || action === "rename");
  const outcome = operations.at(-1)?.after;
  if (outcome === undefined || wanted === undefined || !isOutcome(write, outcome, wanted)) return false;
  const verbs = operations.map(({ action }) => (action === "rename" ? "update" : action));
  // What was approved as a create may be there half-made: the rest of it is then an update.
  return verb === "update" ? verbs.includes("update") || verbs.includes("create") : verbs.includes(verb);
}

/** What was begun and not ended also gets the state of a new object, which belongs to the create that was approved. */
function isOutcome({ kind, ownership }: ProposedWrite, outcome: Obj, wanted: Obj): boolean {
  if (digestJson(outcome) === digestJson(wanted)) return true;
  const places = firstState(kind).map(({ path }) => path);
  const [approved, asked] = [outcome, wanted].map((object) => digestJson(withoutPlaces(kind, object, places)));
  return ownership.unfinished && approved === asked;
}

function unapproved({ coordinate, verb }: ProposedWrite): LockstepError {
  return new GuardError(
    "unapproved-change",
    `The approved plan does not ${verb} ${coordinate} in this way`,
    "Make a new plan, have it approved, and set it with `pulumi config set lockstep:plan` and `lockstep:approvedPlan`.",
    { coordinate },
  );
}

/**
 * Refuses to bootstrap an organisation that is in use already.
 * @param carrying flows and entry points that it has
 * @param isOurs does the journal know it?
 * @throws GuardError `populated-org`
 */
export function assertUnpopulated(carrying: readonly Coordinate[], isOurs: (coordinate: Coordinate) => boolean): void {
  const foreign = carrying.filter((coordinate) => !isOurs(coordinate)).sort();
  if (foreign.length === 0) return;
  const names = foreign.slice(0, 3).join(", ") + (foreign.length > 3 ? ` and ${foreign.length - 3} more` : "");
  throw new GuardError(
    "populated-org",
    `The primary already holds flows or entry points that this stack did not make: ${names}`,
    "The mode bootstrap is for a new organisation. Check lockstep:orgId; an organisation in use is only read.",
    { coordinate: foreign[0] },
  );
}

/** Does the object take calls or messages, or decide where they go? */
export function carriesCallers(kind: Kind): boolean {
  return kind.callers !== undefined;
}

/**
 * Compares an approved plan with what was approved.
 * @throws GuardError `plan-not-approved`, `org-mismatch`
 */
export function assertApproved(plan: Plan, approved: string, orgId: string, file: string): void {
  if (plan.sha256 !== approved) {
    throw new GuardError(
      "plan-not-approved",
      `The plan ${file} has the checksum ${plan.sha256}, and ${approved} was approved`,
      "Look at the plan again and set `pulumi config set lockstep:approvedPlan` to the checksum that was reviewed.",
      { file },
    );
  }
  if (plan.stack !== "primary") {
    throw new GuardError(
      "plan-not-approved",
      `The plan ${file} was not made for the primary`,
      "Make one with `lockstep plan --stack primary -o FILE`.",
      { file },
    );
  }
  if (plan.target.orgId === orgId) return;
  throw new GuardError(
    "org-mismatch",
    `The approved plan was made for ${plan.target.name} (${plan.target.orgId}), and this is ${orgId}`,
    "Check lockstep:plan and the login of this stack.",
    { file },
  );
}
