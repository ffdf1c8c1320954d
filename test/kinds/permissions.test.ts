import { describe, expect, it } from "vitest";
import { KINDS } from "../../src/kinds/index.ts";
import type { Op } from "../../src/model/api.ts";
import type { Kind } from "../../src/model/kind.ts";
import { hasContract, operations } from "./fixture.ts";

const contract: ReturnType<typeof operations> = hasContract ? operations() : new Map();

function opsOf(kind: Kind): { read: Op[]; write: Op[] } {
  const { create, update, remove } = kind.write ?? {};
  return {
    read: [...(kind.read?.lists ?? []).map((list) => list.op), ...(kind.read === undefined ? [] : [kind.read.get.op])],
    write: [create, update, remove].filter((op): op is Op => typeof op === "string"),
  };
}

/** `ANY`: one of the permissions is enough; `ALL`: each is needed. */
function lacking(op: Op, granted: readonly string[]): string[] {
  const operation = contract.get(op.replaceAll(/\{[^}]*\}/g, "{}"));
  if (operation === undefined) return [`${op} is not an operation of the API`];
  const { type, permissions } = operation;
  const missing = permissions.filter((permission) => !granted.includes(permission));
  const enough =
    type === "ALL" ? missing.length === 0 : missing.length < permissions.length || permissions.length === 0;
  return enough ? [] : [`${op} needs ${missing.join(type === "ALL" ? " and " : " or ")}`];
}

describe.skipIf(!hasContract)("permissions (skipped without ../shared)", () => {
  const known = new Set([...contract.values()].flatMap(({ permissions }) => permissions));

  it.each([...KINDS.values()].map((kind) => [kind.name, kind] as const))(
    "of %s cover its operations",
    (_name, kind) => {
      const { read, write } = opsOf(kind);
      const { permissions } = kind;
      expect([
        ...read.flatMap((op) => lacking(op, permissions.read)),
        ...write.flatMap((op) => lacking(op, permissions.write)),
      ]).toEqual([]);
    },
  );

  it.each([...KINDS.values()].map((kind) => [kind.name, kind] as const))("of %s exist", (_name, { permissions }) => {
    expect([...permissions.read, ...permissions.write].filter((permission) => !known.has(permission))).toEqual([]);
  });
});
