import { findOperation, type Contract, type Located } from "./contract.ts";
import { tellsSomething, type Exchange } from "./traffic.ts";

/** An operation that the simulator serves; the parameters of its path have the simulator's own names. */
export interface Served {
  readonly method: string;
  readonly path: string;
}

/** The simulator's operations, sorted by what can be said about them. */
export interface Coverage {
  /** Those that the definition knows. */
  readonly known: readonly Located[];
  /** Those that it lacks. */
  readonly unknown: readonly string[];
  /** Known ones that no test ever called with success. */
  readonly idle: readonly string[];
  /** Known ones with a defined answer that was empty every time. */
  readonly silent: readonly string[];
}

/** Says which of the simulator's operations were exercised, and which of them ever answered anything. */
export function coverageOf(contract: Contract, served: readonly Served[], traffic: readonly Exchange[]): Coverage {
  const pairs = served.map(({ method, path }) => ({
    name: `${method} ${path}`,
    located: findOperation(contract, method, path),
  }));
  const exercised = new Map<string, boolean>();
  for (const exchange of traffic.filter(({ status }) => status < 400)) {
    const name = `${exchange.method} ${exchange.pattern}`;
    exercised.set(name, (exercised.get(name) ?? false) || tellsSomething(exchange));
  }
  const known = pairs.filter((pair): pair is { name: string; located: Located } => pair.located !== undefined);
  return {
    known: known.map(({ located }) => located),
    unknown: pairs.filter(({ located }) => located === undefined).map(({ name }) => name),
    idle: known.filter(({ name }) => !exercised.has(name)).map(({ name }) => name),
    silent: known
      .filter(({ name, located }) => exercised.get(name) === false && answersOf(located))
      .map(({ name }) => name),
  };
}

/** Whether the definition gives the operation an answer to a success; HEAD has none by its nature. */
function answersOf({ method, operation }: Located): boolean {
  const good = Object.entries(operation.responses).filter(([status]) => status === "default" || status.startsWith("2"));
  return (
    method !== "HEAD" && good.some(([, { schema }]) => schema !== undefined && schema.$ref !== "#/definitions/Empty")
  );
}
