import { KINDS } from "../../src/kinds/index.ts";
import type { Kind } from "../../src/model/kind.ts";
import type { Schema } from "../../src/model/schema.ts";
import type { CheckName } from "../../test/conformance/descriptor/checks.ts";
import { kindsIn } from "../../test/conformance/descriptor/cycles.ts";
import { fieldsOf } from "../../test/conformance/descriptor/schema-fields.ts";
import { withExcluded, withField, withLists, withNotes, withWrite } from "./edit-kind.ts";

/** One wrong descriptor: a real one with one mistake in it. */
export interface Wrong {
  readonly kind: Kind;
  /** Where the mistake is: what catches it has to name this field, or one inside it. */
  readonly field: string;
}

/** A mistake that somebody who adds a kind makes easily, made in several kinds. */
export interface Mistake {
  readonly title: string;
  /** The check that is made for it. */
  readonly check: CheckName;
  readonly wrong: readonly Wrong[];
}

const all = [...KINDS.values()];
const read = all.filter((kind) => kind.read !== undefined);
const written = all.filter(({ mode }) => mode === "write");

/** Makes a mistake at fields, written as `kind /pointer`. @throws Error when there is no such kind or field */
function at(places: readonly string[], make: (kind: Kind, field: string) => Kind): Wrong[] {
  return places.map((place) => {
    const [name = "", field = ""] = place.split(" ");
    const kind = KINDS.get(name);
    if (kind === undefined) throw new Error(`there is no kind ${name}`);
    return { kind: make(kind, field), field };
  });
}

const withoutNote = (kind: Kind, field: string): Kind => withField(kind, field, ({ "x-lockstep": _, ...rest }) => rest);

/** The property that an excluded field is made to. */
function asProperty(kind: Kind, field: string, schema: Schema): Kind {
  const [, ...path] = field.split("/");
  const name = path.pop() ?? "";
  const holder = path.map((segment) => `/${segment}`).join("");
  const open = withExcluded(kind, field, undefined);
  return withField(open, holder, (node) => ({ ...node, properties: { ...node.properties, [name]: schema } }));
}

const serverOwned: Mistake = {
  title: "a writable field excluded as server-owned",
  check: "which fields are the server's",
  wrong: at(
    [
      "queue /callingPartyName",
      "queue /queueFlow",
      "schedule /description",
      "schedule-group /openSchedules",
      "ivr /dnis",
      "flow /description",
      "trunk /inboundSite",
      "site /callerId",
      "integration /configuration/notes",
      "location /notes",
    ],
    (kind, field) =>
      withExcluded(
        withField(kind, field, () => undefined),
        field,
        { owner: "server", why: "a mistake" },
      ),
  ),
};

const operational: Mistake = {
  title: "an operational switch treated as configuration",
  check: "which switches are operational",
  wrong: at(
    ["integration /intendedState", "outbound-route /enabled", "trunk /properties/trunk_enabled"],
    (kind, field) => asProperty(kind, field, { type: field === "/intendedState" ? "string" : "boolean" }),
  ),
};

const softDeleted: Mistake = {
  title: "soft-deleted objects not filtered",
  check: "which objects were deleted",
  wrong: at(
    [
      ...["schedule", "schedule-group", "ivr", "skill", "language", "trunk", "site", "did-pool", "group", "user"].map(
        (name) => `${name} /state`,
      ),
      "integration /intendedState",
      "flow /deleted",
    ],
    (kind) => ({ ...kind, keep: () => true }),
  ),
};

const unpaged: Mistake = {
  title: 'paging: "none" on a paged list',
  check: "how its lists page",
  wrong: read.map((kind) => ({
    kind: withLists(kind, (list) => ({ ...list, paging: "none" })),
    field: kind.read?.lists[0]?.op ?? "",
  })),
};

const oversized: Mistake = {
  title: "page size above the cap",
  check: "how its lists page",
  wrong: read.map((kind) => ({
    kind: withLists(kind, (list) => ({ ...list, size: 1000 })),
    field: kind.read?.lists[0]?.op ?? "",
  })),
};

const sequences: Mistake = {
  title: "sequence for set",
  check: "where order means something",
  wrong: at(
    [
      "schedule-group /openSchedules",
      "ivr /dnis",
      "queue /memberGroups",
      "queue /wrapUpCodes",
      "queue /bullseye/rings/*/actions/skillsToRemove",
    ],
    (kind, field) => withNotes(kind, field, (notes) => ({ ...notes, array: "sequence" })),
  ),
};

const sets: Mistake = {
  title: "set for sequence",
  check: "where order means something",
  wrong: at(
    ["outbound-route /externalTrunkBases", "queue /routingRules", "queue /bullseye/rings", "site /numberPlans"],
    (kind, field) => withNotes(kind, field, ({ sequenceWhen: _, ...notes }) => ({ ...notes, array: "set" })),
  ),
};

const patches: Mistake = {
  title: "patch for full",
  check: "how it is updated",
  wrong: written
    .filter(({ write }) => write?.style === "full" && typeof write.update === "string")
    .map((kind) => ({ kind: withWrite(kind, (write) => ({ ...write, style: "patch" })), field: "write.style" })),
};

const permissions: Mistake = {
  title: "a missing permission",
  check: "which permissions it needs",
  wrong: at(
    [
      "queue permissions.read",
      "queue permissions.write",
      "flow permissions.read",
      "flow permissions.write",
      "data-table permissions.write",
      "ivr permissions.write",
      "integration permissions.read",
      "trunk permissions.write",
    ],
    (kind, field) => {
      const phase = field === "permissions.read" ? "read" : "write";
      const [, ...others] = kind.permissions[phase];
      const both = phase === "write" && kind.permissions.read.every((one) => kind.permissions.write.includes(one));
      return { ...kind, permissions: { ...kind.permissions, [phase]: others, ...(both ? { read: others } : {}) } };
    },
  ),
};

const moves: Mistake = {
  title: "a missing moveAs",
  check: "how it is updated",
  wrong: written
    .filter(({ write }) => write?.moveAs !== undefined)
    .map((kind) => ({ kind: withWrite(kind, ({ moveAs: _, ...write }) => write), field: "/division" })),
};

const references: Mistake = {
  title: "a reference not marked",
  check: "what refers to other objects",
  wrong: at(
    [
      "queue /queueFlow",
      "queue /defaultScripts/*",
      "ivr /openHoursFlow",
      "schedule-group /openSchedules/*",
      "site /location",
      "location /contactUser",
      "data-action /integrationId",
      "outbound-route /externalTrunkBases/*",
    ],
    withoutNote,
  ),
};

/** Does a field, or one inside it, refer to a kind that is written? Only such a reference can close a cycle. */
function refersToWritten({ schema }: Kind, path: readonly string[]): boolean {
  const inside = fieldsOf(schema).filter((field) => path.every((name, index) => field.path[index] === name));
  return inside.some(({ notes }) => kindsIn(notes).some((name) => KINDS.get(name)?.mode === "write"));
}

const phases: Mistake = {
  title: "phase 2 missing where a cycle is possible",
  check: "which references may close a cycle",
  wrong: written.flatMap((kind) =>
    fieldsOf(kind.schema)
      .filter(({ notes, path }) => notes.phase === 2 && refersToWritten(kind, path))
      .map(({ pointer: field }) => ({ kind: withNotes(kind, field, ({ phase: _, ...notes }) => notes), field })),
  ),
};

/** The mistakes, in the order of CONTRIBUTING. */
export const MISTAKES: readonly Mistake[] = [
  serverOwned,
  operational,
  softDeleted,
  unpaged,
  oversized,
  sequences,
  sets,
  patches,
  permissions,
  moves,
  references,
  phases,
];
