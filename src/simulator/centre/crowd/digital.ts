import { objectsPath } from "../companions.ts";
import { post } from "../foundations.ts";
import type { SeedStep } from "../types.ts";
import { ref } from "../types.ts";
import type { Crowd } from "./crowds.ts";
import { crowd, crowdName, numbers } from "./crowds.ts";

const configurations = "/api/v2/webdeployments/configurations";
const first = ["web-configuration", crowdName(1)] as const;

const published = (name: string): readonly SeedStep[] => [
  post("web-configuration", name, configurations, { name }),
  publish("web-configuration-publish", name, name),
];

const publish = (kind: string, name: string, configuration: string): SeedStep =>
  post(kind, name, `${configurations}/{0}/versions/draft/publish`, undefined, [["web-configuration", configuration]]);

/** Web messaging and the addresses that customers write to. */
export const digitalCrowds: readonly Crowd[] = [
  crowd("message-recipient", objectsPath, 100, (n) => ({
    kind: "message-recipient",
    name: crowdName(n),
    messengerType: "open",
  })),
  {
    kind: "web-configuration",
    cap: 300,
    // Lists can be asked for what is published, so each is.
    steps: (count) => numbers(count).flatMap((n) => published(crowdName(n))),
  },
  {
    kind: "web-configuration-version",
    cap: 300,
    needs: () => ({ "web-configuration": 1 }),
    steps: (count) => numbers(count).map((n) => publish("web-configuration-version", crowdName(n), crowdName(1))),
  },
  crowd(
    "web-deployment",
    "/api/v2/webdeployments/deployments",
    300,
    (n) => ({ name: crowdName(n), configuration: { id: ref(...first), version: "1" } }),
    { needs: () => ({ "web-configuration-version": 1 }) },
  ),
];
