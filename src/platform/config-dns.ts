import type { Config, Dns, DnsName } from "../model/config.ts";
import { formatPointer } from "../model/pointer.ts";
import { didYouMean } from "../model/suggest.ts";
import { SIDES } from "../model/side.ts";
import type { ConfigProblem } from "./config-error.ts";
import type { LineOf } from "./config-lines.ts";

/** What to do about one name with two policies. */
const MIXED =
  "Route 53 takes one policy for all records of a name and type, so policies cannot be mixed: choose one, and hold the targets of both sides in one entry.";

/** What is wrong with the `dns` section of a configuration that its schema accepted: names that lead nowhere or to two things. */
export function dnsProblems({ dns }: Config, lineOf: LineOf): ConfigProblem[] {
  if (dns === undefined) return [];
  const problem = (at: readonly string[], expected: string, found: string, hint: string): ConfigProblem => ({
    code: "config-invalid",
    path: formatPointer(["dns", ...at]),
    line: lineOf(["dns", ...at]),
    expected,
    found,
    hint,
  });
  const known = dns.signals.map(({ name }) => name);
  return [
    ...referencesOf(dns)
      .filter(({ signal }) => !known.includes(signal))
      .map(({ at, signal }) => {
        return problem(at, "the name of a signal of dns.signals", JSON.stringify(signal), suggestion(signal, known));
      }),
    ...repeated(known).map(({ value, index }) => {
      const found = `${JSON.stringify(value)} a second time`;
      return problem(["signals", String(index), "name"], "a name that no other signal has", found, "");
    }),
    ...repeated(dns.names.map(recordOf)).map(({ value, index, first }) => {
      const policies = [dns.names[index]?.policy, dns.names[first]?.policy];
      const mixed = policies[0] !== policies[1];
      const found = `${value} a second time${mixed ? `, ${policies.join(" beside ")}` : ""}`;
      const at = ["names", String(index), "name"];
      return problem(
        at,
        "each name and type once",
        found,
        mixed ? MIXED : "One entry holds the targets of both sides.",
      );
    }),
  ];
}

interface Reference {
  readonly at: readonly string[];
  readonly signal: string;
}

function referencesOf({ names, signals }: Dns): Reference[] {
  return [
    ...names.flatMap(({ health }, index) =>
      SIDES.flatMap((side) => {
        const signal = health[side];
        return signal === undefined ? [] : [{ at: ["names", String(index), "health", side], signal }];
      }),
    ),
    ...signals.flatMap((signal, index) =>
      signal.type !== "calculated"
        ? []
        : signal.of.map((name, child) => ({ at: ["signals", String(index), "of", String(child)], signal: name })),
    ),
  ];
}

function suggestion(signal: string, known: readonly string[]): string {
  if (known.length === 0) return "Describe the signal in dns.signals.";
  return didYouMean(signal, new Set(known)) || `signals are ${[...new Set(known)].join(", ")}`;
}

/** What Route 53 tells records apart by: an alias is stored as addresses. */
function recordOf({ name, type }: DnsName): string {
  return `${name.toLowerCase()} ${type === "alias" ? "A" : type}`;
}

/** Values that an earlier entry of the list has, with their place and the place of the first. */
function repeated(
  values: readonly string[],
): { readonly value: string; readonly index: number; readonly first: number }[] {
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    return first < index ? [{ value, index, first }] : [];
  });
}
