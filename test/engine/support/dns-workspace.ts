import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { program } from "../../../src/stacks/program.ts";
import { inlineStack, type EnginePlace, type EngineStack } from "./engine.ts";

/** Organisations that nothing listens for: the stack must not call them. */
const ORGS = Object.fromEntries(
  ["primary", "standby"].map((side) => {
    const login = { clientId: "env:NOBODY_ID", clientSecret: "env:NOBODY_SECRET" };
    return [
      side,
      { baseUrl: "http://127.0.0.1:9", orgId: `00000000-0000-4000-8000-00000000000${side.length % 7}`, ...login },
    ];
  }),
);

/** The `dns` stack for a section `dns`. */
export async function dnsWorkspace(place: EnginePlace, endpoint: string, dns: object): Promise<EngineStack> {
  const file = join(place.directory, "lockstep.yaml");
  writeFileSync(file, stringify({ orgs: ORGS, dns }));
  return inlineStack(place, {
    name: "dns",
    program,
    config: { "lockstep:role": "dns", "lockstep:config": file },
    env: { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
  });
}
