import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { demoPairing } from "../src/simulator/centre/index.ts";
import { CLI, measureNode, type Measured } from "./product.ts";
import type { Size, StartLine } from "./simulated.ts";

/** A directory with a `lockstep.yaml` for the simulated organisations. */
export interface Workspace {
  readonly directory: string;
  /** What its commands find in their environment: the logins. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs a lockstep command there. @throws Error when it ends with a code that is not accepted */
  lockstep(args: readonly string[], accepted?: readonly number[]): Promise<Measured>;
}

/**
 * Writes the configuration under which the seeded organisations are meant to be compared.
 * @param given another pairing than that of the seeded organisations
 */
export function workspaceFor(
  directory: string,
  size: Size,
  { baseUrl, orgs }: StartLine,
  given?: { readonly pairing: object },
): Workspace {
  const { environment, ...seeded } = demoPairing({ seed: 1, size });
  const pairing = given?.pairing ?? seeded;
  const sides = Object.entries(orgs).map(([name, { id, client }]) => {
    const variable = `LOCKSTEP_${name.toUpperCase()}`;
    return {
      name,
      config: { baseUrl, orgId: id, clientId: `env:${variable}_ID`, clientSecret: `env:${variable}_SECRET` },
      env: { [`${variable}_ID`]: client.id, [`${variable}_SECRET`]: client.secret },
    };
  });
  const config = { orgs: Object.fromEntries(sides.map(({ name, config }) => [name, config])), ...pairing };
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "lockstep.yaml"), stringify(config));
  const env = sides.reduce((all, side) => ({ ...all, ...side.env }), environment);
  return {
    directory,
    env,
    lockstep: (args, accepted = [0]) => measureNode([CLI, ...args], { cwd: directory, env, accepted }),
  };
}
