import { KINDS } from "../../../src/kinds/index.ts";
import type { Op } from "../../../src/model/api.ts";
import type { Kind } from "../../../src/model/kind.ts";
import { findOperation, type Contract, type Located } from "../../../tools/fidelity/contract.ts";
import type { Fault } from "./fault.ts";
import { operationOf } from "./operations.ts";
import type { Asked, World } from "./world.ts";

/** Has a kind the permissions that the official definition asks for, for every operation that it names or that was sent? */
export function permissionFaults(kind: Kind, { contract, asked }: World): Fault[] {
  if (contract === undefined) return [];
  const own = asked.filter(({ path }) => ownerOf(path) === kind.name);
  const sent = (phase: Asked["phase"]): (Located | undefined)[] =>
    own.filter((line) => line.phase === phase).map(({ method, path }) => findOperation(contract, method, path));
  const { read, write } = kind.permissions;
  return [
    ...lackingFaults(kind, "permissions.read", [...sent("read"), ...readOps(kind).map(of(contract))], read),
    ...lackingFaults(
      kind,
      "permissions.write",
      [...sent("write"), ...writeOps(kind).map(of(contract))],
      [...read, ...write],
    ),
    ...unknownFaults(kind, contract),
  ];
}

function of(contract: Contract): (op: Op) => Located | undefined {
  return (op) => operationOf(contract, op);
}

function readOps({ read }: Kind): Op[] {
  return read === undefined ? [] : [...read.lists.map(({ op }) => op), read.get.op];
}

function writeOps({ write }: Kind): Op[] {
  return [write?.create, write?.update, write?.remove].filter((op): op is Op => typeof op === "string");
}

/** The kind below whose address a path lies. */
function ownerOf(path: string): string | undefined {
  const bases = [...KINDS.values()].flatMap(({ name, read }) => {
    const template = (read?.get.op.split(" ")[1] ?? "").replace(/\/\{id\}$/, "");
    const pattern = new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}(/|$)`);
    return read !== undefined && pattern.test(path) ? [{ name, depth: template.split("/").length }] : [];
  });
  return bases.sort((a, b) => b.depth - a.depth)[0]?.name;
}

function lackingFaults(
  kind: Kind,
  field: string,
  operations: readonly (Located | undefined)[],
  granted: readonly string[],
): Fault[] {
  const whats = operations.flatMap((located): string[] => {
    const needs = located?.operation["x-inin-requires-permissions"];
    const { permissions = [] } = needs ?? {};
    const missing = permissions.filter((permission) => !granted.includes(permission));
    const enough = needs?.type === "ALL" ? missing.length === 0 : missing.length < permissions.length;
    if (located === undefined || permissions.length === 0 || enough) return [];
    const wanted = missing.join(needs?.type === "ALL" ? " and " : " or ");
    return [`lacks ${wanted}, which ${located.method} ${located.template} asks for`];
  });
  return [...new Set(whats)].map((what) => ({ kind: kind.name, field, what }));
}

function unknownFaults(kind: Kind, { operations }: Contract): Fault[] {
  const known = new Set(
    operations.flatMap(({ operation }) => operation["x-inin-requires-permissions"]?.permissions ?? []),
  );
  return (["read", "write"] as const).flatMap((phase) =>
    kind.permissions[phase]
      .filter((permission) => !known.has(permission))
      .map((permission) => ({ kind: kind.name, field: `permissions.${phase}`, what: `${permission} does not exist` })),
  );
}
