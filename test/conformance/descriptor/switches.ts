import type { Kind } from "../../../src/model/kind.ts";
import type { Fault } from "./fault.ts";
import { fieldsOf } from "./schema-fields.ts";

/**
 * Names that the API gives to what is switched over by hand or by the platform. What they stand for is operational, or
 * says so with a note (`x-lockstep.configuration`).
 */
const SWITCH =
  /^(is)?(enabled|disabled|active|inactive|inService|activated|deactivated|paused|suspended|available|intendedState|state|status)$/i;

/** Switches that the reference names: a failover would switch them the wrong way if they were kept in step. */
const OPERATIONAL: readonly (readonly [kind: string, field: string, where: string])[] = [
  ["emergency-group", "/enabled", "genesys-api §3"],
  ["integration", "/intendedState", "genesys-api §4.4"],
  ["outbound-route", "/enabled", "genesys-api §5.5"],
  ["trunk", "/properties/trunk_enabled", "genesys-api §5.3"],
];

/** Is every switch classified: as operational, or explicitly as configuration? */
export function switchFaults(kind: Kind): Fault[] {
  if (kind.mode !== "write") return [];
  const fault = (field: string, what: string): Fault => ({ kind: kind.name, field, what });
  const excluded = kind.schema["x-excluded"] ?? {};
  const named = OPERATIONAL.filter(([name, field]) => name === kind.name && excluded[field]?.owner !== "operational");
  const unclassified = fieldsOf(kind.schema).filter(
    ({ path, pointer, notes }) =>
      SWITCH.test(path.at(-1) ?? "") && notes.configuration === undefined && excluded[pointer] === undefined,
  );
  return [
    ...named.map(([, field, where]) => fault(field, `is operational by ${where}, but is not excluded as operational`)),
    ...unclassified.map(({ pointer }) =>
      fault(pointer, "is named like a switch, but is neither operational nor said to be configuration"),
    ),
  ];
}
