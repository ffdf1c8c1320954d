import { mainGreeting } from "./flows/main-ivr.ts";
import type { Plan } from "./plan.ts";
import { planFor } from "./planning.ts";
import { movedNumbers } from "./pool-plans.ts";
import { endpointUrl } from "./tables.ts";
import { sbcHosts } from "./telephony/trunks.ts";
import { actionUrl, credentialsOf } from "./integrations.ts";
import type { SeedSize, SeedValue } from "./types.ts";

/** A rule of `lockstep.yaml` that changes a value for the standby (INTERFACES "Config"). */
export interface PairingOverride {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  readonly value: SeedValue;
}

/** How the two organisations of a seed rightly differ, in the words of `lockstep.yaml`. */
export interface DemoPairing {
  readonly renames: readonly { readonly kind: string; readonly pattern: string; readonly replace: string }[];
  readonly overrides: readonly PairingOverride[];
  readonly numbers: readonly { readonly pattern: string; readonly replace: string }[];
  readonly secrets: readonly {
    readonly kind: string;
    readonly name: string;
    readonly path: string;
    readonly value: string;
  }[];
  /** Values of the environment variables that `secrets` name. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Each organisation has border controllers of its own; its termination identifiers are unique anyway and never compared. */
const trunkOverrides = (plan: Plan): readonly PairingOverride[] =>
  plan.trunks.map((trunk) => ({
    kind: "trunk",
    name: trunk.name,
    path: "/properties/trunk_transport_serverProxyList",
    value: sbcHosts(trunk, "standby"),
  }));

/** Where the standby's credentials are found, and what is found there: one environment variable per field. */
function credentialSecrets(standby: Plan): Pick<DemoPairing, "secrets" | "environment"> {
  const fields = credentialsOf(standby).flatMap((credential) =>
    Object.entries(credential.fields).map(([field, value]) => ({ credential, field, value })),
  );
  const variable = (index: number): string => `STANDBY_SECRET_${String(index + 1)}`;
  return {
    secrets: fields.map(({ credential: { type, name }, field }, index) => ({
      kind: "credential",
      name: `${type}:${name}`,
      path: `/credentialFields/${field}`,
      value: `env:${variable(index)}`,
    })),
    environment: Object.fromEntries(fields.map(({ value }, index) => [variable(index), value])),
  };
}

/** Data actions are matched by the end of their key, which begins with integration and category (genesys-api §3). */
function actionOverrides(primary: Plan, standby: Plan): readonly PairingOverride[] {
  return primary.actions.flatMap((action, index) => {
    const other = standby.actions[index];
    const value = other === undefined ? "" : actionUrl(standby, other);
    return value === actionUrl(primary, action)
      ? []
      : [{ kind: "data-action", name: `*${action.name}`, path: "/config/request/requestUrlTemplate", value }];
  });
}

function tableOverrides(plan: Plan): readonly PairingOverride[] {
  return plan.tables
    .filter(({ columns }) => columns.some(({ name }) => name === "url"))
    .map(({ name, keys }) => ({
      kind: "data-table",
      name,
      path: `/rows/${keys[0] ?? ""}/url`,
      value: endpointUrl(0, "standby"),
    }));
}

/** The rules that turn the primary's contact centre into the standby's, for the same seed and size. */
export function demoPairing(options: { readonly seed: number; readonly size: SeedSize }): DemoPairing {
  const primary = planFor(options.seed, options.size, "primary");
  const standby = planFor(options.seed, options.size, "standby");
  const greeting: PairingOverride = {
    kind: "flow",
    name: "inboundcall:MAIN-IVR-PROD",
    path: "/yaml/inboundCall/initialGreeting/tts",
    value: mainGreeting(standby),
  };
  return {
    renames: [{ kind: "flow", pattern: "^(.*)-PROD$", replace: "$1-STANDBY" }],
    overrides: [...trunkOverrides(primary), ...actionOverrides(primary, standby), ...tableOverrides(primary), greeting],
    numbers: [movedNumbers],
    ...credentialSecrets(standby),
  };
}
