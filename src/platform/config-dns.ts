import type { Config, Dns } from "../model/config.ts";
import { formatPointer } from "../model/pointer.ts";
import { didYouMean } from "../model/suggest.ts";
import { SIDES } from "../model/side.ts";
import type { ConfigProblem } from "./config-error.ts";
import type { LineOf } from "./config-lines.ts";

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
      return problem(["signals", index, "name"], "a name that no other signal has", found, "");
    }),
    ...repeated(dns.names.map(({ name, type }) => `${name.toLowerCase()} ${type === "alias" ? "A" : type}`)).map(
      ({ value, index }) => {
        const hint = "one entry holds the targets of both sides";
        return problem(["names", index, "name"], "each name and type once", `${value} a second time`, hint);
      },
    ),
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
  if (known.length === 0) return "describe the signal in dns.signals";
  return didYouMean(signal, new Set(known)) || `signals are ${[...new Set(known)].join(", ")}`;
}

/** Values that an earlier entry of the list has, with their places. */
function repeated(values: readonly string[]): { readonly value: string; readonly index: string }[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [{ value, index: String(index) }] : []));
}
