import { resolved, responseFor, type Contract, type Located, type Schema } from "../../../tools/fidelity/contract.ts";

/** An operation with its placeholders unnamed: `GET /api/v2/things/{}`. */
function unnamed(op: string): string {
  return op.replaceAll(/\{[^}]*\}/g, "{}");
}

/** What the official definition says about an operation, whatever it calls the placeholders. */
export function operationOf(contract: Contract, op: string): Located | undefined {
  return contract.operations.find(({ method, template }) => unnamed(`${method} ${template}`) === unnamed(op));
}

/** What the definition says about a place in the answer of an operation; `*` is any item or entry. */
export function answerAt(contract: Contract, op: string, path: readonly string[]): Schema | undefined {
  const located = operationOf(contract, op);
  let schema = located === undefined ? undefined : responseFor(located, 200)?.schema;
  for (const segment of path) {
    const own = schema === undefined ? undefined : resolved(contract, schema);
    const entry = typeof own?.additionalProperties === "object" ? own.additionalProperties : undefined;
    schema = segment === "*" ? (own?.items ?? entry) : own?.properties?.[segment];
  }
  return schema === undefined ? undefined : resolved(contract, schema);
}
